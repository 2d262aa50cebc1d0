"""Chapters in the forms of platforms, their lengths, and words to watch."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.publishing import FORMS, Platform, PublishingForm
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.publishing import for_publishing
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.text.counts import PublishedLength, published_length
from arboris_desktop.text.watched_words import example_words, find_watched, read_words


def test_marks_and_breaks_are_plain() -> None:
    text = "一**二**三\n四\n\n* * *\n\n五\\*六\n\n\n七"
    assert for_publishing("题", text, PublishingForm()) == "一二三\n四\n* * *\n五*六\n* * *\n七"
    assert for_publishing("题", "", PublishingForm(with_title=True)) == "题"


@pytest.mark.parametrize("platform", Platform)
def test_a_book_in_the_form_of_a_platform_comes_back(platform: Platform, tmp_path: Path) -> None:
    texts = [
        f"第{n}夜，雨下了很久很久。\n\n“走吧，”他说。\n\n后来呢？没有人知道。" for n in "一二三四"
    ]
    chapters = tuple(ExportChapter(n, f"雨{n}", text) for n, text in enumerate(texts, 1))
    book = ExportBook("风暴", Language.CHINESE, (ExportVolume("", chapters),))
    path = tmp_path / "book.txt"
    options = ExportOptions(publishing=FORMS[platform])
    path.write_bytes(EXPORT_FORMATS["txt"].write(book, options))
    back = [(c.title, c.text) for volume in read_book(path).volumes for c in volume.chapters]
    assert back == [(f"雨{n}", text) for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("“走，”他说。", (7, 7, 3)),
        ("\u3000\u3000他 说\n\n好", (3, 3, 3)),
        ("他有3.14元", (4, 7, 6)),
        ("", (0, 0, 0)),
    ],
)
def test_lengths(text: str, length: tuple[int, int, int]) -> None:
    assert published_length(text) == PublishedLength(*length)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("他去赌博，又赌", ("赌", "赌博"), ["赌博", "赌"]),
        ("加V，V信，VIP", ("V",), ["V", "V"]),
        ("a.b axb", ("a.b",), ["a.b"]),
        ("qq群 QQ群", ("QQ群",), ["QQ群", "QQ群"]),
        ("无事", (), []),
        ("无事", ("", " "), []),
    ],
)
def test_watched_words(text: str, words: tuple[str, ...], found: list[str]) -> None:
    assert [one.word for one in find_watched(text, words)] == found


def test_lists_of_words() -> None:
    assert read_words("# note\n\n 赌博 \n赌博\nbad  word") == ("赌博", "bad word")
    assert "赌博" in example_words()
