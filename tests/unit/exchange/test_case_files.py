"""The files of authors' reports, where they lie beside the repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook
from tests.support.parsing import shape, texts

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "files"


@pytest.fixture
def case() -> Callable[[str], ParsedBook]:
    """Reads the file of a report, or skips the test."""

    def read(name: str) -> ParsedBook:
        if not CASES.is_dir():
            pytest.skip("the files of reports are not beside the repository (../shared/cases)")
        return read_book(next(CASES.glob(f"{name}_*")))

    return read


def undivided(titles: str) -> list[tuple[str, list[str]]]:
    return [("", ["" if title == "-" else title for title in titles.split(" / ")])]


@pytest.mark.parametrize(
    ("name", "volumes"),
    [
        ("01", undivided("Front matter / -")),
        ("02", undivided("前言 / 起")),
        ("03", undivided("前言 / 起")),
        ("04", [("第一卷", ["", ""]), ("第二卷", ["", ""])]),
        ("05", undivided("起风 / 落雨 / 归人")),
        ("06", undivided("The Rain / The Road / Home")),
        ("08", undivided("起风 / 的代价 / 中秋 / 程序员 / 里斯本 / 归人")),
        ("09", undivided("起风 / 落雨")),
        ("11", undivided("起风 / 落雨 / 归人")),
        ("12", undivided("- / -")),
        ("13", undivided("One / Two")),
        ("14", undivided("One / Two")),
        ("15", undivided("The Rain / The Road")),
        ("16", undivided("-")),
        ("17", undivided("序章 / 起风 / 番外 老周 / 落雨 / 尾声")),
        ("18", undivided("A / B")),
        ("19", undivided("起 / 落")),
        ("20", undivided("起风 / 落雨 / 归人")),
    ],
)
def test_volumes_and_chapters(
    case: Callable[[str], ParsedBook], name: str, volumes: list[tuple[str, list[str]]]
) -> None:
    assert shape(case(name)) == volumes


def test_titles(case: Callable[[str], ParsedBook]) -> None:
    assert case("01").title == "THE SHIP"
    assert case("03").title == "雨巷"
    assert case("15").title == "The Ship"
    assert case("18").title == "Book Two: The Sea"


def test_prose_is_where_it_belongs(case: Callable[[str], ParsedBook]) -> None:
    assert texts(case("01"))[0].startswith("By dawn the ship was gone.")
    assert texts(case("02"))[0].startswith("“谁在那里？”")
    assert texts(case("03"))[0] == "献给母亲"
    assert "第一部 手机是他父亲送的。" in texts(case("19"))[0]
    assert "请记住本站域名" in texts(case("11"))[0]
    assert "\0" not in texts(case("16"))[0]


def test_markdown_is_read_by_its_blocks(case: Callable[[str], ParsedBook]) -> None:
    assert texts(case("13"))[0].split("\n\n") == [
        "It rained.",
        "```\n# not a heading\n```",
        "It stopped.",
    ]
    assert texts(case("14"))[0].split("\n\n") == [
        "The rain had stopped an hour before, and the street below the window was still shining. "
        "Nobody had come out of the house opposite, and nobody had gone in, not since morning.",
        "He waited.",
    ]
    assert texts(case("15"))[0].split("\n\n") == [
        "*Run*, she thought. **No!** He read *Ulysses*.[^1]",
        "First line\nsecond line",
        "* * *",
        "THE END",
        "> A letter.",
        "[^1]: A note.",
    ]
    assert texts(case("15"))[1] == "It's 5 * 3 — done."
