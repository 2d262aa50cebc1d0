"""Writing a book as ODT (OpenDocument 1.3): a zip of a few XML files, written directly.

Its libraries build a tree of objects for every word; a book has a million.
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
_RUN_STYLES = {(True, False): "Italic", (False, True): "Bold", (True, True): "BoldItalic"}

_MANIFEST = f"""{_HEADER}<manifest:manifest {_NAMES} manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""


def write_odt(book: ExportBook) -> bytes:
    """The document, with headings that the navigator shows."""
    title = " ".join(book.title.split())
    parts = [f'<text:p text:style-name="Title">{plain(title)}</text:p>'] if title else []
    if book.author.strip():
        parts.append(f'<text:p text:style-name="Subtitle">{plain(byline(book))}</text:p>')
    parts += [_block(block) for block in front_of(book)]
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


def _block(block: Block) -> str:
    if isinstance(block, HeadingBlock):
        level = block.level - 1
        return (
            f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">'
            f"{plain(block.text)}</text:h>"
        )
    if isinstance(block, Paragraph):
        lines = "<text:line-break/>".join(_line(line) for line in block.lines)
        return f'<text:p text:style-name="Prose">{lines}</text:p>'
    return '<text:p text:style-name="Scene">* * *</text:p>'


def _line(line: StyledLine) -> str:
    return "".join(_run(_spaced(run.text), run.italic, run.bold) for run in line)


def _run(text: str, italic: bool, bold: bool) -> str:
    style = _RUN_STYLES.get((italic, bold))
    return f'<text:span text:style-name="{style}">{text}</text:span>' if style else text


def _spaced(text: str) -> str:
    """Text as OpenDocument keeps it: it folds spaces, and has elements for the others."""
    return plain(text).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")


def _styles(language: Language) -> str:
    country = ("zh", "CN") if language is Language.CHINESE else ("en", "US")
    indent = "2em" if language is Language.CHINESE else "1.5em"
    headings = "".join(
        f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" '
        f'style:family="paragraph" style:default-outline-level="{level}">'
        '<style:paragraph-properties fo:text-align="center" fo:margin-top="1cm" '
        'fo:margin-bottom="0.8cm" fo:keep-with-next="always" fo:break-before="page"/>'
        f'<style:text-properties fo:font-size="{18 - 2 * level}pt"/></style:style>'
        for level in (1, 2)
    )
    return f"""{_HEADER}<office:document-styles {_NAMES} office:version="1.3"><office:styles>
<style:default-style style:family="paragraph"><style:text-properties
 fo:language="{country[0]}" fo:country="{country[1]}" fo:font-size="11pt"/></style:default-style>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center" fo:margin-bottom="1cm"/><style:text-properties fo:font-size="22pt"/>
</style:style>
<style:style style:name="Subtitle" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center" fo:margin-bottom="1cm"/><style:text-properties fo:font-size="14pt"/>
</style:style>
{headings}
<style:style style:name="Prose" style:family="paragraph"><style:paragraph-properties
 fo:text-indent="{indent}" fo:line-height="140%"/></style:style>
<style:style style:name="Scene" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center" fo:margin-top="0.5cm" fo:margin-bottom="0.5cm"/></style:style>
<style:style style:name="Italic" style:family="text"><style:text-properties
 fo:font-style="italic"/></style:style>
<style:style style:name="Bold" style:family="text"><style:text-properties
 fo:font-weight="bold"/></style:style>
<style:style style:name="BoldItalic" style:family="text"><style:text-properties
 fo:font-style="italic" fo:font-weight="bold"/></style:style>
</office:styles></office:document-styles>
"""
