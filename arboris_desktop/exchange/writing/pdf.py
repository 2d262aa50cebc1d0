"""Writing a book as PDF with Qt's text layout: any script, page numbers, an outline by chapters.

It is the only module of ``exchange`` with Qt: it needs an application of any kind, but no window.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGlyphRun,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLayout,
    QTextLine,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import ExportBook, byline
from arboris_desktop.exchange.writing.blocks import (
    Block,
    HeadingBlock,
    Paragraph,
    front_of,
    sections,
)
from arboris_desktop.exchange.writing.pdf_headings import balanced
from arboris_desktop.exchange.writing.pdf_letters import with_right_letters
from arboris_desktop.exchange.writing.pdf_rare_letters import postscript_name
from arboris_desktop.resources import resource_path
from arboris_desktop.text.emphasis import Run

Section = tuple[HeadingBlock, tuple[Block, ...]]

_POINTS = 11
_LINE_HEIGHT_PERCENT = 145
_MARGIN_MM = 22
_FOOT_MM = 12
_DOTS_PER_INCH = 144
_SECTIONS_AT_ONCE = 40
_LAST_IN_TABLES = "\uffff"
"""The highest code point that Qt reports for a font."""
_OWN_LETTERS = "Source Serif Pro"
_LATIN = ("Source Serif 4", _OWN_LETTERS, "Noto Serif", "DejaVu Serif")
_CHINESE = ("Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "Songti SC", "SimSun")
_INDENT_EM = {Language.ENGLISH: 1.5, Language.CHINESE: 2.0}


def write_pdf(book: ExportBook) -> bytes:
    """Returns the book on numbered A5 pages."""
    # A process without a window has no application yet; it must outlive the fonts.
    application = QGuiApplication.instance() or QGuiApplication(
        ["arboris", "-platform", "offscreen"]
    )
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(" ".join(book.title.split()))
    writer.setAuthor(" ".join(book.author.split()))
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    writer.setPageMargins(
        QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM), QPageLayout.Unit.Millimeter
    )
    page = QRectF(writer.pageLayout().paintRectPixels(writer.resolution()))
    page.moveTo(0, 0)
    painter = QPainter(writer)
    first, letters = 0, set(" 0123456789")
    rare: dict[str, dict[str, None]] = defaultdict(dict)
    try:
        for part in _parts(book):
            document = _document(writer, page.size(), book, part, has_title=not first)
            seen = set(document.toPlainText())
            letters |= seen
            first += _paint(document, painter, page, first)
            if max(seen) > _LAST_IN_TABLES:
                _note_rare_letters(document, rare)
    finally:
        # A painter that outlives what it paints on ends the program.
        painter.end()
    buffer.close()
    assert application is not None
    named = {font: list(found) for font, found in rare.items()}
    return with_right_letters(bytes(data.data()), letters, named)


def _note_rare_letters(document: QTextDocument, rare: dict[str, dict[str, None]]) -> None:
    """Records letters beyond U+FFFF by the font that draws them."""
    block = document.begin()
    while block.isValid():
        place = 0
        for letter in block.text():
            if letter > _LAST_IN_TABLES:
                # Glyph 0 of a font is the box for missing characters.
                for run in filter(_has_sign, block.layout().glyphRuns(place, 2)):
                    rare[_name(run)][letter] = None
            place += 2 if letter > _LAST_IN_TABLES else 1
        block = block.next()


def _has_sign(run: QGlyphRun) -> bool:
    return all(run.glyphIndexes())


def _name(run: QGlyphRun) -> str:
    return postscript_name(bytes(run.rawFont().fontTable("name").data()))


def _parts(book: ExportBook) -> Iterator[list[Section]]:
    """Groups the sections: each begins a page, and a long book need not be laid out at once."""
    remaining = iter(sections(book))
    yield list(islice(remaining, _SECTIONS_AT_ONCE))
    while part := list(islice(remaining, _SECTIONS_AT_ONCE)):
        yield part


def _document(
    writer: QPdfWriter, size: QSizeF, book: ExportBook, part: list[Section], *, has_title: bool
) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(_font(book.language))
    document.setDocumentMargin(0)
    document.setPageSize(size)  # Before it is filled, so that it is laid out only once.
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    indent = _INDENT_EM[book.language] * _POINTS * _DOTS_PER_INCH / 72
    if has_title:
        _insert_title(cursor, book)
    for number, (heading, blocks) in enumerate(part):
        _insert_heading(cursor, heading, is_first=not has_title and number == 0)
        for block in blocks:
            _insert(cursor, block, indent)
    cursor.endEditBlock()
    return document


def _font(language: Language) -> QFont:
    """Returns the fonts, first those with the quotation marks and dashes of the language."""
    _know_own_letters()
    is_chinese = language is Language.CHINESE
    families = (*_CHINESE, *_LATIN) if is_chinese else (*_LATIN, *_CHINESE)
    # A missing family makes some platforms search all of them again.
    known = {name.partition(" [")[0] for name in QFontDatabase.families()}
    font = QFont()
    font.setFamilies([family for family in families if family in known])
    font.setPointSize(_POINTS)
    font.setStyleHint(QFont.StyleHint.Serif)
    return font


@cache
def _know_own_letters() -> None:
    """Registers the fonts that ship with the program, unless a window has done so."""
    if _OWN_LETTERS not in QFontDatabase.families():
        for file in sorted(resource_path("fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))


def _insert_title(cursor: QTextCursor, book: ExportBook) -> None:
    """Adds the title page: title, author, and the front matter, all centred."""
    _leave_room(cursor, cursor.document().pageSize().height() / 4)
    _insert_large(cursor, " ".join(book.title.split()), _centred(top=0), _POINTS * 2)
    if book.author.strip():
        _insert_large(cursor, byline(book), _centred(top=_POINTS), _POINTS * 1.4)
    for number, block in enumerate(front_of(book)):
        _insert(cursor, block, 0)
        shape = _centred(top=0 if number else _POINTS * 4)
        shape.setBottomMargin(_POINTS)
        cursor.mergeBlockFormat(shape)


def _insert_heading(cursor: QTextCursor, heading: HeadingBlock, *, is_first: bool) -> None:
    """Adds a heading, usually on a new page; the ``first`` of a document is on one already."""
    shape = _centred(top=_POINTS * 4)
    shape.setHeadingLevel(heading.level - 1)
    if is_first:
        _leave_room(cursor, shape.topMargin())
        shape.setTopMargin(0)
    elif heading.begins_page:
        shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    _insert_large(cursor, heading.text, shape, _POINTS * 1.4)


def _leave_room(cursor: QTextCursor, height: float) -> None:
    """Adds space at the top of the first page, where a margin has no effect."""
    shape = QTextBlockFormat()
    shape.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor.setBlockFormat(shape)


def _insert_large(cursor: QTextCursor, text: str, shape: QTextBlockFormat, points: float) -> None:
    document, style = cursor.document(), _sized(points)
    font = QFont(document.defaultFont())
    font.setPointSizeF(points)
    metrics = QFontMetricsF(font, document.documentLayout().paintDevice())
    cursor.insertBlock(shape, style)
    cursor.insertText(balanced(text, metrics.horizontalAdvance, document.pageSize().width() - 1))


def _insert(cursor: QTextCursor, block: Block, indent: float) -> None:
    if not isinstance(block, Paragraph):
        cursor.insertBlock(_centred(top=_POINTS), _sized(_POINTS))
        cursor.insertText("* * *")
        return
    cursor.insertBlock(_indented(indent), QTextCharFormat())
    for number, line in enumerate(block.lines):
        if number:
            cursor.insertText("\u2028", QTextCharFormat())
        for run in line:
            cursor.insertText(run.text, _style(run))


@lru_cache(maxsize=4)
def _indented(indent: float) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setTextIndent(indent)
    shape.setLineHeight(
        _LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    )
    return shape


def _style(run: Run) -> QTextCharFormat:
    """Returns the differences from the document's font: repeating a property would add a font."""
    style = QTextCharFormat()
    if run.italic:
        style.setFontItalic(True)
    if run.bold:
        style.setFontWeight(QFont.Weight.Bold)
    return style


