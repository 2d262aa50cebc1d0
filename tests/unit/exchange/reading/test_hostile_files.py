"""Files that are bombs, forged, cut or absurd: a clear word in bounded time, nothing half read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels
from tests.support.documents import docx_of, docx_with_body, epub_of, odt_of, zipped

PROSE = "It was raining, and nobody came to the house that day."
WHOLE = {
    "docx": docx_of(("Heading 1", "Rain"), ("Normal", PROSE), ("Heading 1", "Sun")),
    "epub": epub_of({"a": f"<h1>Rain</h1><p>{PROSE}</p>"}),
    "odt": odt_of(f"<text:p>{PROSE}</text:p>"),
}
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def refused(database: Database, path: Path, data: bytes) -> str:
    """The words with which a file is refused; nothing may be left of it."""
    path.write_bytes(data)
    with pytest.raises(ArborisError) as caught:
        import_book(database, path)
    assert caught.value.kind is ErrorKind.FILE_UNREADABLE
    assert path.name in caught.value.message
    assert Novels(database).all() == []
    return caught.value.message


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.9, 0.99])
def test_a_file_cut_short(database: Database, tmp_path: Path, kind: str, share: float) -> None:
    data = WHOLE[kind][: int(len(WHOLE[kind]) * share)]
    assert "damaged or not complete" in refused(database, tmp_path / f"book.{kind}", data)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_with_damage_in_the_middle(database: Database, tmp_path: Path, kind: str) -> None:
    name = {"docx": "word/document.xml", "epub": "OEBPS/book.opf", "odt": "content.xml"}[kind]
    with zipfile.ZipFile(io.BytesIO(WHOLE[kind])) as archive:
        info = archive.getinfo(name)
    start = info.header_offset + 30 + len(name) + 10
    data = WHOLE[kind][:start] + bytes(20) + WHOLE[kind][start + 20 :]
    assert "damaged" in refused(database, tmp_path / f"book.{kind}", data)


def test_a_bomb_is_refused_unopened(database: Database, tmp_path: Path) -> None:
    flood = b"<w:p/>" * 4_000_000
    bomb = zipped({"[Content_Types].xml": "<x/>", "word/document.xml": flood})
    assert "compressed too much" in refused(database, tmp_path / "book.docx", bomb)
    many = zipped({f"{n}": "" for n in range(20_001)} | {"META-INF/container.xml": "<x/>"})
    assert "too many files" in refused(database, tmp_path / "book.epub", many)


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil", "..\\evil", "C:/evil"])
def test_names_that_lead_out_are_refused(database: Database, tmp_path: Path, name: str) -> None:
    data = zipped({"mimetype": "application/epub+zip", name: "x"})
    assert "leads outside of it" in refused(database, tmp_path / "book.epub", data)


@pytest.mark.parametrize("doctype", [ENTITIES, EXTERNAL], ids=["bomb", "external"])
def test_entities_are_never_resolved(database: Database, tmp_path: Path, doctype: str) -> None:
    entity = "&i;" if doctype is ENTITIES else "&e;"
    odt = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'{doctype}<x xmlns="y">{entity}</x>',
        }
    )
    assert "entities" in refused(database, tmp_path / "book.odt", odt)
    opf = zipped(
        {
            "META-INF/container.xml": f"{doctype}<container>{entity}</container>",
            "mimetype": "application/epub+zip",
        }
    )
    assert "entities" in refused(database, tmp_path / "book.epub", opf)


@pytest.mark.parametrize("doctype", [ENTITIES, EXTERNAL], ids=["bomb", "external"])
def test_entities_of_documents_and_pages_are_letters_at_most(tmp_path: Path, doctype: str) -> None:
    entity = "&i;" if doctype is ENTITIES else "&e;"
    page = tmp_path / "book.html"
    page.write_text(f"<!doctype html>{doctype}<p>{PROSE} {entity}</p>", encoding="utf-8")
    (volume,) = read_book(page).volumes
    assert len(volume.chapters[0].text) < 1000
    assert "root:" not in volume.chapters[0].text
    path = tmp_path / "book.docx"
    xml = f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>"
    path.write_bytes(docx_with_body(xml, comments=""))
    assert PROSE in read_book(path).volumes[0].chapters[0].text


@pytest.mark.long
def test_a_paragraph_of_a_million_lines(tmp_path: Path) -> None:
    path = tmp_path / "book.html"
    path.write_text("<!doctype html><p>" + "x<br>" * 300_000, encoding="utf-8")
    (volume,) = read_book(path).volumes
    assert volume.chapters[0].text.count("x") == 300_000
    path = tmp_path / "book.txt"
    path.write_text("天" * 1_000_000 + "\n" + "x\n" * 300_000, encoding="utf-8")
    (volume,) = read_book(path).volumes
    assert volume.chapters[0].text.count("x") == 300_000


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html>" + "<i>" * 100_000 + PROSE,
        "<!doctype html>" + "<div>" * 100_000 + PROSE + "</span>" * 100_000,
        "# A\n\n" + ">" * 50_000 + PROSE,
        "# A\n\n" + "[" * 20_000 + PROSE,
        "# A\n\n" + "*a " * 20_000 + PROSE,
        "# A\n\n" + "**a _b " * 10_000 + PROSE,
        "# A\n\n" + "`" * 30_000 + PROSE,
        "# A\n\n" + "- " * 3_000 + PROSE,
        "{\\rtf1 " + "{" * 100_000 + PROSE,
        "第" * 100_000 + "\n" + PROSE,
        ("一" * 110 + "\n") * 5_000 + PROSE,
        ("1" * 110 + "\n") * 5_000 + PROSE,
        ("One Hundred " * 9 + "\n") * 5_000 + PROSE,
        ("更新时间:" * 20 + "\n") * 3_000 + PROSE,
        "第一章 " + "(" * 110 + "\n" + PROSE,
        "\n".join(f"第{n}章甲" for n in range(9_999)) + PROSE,
        "\n".join("第一卷 第一章 甲" for n in range(9_999)) + PROSE,
    ],
    ids=lambda text: text[:24],
)
@pytest.mark.timeout(60)
def test_absurd_texts_end_in_time(tmp_path: Path, text: str) -> None:
    path = tmp_path / "book.md" if text.startswith("#") else tmp_path / "book"
    path.write_text(text, encoding="utf-8")
    if text.startswith("{"):
        with pytest.raises(ArborisError, match="too many braces"):
            read_book(path)
        return
    book = read_book(path)
    whole = "".join(c.title + c.text for volume in book.volumes for c in volume.chapters)
    assert PROSE in whole


def test_what_no_xml_is(database: Database, tmp_path: Path) -> None:
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x"})
    assert "damaged" in refused(database, tmp_path / "book.odt", data)
    data = zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
    assert "damaged" in refused(database, tmp_path / "book.docx", data)
    data = zipped({"META-INF/container.xml": "<container/>", "mimetype": "application/epub+zip"})
    assert "damaged" in refused(database, tmp_path / "book.epub", data)
    assert "an archive" in refused(database, tmp_path / "book.txt", zipped({"a.png": PROSE}))


def test_folders_devices_and_names_too_long(database: Database, tmp_path: Path) -> None:
    for path, words in (
        (tmp_path, "a folder"),
        (tmp_path / "missing.txt", "no such file"),
        (Path("/dev/zero"), "no such file"),
        (tmp_path / ("x" * 300), "no such file|too long"),
    ):
        with pytest.raises(ArborisError, match=words) as caught:
            import_book(database, path)
        assert caught.value.kind is ErrorKind.FILE_UNREADABLE
