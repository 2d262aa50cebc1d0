"""Reading whole files, real novels among them."""

from __future__ import annotations

import os
import re
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.multi_novel_files import may_hold_several
from arboris_desktop.exchange.novel_file import is_novel_file
from tests.support.parsing import parse_text

PROSE = "It was raining, and nobody came to the house that day."


@pytest.mark.parametrize("name", ["book.txt", "BOOK.TXT", "book.md", "book.markdown"])
def test_kinds_of_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(f"Chapter 1: Rain\n\n{PROSE}\n")
    assert read_book(path).volumes[0].chapters[0].title == "Rain"


def test_the_name_of_the_file_is_the_title_where_there_is_no_other(tmp_path: Path) -> None:
    path = tmp_path / "The Storm.txt"
    path.write_text(f"Chapter 1\n\n{PROSE}")
    assert read_book(path).title == "The Storm"
    path.write_text(f"The Rain\n\nChapter 1\n\n{PROSE}")
    assert read_book(path).title == "The Rain"


def test_line_ends_and_encoding_do_not_matter(tmp_path: Path) -> None:
    text = "《雨》\r\n\r\n第一章 风\r\n　　他走了，她没有说话。\r\n　　她走了。\r\n"
    path = tmp_path / "雨.txt"
    path.write_bytes(text.encode("gb18030"))
    book = read_book(path)
    assert (book.title, book.language) == ("雨", Language.CHINESE)
    assert book.volumes[0].chapters[0].text == "他走了，她没有说话。\n\n她走了。"


@pytest.mark.parametrize("name", ["book", "book.text", "book.docx", "《雨》作者：张三"])
def test_a_text_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(f"Chapter 1: Rain\n\n{PROSE}\n")
    assert read_book(path).volumes[0].chapters[0].title == "Rain"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "convert it to DOCX or EPUB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "save it as DOCX"),
        (b"SQLite format 3\0" + bytes(100), "a database"),
        (b"Rar!\x1a\x07\x01\0", "unpack it first"),
        (b"\x1f\x8b\x08\0", "unpack it first"),
        (bytes(60) + b"BOOKMOBI" + bytes(20), "convert it to EPUB"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<?xml version='1.0'?><FictionBook/>", "it contains no text"),
    ],
)
def test_other_kinds_are_refused_with_what_can_be_done(
    tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "book.txt"
    path.write_bytes(data)
    with pytest.raises(ArborisError, match=words) as caught:
        read_book(path)
    assert caught.value.kind is ErrorKind.FILE_UNREADABLE
    assert "book.txt" in caught.value.message


def test_title_and_author_of_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "《雨巷》作者：某人.txt"
    path.write_text("第一章 甲\n　　天黑了。\n第二章 乙\n　　雨停了。\n", encoding="utf-8")
    book = read_book(path)
    assert (book.title, book.author) == ("雨巷", "某人")


@pytest.mark.parametrize(
    "name", ["[某人]雨巷（校对版全本）", "雨巷（精校版）by某人", "雨巷(完结) BY 某人"]
)
def test_what_a_library_says_of_a_file_is_not_its_title(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text("第一章 甲\n　　天黑了。\n第二章 乙\n　　雨停了。\n", encoding="utf-8")
    book = read_book(path)
    assert (book.title, book.author) == ("雨巷", "某人")


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff\u200b\n".encode()])
def test_a_file_without_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "book.txt"
    path.write_bytes(data)
    with pytest.raises(ArborisError, match=r"book\.txt: the file contains no text"):
        read_book(path)


def test_missing_files_folders_and_pictures_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    for name in ("missing.txt", "folder.txt", "picture.txt"):
        with pytest.raises(ArborisError, match=name) as caught:
            read_book(tmp_path / name)
        assert caught.value.kind is ErrorKind.FILE_UNREADABLE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "book.txt"
    os.mkfifo(pipe)
    assert not may_hold_several(pipe)
    assert not is_novel_file(pipe)
    with pytest.raises(ArborisError, match="no such file"):
        read_book(pipe)


def test_romance_of_the_three_kingdoms(corpus_file: Callable[[str], Path]) -> None:
    path = corpus_file("sanguo-yanyi.zh.txt")
    started = time.process_time()
    book = read_book(path)
    seconds = time.process_time() - started
    (volume,) = book.volumes
    assert (book.title, book.language, volume.title) == ("三国演义", Language.CHINESE, "")
    assert len(volume.chapters) == 120
    assert volume.chapters[0].title == "宴桃园豪杰三结义 斩黄巾英雄首立功"
    assert volume.chapters[0].text.startswith("滚滚长江东逝水")
    assert volume.chapters[119].title == "荐杜预老将献新谋 降孙皓三分归一统"
    assert volume.chapters[119].text.endswith("后人凭吊空牢骚。")
    assert all(chapter.title and len(chapter.text) > 1000 for chapter in volume.chapters)
    assert seconds < 1.0


def test_pride_and_prejudice(corpus_file: Callable[[str], Path]) -> None:
    book = read_book(corpus_file("pride-and-prejudice.en.txt"))
    (volume,) = book.volumes
    assert book.language is Language.ENGLISH
    assert len(volume.chapters) == 61
    assert volume.chapters[0].text.startswith("It is a truth universally acknowledged")
    assert all(len(chapter.text) > 1000 and not chapter.title for chapter in volume.chapters)


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("sanguo-yanyi.zh.txt", r"(《三国演义》罗贯中)?第[一二三四五六七八九十百]+回\w{12,20}"),
        ("pride-and-prejudice.en.txt", "Chapter[IVXL]+"),
    ],
)
def test_no_word_of_a_novel_is_lost(
    corpus_file: Callable[[str], Path], name: str, heading: str
) -> None:
    """Between the texts of the chapters nothing but the headings is left of the file."""
    path = corpus_file(name)
    rest = "".join(path.read_text(encoding="utf-8").split())
    for volume in read_book(path).volumes:
        for chapter in volume.chapters:
            before, _, rest = rest.partition("".join(chapter.text.split()))
            assert re.fullmatch(heading, before)
    assert rest == ""


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_wrapped_novel_reads_like_the_original(
    corpus_file: Callable[[str], Path], width: int
) -> None:
    path = corpus_file("pride-and-prejudice.en.txt")
    wrapped = "\n".join(
        textwrap.fill(line, width) for line in path.read_text(encoding="utf-8").split("\n")
    )
    assert parse_text(wrapped).volumes == read_book(path).volumes