def _centred(top: float) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    shape.setTopMargin(top)
    shape.setBottomMargin(_POINTS * 3)
    return shape


def _sized(points: float) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setFontPointSize(points)
    return style


def _paint(document: QTextDocument, painter: QPainter, page: QRectF, before: int) -> int:
    """Paints the pages of a part after those ``before`` it; returns how many."""
    writer = painter.device()
    assert isinstance(writer, QPdfWriter)
    small = QFont(document.defaultFont().families(), _POINTS - 2)
    foot = _FOOT_MM * writer.resolution() / 25.4
    document.documentLayout().documentSize()  # All of it is laid out.
    shown = -1
    for line, layout, number in _lines(document, page.height()):
        for following in range(before + shown + 1, before + number + 1):
            if following:
                writer.newPage()
                painter.setFont(small)
                place = QRectF(0, page.height() + foot / 4, page.width(), foot)
                painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, str(following))
        shown = number
        line.draw(painter, layout.position() - QPointF(0, number * page.height()))
    return shown + 1


def _lines(document: QTextDocument, height: float) -> Iterator[tuple[QTextLine, QTextLayout, int]]:
    """Yields the lines in order, each with its page.

    Drawn separately, each line is on one page only: Qt's layout also draws the next line beyond the
    page and clips it, so that it would be found and copied.
    """
    block = document.begin()
    while block.isValid():
        layout = block.layout()
        top = layout.position().y()
        for place in range(layout.lineCount()):
            line = layout.lineAt(place)
            yield line, layout, int((top + line.y() + line.height() / 2) // height)
        block = block.next()
