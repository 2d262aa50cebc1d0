"""Thoughts and the tokens of templates are never text, however they are marked."""

from __future__ import annotations

from typing import Any

import pytest

from arboris_desktop.llm.provider import Phase
from tests.wire.asking import ask
from tests.wire.wires import ROLE, piece, reply, said, stream, whole

STORY = "The rain had followed her home.\n\nShe lit the lamp."
THOUGHT = "The user wants a chapter. I should begin with rain.\n\nOkay."

MARKED = [
    f"<think>{THOUGHT}</think>\n\n{STORY}",
    f"<think>\n{THOUGHT}\n</think>{STORY}",
    f"<thinking>{THOUGHT}</thinking>\n{STORY}",
    f"<THINK>{THOUGHT}</THINK>\n{STORY}",
    f"<thought>{THOUGHT}</thought>\n{STORY}",
    f"<reasoning>{THOUGHT}</reasoning>\n{STORY}",
    f"<reflection>{THOUGHT}</reflection>\n{STORY}",
    f"<scratchpad>{THOUGHT}</scratchpad>{STORY}",
    f'<think lang="en">{THOUGHT}</think>{STORY}',
    f"[THINK]{THOUGHT}[/THINK]{STORY}",
    f"<seed:think>{THOUGHT}</seed:think>{STORY}",
    f"◁think▷{THOUGHT}◁/think▷{STORY}",
    f"<|begin_of_thought|>{THOUGHT}<|end_of_thought|>\n{STORY}",
    f"<|START_THINKING|>{THOUGHT}<|END_THINKING|>{STORY}",
    f"<unused94>thought\n{THOUGHT}<unused95>{STORY}",
    f"<|channel|>analysis<|message|>{THOUGHT}<|end|><|start|>assistant<|channel|>final<|message|>{STORY}",
    f"<|channel|>final<|message|>{STORY}<|return|>",
    f"analysis{THOUGHT}assistantfinal{STORY}",
    f'<details type="reasoning" done="true">{THOUGHT}</details>\n{STORY}',
    f"Here is my thought process:\n{THOUGHT}\nHere is my response:\n{STORY}",
    f"{THOUGHT}\n</think>\n\n{STORY}",
    f"{THOUGHT}</thinking>{STORY}",
    f"{THOUGHT}\n[/THINK]\n{STORY}",
    f"{THOUGHT}</thought>\n{STORY}",
    f"</think>\n\n{STORY}",
    f"<think></think>\n\n{STORY}",
    f"<think>one</think>\n<think>two</think>\n{STORY}",
    f"<think>{THOUGHT}<think>again</think>more</think>{STORY}",
    f"<think>{THOUGHT}</think>{STORY}</think>",
    *(
        f"<{name}>{THOUGHT}</{name}>\n\n{STORY}"
        for name in (
            "思考过程",
            "deepthink",
            "chain_of_thought",
            "inner_thought",
            "think_fast",
            "plan",
        )
    ),
    f"<think>{THOUGHT}</thinking>\n{STORY}",
    f"< think >{THOUGHT}</ think >\n{STORY}",
    f"<think>{THOUGHT}<\\/think>\n{STORY}",
    f"&lt;think&gt;{THOUGHT}&lt;/think&gt;\n{STORY}",
    f"＜think＞{THOUGHT}＜/think＞\n{STORY}",
    f"[THINKING]{THOUGHT}[/THINKING]\n{STORY}",
    f"【思考】{THOUGHT}【/思考】\n{STORY}",
    f"<|reasoning|>{THOUGHT}<|/reasoning|>{STORY}",
    f"<|thought_start|>{THOUGHT}<|thought_end|>{STORY}",
    f"<｜begin▁of▁think｜>{THOUGHT}<｜end▁of▁think｜>{STORY}",
    f"<|assistant|><think>{THOUGHT}</think>\n{STORY}",
    f"<｜Assistant｜><think>{THOUGHT}</think>{STORY}",
    f"```thinking\n{THOUGHT}\n```\n{STORY}",
    f"<details>\n<summary>Thinking...</summary>\n{THOUGHT}\n</details>\n{STORY}",
    f"<details><summary>思考过程</summary>{THOUGHT}</details>\n{STORY}",
    f"Thinking...\n{THOUGHT}\n...done thinking.\n\n{STORY}",
    f"<!-- think: {THOUGHT} -->\n{STORY}",
    f"<|channel|>analysis<|message|>{THOUGHT}<|end|><|start|>assistant<|channel|>final "
    f"<|constrain|>text<|message|>{STORY}",
    f"<think>{THOUGHT}</think>\n<answer>{STORY}</answer>",
    f"\ufeff<think>{THOUGHT}</think>\n<solution>{STORY}</solution>",
    f"<think />\n{STORY}",
    f"<begin_think>{THOUGHT}<end_think>{STORY}",
    f"<|inner_prefix|>{THOUGHT}<|inner_suffix|>{STORY}",
    f"【思考开始】{THOUGHT}【思考结束】{STORY}",
    *(
        f"<{name}>{THOUGHT}</{name}>\n\n{STORY}"
        for name in ("reasoning_content", "rationale", "deep_thinking", "생각", "размышление")
    ),
]
TOKENS = [
    f"{STORY}<|im_end|>",
    f"{STORY}<|im_end|>\n",
    f"{STORY}\n<|im_end|>\n<|im_start|>user\nGo on.<|im_end|>",
    f"<|im_start|>assistant\n{STORY}<|im_end|>",
    f"{STORY}</s>",
    f"<s> {STORY}</s>",
    f"{STORY}<|eot_id|>",
    f"<|start_header_id|>assistant<|end_header_id|>\n\n{STORY}<|eot_id|>",
    f"{STORY}<end_of_turn>",
    f"{STORY}<end_of_turn>\n<start_of_turn>user\nMore!",
    f"{STORY}<|endoftext|>",
    f"{STORY}<|end_of_text|>",
    f"{STORY}<|end|>",
    f"{STORY}<｜end▁of▁sentence｜>",
    f"{STORY}<|END_OF_TURN_TOKEN|>",
    f"{STORY}[/INST]",
    f"{STORY}\n<|user|>\nGo on.",
    f"<|assistant|>\n{STORY}<|user|>",
    f"{STORY}<eos>",
    f"[gMASK]<sop><|assistant|>\n{STORY}<|observation|>",
    f"{STORY}[|endofturn|]",
    f"{STORY} [end of text]",
    f"{STORY}[UNUSED_TOKEN_145]",
    f"]~b]ai\n{STORY}[e~[",
    f"{STORY}<im_end>",
    f"{STORY}<|im_end",
    f"{STORY}<0x0A>",
    f"{STORY}<end_of_message>",
    f"{STORY}</answer>",
    f"{STORY}<|begin_of_box|>",
    f"assistant\n\n{STORY}",
    f"<answer>\n{STORY}\n</answer>",
    f"{STORY}\n\n### Instruction:\nGo on.",
    f"### Response:\n{STORY}\n### User:\nMore!",
]


