"""Room for a model's thoughts: servers count them among the tokens of the answer.

Nobody says in advance how many there will be. They are measured, stored for the model, and added to
the limit of the answer.
"""

from __future__ import annotations

from dataclasses import replace

from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.wire.negotiation import Dialect
from arboris_desktop.llm.wire.reader import AnswerReader

MOST_ATTEMPTS = 3
"""Attempts at a question while the answer consists only of thoughts that were cut off."""

_SPARE = 1.25
_STEP = 256
_MOST = 32_768
_LEAST_AFTER_A_CUT = 2048


def thinking_budget(known: int, reader: AnswerReader, request: ChatRequest) -> int:
    """Returns the tokens to reserve for thoughts after an answer, if ``known`` were reserved so
    far."""
    thought = reader.thought_tokens
    if reader.ran_out_in_thought:
        # It used all that it had; how much more it needed is not known.
        had = max(thought, request.max_tokens or 0)
        return min(_MOST, max(known, 2 * had, _LEAST_AFTER_A_CUT))
    wanted = -int(-thought * _SPARE // _STEP) * _STEP
    return min(_MOST, max(known, wanted))


def with_thinking_budget(request: ChatRequest, thought: int, left: int | None) -> ChatRequest:
    """Returns the request with room for thoughts; ``left`` is the rest of the context."""
    if request.max_tokens is None or not thought:
        return request
    limit = request.max_tokens + thought
    limit = limit if left is None else min(limit, left)
    return replace(request, max_tokens=max(request.max_tokens, limit))


def asks_for_more(dialect: Dialect, before: ChatRequest, after: ChatRequest) -> bool:
    """True if the server may give more for the one than for the other."""
    most = dialect.max_output or _MOST * 4
    return min(before.max_tokens or most, most) < min(after.max_tokens or most, most)
