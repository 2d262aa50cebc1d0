"""The page in place of a text that is not written yet: the plan of the chapter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.chapter_header import GENERATE_KEYS, key_name
from arboris_desktop.ui.chapter.composing_button import ComposingButton
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label, selectable_label
from arboris_desktop.ui.widgets.prose_font import prose_font
from arboris_desktop.ui.widgets.wrapping_row import WrappingRow

_TEXT_WIDTH = 560
_MODIFIERS = Qt.KeyboardModifier


class PlannedPage(Translated, QWidget):
    """The plan of a chapter without text, and two ways to get one."""

    generate_requested = Signal()
    write_requested = Signal()
    typed = Signal(str)
    """The author has begun to type where there is no text yet."""
    inspection_requested = Signal()
    """The author wants to see what the model would be told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._plan = ""
        self._reason = ""
        self._heading = muted(QLabel())
        self._outline = selectable_label()
        self._generate = QPushButton()
        # Drawn as the primary action.
        self._generate.setDefault(True)
        self._generate.setMinimumHeight(40)
        self._generate.clicked.connect(self.generate_requested)
        self._first_words = plain_label()
        self._write = ComposingButton(self._first_words)
        self._write.setMinimumHeight(40)
        self._write.clicked.connect(self.write_requested)
        self._write.composed.connect(self.typed)
        self._inspect = QPushButton(icon("info"), "")
        self._inspect.setMinimumHeight(40)
        self._inspect.clicked.connect(self.inspection_requested)
        # Typing on without looking must not start a paid request.
        self.setFocusProxy(self._write)
        self._lay_out()
        self._retranslate()

    def show_plan(self, outline: str, language: Language, points: int) -> None:
        """Shows the outline in the font of the novel."""
        self._plan = outline.strip()
        letters = prose_font(language, points)
        self._outline.setFont(letters)
        self._first_words.setMinimumHeight(QFontMetrics(letters).height())
        letters.setUnderline(True)
        self._first_words.setFont(letters)
        self._show_outline()

    def set_can_generate(self, possible: bool, reason: str = "") -> None:
        """Enables or disables the button; the tooltip gives the reason."""
        self._reason = reason
        self._generate.setEnabled(possible)
        hint = self.tr("Let the model write this chapter from its plan ({keys})")
        keys = key_name(QKeySequence(GENERATE_KEYS))
        self._generate.setToolTip(reason or hint.format(keys=keys))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handles keys that the buttons ignore: letters begin the text."""
        held = event.modifiers() & ~(_MODIFIERS.ShiftModifier | _MODIFIERS.KeypadModifier)
        if event.text().strip() and event.text().isprintable() and not held:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _show_outline(self) -> None:
        nothing = self.tr("Nothing is planned for this chapter yet. It follows from the premise.")
        self._outline.setText(self._plan or nothing)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("What is planned"))
        self._outline.setAccessibleName(self._heading.text())
        self._generate.setText(self.tr("Generate this chapter"))
        self.set_can_generate(self._generate.isEnabled(), self._reason)
        self._write.setText(self.tr("Write it myself"))
        self._write.setToolTip(self.tr("Begin with an empty page"))
        self._inspect.setText(self.tr("What the model is told"))
        self._inspect.setToolTip(
            self.tr(
                "What parts of the book are sent to the model with this plan, why, and what "
                "is left out"
            )
        )
        self._show_outline()

    def _lay_out(self) -> None:
        buttons = WrappingRow(spacing=10)
        for button in (self._generate, self._write, self._inspect):
            buttons.addWidget(button)
        middle = QWidget()
        middle.setMaximumWidth(_TEXT_WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._heading)
        column.addWidget(self._outline)
        column.addSpacing(14)
        column.addLayout(buttons)
        column.addWidget(self._first_words)
        column.addStretch(3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addStretch(1)
        layout.addWidget(middle, 1000)
        layout.addStretch(1)