def pieces(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


@pytest.mark.parametrize("answer", [*MARKED, *TOKENS])
@pytest.mark.parametrize("size", [1, 7, 4000])
def test_nothing_but_the_text_is_given(answer: str, size: int) -> None:
    heard = ask(said(*pieces(answer, size)))
    # A line end before a token may have been given before the token came.
    assert heard.text.rstrip() == STORY
    assert heard.raw == answer


@pytest.mark.parametrize("answer", [MARKED[0], MARKED[20], TOKENS[0]])
def test_so_it_is_where_nothing_is_streamed(answer: str) -> None:
    assert ask(reply(whole(answer))).text == STORY


@pytest.mark.parametrize(
    "thought",
    [
        {"reasoning_content": THOUGHT},
        {"reasoning": THOUGHT},
        {"thinking": THOUGHT},
        {"reasoning_details": [{"type": "reasoning.text", "text": THOUGHT}]},
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": THOUGHT}]}]},
        {"content": [{"type": "reasoning", "text": THOUGHT}]},
        {"content": THOUGHT, "extra_content": {"google": {"thought": True}}},
        {"content": THOUGHT, "thought": True},
        {"content": THOUGHT, "is_thinking": True},
        {"content": THOUGHT, "phase": "think"},
        {"content": THOUGHT, "type": "thinking"},
        {"content": THOUGHT, "role": "reasoning"},
        {"reasoning": THOUGHT, "reasoning_content": THOUGHT},
    ],
)
def test_thoughts_in_a_field_of_their_own_are_life_but_not_text(thought: dict[str, Any]) -> None:
    heard = ask(stream(ROLE, piece(**thought), piece(STORY), piece(finish="stop")))
    assert heard.text == STORY
    assert Phase.THINKING in heard.phases


def test_what_was_given_before_the_thoughts_had_an_end_is_withdrawn() -> None:
    heard = ask(said(THOUGHT, "\n</think>\n", STORY))
    assert (heard.text, heard.withdrawn) == (STORY, 1)


@pytest.mark.parametrize(
    "only", [f"<think>{THOUGHT}", f"<think>{THOUGHT}</think>", f"{THOUGHT}</think>\n"]
)
def test_thoughts_alone_are_no_text(only: str) -> None:
    assert ask(said(only)).text == ""


@pytest.mark.parametrize(
    "text",
    [
        "She wrote <think> on the wall.",
        "The tag read “<think>x</think>”, nothing more.",
        "<b>bold</b> and <s>struck out</s> words",
        "a < b, b > c, [sic] and [INSTRUCTIONS] | pipes",
        "thinking of the sea",
        "analysis of a tide",
        "<thin",
        "Analysis of the tide was over.",
        "[He] thought: <so it goes>",
        "assistant to the keeper, she wrote",
        "<answer me, she wrote>",
        "## Response\n\nThe sea said nothing.",
        "The plan: <plan>b</plan>.",
        "【思考】了很久。",
        "<thoughtful>",
    ],
)
@pytest.mark.parametrize("size", [1, 4000])
def test_what_a_novel_may_contain_stays(text: str, size: int) -> None:
    assert ask(said(*pieces(text, size))).text == text


@pytest.mark.parametrize(
    "text",
    [
        "[思考] She wrote it down.\n\nThe rain went on.",
        "Thinking...\nthat was all she did.",
        "<plan>\nFirst the lamp.\n\nThe rain went on.",
        "```think\nof the sea",
        f"{STORY}\n\n【思考】\n{STORY}\n【/思考】\n{STORY}",
    ],
)
@pytest.mark.parametrize("size", [1, 7, 4000])
def test_what_may_be_a_novels_own_is_a_thought_only_before_it_and_with_an_end(
    text: str, size: int
) -> None:
    assert ask(said(*pieces(text, size))).text == text
