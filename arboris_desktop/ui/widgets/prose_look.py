"""The look of a novel's prose, for views outside the page."""

from __future__ import annotations

from dataclasses import field, replace

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from arboris_desktop.domain.novel import Language, ParagraphStyle
from arboris_desktop.domain.page_look import PageLook
from arboris_desktop.domain.record import record
from arboris_desktop.ui.chapter.editor.paragraph_look import ParagraphLook
from arboris_desktop.ui.widgets.plain_copy import plain_copy
from arboris_desktop.ui.widgets.prose_font import prose_font


@record
class ProseLook:
    """The font of a novel and the separation of its paragraphs."""

    language: Language
    points: int
    paragraphs: ParagraphStyle = ParagraphStyle.INDENT
    page: PageLook = field(default_factory=PageLook)

    def sized(self, points: int) -> ProseLook:
        """Returns the same look in another size."""
        return replace(self, points=points)

    def font(self) -> QFont:
        """Returns the font."""
        return prose_font(self.language, self.points, self.page)


class StoredText(QTextEdit):
    """A read-only view of a stored text, which is copied without its look."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copies the text without its look."""
        return plain_copy(super().createMimeDataFromSelection(), self.textCursor())


def dress_stored(text: QTextEdit, look: ProseLook) -> None:
    """Shows a stored text, in which blank lines separate paragraphs, in the look of the page."""
    dresser = ParagraphLook(text)
    dresser.language, dresser.style = look.language, look.paragraphs
    dresser.line_ems = look.page.line_percent / 100
    prose, between = dresser.paragraph(), _between(dresser.paragraph())
    prose.setBottomMargin(0)
    cursor, block = QTextCursor(text.document()), text.document().begin()
    cursor.beginEditBlock()
    while block.isValid():
        cursor.setPosition(block.position())
        cursor.setBlockFormat(between if _parts(block) else prose)
        block = block.next()
    cursor.endEditBlock()
    dresser.deleteLater()


def _parts(block: QTextBlock) -> bool:
    return not block.text() and block.previous().isValid() and block.next().isValid()


def _between(prose: QTextBlockFormat) -> QTextBlockFormat:
    """Returns an empty line with the height of the page's paragraph gap, which may be none."""
    gap = QTextBlockFormat()
    gap.setLineHeight(
        max(1.0, prose.bottomMargin()), QTextBlockFormat.LineHeightTypes.FixedHeight.value
    )
    return gap
