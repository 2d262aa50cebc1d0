"""Budgeting a model's context: the question, the answer, and what remains.

Everything that asks a model uses these, so that a request that is too large is refused here, in
words that say what takes the space, rather than by a server.
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
"""Tokens per word of prose: English takes about 1.3 a word, Chinese 1 to 1.5 a character."""

LEAST_CONTEXT_TOKENS = 1024
"""With less there is no room for a useful question and answer."""

_MARGIN_TOKENS = 64
"""A reserve: tokens are estimated, and servers add some of their own."""


def tokens_of(provider: Provider, messages: Iterable[Message]) -> int:
    """Returns the tokens of some messages."""
    return sum(provider.count_tokens(message.content) for message in messages)


def schema_tokens(provider: Provider, schema: JsonSchema | None) -> int:
    """Returns the tokens of a schema, which most servers put before the question.

    The built-in model compiles it to a grammar, which takes none.
    """
    if schema is None or provider.name == BUILT_IN_NAME:
        return 0
    compact = json.dumps(schema.schema, ensure_ascii=False, separators=(",", ":"))
    return provider.count_tokens(compact)


def answer_budget(provider: Provider, wanted: float, share: float) -> int:
    """Returns the tokens reserved for an answer: those wanted, but at most a share of the
    context."""
    return int(min(wanted, provider.context_tokens * share))


def tokens_beside(
    provider: Provider,
    messages: Iterable[Message],
    answer_tokens: int,
    schema: JsonSchema | None = None,
) -> int:
    """Returns the tokens that remain beside a question, the form and the answer; negative if they
    do not fit."""
    taken = tokens_of(provider, messages) + schema_tokens(provider, schema)
    return provider.context_tokens - taken - answer_tokens - _MARGIN_TOKENS


def tokens_left(
    provider: Provider, messages: Iterable[Message], answer_tokens: int, *, taken_by: str
) -> int:
    """Like ``tokens_beside``, but raises ``ProviderError`` (CONTEXT_TOO_LONG) if nothing remains.

    ``taken_by`` says in English what the messages consist of.
    """
    messages = tuple(messages)
    room = tokens_beside(provider, messages, answer_tokens)
    if room < 0:
        raise too_long(provider, taken_by, tokens_of(provider, messages))
    return room


def too_long(provider: Provider, taken_by: str, tokens: int) -> ProviderError:
    """Returns the error for a request that does not fit into the model's context."""
    return ProviderError(
        ErrorKind.CONTEXT_TOO_LONG,
        f"{taken_by} take {tokens} of {provider.context_tokens} tokens",
    )


_LEAST, _MOST = 256, 100_000_000
"""A number outside these bounds is no context."""

_IN_WORDS = (
    # The length of the request, and the limit that it exceeds.
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
    """Returns the context that a refusal states; 0 for none."""
    plain = _THOUSANDS.sub("", words)
    found = (match for pattern in _IN_WORDS for match in pattern.finditer(plain))
    return next((n for n in (int(match[1]) for match in found) if _LEAST <= n <= _MOST), 0)


@contextmanager
def reserving(provider: Provider, tokens: int) -> Iterator[None]:
    """Reserves tokens in everything that is built in the block, for the form of the answer."""
    whole = provider.context_tokens
    provider.context_tokens = max(whole - tokens, whole // 2)
    try:
        yield
    finally:
        provider.context_tokens = whole


def shrink_context(provider: Provider, refusal: ProviderError, *, least: int) -> None:
    """Reduces the context after a server took less than was stated or assumed: to what its words
    say, otherwise to half.

    Raises the refusal if it has another reason, or if fewer than ``least`` tokens would remain.
    """
    stated = context_in(refusal.message)
    smaller = stated if 0 < stated < provider.context_tokens else provider.context_tokens // 2
    if refusal.kind is not ErrorKind.CONTEXT_TOO_LONG or smaller < least:
        raise refusal
    provider.context_tokens = smaller
