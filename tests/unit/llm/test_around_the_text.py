"""A model's words around a text are taken off; a novel's own stay."""

from __future__ import annotations

import pytest

from arboris_desktop.llm.cleaning.prose import clean_prose

STORY = "The rain had followed her home.\n\nShe lit the lamp and waited for the tide to turn."
CHINESE = "雨一直跟着她回了家。\n\n她点亮灯，等潮水回头。"


@pytest.mark.parametrize(
    "before",
    [
        "Response:\n",
        "Output:\n\n",
        "Chapter text:\n\n",
        "Continuation:\n\n",
        "[Chapter begins]\n\n",
        "【正文】\n\n",
        "正文：\n\n",
        "续写：\n\n",
        "Okay, here's the first chapter, aiming for about 1,200 words:\n\n",
        "好的，作为一名资深小说家，我将为您撰写第一章。\n\n---\n\n",
    ],
)
def test_a_label_before_it_is_none_of_it(before: str) -> None:
    assert clean_prose(before + STORY) == STORY
    assert clean_prose(before + CHINESE) == CHINESE


@pytest.mark.parametrize(
    "after",
    [
        "（本章共计 2413 字）",
        "【字数统计：2400】",
        "**字数统计**：2400字",
        "您看这样写可以吗？需要修改的地方请告诉我。",
        "[Word count: approximately 1200 words]",
        "Would you like me to continue?",
    ],
)
def test_a_count_or_an_offer_after_it_is_none_of_it(after: str) -> None:
    assert clean_prose(f"{STORY}\n\n{after}") == STORY


@pytest.mark.parametrize(
    "text",
    [
        f"正文：那封信的第一行这样写。\n\n{CHINESE}",
        f"【正文】两个字写在封面上。\n\n{CHINESE}",
        f"Response to the tide was slow.\n\n{STORY}",
        f"Answer: she had none.\n\n{STORY}",
        f"{CHINESE}\n\n您看这雨，还要下多久。",
        f"{CHINESE}\n\n本章节的潮水有三千字那么长。",
    ],
)
def test_what_a_novel_says_stays(text: str) -> None:
    assert clean_prose(text) == text
