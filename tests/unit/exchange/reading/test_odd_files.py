"""Files as programs really write them: odd forms of each format, and nothing of them lost."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.exchange.decoding import decode
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook
from arboris_desktop.exchange.reading.docx import read_docx
from arboris_desktop.exchange.reading.html import read_html
from arboris_desktop.exchange.reading.markdown import read_markdown
from arboris_desktop.exchange.reading.odt import read_odt
from arboris_desktop.exchange.reading.rtf import read_rtf
from arboris_desktop.text.scenes import SCENE_BREAK
from tests.support.documents import changed, docx_of, docx_with_body, epub_of, odt_of, zipped
from tests.support.parsing import shape, texts

PROSE = "It was raining, and nobody came to the house that day."
ZH = "　　天色已经暗了下来，老周把店门的木板一块一块装上去。隔壁的灯还亮着，有人在里面低声说话。"


def book(data: bytes, tmp_path: Path, name: str) -> ParsedBook:
    path = tmp_path / name
    path.write_bytes(data)
    return read_book(path)


# --- Word ---

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
BOX = (
    "<w:txbxContent><w:p><w:r><w:t>A letter:</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>Come.</w:t></w:r></w:p></w:txbxContent>"
)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    "inner",
    [
        f"<mc:AlternateContent {MC}><mc:Choice Requires='wps'><w:drawing>{BOX}</w:drawing>"
        "</mc:Choice>"
        f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>",
        f"<w:pict>{BOX}</w:pict>",
    ],
    ids=["new", "old"],
)
def test_the_words_of_a_text_box_stand_below_its_paragraph(inner: str) -> None:
    found = read_docx(docx_with_body(f"<w:p>{run('He read.')}<w:r>{inner}</w:r></w:p>"))
    assert found.lines == ["He read.", "A letter:", "Come."]


def test_readings_above_characters_stand_behind_them() -> None:
    ruby = (
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>cháo</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>潮</w:t></w:r>"
        f"</w:rubyBase></w:ruby></w:r>{run('水退了')}</w:p>"
    )
    assert read_docx(docx_with_body(ruby)).lines == ["潮（cháo）水退了"]
    page = "<p><ruby>潮<rt>cháo</rt></ruby>水<ruby>退<rp>(</rp><rt>tuì</rt><rp>)</rp></ruby>了</p>"
    assert read_html(page).lines == ["潮（cháo）水退（tuì）了"]
    ruby = (
        "<text:p><text:ruby><text:ruby-base>潮</text:ruby-base><text:ruby-text>cháo</text:ruby-text>"
        "</text:ruby>水退了</text:p>"
    )
    assert read_odt(odt_of(ruby)).lines == ["潮（cháo）水退了"]


def test_signs_of_symbol_fonts() -> None:
    signs = "<w:sym w:font='Symbol' w:char='F0AE'/><w:sym w:font='Wingdings' w:char='F04A'/>"
    known = "<w:sym w:font='Times New Roman' w:char='2014'/>"
    found = read_docx(docx_with_body(f"<w:p>{run('a')}<w:r>{signs}{known}</w:r>{run('b')}</w:p>"))
    assert found.lines == ["a→☺—b"]


def test_smart_tags_soft_hyphens_and_fields() -> None:
    found = read_docx(
        docx_with_body(
            f"<w:p><w:smartTag w:element='place'>{run('Europe')}</w:smartTag>"
            "<w:r><w:softHyphen/></w:r>"
            f"<w:fldSimple w:instr='PAGE'>{run('9')}</w:fldSimple><w:r><w:ptab/></w:r>"
            "<w:r><w:instrText>TOC</w:instrText></w:r>"
            f"<w:dir w:val='ltr'>{run('x')}</w:dir><w:bdo w:val='ltr'>{run('y')}</w:bdo></w:p>"
        )
    )
    assert found.lines == ["Europe9\txy"]


@pytest.mark.parametrize(
    "name",
    ["Überschrift 1", "Titre 1", "Título 1", "Заголовок 1", "見出し 1", "标题 1", "Heading1"],
)
def test_styles_of_headings_in_other_languages(name: str) -> None:
    document = docx_of(("Heading 1", "Rain"), ("Normal", PROSE))
    data = changed(
        document,
        {"word/styles.xml": re.compile(rb'w:name w:val="[Hh]eading 1"')},
        f'w:name w:val="{name}"',
        {},
    )
    data = changed(data, {"word/styles.xml": re.compile(rb"<w:outlineLvl w:val=\"0\"/>")}, "", {})
    assert read_docx(data).levels == {0: 1}


def test_a_heading_that_is_nothing_but_its_automatic_number(tmp_path: Path) -> None:
    numbered = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>'
    )
    heading = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/>'
        "</w:numPr></w:pPr>{}</w:p>"
    )
    body = "".join(heading.format(text) + f"<w:p>{run(PROSE)}</w:p>" for text in ("", run("Sun")))
    forms = (("decimal", "Chapter %1"), ("chineseCounting", "第%1章"), ("upperRoman", "CHAPTER %1"))
    labels = ([("Chapter 1", "Chapter 2")], [("第一章", "第二章")], [("CHAPTER I", "CHAPTER II")])
    for (form, text), ((first, second),) in zip(forms, labels, strict=True):
        data = docx_with_body(body, numbering=numbered.format(form, text))
        assert read_docx(data).lines == [first, PROSE, f"{second} Sun", PROSE]


def test_strict_and_macro_documents() -> None:
    data = docx_of(("Heading 1", "Rain"), ("Normal", PROSE))
    macro = changed(
        data,
        {
            "[Content_Types].xml": re.compile(
                rb"application/vnd\.openxmlformats-[\w.-]*document\.main\+xml"
            )
        },
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        {},
    )
    assert read_docx(macro).lines == ["Rain", PROSE]
    strict = _strict(data)
    assert read_docx(strict).lines == ["Rain", PROSE]
    assert read_docx(strict).levels == {0: 1}


def _strict(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {
            name: re.sub(
                rb"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument)/2006/",
                rb"http://purl.oclc.org/ooxml/\1/",
                archive.read(name),
            )
            for name in archive.namelist()
        }
    return zipped(members)


# --- EPUB ---


def epub_changed(data: bytes, name: str, pattern: bytes, text: str, **added: str) -> bytes:
    return changed(data, {name: re.compile(pattern, re.DOTALL)}, text, added)


PAGES = {"a": f"<h1>Rain</h1><p>{PROSE}</p>", "b": f"<h1>Sun</h1><p>{PROSE}</p>"}


def test_an_epub_with_undeclared_entities_in_its_lists(tmp_path: Path) -> None:
    pages = dict.fromkeys("ab", f"<p>{PROSE}</p>")
    entries = '<li><a href="text/a.xhtml">Rain&nbsp;&amp; Sun</a></li>'
    entries += '<li><a href="text/b.xhtml">Sea</a></li>'
    found = book(epub_of(pages, contents=entries), tmp_path, "a.epub")
    assert texts(found) == [PROSE, PROSE]
    assert shape(found)[0][1][1] == "Sea"
    broken = epub_changed(epub_of(PAGES), "OEBPS/book.opf", b"The Ship", "Ship & Sea")
    assert shape(book(broken, tmp_path, "b.epub")) == [("", ["Rain", "Sun"])]


@pytest.mark.parametrize(
    ("reference", "stored"),
    [
        ("text/Chapter%201.xhtml", "OEBPS/text/Chapter 1.xhtml"),
        ("text/Chapter%201.xhtml", "OEBPS/text/Chapter%201.xhtml"),
        ("Text/Chapter1.xhtml", "OEBPS/text/chapter1.xhtml"),
        ("text/第1章.xhtml", "OEBPS/text/第1章.xhtml"),
        ("text/one.xhtml#start", "OEBPS/text/one.xhtml"),
        ("../OEBPS/text/one.xhtml", "OEBPS/text/one.xhtml"),
        ("/OEBPS/text/one.xhtml", "OEBPS/text/one.xhtml"),
    ],
)
def test_paths_of_an_epub_as_programs_write_them(
    tmp_path: Path, reference: str, stored: str
) -> None:
    data = epub_of(PAGES)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    members[stored] = members.pop("OEBPS/text/a.xhtml")
    opf = members["OEBPS/book.opf"]
    assert isinstance(opf, bytes)
    members["OEBPS/book.opf"] = opf.replace(b"text/a.xhtml", reference.encode())
    assert shape(book(zipped(members), tmp_path, "a.epub")) == [("", ["Rain", "Sun"])]


def test_an_epub_of_an_old_kind_of_page_or_with_several_roots(tmp_path: Path) -> None:
    old = epub_changed(
        epub_of(PAGES), "OEBPS/book.opf", rb"application/xhtml\+xml", "text/x-oeb1-document"
    )
    assert shape(book(old, tmp_path, "a.epub")) == [("", ["Rain", "Sun"])]
    roots = '<rootfiles><rootfile full-path="book.pdf" media-type="application/pdf"/>'
    several = epub_changed(epub_of(PAGES), "META-INF/container.xml", b"<rootfiles>", roots)
    assert shape(book(several, tmp_path, "b.epub")) == [("", ["Rain", "Sun"])]
    without = epub_changed(epub_of(PAGES), "META-INF/container.xml", b"<container.*", "")
    assert shape(book(without, tmp_path, "c.epub")) == [("", ["Rain", "Sun"])]


def test_encrypted_fonts_are_no_protection_and_encrypted_pages_are(tmp_path: Path) -> None:
    rights = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
        '<EncryptionMethod Algorithm="{}"/>'
        '<CipherData><CipherReference URI="{}"/></CipherData></EncryptedData></encryption>'
    )
    font = {"META-INF/encryption.xml": rights.format("http://font.example/own", "OEBPS/a.otf")}
    assert len(texts(book(changed(epub_of(PAGES), {}, "", font), tmp_path, "a.epub"))) == 2
    page = rights.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/text/a.xhtml")
    with pytest.raises(ArborisError, match="protected against copying"):
        book(changed(epub_of(PAGES), {}, "", {"META-INF/encryption.xml": page}), tmp_path, "b.epub")


def test_a_page_in_the_encoding_that_it_states(tmp_path: Path) -> None:
    data = epub_of(PAGES)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    page = '<?xml version="1.0" encoding="windows-1251"?><html><body>'
    page += "<h1>Дождь</h1><p>Шёл дождь.</p></body></html>"
    members["OEBPS/text/a.xhtml"] = page.encode("cp1251")
    assert texts(book(zipped(members), tmp_path, "a.epub"))[0] == "Шёл дождь."


# --- ODT, RTF, HTML ---


def test_text_boxes_of_an_odt() -> None:
    body = (
        "<text:p>He read."
        '<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">'
        "<draw:text-box><text:p>A letter:</text:p><text:p>Come.</text:p></draw:text-box>"
        "</draw:frame>"
        "</text:p>"
    )
    assert read_odt(odt_of(body)).lines == ["He read.", "A letter:", "Come."]


def test_a_flat_odt(tmp_path: Path) -> None:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    flat = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {names}>'
        "<office:body><office:text>"
        f'<text:h text:outline-level="1">Rain</text:h><text:p>{PROSE}</text:p>'
        f'<text:h text:outline-level="1">Sun</text:h><text:p>{PROSE}</text:p>'
        "</office:text></office:body></office:document>"
    )
    assert shape(book(flat.encode(), tmp_path, "a.fodt")) == [("", ["Rain", "Sun"])]


def test_notes_boxes_and_deleted_words_of_rtf() -> None:
    data = (
        rb"{\rtf1\ansi He came{\super\chftn}"
        rb"{\footnote \pard\plain {\super\chftn} Too late.} home.\par "
        rb"{\deleted gone }Then{\revised  rain}.\par "
        rb"Read:{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt A letter.\par}}}\par End.}"
    )
    lines = [line for line in read_rtf(data).lines if line]
    assert lines == [
        "He came[^1] home.",
        "[^1]: Too late.",
        "Then rain.",
        "Read:",
        "A letter.",
        "End.",
    ]


def test_a_page_with_a_whole_text_as_it_stands() -> None:
    page = "<html><body><pre>第一章 雨\n\n　　他走了。\n　　她没有走。\n</pre></body></html>"
    assert [line.strip() for line in read_html(page).lines] == [
        "第一章 雨",
        "他走了。",
        "她没有走。",
    ]


@pytest.mark.parametrize(
    "page",
    [
        f"<!-- saved from url -->\n<html><body><h1>Rain</h1><p>{PROSE}</p></body></html>",
        f"<head><title>x</title></head><body><h1>Rain</h1><p>{PROSE}</p>",
        f"<h1>Rain</h1><p>{PROSE}</p>",
    ],
)
def test_a_page_without_the_usual_beginning(tmp_path: Path, page: str) -> None:
    assert texts(book(page.encode(), tmp_path, "a.html")) == [PROSE]


def test_a_page_as_word_saves_it() -> None:
    page = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head>"
        "<!--[if gte mso 9]><xml><w:x>no</w:x>"
        "</xml><![endif]--><style><!-- p {} --></style></head><body lang=ZH-CN>"
        "<h1><span lang=EN-US>1.<span style='mso-tab-count:1'> </span></span>雨</h1>"
        "<p class=MsoNormal><span\nlang=EN-US>He "
        "<i style='mso-bidi-font-style:normal'>ran</i><o:p></o:p></span></p>"
        "<p class=MsoNormal><![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></p>"
        "<p class=MsoNormal>她没有走。</p></body></html>"
    )
    found = read_html(page)
    assert [line for line in found.lines if line.strip()] == ["1. 雨", "He *ran*", "她没有走。"]


# --- plain text and Markdown ---


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ZH, "utf-16-le"),
        (ZH, "utf-16-be"),
        ("第一章 𠮷\n" + ZH, "gb18030"),
        (
            "第一章 雨\n他話畢就走咗，佢冇返嚟過。阿婆喺門口企咗好耐，嗰隻貓都唔見咗。" * 3,
            "big5hkscs",
        ),
        ("第一章　雨\n　彼は走って行った。雨はまだ降っていた。誰もいなかった。" * 3, "shift_jis"),
        ("第一章　雨\n　彼は走って行った。雨はまだ降っていた。誰もいなかった。" * 3, "euc-jp"),
        ("제1장 비\n그는 집으로 돌아갔다. 비가 내리고 있었다. 아무도 없었다." * 3, "cp949"),
        ("Глава 1\nШёл дождь, и никто не приходил в дом. Он ждал до вечера." * 3, "cp1251"),
        ("“Don’t,” she said — it’s raining… café." * 3, "cp1252"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_line_ends_that_were_doubled_on_the_way() -> None:
    assert decode("一\r\r\n二\r\r\n\r\r\n三".encode()).text == "一\n二\n\n三"


@pytest.mark.parametrize(
    ("text", "title", "author"),
    [
        ("---\ntitle: The Sea\nauthor: Ann\n---\n\n# Rain\n\nIt rained.\n", "The Sea", "Ann"),
        (
            "---\ntitle: >\n  The Sea\nauthor:\n  - Ann\n---\n\n# Rain\n\nIt rained.\n",
            "The Sea",
            "Ann",
        ),
        ('+++\ntitle = "The Sea"\nauthor = "Ann"\n+++\n\n# Rain\n\nIt rained.\n', "The Sea", "Ann"),
        ("% The Sea\n% Ann\n\n# Rain\n\nIt rained.\n", "The Sea", "Ann"),
    ],
)
def test_what_stands_before_a_markdown_text(text: str, title: str, author: str) -> None:
    found = read_markdown(text)
    assert (found.title, found.author) == (title, author)
    assert [line for line in found.lines if line.strip()] == ["Rain", "It rained."]


def test_attributes_of_headings_are_no_title() -> None:
    found = read_markdown(
        "# Rain {#rain .unnumbered}\n\nIt rained {sic}.\n\n# Sun {-}\n\nIt shone.\n"
    )
    assert [found.lines[line] for line in sorted(found.levels)] == ["Rain", "Sun"]
    assert "It rained {sic}." in found.lines


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<?xml version="1.0" encoding="UTF-8"?>\n<ScrivenerProject Identifier="A">', "Scrivener"),
        (
            b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:wordDocument/>',
            "DOCX",
        ),
        (b"ITSF\x03\x00\x00\x00", "CHM"),
        (b"AT&TFORM\x00\x00", "scanned"),
        (b"\xffWPC\x10\x00\x00\x00", "WordPerfect"),
    ],
)
def test_files_of_other_programs_are_told_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(ArborisError, match=words):
        book(data, tmp_path, "file.txt")


def test_documents_of_google_and_libreoffice_keep_their_chapters(tmp_path: Path) -> None:
    document = docx.Document()
    for number in ("1", "2"):
        document.add_paragraph(f"Chapter {number}").runs[0].bold = True
        document.add_paragraph(PROSE)
    path = tmp_path / "bold.docx"
    document.save(str(path))
    found = read_book(path)
    assert shape(found) == [("", ["", ""])]
    assert texts(found) == [PROSE, PROSE]


def test_the_line_that_word_draws_is_a_break_between_scenes_and_no_picture() -> None:
    rule = (
        '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:rect style="width:0;height:1.5pt" o:hrstd="t" o:hr="t"/></w:pict></w:r></w:p>'
    )
    found = read_docx(
        docx_with_body(f"<w:p>{run('He read.')}</w:p>{rule}<w:p>{run('Come.')}</w:p>")
    )
    assert found.lines == ["He read.", SCENE_BREAK, "Come."]
    assert found.notes == ()
