"""Page numbers and running heads of a text that was made from pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.exchange.reading.page_lines import without_page_lines
from arboris_desktop.exchange.reading.plain_text import read_plain_text
from tests.support.parsing import parse_text, texts

SENTENCES = [
    "The rain had not stopped for three days,",
    "and the road was gone under the water.",
    "Nobody spoke of it, neither at the table",
    "nor later in the dark by the stove.",
]


def book(head: str, foot: str, pages: int = 9, chapter: int = 3) -> str:
    """Pages of two lines each, with a chapter on every so many."""
    made = []
    for number in range(1, pages + 1):
        is_first = number % chapter == 1
        lines = [] if is_first else [head.format(n=number), ""]
        lines += [f"Chapter {number // chapter + 1}", ""] if is_first else []
        lines += SENTENCES[2 * (number % 2) :][:2] * 2
        made.append("\n".join([*lines, "", foot.format(n=number)]))
    return "\f".join(made)


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("THE SHIP", "{n}"),
        ("Jane Doe / THE SHIP / {n}", ""),
        ("", "- {n} -"),
        ("THE SHIP", "Page {n} of 9"),
        ("{n}    The Ship", ""),
        ("雨巷", "第 {n} 页"),
    ],
)
def test_running_lines_are_left_out_and_sentences_go_on(head: str, foot: str) -> None:
    text = book(head, foot)
    found = parse_text(text)
    assert [one.label for one in found.volumes[0].chapters] == [
        "Chapter 1",
        "Chapter 2",
        "Chapter 3",
    ]
    whole = "\n".join(texts(found))
    for said in ("SHIP", "The Ship", "Jane Doe", "Page", "雨巷", "页", "- "):
        assert said not in whole
    assert not any(map(str.isdigit, whole))
    assert whole.count("The rain had not stopped") == text.count("The rain had not stopped")
    assert "pages" in read_plain_text(text.encode()).notes


@pytest.mark.parametrize(
    "text",
    [
        "\f".join(f"Chapter {n}\n\n" + "\n".join(SENTENCES) for n in range(1, 9)),
        "\f".join(f"{n}\n\n" + "\n".join(SENTENCES) for n in (3, 1, 4, 1, 5, 9)),
        book("THE SHIP", "{n}").replace("\f", "\n"),
        "\f".join("\n".join(SENTENCES[n:] + SENTENCES[:n]) for n in range(4)),
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert without_page_lines(text) == (text.replace("\f", "\n"), 0)


@given(st.text(alphabet="ab1\n\f ", max_size=80))
def test_only_lines_at_the_edges_of_pages_are_left_out(text: str) -> None:
    kept, left_out = without_page_lines(text)
    lines = [line.strip() for line in text.replace("\f", "\n").split("\n") if line.strip()]
    rest = [line.strip() for line in kept.split("\n") if line.strip()]
    assert len(rest) == len(lines) - left_out
    remaining = iter(lines)
    assert all(line in remaining for line in rest), "what stays is in its order"
