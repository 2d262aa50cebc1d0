"""The room in a model's context."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import Message, Role
from arboris_desktop.llm.room import (
    answer_room,
    room_beside,
    room_left,
    shrink_context,
    tokens_of,
)

QUESTION = (Message(Role.SYSTEM, "Sum up what follows."), Message(Role.USER, "潮水退了。" * 40))


def model(context_tokens: int) -> OpenAICompatibleProvider:
    return OpenAICompatibleProvider("http://127.0.0.1:9", None, "m", context_tokens=context_tokens)


def test_an_answer_gets_what_it_wants_up_to_a_share() -> None:
    assert answer_room(model(4000), wanted=600, share=0.4) == 600
    assert answer_room(model(1000), wanted=600, share=0.4) == 400


def test_question_answer_and_what_is_left_fit_into_the_context() -> None:
    provider = model(4000)

    left = room_left(provider, QUESTION, 600, taken_by="the question")

    assert left == room_beside(provider, QUESTION, 600)
    assert 0 < left < 4000 - 600 - tokens_of(provider, QUESTION)


def test_a_question_that_does_not_fit_is_refused_in_words() -> None:
    provider = model(tokens_of(model(4000), QUESTION))

    with pytest.raises(ProviderError, match="the question take") as refusal:
        room_left(provider, QUESTION, 10, taken_by="the question")

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
