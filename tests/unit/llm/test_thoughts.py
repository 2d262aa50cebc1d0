from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.llm.cleaning.thoughts import ThoughtFilter, without_thinking


def filtered(*pieces: str) -> str:
    sieve, text = ThoughtFilter(), ""
    for sifted in (*map(sieve.feed, pieces), sieve.finish()):
        text = sifted.text if sifted.withdrawn else text + sifted.text
    return text


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
        ("<think>a</thin</think>b</think>", "b"),
        ("a</think>b", "b"),
        ("&lt;think&gt;a&lt;/think&gt;b", "b"),
        ("\\<think\\>a\\</think\\>b", "b"),
        ("a\n <think>x</think>b", "a\n b"),
        ("[思考]a[/思考]b", "b"),
        ("[思考]a", "[思考]a"),
        ("【深度思考】写雨。\n【/深度思考】\n雨落下来。", "雨落下来。"),
        ("【深度思考】\n写雨。\n\n【正文】\n雨落下来。", "雨落下来。"),
        ("【深度思考开始】写雨。【深度思考结束】雨落。", "雨落。"),
        ("（思考）写雨。（/思考）\n雨落。", "雨落。"),
        ("(思考过程)\n写雨\n(思考过程完毕)\n雨落。", "雨落。"),
        ("（思考）他站了很久。\n\n雨落。", "（思考）他站了很久。\n\n雨落。"),
        ("他停住。（思考）他走了。", "他停住。（思考）他走了。"),
        ("写雨。【/深度思考】雨落。", "雨落。"),
        ("<ctrl94>thought\nRain.<ctrl95>It rained.", "It rained."),
        ("<ctrl94>thought\nnever closed", ""),
        ("<think>a</thinking>b", "b"),
        ("a</think>", ""),
        ("", ""),
    ],
)
def test_thoughts_are_removed_however_the_answer_is_divided(said: str, text: str) -> None:
    assert filtered(said) == text
    assert filtered(*said) == text


@given(st.text(alphabet="<>/think \nab"), st.integers(1, 9))
def test_the_division_into_pieces_does_not_matter(said: str, size: int) -> None:
    pieces = [said[start : start + size] for start in range(0, len(said), size)]
    assert filtered(*pieces) == filtered(said)


def test_text_is_not_held_back_once_it_cannot_be_thinking() -> None:
    sieve = ThoughtFilter()
    assert sieve.feed("<t").text == ""
    assert sieve.feed("ry it").text == "<try it"
    assert sieve.feed(" <i").text == " "
    assert sieve.feed(">so").text == "<i>so"


def test_a_whole_answer_may_lack_the_opening_tag() -> None:
    assert without_thinking("so {a} is\n</think>\n{}") == "{}"
    assert without_thinking("no thoughts") == "no thoughts"
