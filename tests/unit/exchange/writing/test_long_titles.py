"""Titles of many hundred letters go out, and come in again."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.chapter_files import write_chapter_files
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import ExportOptions

TITLES = ["很长的标题" * 100, "A very long title " * 30 + "end", "x" * 500]


def book(title: str, language: Language) -> ExportBook:
    chapters = [ExportChapter(n, title, f"起风了，{n}。") for n in (1, 2, 3)]
    volumes = (ExportVolume(title, tuple(chapters[:2])), ExportVolume("海", tuple(chapters[2:])))
    return ExportBook("T", language, volumes)


@pytest.mark.parametrize("form", ["docx", "epub", "odt", "html", "md"])
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("language", Language)
def test_a_long_title_comes_back(tmp_path: Path, form: str, title: str, language: Language) -> None:
    path = tmp_path / f"a.{form}"
    path.write_bytes(EXPORT_FORMATS[form].write(book(title, language), ExportOptions()))
    found = read_book(path)
    chapters = [chapter for volume in found.volumes for chapter in volume.chapters]
    assert [one.title for one in chapters] == [title] * 3
    assert [one.text for one in chapters] == ["起风了，1。", "起风了，2。", "起风了，3。"]
    assert [one.label[-2:].strip("章 ") for one in chapters] == ["1", "2", "3"]
    assert found.volumes[0].title == title


@pytest.mark.parametrize("title", TITLES)
def test_its_files_have_names_that_any_system_takes(tmp_path: Path, title: str) -> None:
    whole = book(title, Language.CHINESE)
    write_chapter_files(whole, EXPORT_FORMATS["txt"], tmp_path / "a", ExportOptions())
    names = [path.name for path in (tmp_path / "a").iterdir()]
    assert len(names) == 3
    assert all(len(name.encode()) < 255 for name in names)
