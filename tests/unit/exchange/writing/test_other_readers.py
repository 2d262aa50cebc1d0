"""Other programs read what is written, with the same words in the same order."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import Dress, ExportOptions

pytestmark = pytest.mark.long

ENGLISH = (
    "She *ran*. **Run**, he said & left; 3 < 4.\n\nA “quoted” line – and a dash—here.\n\n* * *\n\n"
    "Café, naïve, 100 %, C:\\new, a_b_c, [note], #1.\n\nThe end."
)
CHINESE = "“谁在那里？”她问。\n\n傍晚的风——把衣裳吹得猎猎作响……\n\n* * *\n\n𠮷野家，①②③，３．１４。"


def a_book() -> ExportBook:
    volumes = tuple(
        ExportVolume(
            f"Volume & {number}",
            (
                ExportChapter(2 * number - 1, "The <Storm>", ENGLISH),
                ExportChapter(2 * number, "夜雨", CHINESE),
            ),
            number,
        )
        for number in (1, 2)
    )
    return ExportBook("The Sea & the Land", Language.ENGLISH, volumes, "Jane Roe", "For Ann.")


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def expected(book: ExportBook) -> list[str]:
    """The paragraphs of all chapters, without marks and white space."""
    texts = [chapter.text for volume in book.volumes for chapter in volume.chapters]
    return [letters(one) for text in texts for one in text.split("\n\n") if letters(one)]


def same_words(book: ExportBook, seen: str) -> None:
    plain, place = letters(seen), 0
    for paragraph in expected(book):
        place = plain.find(paragraph, place)
        assert place >= 0, paragraph
        place += len(paragraph)


def written(form: str, book: ExportBook, folder: Path, options: ExportOptions) -> Path:
    path = folder / f"book.{form}"
    path.write_bytes(EXPORT_FORMATS[form].write(book, options))
    return path


@pytest.mark.parametrize("form", ["docx", "odt", "epub", "html", "md"])
@pytest.mark.parametrize("dress", Dress)
def test_pandoc_reads_the_same_words(tmp_path: Path, form: str, dress: Dress) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("not installed: pandoc")
    book = a_book()
    path = written(form, book, tmp_path, ExportOptions(dress=dress))
    kind = {"md": "commonmark"}.get(form, form)
    command = ["pandoc", "-f", kind, "-t", "plain", "--wrap=none", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    same_words(book, done.stdout)
    # Of a Word document it takes title and author for data about it.
    front = "For Ann" if form == "docx" else "by Jane Roe For Ann"
    assert letters(front) in letters(done.stdout)


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_word_processor_reads_the_same_words(tmp_path: Path, form: str) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("not installed: LibreOffice")
    book = a_book()
    path = written(form, book, tmp_path, ExportOptions())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*command, "--outdir", tmp_path, path], capture_output=True, check=True, timeout=600
    )
    same_words(book, (tmp_path / "book.txt").read_text(encoding="utf-8-sig"))


@pytest.mark.parametrize("form", ["docx", "odt", "epub", "html", "md", "txt"])
@pytest.mark.parametrize("name", ["sanguo-yanyi.zh.txt", "pride-and-prejudice.en.txt"])
def test_a_whole_novel_comes_back(
    corpus_file: Callable[[str], Path], tmp_path: Path, form: str, name: str
) -> None:
    found = read_book(corpus_file(name))
    number = 0
    volumes = []
    for volume in found.volumes:
        chapters = []
        for chapter in volume.chapters:
            number += 1
            chapters.append(ExportChapter(number, chapter.title, chapter.text, chapter.label))
        volumes.append(ExportVolume(volume.title, tuple(chapters), label=volume.label or None))
    book = ExportBook(found.title, found.language, tuple(volumes), found.author)
    again = read_book(written(form, book, tmp_path, ExportOptions()))
    assert [(c.title, c.text) for v in again.volumes for c in v.chapters] == [
        (c.title, c.text) for v in found.volumes for c in v.chapters
    ]
