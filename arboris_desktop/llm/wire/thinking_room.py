"""Room for what a model thinks before it answers: servers count it among the answer's tokens.

How much that is nobody tells beforehand. It is measured, kept for the model, and added to the
limit that is asked for.
"""

from __future__ import annotations

from dataclasses import replace

from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.wire.negotiation import Dialect
from arboris_desktop.llm.wire.reader import AnswerReader

MOST_ATTEMPTS = 3
"""So often a question is put whose answer is nothing but thoughts that were cut."""

_SPARE = 1.25
_STEP = 256
_MOST = 32_768
_LEAST_AFTER_A_CUT = 2048


def room_for_thought(known: int, reader: AnswerReader, request: ChatRequest) -> int:
    """The tokens to be kept for thoughts after an answer, if ``known`` were kept until now."""
    thought = reader.thought_tokens
    if reader.ran_out_in_thought:
        # How much more it would have been is not known: it took all that it had.
        had = max(thought, request.max_tokens or 0)
        return min(_MOST, max(known, 2 * had, _LEAST_AFTER_A_CUT))
    wanted = -int(-thought * _SPARE // _STEP) * _STEP
    return min(_MOST, max(known, wanted))


def with_room(request: ChatRequest, thought: int, left: int | None) -> ChatRequest:
    """The request with room for so much thought; ``left`` is what the context has beside it."""
    if request.max_tokens is None or not thought:
        return request
    limit = request.max_tokens + thought
    limit = limit if left is None else min(limit, left)
    return replace(request, max_tokens=max(request.max_tokens, limit))


def asks_for_more(dialect: Dialect, before: ChatRequest, after: ChatRequest) -> bool:
    """True if the server may give more for the one than for the other."""
    most = dialect.max_output or _MOST * 4
    return min(before.max_tokens or most, most) < min(after.max_tokens or most, most)
