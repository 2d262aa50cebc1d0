"""Writing a book as ODT (OpenDocument 1.3): a zip of a few XML files, written directly.

Libraries build a tree of objects for every word, and a book has a million.
"""

from __future__ import annotations

import io
import zipfile

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import ExportBook, byline, encoded
from arboris_desktop.exchange.writing.blocks import (
    Block,
    HeadingBlock,
    Paragraph,
    StyledLine,
    front_of,
    sections,
)
from arboris_desktop.exchange.writing.html import plain

_TYPE = "application/vnd.oasis.opendocument.text"
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
        ("meta", "meta"),
    )
)
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
_INDENT_POINTS = {Language.ENGLISH: 16.5, Language.CHINESE: 22}
"""One and a half em, and two em: OpenDocument has no such unit."""
_RUN_STYLES = {(True, False): "Italic", (False, True): "Bold", (True, True): "BoldItalic"}

_MANIFEST = f"""{_HEADER}<manifest:manifest {_NAMES} manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""


def write_odt(book: ExportBook) -> bytes:
    """Returns the document, with headings that the navigator shows."""
    title = " ".join(book.title.split())
    parts = [f'<text:p text:style-name="Title">{plain(title)}</text:p>'] if title else []
    if book.author.strip():
        parts.append(f'<text:p text:style-name="Subtitle">{plain(byline(book))}</text:p>')
    parts += [_block(block, "Front") for block in front_of(book)]
    for heading, blocks in sections(book):
        parts += [_block(heading), *(_block(block) for block in blocks)]
    content = (
        f'{_HEADER}<office:document-content {_NAMES} office:version="1.3">'
        "<office:body><office:text>" + "\n".join(parts) + "</office:text></office:body>"
        "</office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", encoded(content))
        archive.writestr("styles.xml", encoded(_styles(book.language)))
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return buffer.getvalue()


def _block(block: Block, style: str = "Prose") -> str:
    if isinstance(block, HeadingBlock):
        level = block.level - 1
        style = "Heading" if block.begins_page else "Following"
        return (
            f'<text:h text:style-name="{style}_20_{level}" text:outline-level="{level}">'
            f"{plain(block.text)}</text:h>"
        )
    if isinstance(block, Paragraph):
        lines = "<text:line-break/>".join(_line(line) for line in block.lines)
        return f'<text:p text:style-name="{style}">{lines}</text:p>'
    return '<text:p text:style-name="Scene">* * *</text:p>'


def _line(line: StyledLine) -> str:
    return "".join(_run(_spaced(run.text), run.italic, run.bold) for run in line)


def _run(text: str, italic: bool, bold: bool) -> str:
    style = _RUN_STYLES.get((italic, bold))
    return f'<text:span text:style-name="{style}">{text}</text:span>' if style else text


def _spaced(text: str) -> str:
    """Encodes white space, which OpenDocument collapses unless it is an element."""
    return plain(text).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")


def _styles(language: Language) -> str:
    country = ("zh", "CN") if language is Language.CHINESE else ("en", "US")
    indent = _INDENT_POINTS[language]
    headings = "".join(
        f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" '
        f'style:family="paragraph" style:default-outline-level="{level}">'
        '<style:paragraph-properties fo:text-align="center" fo:margin-top="1cm" '
        'fo:margin-bottom="0.8cm" fo:keep-with-next="always" fo:break-before="page"/>'
        f"{_letters(18 - 2 * level)}</style:style>"
        f'<style:style style:name="Following_20_{level}" style:family="paragraph" '
        f'style:parent-style-name="Heading_20_{level}" style:default-outline-level="{level}">'
        '<style:paragraph-properties fo:break-before="auto"/></style:style>'
        for level in (1, 2)
    )
    return f"""{_HEADER}<office:document-styles {_NAMES} office:version="1.3"><office:styles>
<style:default-style style:family="paragraph"><style:text-properties
 fo:language="{country[0]}" fo:country="{country[1]}" style:language-asian="zh"
 style:country-asian="CN" fo:font-family="Georgia" style:font-family-generic="roman"
 style:font-family-asian="SimSun" style:font-family-generic-asian="roman" fo:font-size="11pt"
 style:font-size-asian="11pt"/></style:default-style>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center" fo:margin-top="7cm" fo:margin-bottom="1cm"/>{_letters(22)}
</style:style>
<style:style style:name="Subtitle" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center" fo:margin-bottom="1cm"/>{_letters(14)}
</style:style>
{headings}
<style:style style:name="Prose" style:family="paragraph"><style:paragraph-properties
 fo:text-indent="{indent}pt" fo:line-height="140%" fo:orphans="2" fo:widows="2"/></style:style>
<style:style style:name="Front" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center" fo:line-height="140%"/></style:style>
<style:style style:name="Footer" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center"/></style:style>
<style:style style:name="Scene" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center" fo:margin-top="0.5cm" fo:margin-bottom="0.5cm"/></style:style>
<style:style style:name="Italic" style:family="text"><style:text-properties
 fo:font-style="italic"/></style:style>
<style:style style:name="Bold" style:family="text"><style:text-properties
 fo:font-weight="bold"/></style:style>
<style:style style:name="BoldItalic" style:family="text"><style:text-properties
 fo:font-style="italic" fo:font-weight="bold"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="Page"><style:page-layout-properties
 fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2.5cm" fo:margin-bottom="2cm"
 fo:margin-left="2.5cm" fo:margin-right="2.5cm"/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="Page"><style:footer>
<text:p text:style-name="Footer"><text:page-number text:select-page="current">1</text:page-number>
</text:p></style:footer><style:footer-first><text:p text:style-name="Footer"/>
</style:footer-first></style:master-page></office:master-styles></office:document-styles>
"""


def _letters(points: int) -> str:
    """Returns the properties of letters of a size, in any script."""
    return f'<style:text-properties fo:font-size="{points}pt" style:font-size-asian="{points}pt"/>'
