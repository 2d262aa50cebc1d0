"""Below the text: the version that is shown, and whether it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.novel import ChapterVersion, Language
from arboris_desktop.text.counts import count_words, published_length
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.notices.toast import FOOT
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_line
from arboris_desktop.ui.wording import words

_ICON_SIZE = 16
_HEIGHT = 26
_LEAST_FOR_VERSION = 90
"""Narrower than some names: the list shows them in full."""


class SaveState(StrEnum):
    """The state of the author's last change."""

    UNCHANGED = "unchanged"
    SAVING = "saving"
    SAVED = "saved"
    FAILED = "failed"


class ChapterFooter(Translated, QWidget):
    """A selector of versions and a line about saving."""

    version_selected = Signal(int)
    zoom_reset = Signal()
    """The text should return to the size in the settings."""

    def __init__(self, parent: QWidget | None = None, *, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._listed: Sequence[ChapterVersion] = ()
        self._state, self._detail = SaveState.UNCHANGED, ""
        self._cost_words: Callable[[], str] = str
        self._selected, self._language = "", Language.ENGLISH
        self._label = QLabel()
        self._versions = QComboBox()
        self._versions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._versions.activated.connect(self._choose)
        self._label.setBuddy(self._versions)
        self._versions.setMinimumWidth(_LEAST_FOR_VERSION)
        self._selection = ElidedLabel()
        self._selection.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._selection.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._selection.hide()
        self._cost = muted(plain_line())
        self._save_icon = QLabel()
        self._save_state = ElidedLabel()
        self._save_state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 12, 0)
        layout.setSpacing(6)
        layout.addWidget(self._save_icon)
        layout.addWidget(self._save_state, 1)
        layout.addWidget(self._selection)
        layout.addWidget(self._cost)
        layout.addWidget(self._label)
        layout.addWidget(self._versions)
        self._versions.setObjectName("slim")
        self._zoom = QToolButton()
        self._zoom.setObjectName("slim")
        self._zoom.clicked.connect(self.zoom_reset)
        self.show_zoom(100)
        layout.addWidget(self._zoom)
        self.setFixedHeight(_HEIGHT)
        self.setObjectName(FOOT)
        self._retranslate()

    def show_versions(self, versions: Sequence[ChapterVersion], selected: int | None) -> None:
        """Lists the versions; hidden if there are fewer than two."""
        self._listed = versions
        with QSignalBlocker(self._versions):
            self._versions.clear()
            for version in versions:
                self._versions.addItem(self._name(version), version.id)
            self._versions.setCurrentIndex(self._versions.findData(selected))
        self._versions.setVisible(len(versions) > 1)
        self._show_label()

    def show_save_state(self, state: SaveState, detail: str = "") -> None:
        """Shows the state of the last change; ``detail`` says why saving failed."""
        self._state, self._detail = state, detail
        text = {
            SaveState.UNCHANGED: "",
            SaveState.SAVING: self.tr("Saving…"),
            SaveState.SAVED: self.tr("Saved"),
            SaveState.FAILED: self.tr("Could not save: {reason}").format(reason=detail),
        }[state]
        self._save_state.set_text(text)
        self._show_save_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_save_icon()

    def show_cost(self, words: Callable[[], str]) -> None:
        """Shows the cost of the chapter so far, in the language of the window; may be empty."""
        self._cost_words = words
        self._cost.setText(words())
        self._cost.setVisible(bool(self._cost.text()))

    def show_zoom(self, percent: int) -> None:
        """Shows the zoom of the text."""
        self._zoom.setText(f"{percent} %")

    def show_selection(self, text: str, language: Language) -> None:
        """Shows the length of the selection, if any."""
        self._selected, self._language = text, language
        self._selection.setVisible(bool(text))
        self._show_label()
        length = words(count_words(text, language), language)
        said = self.tr("Selected: {length}").format(length=length)
        if language is Language.CHINESE:
            letters = words(published_length(text).without_marks, language)
            said = self.tr("Selected: {length}, {letters} without marks").format(
                length=length, letters=letters
            )
        self._selection.set_text(said)

    def _show_label(self) -> None:
        """Hides the label while the length of a selection needs its space."""
        self._label.setVisible(len(self._listed) > 1 and not self._selected)

    def selection_text(self) -> str:
        """The words about the selection, if any."""
        return self._selection.text() if not self._selection.isHidden() else ""

    def cost_text(self) -> str:
        """The words about the chapter's cost."""
        return self._cost.text()

    def save_text(self) -> str:
        """The words about saving."""
        return self._save_state.text()

    def version_names(self) -> list[str]:
        """The versions that are offered."""
        return [self._versions.itemText(index) for index in range(self._versions.count())]

    def _retranslate(self) -> None:
        self._label.setText(self.tr("Vers&ion:"))
        self._versions.setAccessibleName(self.tr("Version of the chapter"))
        self._zoom.setToolTip(self.tr("Text size; click to return to the size in the settings"))
        self._versions.setToolTip(self.tr("Show and use another version of this chapter"))
        self._save_state.setAccessibleName(self.tr("State of saving"))
        self._cost.setToolTip(self.tr("Model usage for this chapter in total"))
        self.show_versions(self._listed, self._versions.currentData())
        self.show_save_state(self._state, self._detail)
        self.show_selection(self._selected, self._language)
        self.show_cost(self._cost_words)

    def _show_save_icon(self) -> None:
        name = {SaveState.SAVED: "check", SaveState.FAILED: "warning"}.get(self._state)
        self._save_icon.setVisible(name is not None)
        if name is not None:
            size = QSize(_ICON_SIZE, _ICON_SIZE)
            self._save_icon.setPixmap(icon(name).pixmap(size, self.devicePixelRatioF()))

    @Slot(int)
    def _choose(self, index: int) -> None:
        self.version_selected.emit(self._versions.itemData(index))

    def _name(self, version: ChapterVersion) -> str:
        # Imported when the first version is listed.
        from arboris_desktop.ui.snapshots.words import moment_words, version_name

        made = moment_words(version.created_at, self._clock())
        return self.tr("{name}, {time}").format(name=version_name(version), time=made)
