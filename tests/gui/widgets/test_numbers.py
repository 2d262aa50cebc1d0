"""Numbers as the window says them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from arboris_desktop.ui.numbers import number, round_number


@pytest.fixture(autouse=True)
def locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("count", "english", "chinese"),
    [
        (0, "0", "0"),
        (2335, "2,335", "2,335"),
        (9_999, "9,999", "9,999"),
        (10_000, "10,000", "1 万"),
        (24_950, "24,950", "2.5 万"),
        (999_999, "999,999", "100 万"),
        (1_000_000, "1 million", "100 万"),
        (1_620_000, "1.6 million", "162 万"),
        (12_345_678, "12.3 million", "1,235 万"),
        (2_500_000_000, "2.5 billion", "25 亿"),
    ],
)
def test_large_numbers_are_said_in_round_words(count: int, english: str, chinese: str) -> None:
    QLocale.setDefault(QLocale("en_US"))
    assert round_number(count) == english
    QLocale.setDefault(QLocale("zh_CN"))
    assert round_number(count) == chinese
    assert number(count) == f"{count:,}"
