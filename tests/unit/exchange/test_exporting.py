"""Books as text and Markdown, what comes back from them, and files written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import (
    ExportBook,
    ExportChapter,
    ExportVolume,
    to_markdown,
    to_text,
    write_text_file,
)
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook, ParsedChapter, ParsedVolume
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.text.headings import recognise
from arboris_desktop.text.paragraphs import normalise
from arboris_desktop.text.scenes import is_scene_break
from tests.support.parsing import parse_markdown, parse_text, without_numbers

EN, ZH = Language.ENGLISH, Language.CHINESE


def book(*volumes: ParsedVolume, title: str = "The Storm", language: Language = EN) -> ExportBook:
    """The volumes with their chapters numbered through."""
    numbered, number = [], 0
    for volume in volumes:
        chapters = []
        for chapter in volume.chapters:
            number += 1
            chapters.append(ExportChapter(number, chapter.title, chapter.text))
        numbered.append(ExportVolume(volume.title, tuple(chapters)))
    return ExportBook(title, language, tuple(numbered))


SEA = ParsedVolume(
    "The Sea", (ParsedChapter("Rain", "It rained.\n\nNobody came."), ParsedChapter("", "Sun."))
)
LAND = ParsedVolume("Part Two", (ParsedChapter("Snow", "roses\nviolets\n\n\n* * *\n\n1. *End*"),))


def test_english_text() -> None:
    assert to_text(book(SEA, LAND)) == (
        "The Storm\n\n\nVolume 1: The Sea\n\n\nChapter 1: Rain\n\nIt rained.\n\nNobody came.\n\n\n"
        "Chapter 2\n\nSun.\n\n\nPart Two\n\n\nChapter 3: Snow\n\n"
        "roses  \nviolets\n\n\n* * *\n\n1. *End*\n"
    )


def test_chinese_text() -> None:
    volume = ParsedVolume(
        "", (ParsedChapter("风", "他走了。\n\n“雨，  \n雨。”"), ParsedChapter("", ""))
    )
    assert to_text(book(volume, title="雨", language=ZH)) == (
        "《雨》\n\n\n第1章 风\n\n　　他走了。\n\n　　“雨，  \n雨。”\n\n\n第2章\n"
    )
    assert "\n第1卷 风\n" in to_text(book(ParsedVolume("风", ()), language=ZH))


def test_markdown() -> None:
    assert to_markdown(book(SEA, LAND)) == (
        "# The Storm\n\n## Volume 1: The Sea\n\n### Chapter 1: Rain\n\n"
        "It rained.\n\nNobody came.\n\n### Chapter 2\n\nSun.\n\n"
        "## Part Two\n\n### Chapter 3: Snow\n\n"
        "roses  \nviolets\n\n\n* * *\n\n1\\. *End*\n"
    )


def test_without_volumes_the_chapters_are_right_below_the_title() -> None:
    undivided = book(ParsedVolume("", SEA.chapters), title="")
    assert to_markdown(undivided).startswith("## Chapter 1: Rain\n\n")
    assert to_text(undivided).startswith("Chapter 1: Rain\n\n")


@pytest.mark.parametrize("write", [to_text, to_markdown])
def test_what_the_author_typed_is_brought_into_form(write: Callable[[ExportBook], str]) -> None:
    typed = ParsedChapter("  The\n Rain ", "\n\n  One. \n\n\n\n\nTwo.\nThree.\n")
    written = write(book(ParsedVolume("", (typed,))))
    assert "Chapter 1: The Rain\n\nOne.\n\n\nTwo.  \nThree.\n" in written


LETTERS = st.one_of(
    st.sampled_from("abcdefgh XYZ019.,!?-—*_#>+=`~[]()<>&;:|\\\"'“”…，。！？：、（）"),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF),
    st.sampled_from("éß😀가の"),
)
WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=40)


def is_prose(line: str) -> bool:
    """True if plain text can tell the line from a heading, a title in capitals, and a break."""
    plain = bool(line.strip()) and not recognise(line) and not line.isupper()
    return plain and not is_scene_break(line) and r"\*" not in line


TEXTS = st.lists(
    st.tuples(WORDS.filter(is_prose), st.sampled_from(["\n", "\n\n", "\n\n", "\n\n", "\n\n\n"])),
    max_size=8,
).map(lambda parts: normalise("".join(line + end for line, end in parts)))
TITLES = WORDS.map(lambda title: " ".join(title.split())).filter(
    lambda title: any(map(str.isalnum, title)) and title[0].isalnum() and not recognise(title)
)
CHAPTERS = st.lists(st.builds(ParsedChapter, st.just("") | TITLES, TEXTS), min_size=1, max_size=5)
VOLUMES = st.one_of(
    CHAPTERS.map(lambda chapters: (ParsedVolume("", tuple(chapters)),)),
    st.lists(st.builds(ParsedVolume, TITLES, CHAPTERS.map(tuple)), min_size=1, max_size=3).map(
        tuple
    ),
)
BOOKS = st.builds(ParsedBook, TITLES, st.sampled_from(Language), VOLUMES)


@given(BOOKS)
def test_text_gives_the_same_book_back(parsed: ParsedBook) -> None:
    written = to_text(book(*parsed.volumes, title=parsed.title, language=parsed.language))
    assert without_numbers(parse_text(written, parsed.language)) == parsed


@given(BOOKS)
@example(
    ParsedBook(
        "0",
        ZH,
        (
            ParsedVolume("0", (ParsedChapter("", ""),)),
            ParsedVolume("0,", (ParsedChapter("", ""),)),
        ),
    )
)
def test_markdown_gives_the_same_book_back(parsed: ParsedBook) -> None:
    written = to_markdown(book(*parsed.volumes, title=parsed.title, language=parsed.language))
    assert without_numbers(parse_markdown(written, parsed.language)) == parsed


def test_markdown_keeps_paragraphs_that_read_like_headings() -> None:
    text = "Chapter 5\n\n# 第一章 风\n\nPART TWO\n\nBOOM\n\n* * *\n\nx\n---\n\n1\n\n2\n\n3"
    volume = ParsedVolume("", (ParsedChapter("", text), ParsedChapter("A", text)))
    read = without_numbers(parse_markdown(to_markdown(book(volume))))
    assert read.volumes == (volume,)


@pytest.mark.parametrize("name", ["sanguo-yanyi.zh.txt", "pride-and-prejudice.en.txt"])
@pytest.mark.parametrize("form", sorted(EXPORT_FORMATS.keys() - {"pdf"}))
def test_whole_novels_come_back(
    corpus_file: Callable[[str], Path], tmp_path: Path, name: str, form: str
) -> None:
    novel = read_book(corpus_file(name))
    target = tmp_path / f"novel.{form}"
    exported = book(*novel.volumes, title=novel.title, language=novel.language)
    target.write_bytes(EXPORT_FORMATS[form].write(exported, ExportOptions()))
    assert without_numbers(read_book(target)) == without_numbers(novel)


def test_a_file_is_written_as_utf8_with_unix_line_ends(tmp_path: Path) -> None:
    target = tmp_path / "雨.txt"
    write_text_file(target, "雨\n\n“é”\n")
    assert target.read_bytes() == "雨\n\n“é”\n".encode()
    assert os.listdir(tmp_path) == ["雨.txt"]


def test_an_existing_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "book.txt"
    target.write_text("old")
    target.chmod(0o600)
    write_text_file(target, "new")
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="making links needs a privilege on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    link.symlink_to(real)
    write_text_file(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_half_a_surrogate_pair_does_not_stop_an_export(tmp_path: Path) -> None:
    write_text_file(tmp_path / "book.txt", "a\ud83db")
    assert (tmp_path / "book.txt").read_text() == "a?b"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, ErrorKind.DISK_FULL),
        (errno.EDQUOT, ErrorKind.DISK_FULL),
        (errno.EIO, ErrorKind.DISK_ERROR),
        (errno.EFBIG, ErrorKind.FILE_SIZE_LIMIT),
    ],
)
def test_a_failing_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, kind: ErrorKind
) -> None:
    target = tmp_path / "book.txt"
    target.write_text("old")

    def fail(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ArborisError, match=r"book\.txt cannot be written") as caught:
        write_text_file(target, "new")
    assert caught.value.kind is kind
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["book.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_the_error_of_a_full_disk_is_recognised() -> None:
    with pytest.raises(OSError, match="space") as caught, open("/dev/full", "w") as full:
        full.write("x")
    assert caught.value.errno == errno.ENOSPC


def test_a_missing_folder_is_an_error_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(ArborisError, match="No such file") as caught:
        write_text_file(tmp_path / "missing" / "book.txt", "text")
    assert caught.value.kind is ErrorKind.FILE_UNWRITABLE


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "book.txt").mkdir()
    with pytest.raises(ArborisError) as caught:
        write_text_file(tmp_path / "book.txt", "text")
    assert caught.value.kind is ErrorKind.FILE_UNWRITABLE
    assert os.listdir(tmp_path) == ["book.txt"]
