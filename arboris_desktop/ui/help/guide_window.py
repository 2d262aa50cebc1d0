"""The user guide in a window of its own: its sections, its text, and a search in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop import resources
from arboris_desktop.ui.i18n import Translated, window_language

_PLACE = Qt.ItemDataRole.UserRole
_SECTION = 2
"""The level of the listed headings."""


class GuideWindow(Translated, QDialog):
    """Shows the guide in the language of the window, without blocking the main window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = QLineEdit()
        self._words.setClearButtonEnabled(True)
        self._sections = QListWidget()
        self._sections.setObjectName("roomy")
        self._sections.setFixedWidth(260)
        self._sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        self._text.document().setDocumentMargin(24)
        side = QVBoxLayout()
        side.addWidget(self._words)
        side.addWidget(self._sections, 1)
        columns = QHBoxLayout(self)
        columns.addLayout(side)
        columns.addWidget(self._text, 1)
        self.resize(920, 640)
        self._words.textEdited.connect(self._find_first)
        self._words.returnPressed.connect(self._find_next)
        self._sections.currentItemChanged.connect(self._go_to_section)
        self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("User guide"))
        self._words.setPlaceholderText(self.tr("Find in the guide"))
        self._words.setAccessibleName(self.tr("Find in the guide"))
        self._sections.setAccessibleName(self.tr("Sections"))
        self._text.setAccessibleName(self.tr("User guide"))
        name = f"user-guide.{window_language().value}.md"
        self._text.setMarkdown(resources.read_text("guide", name))
        self._list_sections()

    def _list_sections(self) -> None:
        self._sections.clear()
        block = self._text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == _SECTION:
                item = QListWidgetItem(block.text(), self._sections)
                item.setToolTip(block.text())
                item.setData(_PLACE, block.position())
            block = block.next()

    @Slot()
    def _go_to_section(self) -> None:
        if (item := self._sections.currentItem()) is not None:
            self._show(self._text.document().findBlock(item.data(_PLACE)))

    def _show(self, block: QTextBlock) -> None:
        """Scrolls a heading to the top of the page."""
        layout = self._text.document().documentLayout()
        self._text.verticalScrollBar().setValue(int(layout.blockBoundingRect(block).y()) - 8)

    @Slot(str)
    def _find_first(self, words: str) -> None:
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        if words:
            self._text.find(words)

    @Slot()
    def _find_next(self) -> None:
        """Goes to the next match, and from the last to the first."""
        words = self._words.text()
        if words and not self._text.find(words):
            self._find_first(words)

    def document(self) -> QTextDocument:
        """The guide as shown."""
        return self._text.document()

    def marked(self) -> str:
        """The matched words."""
        return self._text.textCursor().selectedText()
