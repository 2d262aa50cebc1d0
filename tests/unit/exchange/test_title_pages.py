"""The title page of a manuscript comes in as title and author, and its address is kept."""

from __future__ import annotations

import pytest

from tests.support.parsing import parse_text, texts
from tests.unit.exchange.test_heading_forms import ENGLISH

EN = "\n".join(ENGLISH)
CHAPTERS = f"\n\n\nChapter One\n\n{EN}\n\nChapter Two\n\n{EN}\n"
ADDRESS = "Jane Doe\n12 Long Street\nSpringfield\njane@example.org\n\nabout 80,000 words\n\n\n\n"


@pytest.mark.parametrize(
    "page",
    [
        f"{ADDRESS}THE SHIP\n\nby Jane Doe",
        f"{ADDRESS}The Ship\n\nBy\n\nJane Doe",
        f"{ADDRESS}The Ship\nby Jane Doe",
        "Jane Doe\nAn Agency\n\nThe Ship\n\nby Jane Doe",
    ],
)
def test_title_and_author_below_an_address(page: str) -> None:
    found = parse_text(page + CHAPTERS)
    assert (found.title.casefold(), found.author) == ("the ship", "Jane Doe")
    front, *chapters = texts(found)
    assert all(line in front for line in ADDRESS.split("\n")[1:6] if line in page)
    assert len(chapters) == 2


@pytest.mark.parametrize(
    ("page", "title", "author"),
    [
        ("The Ship\n\nA Tale of the Sea\n\nA Novel\n\nby Jane Doe", "The Ship", "Jane Doe"),
        ("The Ship\n\nby Jane Doe", "The Ship", "Jane Doe"),
        ("The Ship\n\n1920\n\nIt rained.\n\nby Jane Doe", "The Ship", "Jane Doe"),
    ],
)
def test_a_title_at_the_top_stays_the_title(page: str, title: str, author: str) -> None:
    found = parse_text(page + CHAPTERS)
    assert (found.title, found.author) == (title, author)
