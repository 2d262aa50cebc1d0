"""Detecting a server that silently reads only a part of the prompt.

Some drop the beginning of a prompt that exceeds their context, such as what the novel is about.
Only their own token count reveals it.
"""

from __future__ import annotations

from collections.abc import Iterable

from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.provider import Message
from arboris_desktop.text.patterns import lazy_pattern

_LEAST_PER_WIDE, _LEAST_PER_OTHER = 0.4, 1 / 7
"""Tokens per character that no tokenizer in use goes below, for Chinese and for the rest."""

_LEAST_READ = 400
"""Tokens; a server that counts fewer leaves out what it had cached."""

_SAME = 0.9
"""A server that has read longer prompts than this did not cut this one."""

_STEP = 1.2

_WIDE = lazy_pattern("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


def is_truncated(messages: Iterable[Message], usage: TokenUsage, most_read: int) -> bool:
    """True if fewer tokens were read than these messages can have.

    ``most_read`` is the longest prompt that the server has counted so far.
    """
    if usage.estimated or usage.cached_tokens or usage.prompt_tokens < _LEAST_READ:
        return False
    if usage.prompt_tokens < _SAME * most_read:
        return False
    return usage.prompt_tokens < sum(_least_tokens(message.content) for message in messages)


def most_read(before: int, usage: TokenUsage) -> int:
    """Returns the longest prompt that the server has counted, in steps, since it is stored."""
    told = 0 if usage.estimated else usage.prompt_tokens
    return told if told >= max(_LEAST_READ, before * _STEP) else before


def _least_tokens(text: str) -> float:
    wide = len(_WIDE.findall(text))
    return _LEAST_PER_WIDE * wide + _LEAST_PER_OTHER * (len(text) - wide)
