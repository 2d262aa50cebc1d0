"""The room in a model's context: for the question, for the answer, and what is left beside them.

Everything that asks a model reckons with these, so that a request is refused here, in words that
say what takes the room, rather than by a server.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.provider import BUILT_IN_NAME, JsonSchema, Message, Provider
from arboris_desktop.text.patterns import lazy_pattern

TOKENS_PER_WORD = 2.0
"""Room for a word of prose: English takes about 1.3 tokens a word, Chinese 1 to 1.5 a character."""

LEAST_CONTEXT_TOKENS = 1024
"""With less there is no room for a question and an answer of any use."""

_MARGIN_TOKENS = 64
"""Kept free besides: tokens are estimated, and servers add some of their own."""


def tokens_of(provider: Provider, messages: Iterable[Message]) -> int:
    """The tokens that messages take."""
    return sum(provider.count_tokens(message.content) for message in messages)


def schema_tokens(provider: Provider, schema: JsonSchema | None) -> int:
    """The tokens that a schema takes: most servers put it before what is asked.

    The built-in model's becomes a grammar beside it, and takes none.
    """
    if schema is None or provider.name == BUILT_IN_NAME:
        return 0
    compact = json.dumps(schema.schema, ensure_ascii=False, separators=(",", ":"))
    return provider.count_tokens(compact)


def answer_room(provider: Provider, wanted: float, share: float) -> int:
    """The tokens kept for an answer: those wanted, but at most a share of the context."""
    return int(min(wanted, provider.context_tokens * share))


def room_beside(
    provider: Provider,
    messages: Iterable[Message],
    answer_tokens: int,
    schema: JsonSchema | None = None,
) -> int:
    """The tokens left beside a question, the form asked for and the answer; below zero when these
    do not fit."""
    taken = tokens_of(provider, messages) + schema_tokens(provider, schema)
    return provider.context_tokens - taken - answer_tokens - _MARGIN_TOKENS


def room_left(
    provider: Provider, messages: Iterable[Message], answer_tokens: int, *, taken_by: str
) -> int:
    """See ``room_beside``; raises ``ProviderError`` (CONTEXT_TOO_LONG) when nothing is left.

    ``taken_by`` says in English what the messages are made of.
    """
    messages = tuple(messages)
    room = room_beside(provider, messages, answer_tokens)
    if room < 0:
        raise too_long(provider, taken_by, tokens_of(provider, messages))
    return room


def too_long(provider: Provider, taken_by: str, tokens: int) -> ProviderError:
    """The error for what does not fit into the model's context."""
    return ProviderError(
        ErrorKind.CONTEXT_TOO_LONG,
        f"{taken_by} take {tokens} of {provider.context_tokens} tokens",
    )


_LEAST, _MOST = 256, 100_000_000
"""A figure out of these bounds is no context."""

_IN_WORDS = (
    # What was sent, and what it must not exceed.
    lazy_pattern(r"\d{3,9}\)?(?: tokens)? ?>=?\D{0,20}?(\d{3,9})"),
    lazy_pattern(r"(?:input|prompt) length\D{0,30}[\[(] ?\d+, ?(\d{3,9}) ?[\])]", re.IGNORECASE),
    lazy_pattern(
        r"(?:context(?:[ _](?:length|size|window|limit))?|n_ctx|max_model_len|max_seq_?len"
        r"|max(?:imum)? (?:prompt|input|sequence|model) (?:length|tokens)|上下文(?:长度|窗口)?"
        r"|token limit(?! exceeded))"
        r"\D{0,40}?(\d{3,9})\b",
        re.IGNORECASE,
    ),
    lazy_pattern(r"(?:exceed\w*|超过|超出)(?:(?!\bby\b)\D){0,60}?(\d{3,9})\b", re.IGNORECASE),
    lazy_pattern(r"(\d{3,9})[- ]?(?:tokens?)? (?:context|maximum)", re.IGNORECASE),
    lazy_pattern(
        r"(?:less than(?: or equal to)?|<=|at most|limit(?: is| of|:)|input length|输入长度|限制)"
        r"\D{0,30}?(\d{3,9})\b",
        re.IGNORECASE,
    ),
)
_THOUSANDS = lazy_pattern(r"(?<=\d),(?=\d{3}\b)")


def context_in(words: str) -> int:
    """The context that a refusal speaks of; 0 for none."""
    plain = _THOUSANDS.sub("", words)
    found = (match for pattern in _IN_WORDS for match in pattern.finditer(plain))
    return next((n for n in (int(match[1]) for match in found) if _LEAST <= n <= _MOST), 0)


@contextmanager
def reserving(provider: Provider, tokens: int) -> Iterator[None]:
    """Leaves so many tokens free in what is built meanwhile, for the form of the answer."""
    whole = provider.context_tokens
    provider.context_tokens = max(whole - tokens, whole // 2)
    try:
        yield
    finally:
        provider.context_tokens = whole


def shrink_context(provider: Provider, refusal: ProviderError, *, least: int) -> None:
    """Lessens what a request may hold, since the server takes less than was stated or assumed: to
    what its words say, else to the half.

    Raises the refusal when it has another reason, or when fewer than ``least`` tokens would remain.
    """
    stated = context_in(refusal.message)
    smaller = stated if 0 < stated < provider.context_tokens else provider.context_tokens // 2
    if refusal.kind is not ErrorKind.CONTEXT_TOO_LONG or smaller < least:
        raise refusal
    provider.context_tokens = smaller
