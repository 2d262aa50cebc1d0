"""Answers in which a model says that it will not, and those of a novel that sound alike."""

from __future__ import annotations

import pytest

from arboris_desktop.llm.cleaning.prose import is_refusal


@pytest.mark.parametrize(
    "said",
    [
        "I'm sorry, but I can't help with that.",
        "I’m not able to write that scene. I can offer a fade-to-black version instead.",
        "I must respectfully decline to write this scene.",
        "I don't feel comfortable writing this content.",
        "I do not feel comfortable continuing this narrative.",
        "I understand you're looking for a scene, but I can't write content that does harm.",
        "I appreciate the creative prompt, but I'm not going to write this one.",
        "I have to pause here. I can't write this scene as requested.",
        "Request blocked by content policy.",
        "[Content removed due to policy]",
        "Let's talk about something else.",
        "抱歉，我无法协助完成这个请求。",
        "这个故事涉及不当内容，我无法续写。",
        "我理解你的需求，但是我不能创作色情内容。",
        "抱歉，我还没有学会回答这个问题。",
        "根据相关法律法规，我不能提供这样的信息。",
        "對不起，我無法協助這個請求。",
        "尊敬的用户您好，让我们换个话题再聊聊吧。",
    ],
)
def test_a_model_that_declines_is_understood(said: str) -> None:
    assert is_refusal(said)


@pytest.mark.parametrize(
    "said",
    [
        "“I can't help you,” said the boy, and went out into the rain. "
        + "The rain went on. " * 20,
        "I cannot sleep. The sea keeps me awake, and the lamp. " + "The rain went on. " * 20,
        "I know the sea, but I can't write to her any more. " + "The pen was dry. " * 20,
        "根据地图，我不能再走了。" + "雨一直下，街上没有一个人。" * 20,
        "这条路，我不能回去。他推开门，走进雨里。" + "灯塔还亮着。" * 40,
        "Let's try something else, she thought. " + "The rain went on. " * 20,
    ],
)
def test_a_novel_may_say_so_too(said: str) -> None:
    assert not is_refusal(said)
