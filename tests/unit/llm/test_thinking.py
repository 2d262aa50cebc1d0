from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.llm.thinking import ThinkFilter, without_thinking


def filtered(*pieces: str) -> str:
    filter_ = ThinkFilter()
    return "".join(filter_.feed(piece) for piece in pieces) + filter_.finish()


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Once upon", "Once upon"),
        ("<think>hm</think>Once", "Once"),
        ("\n <think>a\nb</think>\n\n  Once <think>x</think>", "Once <think>x</think>"),
        ("<thin", "<thin"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("<think>never closed", ""),
        ("<think></think>", ""),
        ("<think></think>\n", ""),
        ("  indented", "  indented"),
        ("<think>a</thin</think>b</think>", "b</think>"),
        ("", ""),
    ],
)
def test_only_thinking_at_the_start_is_removed_however_it_is_divided(said: str, text: str) -> None:
    assert filtered(said) == text
    assert filtered(*said) == text


@given(st.text(alphabet="<>/think \nab"), st.integers(1, 9))
def test_the_division_into_pieces_does_not_matter(said: str, size: int) -> None:
    pieces = [said[start : start + size] for start in range(0, len(said), size)]
    assert filtered(*pieces) == filtered(said)


def test_text_is_not_held_back_once_it_cannot_be_thinking() -> None:
    filter_ = ThinkFilter()
    assert filter_.feed("<t") == ""
    assert filter_.feed("r") == "<tr"
    assert filter_.feed("<think>") == "<think>"


def test_a_whole_answer_may_lack_the_opening_tag() -> None:
    assert without_thinking("so {a} is\n</think>\n{}") == "\n{}"
    assert without_thinking("no thoughts") == "no thoughts"
