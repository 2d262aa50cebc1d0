"""Noticing a server that reads only part of what it is sent, and says nothing of it.

Some drop the front of a prompt that is longer than their context: what the novel is about, say.
All that shows it is their own count of the tokens read.
"""

from __future__ import annotations

from collections.abc import Iterable

from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.provider import Message
from arboris_desktop.text.patterns import lazy_pattern

_LEAST_PER_WIDE, _LEAST_PER_OTHER = 0.4, 1 / 7
"""Tokens per character that no tokenizer in use goes below, for Chinese and for the rest."""

_LEAST_READ = 400
"""Tokens; a server that counts fewer leaves out what it still had from before."""

_SAME = 0.9
"""A server that has read more before, by so much, does not stop here."""

_STEP = 1.2

_WIDE = lazy_pattern("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


def partly_read(messages: Iterable[Message], usage: TokenUsage, most_read: int) -> bool:
    """True if fewer tokens were read than these messages can be.

    ``most_read`` is the most that the server has counted for a prompt until now.
    """
    if usage.estimated or usage.cached_tokens or usage.prompt_tokens < _LEAST_READ:
        return False
    if usage.prompt_tokens < _SAME * most_read:
        return False
    return usage.prompt_tokens < sum(_least_tokens(message.content) for message in messages)


def most_read(before: int, usage: TokenUsage) -> int:
    """The most that the server has counted for a prompt, kept in steps, since it is stored."""
    told = 0 if usage.estimated else usage.prompt_tokens
    return told if told >= max(_LEAST_READ, before * _STEP) else before


def _least_tokens(text: str) -> float:
    wide = len(_WIDE.findall(text))
    return _LEAST_PER_WIDE * wide + _LEAST_PER_OTHER * (len(text) - wide)
