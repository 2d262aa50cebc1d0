"""Titles with signs of markup, of names of files, and of half letters come back as they went."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import Dress, ExportOptions

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]

DOCUMENTS = ("docx", "epub", "odt", "html", "md")
PROSE = "It was so, and it stayed so for a long time. " * 4
TITLES = [
    'a/b\\c:d*?"<>|',
    "《雨》「夜」",
    "# hash",
    "*star* _line_ [link](m) **x**",
    "1. one",
    "<b>&amp; &lt;",
    "~~gone~~ `code`",
    "👩\u200d👩\u200d👧 e\u0301",
]


def book(title: str) -> ExportBook:
    chapters = tuple(ExportChapter(n, title, PROSE) for n in (1, 2, 3))
    return ExportBook(title, Language.ENGLISH, (ExportVolume("", chapters),), "Ann Roe")


FORMS = [(form, title) for form in DOCUMENTS for title in TITLES]
IN_TEXT = [("txt", title) for title in TITLES if title[0] not in "#*~"]  # as ornaments begin


@pytest.mark.parametrize(("form", "title"), [*FORMS, *IN_TEXT])
def test_titles_come_back_to_the_letter(form: str, title: str, tmp_path: Path) -> None:
    path = tmp_path / f"book.{form}"
    path.write_bytes(EXPORT_FORMATS[form].write(book(title), ExportOptions()))
    found = read_book(path)
    chapters = [chapter for volume in found.volumes for chapter in volume.chapters]
    assert [chapter.title for chapter in chapters] == [title] * 3
    assert (found.title, found.author) == (title, "Ann Roe")


@pytest.mark.parametrize("title", ["x" * 600, "\x00nul\x1f", "half \ud83d a letter", "\ufffe"])
@pytest.mark.parametrize("form", EXPORT_FORMATS)
@pytest.mark.parametrize("dress", list(Dress))
def test_no_title_stops_an_export(form: str, title: str, dress: Dress) -> None:
    assert EXPORT_FORMATS[form].write(book(title), ExportOptions(dress=dress))
