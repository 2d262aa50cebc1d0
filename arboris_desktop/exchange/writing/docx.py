"""Writing a book as DOCX, as a reading copy or a standard manuscript.

``python-docx`` supplies the parts and styles of the file. Paragraphs are written directly as XML,
because its ``add_paragraph`` slows down with the length of the document.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import unescape
from typing import Any

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import ExportBook, byline
from arboris_desktop.exchange.writing.blocks import (
    Block,
    HeadingBlock,
    Paragraph,
    StyledLine,
    front_of,
    sections,
)
from arboris_desktop.exchange.writing.html import LANGUAGE_TAGS, plain
from arboris_desktop.exchange.writing.options import Dress

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FONTS = {Dress.READING: ("Georgia", "SimSun"), Dress.MANUSCRIPT: ("Times New Roman", "SimSun")}
_POINTS = {Dress.READING: 11, Dress.MANUSCRIPT: 12}
_LINE_HEIGHT = {Dress.READING: 1.4, Dress.MANUSCRIPT: 2.0}
_INDENT_EM = {Language.ENGLISH: 2.0, Language.CHINESE: 2.0}
_ABOVE_HEADINGS = {Dress.READING: 48, Dress.MANUSCRIPT: 120}
_ABOVE_TITLE = 200
"""In points, like the space above the headings."""
_CENTRED = '<w:pPr><w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
_MAX_PROPERTY = 255
_MARGIN_INCHES = 1.0
_PAPER_MM = {Language.CHINESE: (210, 297)}
"""A4; an English document keeps the letter paper of manuscripts, which the library gives it."""


def write_docx(book: ExportBook, dress: Dress = Dress.READING) -> bytes:
    """Returns the document with Word's own heading styles, so that its navigation shows them."""
    from docx import Document

    document = Document()
    title = " ".join(book.title.split())
    document.core_properties.title = _property(title)
    document.core_properties.author = _property(book.author)
    _dress(document, book, dress)
    body = document.element.body
    last = body.sectPr
    for paragraph in _paragraphs(book, title, dress):
        last.addprevious(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _property(text: str) -> str:
    """Returns a text that document properties can hold: limited in length, without characters
    forbidden in XML."""
    return unescape(plain(" ".join(text.split()))).encode(errors="replace").decode()[:_MAX_PROPERTY]


def _dress(document: Any, book: ExportBook, dress: Dress) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Inches, Mm, Pt, RGBColor

    latin, chinese = _FONTS[dress]
    for lang in document.styles.element.iter(qn("w:lang")):
        # By it a word processor chooses the form of letters, and the dictionary.
        lang.set(qn("w:val"), LANGUAGE_TAGS[book.language])
        lang.set(qn("w:eastAsia"), LANGUAGE_TAGS[Language.CHINESE])
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = latin
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), chinese)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # They would come before the names.
        for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
            style.element.pPr.remove(border)
        if name != "Normal":
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
            style.paragraph_format.space_after = Pt(24)
            style.paragraph_format.first_line_indent = Pt(0)
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].paragraph_format.space_before = Pt(_ABOVE_HEADINGS[dress])
    document.styles["Title"].paragraph_format.space_before = Pt(_ABOVE_TITLE)
    document.styles["Subtitle"].font.italic = False
    normal = document.styles["Normal"]
    size = _POINTS[dress]
    normal.font.size = Pt(size)
    normal.paragraph_format.line_spacing = _LINE_HEIGHT[dress]
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.first_line_indent = Pt(size * _INDENT_EM[book.language])
    for section in document.sections:
        if (paper := _PAPER_MM.get(book.language)) is not None:
            section.page_width, section.page_height = map(Mm, paper)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Inches(_MARGIN_INCHES))
        _number_pages(section, book, dress)


def _number_pages(section: Any, book: ExportBook, dress: Dress) -> None:
    """Puts the page number at the bottom; in a manuscript at the top, after author and title.

    The title page has none.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.shared import Pt

    is_manuscript = dress is Dress.MANUSCRIPT
    section.different_first_page_header_footer = bool(book.title.strip())
    line = (section.header if is_manuscript else section.footer).paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_manuscript else WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.first_line_indent = Pt(0)
    names = [" ".join(name.split()) for name in (book.author, book.title) if is_manuscript]
    said = plain("".join(f"{name} / " for name in names if name))
    run = f'<w:r xmlns:w="{_W}"><w:t xml:space="preserve">{said}</w:t></w:r>'
    number = f'<w:fldSimple xmlns:w="{_W}" w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    for part in (run, number) if said else (number,):
        line._p.append(parse_xml(part.encode("utf-8", errors="replace")))


def _paragraphs(book: ExportBook, title: str, dress: Dress) -> Iterator[Any]:
    from lxml import etree

    parts = [_heading("Title", title, new_page=False)] if title else []
    parts += [_heading("Subtitle", byline(book), new_page=False)] if book.author.strip() else []
    parts += [_block(block, of_paragraphs=_CENTRED) for block in front_of(book)]
    for number, (heading, blocks) in enumerate(sections(book)):
        new_page = (bool(title) or number > 0) and heading.begins_page
        parts.append(_heading(f"Heading{heading.level - 1}", heading.text, new_page=new_page))
        parts += [_block(block) for block in blocks]
    # A book is long: limits against hostile files must not stop our own.
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    text = f'<w:body xmlns:w="{_W}">{"".join(parts)}</w:body>'
    yield from list(etree.fromstring(text.encode("utf-8", errors="replace"), parser))


def _heading(style: str, text: str, *, new_page: bool) -> str:
    page = "<w:pageBreakBefore/>" if new_page else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{page}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{plain(text)}</w:t></w:r></w:p>'
    )


def _block(block: Block, of_paragraphs: str = "") -> str:
    if isinstance(block, HeadingBlock):
        return _heading(f"Heading{block.level - 1}", block.text, new_page=False)
    if isinstance(block, Paragraph):
        lines = "<w:r><w:br/></w:r>".join(_line(line) for line in block.lines)
        return f"<w:p>{of_paragraphs}{lines}</w:p>"
    return f"<w:p>{_CENTRED}<w:r><w:t>* * *</w:t></w:r></w:p>"


def _line(line: StyledLine) -> str:
    return "".join(
        f"<w:r><w:rPr>{'<w:b/>' * run.bold}{'<w:i/>' * run.italic}</w:rPr>"
        f'<w:t xml:space="preserve">{plain(run.text)}</w:t></w:r>'
        for run in line
    )
