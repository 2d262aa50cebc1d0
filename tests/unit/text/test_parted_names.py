"""Names of files in which a dash parts title and author."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.book_names import name_in_line, name_of_file


@pytest.mark.parametrize(
    ("stem", "title", "author"),
    [
        ("The Ship - Jane Doe", "The Ship", "Jane Doe"),
        ("The Ship – J. R. R. Smith", "The Ship", "J. R. R. Smith"),
        ("The Ship - J.K. Smith", "The Ship", "J.K. Smith"),
        ("The_Ship_-_Jane_Doe", "The Ship", "Jane Doe"),
        ("The Ship - Ursula van der Berg", "The Ship", "Ursula van der Berg"),
        ("The Ship - Doe, Jane", "The Ship", "Jane Doe"),
        ("The Ship - Jane Doe & John Roe", "The Ship", "Jane Doe & John Roe"),
        ("The Sea 01 - The Ship - Jane Doe", "The Sea 01 - The Ship", "Jane Doe"),
        ("Jane Doe - The Ship", "The Ship", "Jane Doe"),
        ("Jane Doe - [The Sea 01] - The Ship", "[The Sea 01] - The Ship", "Jane Doe"),
        ("Silas Marner - George Eliot", "Silas Marner", "George Eliot"),
        ("Война и мир - Лев Толстой", "Война и мир", "Лев Толстой"),
        ("雨巷 - 老周", "雨巷", "老周"),
        ("雨巷 — 南山客", "雨巷", "南山客"),
        ("海的女儿 - 汉斯·安徒生", "海的女儿", "汉斯·安徒生"),
        ("雨巷 (校对版全本) - 老周", "雨巷 (校对版全本)", "老周"),
    ],
)
def test_title_and_author(stem: str, title: str, author: str) -> None:
    found = name_of_file(stem)
    assert (found.title, found.author) == (title, author)


@pytest.mark.parametrize(
    "stem",
    [
        *(
            "The Ship - Draft 2",
            "The Ship - Final Version",
            "Dune - Part One",
            "The Ship - Book Two",
        ),
        *("The Ship - The Long Way Home", "Sea-Wolf", "2024-01-03 - notes", "The Ship - v3"),
        *(
            "雨巷 - 终稿",
            "雨巷 - 番外三",
            "雨巷 - 第一卷",
            "雨巷 - 上",
            "雨巷-老周",
            "雨巷 - 修改版本",
        ),
        *("雨巷 - 起点中文网", "A - B", " - ", "", "-"),
    ],
)
def test_what_names_no_author(stem: str) -> None:
    found = name_of_file(stem)
    assert (found.title, found.author) == (stem.strip(), "")


@given(st.text(alphabet="AaZz 雨巷-–·&,.'0", max_size=40))
def test_no_letter_of_a_name_is_lost(stem: str) -> None:
    found = name_of_file(stem)
    kept = f"{found.title}{found.author}"
    assert sorted(filter(str.isalnum, kept)) == sorted(filter(str.isalnum, stem))


def test_a_title_in_the_text_is_not_parted() -> None:
    assert name_in_line("Title: The Long War - Black Tide").title == "The Long War - Black Tide"
