"""The room in a model's context."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.context_budget import (
    answer_budget,
    context_in,
    shrink_context,
    tokens_beside,
    tokens_left,
    tokens_of,
)
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import Message, Role

QUESTION = (Message(Role.SYSTEM, "Sum up what follows."), Message(Role.USER, "潮水退了。" * 40))


def model(context_tokens: int) -> OpenAICompatibleProvider:
    return OpenAICompatibleProvider("http://127.0.0.1:9", None, "m", context_tokens=context_tokens)


def test_an_answer_gets_what_it_wants_up_to_a_share() -> None:
    assert answer_budget(model(4000), wanted=600, share=0.4) == 600
    assert answer_budget(model(1000), wanted=600, share=0.4) == 400


def test_question_answer_and_what_is_left_fit_into_the_context() -> None:
    provider = model(4000)

    left = tokens_left(provider, QUESTION, 600, taken_by="the question")

    assert left == tokens_beside(provider, QUESTION, 600)
    assert 0 < left < 4000 - 600 - tokens_of(provider, QUESTION)


def test_a_question_that_does_not_fit_is_refused_in_words() -> None:
    provider = model(tokens_of(model(4000), QUESTION))

    with pytest.raises(ProviderError, match="the question take") as refusal:
        tokens_left(provider, QUESTION, 10, taken_by="the question")

    assert refusal.value.kind is ErrorKind.CONTEXT_TOO_LONG


def test_a_context_that_is_too_long_is_halved_down_to_the_least() -> None:
    provider = model(4096)
    refusal = ProviderError(ErrorKind.CONTEXT_TOO_LONG, "too long")

    shrink_context(provider, refusal, least=2048)
    with pytest.raises(ProviderError, match="too long"):
        shrink_context(provider, refusal, least=2048)

    assert provider.context_tokens == 2048


def test_another_refusal_is_no_reason_to_ask_for_less() -> None:
    provider = model(4096)

    with pytest.raises(ProviderError, match="who"):
        shrink_context(provider, ProviderError(ErrorKind.UNAUTHORIZED, "who?"), least=1)

    assert provider.context_tokens == 4096


@pytest.mark.parametrize(
    ("words", "context"),
    [
        ("Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)", 7424),
        ("Request length 71599 + 2048 is greater than max_seq_len 65536", 65536),
        ("Range of input length should be [1, 129024]", 129024),
        ("token count (1048600) exceeds the maximum number of tokens allowed (1048576)", 1048576),
        ("`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000", 4096),
        ("`inputs` must have less than 4095 tokens. Given: 9000", 4095),
        ("The prompt (length 9000) is longer than the maximum model length of 4096.", 4096),
        ("Your request exceeded model token limit: 8192 (requested: 9000)", 8192),
        ("Current length is 140000 while limit is 131072", 131072),
        ("exceed context limit: 190000 + 20000 > 200000, decrease input length", 200000),
        ("Input length 9000 exceeds the maximum length 4096", 4096),
        ("length of prompt_tokens (9000) must be less than max_seq_len (8192)", 8192),
        ("The total (input + max_tokens) must be less than or equal to 32768", 32768),
        ("maximum context length is 4,096 tokens, 2000 input tokens (4000 > 4096 - 2000)", 4096),
        ("tokens总数超过限制32768", 32768),
        ("输入长度超过模型最大上下文长度 8192", 8192),
        ("the prompt is too long", 0),
    ],
)
def test_a_refusal_tells_the_context(words: str, context: int) -> None:
    assert context_in(words) == context
