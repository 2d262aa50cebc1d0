"""A chapter in the scroll of its volume."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QToolButton, QWidget

from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.prose_font import prose_font
from arboris_desktop.ui.wording import overview_name

_HEAD = 56
_SIDE = 48
_GUESSED_LINE = 30
_WORDS_A_LINE = 10


class VolumeSection(QWidget):
    """Its name, and below it its text while that is loaded; its height stays when it is not."""

    opened = Signal(int)

    def __init__(self, chapter: ChapterOverview, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.chapter, self._language = chapter, language
        self._text: _ReadText | None = None
        self._is_asked = False
        self._height = _HEAD + _GUESSED_LINE * (2 + chapter.word_count // _WORDS_A_LINE)
        self._name = QToolButton(self)
        self._name.setAutoRaise(True)
        self._name.setObjectName("heading")
        font = prose_font(language, round(self.font().pointSize() * 1.35))
        font.setBold(True)
        self._name.setFont(font)
        self._name.clicked.connect(lambda: self.opened.emit(self.chapter.id))
        self._missing = muted(plain_label("", self))
        self._missing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._missing.hide()
        self.show_chapter(chapter)

    @property
    def is_loaded(self) -> bool:
        """True if its text is in memory."""
        return self._text is not None

    def ask(self) -> bool:
        """True if its text is missing and should be requested, which is done once."""
        wants = not self._is_asked
        self._is_asked = True
        return wants

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Shows its present name."""
        self.chapter = chapter
        self.retranslate()

    def show_text(self, text: str | None, dress: Callable[[ChapterEditor], object]) -> None:
        """Shows the text, or that there is none."""
        self._missing.setVisible(not text)
        if not text:
            self._drop()
            return
        if self._text is None:
            self._text = _ReadText(self)
            self._text.set_language(self._language)
            dress(self._text)
            self._text.show()
        if not self._text.shows(text):
            self._text.set_text(text, read_only=True)
        self._text.setAccessibleName(overview_name(self.chapter))

    def take_look(self, dress: Callable[[ChapterEditor], object]) -> None:
        """Changes the look of the page."""
        if self._text is not None:
            dress(self._text)

    def set_colours(self, colours: QPalette) -> None:
        """Gives the heading the colours of the page, which the window's style sheet would otherwise
        override."""
        for words in (self._name, self._missing):
            words.setPalette(colours)

    def unload(self) -> None:
        """Releases the text; its space stays."""
        self._is_asked = False
        self._drop()

    def height_for(self, width: int) -> int:
        """Returns the height at a width; the last known one while the text is not loaded."""
        self._name.setGeometry(_SIDE - 8, 12, max(0, width - 2 * _SIDE + 16), _HEAD - 16)
        self._missing.setGeometry(_SIDE, _HEAD, max(0, width - 2 * _SIDE), _GUESSED_LINE)
        if self._text is not None:
            self._text.resize(width, self._text.height())
            self._height = _HEAD + self._text.whole_height()
            self._text.setGeometry(0, _HEAD, width, self._text.whole_height())
        elif not self._missing.isHidden():
            self._height = _HEAD + 2 * _GUESSED_LINE
        return self._height

    def y_end(self) -> int:
        """The position of its end."""
        return self.y() + self.height()

    def retranslate(self) -> None:
        """Follows a change of language."""
        name = overview_name(self.chapter)
        self._name.setText(name.replace("&", "&&"))
        self._name.setToolTip(
            QCoreApplication.translate("VolumeSection", "Open this chapter in the first pane")
        )
        self._name.setAccessibleName(name)
        self._missing.setText(QCoreApplication.translate("VolumeSection", "Not written yet."))

    def _drop(self) -> None:
        if self._text is not None:
            self._text.hide()
            self._text.deleteLater()
            self._text = None


class _ReadText(ChapterEditor):
    """A text at its full height, scrolled with its container."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def whole_height(self) -> int:
        """Returns the height of all its lines at its present width."""
        return round(self.document().size().height())

    def event(self, event: QEvent) -> bool:
        """Leaves the wheel to the container."""
        if isinstance(event, QWheelEvent):
            event.ignore()
            return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the container."""
        event.ignore()
