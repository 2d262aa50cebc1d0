"""The start page: begin, try a sample, import, or continue a novel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.novel import Language, NovelProject
from arboris_desktop.text.prose import at_most
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.novels.novel_list import NovelList
from arboris_desktop.ui.novels.places import AuthorPlace
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.mnemonics import literal
from arboris_desktop.ui.widgets.plain_text import plain_label, plain_tooltip
from arboris_desktop.ui.widgets.prose_font import prose_font

_WIDTH = 720
_LOGO = 56
_LONGEST = 70
"""Characters; a longer name would make a button wider than the page."""


class StartPage(Translated, QWidget):
    """Welcomes the author and lists the novels."""

    new_novel_requested = Signal()
    sample_requested = Signal(str)
    """The language of the sample, ``en`` or ``zh``."""
    import_requested = Signal()
    novel_opened = Signal(str)
    novel_removal_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._place: AuthorPlace | None = None
        self._title_of_place = ""
        self._is_shared = False
        self._novels = NovelList()
        self._novels.opened.connect(self.novel_opened)
        self._novels.removal_requested.connect(self.novel_removal_requested)
        self._stack = QStackedWidget()
        self._nothing = EmptyState("book")
        # A library that has not been read yet is not described as empty.
        self._stack.addWidget(QWidget())
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._novels)
        self._lay_out()
        self._retranslate()

    def show_novels(self, novels: Sequence[NovelProject]) -> None:
        """Lists the novels, or says how to begin if there are none."""
        self._novels.show_novels(novels, self._clock())
        page = self._novels if novels else self._nothing
        self._stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        self._heading.setVisible(bool(novels))

    def show_writing(self, writing: Mapping[str, str]) -> None:
        """Says of novels, by their ids, which of their chapters a model is writing."""
        self._novels.show_writing(writing)

    def set_shared(self) -> None:
        """Says that the novels are on a server."""
        self._is_shared = True
        self._retranslate()

    def offer_to_continue(self, place: AuthorPlace | None, title: str) -> None:
        """Offers to continue where the author was, if that novel still exists."""
        self._place, self._title_of_place = (place if title else None), title
        self._show_place()

    @Slot()
    def _go_on(self) -> None:
        if self._place is not None:
            self.novel_opened.emit(self._place.project_id)

    def _show_place(self) -> None:
        place = self._place
        self._continue.setVisible(place is not None)
        # One button is drawn as the primary action.
        self._continue.setDefault(place is not None)
        self._new.setDefault(place is None)
        if place is not None:
            text = self.tr("Continue writing: {chapter}").format(chapter=place.chapter)
            self._continue.setText(literal(at_most(_LONGEST, text)))
            self._continue.setToolTip(plain_tooltip(f"{self._title_of_place} · {place.chapter}"))
            self.setFocusProxy(self._continue)

    def is_empty(self) -> bool:
        """True if there is no novel to list."""
        return self._stack.currentWidget() is self._nothing

    def _lay_out(self) -> None:
        self._heading = QLabel()
        font = self._heading.font()
        font.setBold(True)
        self._heading.setFont(font)
        self._heading.hide()
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addLayout(self._build_welcome())
        column.addSpacing(12)
        buttons = self._build_buttons()
        column.addWidget(self._continue, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(buttons)
        column.addSpacing(18)
        column.addWidget(self._heading)
        column.addWidget(self._stack, 1)
        frame = QWidget()
        frame.setLayout(column)
        frame.setMaximumWidth(_WIDTH)
        column.setContentsMargins(0, 0, 0, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(32, 36, 32, 28)
        layout.addStretch(1)
        layout.addWidget(frame, 1000)
        layout.addStretch(1)

    def _build_welcome(self) -> QHBoxLayout:
        logo = QLabel()
        logo.setPixmap(icon("app").pixmap(QSize(_LOGO, _LOGO), self.devicePixelRatioF()))
        self._name = QLabel()
        font = prose_font(Language.ENGLISH, round(self.font().pointSize() * 2))
        font.setWeight(QFont.Weight.DemiBold)
        self._name.setFont(font)
        self._promise = muted(plain_label())
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._name)
        texts.addWidget(self._promise)
        welcome = QHBoxLayout()
        welcome.setSpacing(18)
        welcome.addWidget(logo, 0, Qt.AlignmentFlag.AlignVCenter)
        welcome.addLayout(texts, 1)
        return welcome

    def _build_buttons(self) -> QHBoxLayout:
        # Without an icon: as the primary action, it has a background of another colour.
        self._new = QPushButton()
        self._new.setDefault(True)
        self._new.clicked.connect(self.new_novel_requested)
        self._continue = QPushButton()
        self._continue.setMinimumHeight(44)
        self._continue.clicked.connect(self._go_on)
        self._continue.hide()
        self._nothing.setFocusProxy(self._new)
        self._english = QPushButton(icon("book"), "")
        self._english.clicked.connect(lambda: self.sample_requested.emit(Language.ENGLISH.value))
        self._chinese = QPushButton(icon("book"), "")
        self._chinese.clicked.connect(lambda: self.sample_requested.emit(Language.CHINESE.value))
        self._import = QPushButton(icon("import"), "")
        self._import.clicked.connect(self.import_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self._new, self._english, self._chinese, self._import):
            button.setMinimumHeight(36)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._buttons = buttons
        return buttons

    def _arrange_samples(self) -> None:
        """Puts the sample in the language of the window first."""
        is_chinese = QLocale().language() is QLocale.Language.Chinese
        first, second = (self._english, self._chinese)[:: -1 if is_chinese else 1]
        self._buttons.insertWidget(self._buttons.indexOf(self._new) + 1, first)
        self._buttons.insertWidget(self._buttons.indexOf(first) + 1, second)
        for before, after in ((self._new, first), (first, second), (second, self._import)):
            self.setTabOrder(before, after)

    def _retranslate(self) -> None:
        self._arrange_samples()
        self._name.setText(self.tr("Arboris Desktop"))
        self._promise.setText(
            self.tr(
                "Write a long novel with a language model. Your books are on your own server; only "
                "what you ask is sent to your model."
            )
            if self._is_shared
            else self.tr(
                "Write a long novel with a language model. Your books stay on this computer; only "
                "what you ask is sent to your model."
            )
        )
        self._heading.setText(self.tr("Your novels"))
        self._nothing.set_text(
            self.tr(
                "There is no novel here yet. Begin a new one, or open a sample: it has a first "
                "chapter and a plan for the next, so that you can let one be written at once."
            )
        )
        self._show_place()
        self._new.setText(self.tr("New novel"))
        self._new.setToolTip(self.tr("Plan a new novel"))
        self._english.setText(self.tr("Open the English sample"))
        self._english.setToolTip(self.tr("A short novel to try things on"))
        self._chinese.setText(self.tr("Open the Chinese sample"))
        self._chinese.setToolTip(self.tr("A short novel in Chinese"))
        self._import.setText(self.tr("&Import…"))
        self._import.setToolTip(self.tr("Import a novel from a file"))
