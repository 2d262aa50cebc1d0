"""Each format, read again by what else reads it: nothing is lost, and styles are styles."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QTextDocument

from arboris_desktop.domain.errors import ArborisError, RuleError
from arboris_desktop.domain.novel import Language, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.exchange.book_export import export_book
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.file_names import file_stem
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.progress import StoppedError
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS, TEXT_FORMS
from arboris_desktop.exchange.writing.options import Dress, ExportOptions, LineEnds, TextEncoding
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import Novels
from tests.support.parsing import texts

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]

DOCUMENTS = ("docx", "epub", "odt", "html", "md")
"""The formats that keep everything and are read again."""

PROSE = (
    "She ran. *Run*, he said, and **no** more; ***both***.\n\n* * *\n\n"
    "A line of verse\nand another\n\n5 < 6 & “quotes” – it’s 5 * 6."
)
CHINESE = "“你来了，”她说。*雨*下着。\n\n第二天，什么也没有发生。"


def book(*texts: str, language: Language = Language.ENGLISH) -> ExportBook:
    chapters = tuple(ExportChapter(n, f"Rain {n}", text) for n, text in enumerate(texts, start=1))
    return ExportBook("The <Storm> & Sea", language, (ExportVolume("", chapters),))


def come_back(
    written: ExportBook, form: str, folder: Path, dress: Dress = Dress.READING
) -> list[str]:
    path = folder / f"book.{form}"
    path.write_bytes(EXPORT_FORMATS[form].write(written, ExportOptions(dress=dress)))
    return [c.text for volume in read_book(path).volumes for c in volume.chapters]


@pytest.mark.parametrize("form", DOCUMENTS)
@pytest.mark.parametrize(("text", "language"), [(PROSE, "en"), (CHINESE, "zh")])
def test_styles_breaks_and_signs_come_back(
    form: str, text: str, language: str, tmp_path: Path
) -> None:
    written = book(text, text, language=Language(language))
    assert come_back(written, form, tmp_path) == [text, text]


def test_a_manuscript_has_the_same_words(tmp_path: Path) -> None:
    assert come_back(book(PROSE), "docx", tmp_path, Dress.MANUSCRIPT) == [PROSE]


words = st.text(st.sampled_from("ab c'é雨，。*_<&>“”"), min_size=1, max_size=30)


@pytest.mark.parametrize("form", ["docx", "epub", "odt"])
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(paragraphs=st.lists(words, min_size=1, max_size=4))
def test_no_letter_is_lost(form: str, tmp_path: Path, paragraphs: list[str]) -> None:
    text = "\n\n".join(["It began.", *paragraphs, "It ended."])
    (found,) = come_back(book(text), form, tmp_path)
    assert letters(found) == letters(text)


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@pytest.mark.parametrize("text", ["a\x00b\x0bc", "broken \ud83d emoji", "\ufffe"])
@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_what_xml_cannot_hold_stops_no_export(form: str, text: str) -> None:
    assert EXPORT_FORMATS[form].write(book(f"Before. {text} after."), ExportOptions())


@pytest.mark.parametrize("text", ["One.  Two.   Three.", "He said *no*  **more**.", "风  起"])
def test_a_reader_of_a_page_sees_all_spaces(text: str) -> None:
    page = QTextDocument()
    page.setHtml(EXPORT_FORMATS["html"].write(book(text), ExportOptions()).decode())
    shown = page.toPlainText().splitlines()[-1]
    assert shown.replace("\u00a0", " ").strip() == text.replace("*", "")


def test_an_epub_is_what_the_standard_asks_for(tmp_path: Path) -> None:
    volumes = tuple(
        ExportVolume(f"Book {n}", (ExportChapter(n, "Rain", PROSE),), n) for n in (1, 2)
    )
    path = tmp_path / "book.epub"
    written = ExportBook("Storm", Language.ENGLISH, volumes)
    path.write_bytes(EXPORT_FORMATS["epub"].write(written, ExportOptions()))
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        for name in archive.namelist():
            if name.endswith((".xhtml", ".opf", ".xml")):
                ElementTree.fromstring(archive.read(name))
        contents = archive.read("EPUB/nav.xhtml").decode()
        listed = set(archive.namelist())
    assert contents.count("<ol>") == 3
    targets = re.findall(r'<a href="([^"]+)"', contents)
    assert len(targets) == 4
    assert {f"EPUB/{target}" for target in targets} <= listed


@pytest.mark.long
def test_epubcheck_finds_no_error(tmp_path: Path) -> None:
    jar = next(
        (
            p
            for p in map(Path, ("/usr/share/java/epubcheck.jar", "/usr/bin/epubcheck"))
            if p.exists()
        ),
        None,
    )
    if jar is None or shutil.which("java") is None:
        pytest.skip("not installed: epubcheck, java")
    path = tmp_path / "book.epub"
    cover = tmp_path / "cover.png"
    picture = QImage(60, 80, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    assert picture.save(str(cover))
    story = replace(
        book(PROSE, CHINESE, "One.  Two."), author="Jane & Roe", front="For *Ann*.\n\nAll rights."
    )
    path.write_bytes(EXPORT_FORMATS["epub"].write(story, ExportOptions(cover=cover)))
    done = subprocess.run(["java", "-jar", jar, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 errors / 0 warnings" in done.stdout + done.stderr or "No errors" in done.stdout


def test_a_pdf_has_the_words_and_numbered_pages(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("not installed: pdftotext")
    path = tmp_path / "book.pdf"
    path.write_bytes(EXPORT_FORMATS["pdf"].write(book(PROSE, "It ended. " * 900), ExportOptions()))
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")
    assert "She ran. Run, he said" in pages[1]
    assert [page.split()[-1] for page in pages[1:-1]] == [str(n) for n in range(1, len(pages) - 1)]


@pytest.fixture
def half_written(database: Database) -> str:
    """A novel with two volumes of two chapters, of which the fourth is written."""
    chapters = tuple(OutlineChapter(title, "") for title in ("One", "Two"))
    volumes = tuple(OutlineVolume(title, chapters) for title in ("Sea", "Land"))
    project_id = Novels(database).create(NewNovel(title="Storm", volumes=volumes))
    last = Novels(database).open(project_id).chapters[-1]
    store_chapter(database, last.id, "It rained.", provider="scripted")
    return project_id


def exported(database: Database, project_id: str, path: Path, options: ExportOptions) -> str:
    export_book(database, project_id, "md", path, options=options)
    return path.read_text(encoding="utf-8")


def test_only_what_is_written_goes_out(
    database: Database, half_written: str, tmp_path: Path
) -> None:
    text = exported(database, half_written, tmp_path / "a.md", ExportOptions())
    assert text == "# Storm\n\n## Volume 2: Land\n\n### Chapter 4: Two\n\nIt rained.\n"


def test_what_is_planned_goes_out_when_asked_for(
    database: Database, half_written: str, tmp_path: Path
) -> None:
    text = exported(database, half_written, tmp_path / "a.md", ExportOptions(unwritten_too=True))
    assert text.count("### Chapter") == 4


def test_a_choice_of_chapters(database: Database, half_written: str, tmp_path: Path) -> None:
    options = ExportOptions(unwritten_too=True, chapters=frozenset({2, 3}))
    text = exported(database, half_written, tmp_path / "a.md", options)
    assert re.findall(r"### Chapter (\d)", text) == ["2", "3"]


def test_nothing_written_is_said(database: Database, half_written: str, tmp_path: Path) -> None:
    options = ExportOptions(chapters=frozenset({1}))
    with pytest.raises(RuleError, match="no chapter of it is written"):
        exported(database, half_written, tmp_path / "a.md", options)
    assert not (tmp_path / "a.md").exists()


@pytest.mark.parametrize("encoding", TextEncoding)
@pytest.mark.parametrize("line_ends", LineEnds)
@pytest.mark.parametrize("form", sorted(TEXT_FORMS))
def test_texts_in_every_encoding_come_back(
    form: str, line_ends: LineEnds, encoding: TextEncoding, tmp_path: Path
) -> None:
    options = ExportOptions(encoding=encoding, line_ends=line_ends)
    path = tmp_path / f"book.{form}"
    written = book(CHINESE * 20, CHINESE + "𠮷", language=Language.CHINESE)
    path.write_bytes(EXPORT_FORMATS[form].write(written, options))
    text = path.read_bytes().decode(encoding)
    ends = text.count("\n") if line_ends is LineEnds.CRLF else 0
    assert text.count("\r") == text.count("\r\n") == ends
    back = [c.text for volume in read_book(path).volumes for c in volume.chapters]
    assert back == [CHINESE * 20, CHINESE + "𠮷"]


def test_a_file_per_chapter(database: Database, half_written: str, tmp_path: Path) -> None:
    folder = tmp_path / "Storm"
    options = ExportOptions(unwritten_too=True, file_per_chapter=True)
    export_book(database, half_written, "txt", folder, options=options)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["001 One.txt", "002 Two.txt", "003 One.txt", "004 Two.txt"]
    assert (folder / names[3]).read_text("utf-8") == "Chapter 4: Two\n\nIt rained.\n"

    with pytest.raises(ArborisError, match="is there already"):
        export_book(database, half_written, "txt", folder, options=options)
    assert not list(tmp_path.glob(".*"))


def test_the_cover_is_of_the_book_not_of_each_chapter(
    database: Database, half_written: str, tmp_path: Path
) -> None:
    cover = tmp_path / "cover.png"
    cover.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 20)
    options = ExportOptions(file_per_chapter=True, cover=cover)
    export_book(database, half_written, "epub", tmp_path / "Storm", options=options)
    for path in (tmp_path / "Storm").iterdir():
        with zipfile.ZipFile(path) as archive:
            assert not any("cover" in name for name in archive.namelist())


def test_a_folder_that_cannot_be_filled_leaves_nothing(
    database: Database, half_written: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    options = ExportOptions(file_per_chapter=True)
    with pytest.raises(ArborisError, match="cannot be written"):
        export_book(database, half_written, "txt", tmp_path / "file" / "Storm", options=options)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("A/B: 《归潮》?", "A B 《归潮》"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Contents", "Contents"),
        ("…", "…"),
        (" . ", ""),
        ("🌊" * 90, "🌊" * 50),
    ],
)
def test_a_title_as_the_name_of_a_file(title: str, stem: str) -> None:
    assert file_stem(title) == stem


@pytest.mark.parametrize("form", EXPORT_FORMATS)
@pytest.mark.parametrize("file_per_chapter", [False, True])
def test_an_export_that_is_stopped_leaves_nothing(
    database: Database, half_written: str, tmp_path: Path, form: str, file_per_chapter: bool
) -> None:
    told: list[float] = []

    def stop_amid(share: float) -> None:
        told.append(share)
        if share > 0.5:
            raise StoppedError

    target = tmp_path / "out" / f"book.{form}"
    target.parent.mkdir()
    options = ExportOptions(file_per_chapter=file_per_chapter)
    with pytest.raises(StoppedError):
        export_book(database, half_written, form, target, options=options, progress=stop_amid)
    assert told
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("form", ["html", "epub"])
def test_several_spaces_in_a_row_come_back(form: str, database: Database, tmp_path: Path) -> None:
    text = "She waited.  He did   not come.\n\n*No*  one came.\nNot  one.\n\nOne space."
    source, out = tmp_path / "The Lamp.md", tmp_path / f"out.{form}"
    source.write_text(f"# The Lamp\n\n## Chapter 1\n\n{text}\n", encoding="utf-8")
    project_id = import_book(database, source)
    with database.read() as transaction:
        (chapter,) = transaction.chapters.of_project(project_id)
        version = transaction.chapters.selected_version(chapter.id)
    assert version is not None
    assert "  " in version.content
    export_book(database, project_id, form, out)
    assert texts(read_book(out)) == [version.content]
