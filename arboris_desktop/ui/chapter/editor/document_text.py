"""Conversion between a Qt document and the styled text that it shows."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from arboris_desktop.text.emphasis import Run
from arboris_desktop.text.normal_form import is_stars
from arboris_desktop.text.scenes import SCENE_BREAK
from arboris_desktop.text.shown_prose import ShownParagraph, ShownProse, paragraph_of
from arboris_desktop.ui.widgets.text_offsets import units

LINE_BREAK = "\u2028"
_BLOCK = "\u2029"


def read_document(document: QTextDocument) -> ShownProse:
    """Returns the paragraphs of a document."""
    if _has_styles(document):
        return ShownProse([paragraph_of(_runs(block)) for block in _blocks(document)])
    # toPlainText() would turn no-break spaces into ordinary ones.
    blocks = document.toRawText().split(_BLOCK)
    return ShownProse([paragraph_of([Run(_lines(text))]) for text in blocks])


def insert_shown(
    cursor: QTextCursor, shown: ShownProse, base: QTextCharFormat | None = None
) -> list[int]:
    """Replaces a cursor's selection by paragraphs; returns where they begin."""
    plain = base or QTextCharFormat()
    start = cursor.selectionStart()
    texts = [paragraph.text.replace("\n", LINE_BREAK) for paragraph in shown.paragraphs]
    cursor.beginEditBlock()
    cursor.insertText("\n".join(texts), plain)
    starts = []
    for paragraph, text in zip(shown.paragraphs, texts, strict=True):
        starts.append(start)
        if not paragraph.is_plain:
            _style(cursor, paragraph, start)
        start += units(text) + 1
    cursor.endEditBlock()
    return starts


def as_stored(cursor: QTextCursor) -> None:
    """Normalises the asterisks of a scene break when the cursor has left them."""
    text = cursor.block().text()
    if is_stars(text) and text != SCENE_BREAK:
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(SCENE_BREAK)


def style(*, italic: bool, bold: bool) -> QTextCharFormat:
    """Returns the format of emphasised words."""
    look = QTextCharFormat()
    if italic:
        look.setFontItalic(True)
    if bold:
        look.setFontWeight(QFont.Weight.Bold)
    return look


def is_bold(look: QTextCharFormat) -> bool:
    """True if the format is bold."""
    return look.fontWeight() > QFont.Weight.Medium


def _style(cursor: QTextCursor, paragraph: ShownParagraph, start: int) -> None:
    place = QTextCursor(cursor)
    for run in paragraph.runs:
        end = start + units(run.text)
        if run.italic or run.bold:
            place.setPosition(start)
            place.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            place.mergeCharFormat(style(italic=run.italic, bold=run.bold))
        start = end


def _has_styles(document: QTextDocument) -> bool:
    formats = (each.toCharFormat() for each in document.allFormats() if each.isCharFormat())
    return any(each.fontItalic() or is_bold(each) for each in formats)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _runs(block: QTextBlock) -> Iterator[Run]:
    formats = block.textFormats()
    if not any(each.format.fontItalic() or is_bold(each.format) for each in formats):
        yield Run(_lines(block.text()))
        return
    text = block.text().encode("utf-16-le", "surrogatepass")
    for each in formats:
        part = text[2 * each.start : 2 * (each.start + each.length)]
        words = _lines(part.decode("utf-16-le", "surrogatepass"))
        yield Run(words, italic=each.format.fontItalic(), bold=is_bold(each.format))


def _lines(text: str) -> str:
    return text.replace(LINE_BREAK, "\n")
