"""Cutting a long chapter into overlapping parts that a model can read; nothing is left out."""

from __future__ import annotations

from collections.abc import Callable

from arboris_desktop.domain.errors import ErrorKind, ProviderError

OVERLAP_PARAGRAPHS = 2
"""Paragraphs that two neighbouring parts share, so that what spans them is seen whole."""


def split_into_parts(text: str, max_tokens: int, count_tokens: Callable[[str], int]) -> list[str]:
    """The text in parts of at most ``max_tokens``, cut between paragraphs where possible.

    Raises ``ProviderError`` (``CONTEXT_TOO_LONG``) when the model cannot read even a little.
    """
    if max_tokens < 100:
        raise ProviderError(ErrorKind.CONTEXT_TOO_LONG, f"room for {max_tokens} tokens only")
    if count_tokens(text) <= max_tokens:
        return [text]
    paragraphs = _short_paragraphs(text, max_tokens, count_tokens)
    parts: list[list[str]] = [[]]
    size = 0
    for paragraph in paragraphs:
        cost = count_tokens(paragraph) + 1
        if size + cost > max_tokens and parts[-1]:
            parts.append(_overlap(parts[-1], max_tokens - cost, count_tokens))
            size = sum(count_tokens(shared) + 1 for shared in parts[-1])
        parts[-1].append(paragraph)
        size += cost
    return ["\n\n".join(part) for part in parts]


def _overlap(part: list[str], room: int, count_tokens: Callable[[str], int]) -> list[str]:
    shared: list[str] = []
    for paragraph in reversed(part[-OVERLAP_PARAGRAPHS:]):
        room -= count_tokens(paragraph) + 1
        if room < 0:
            break
        shared.insert(0, paragraph)
    return shared if len(shared) < len(part) else shared[1:]


def _short_paragraphs(text: str, max_tokens: int, count_tokens: Callable[[str], int]) -> list[str]:
    """The paragraphs; one that is too long by itself is halved until it fits."""
    short: list[str] = []
    waiting = [paragraph for paragraph in text.split("\n") if paragraph.strip()][::-1]
    while waiting:
        paragraph = waiting.pop()
        if count_tokens(paragraph) + 1 > max_tokens and len(paragraph) > 1:
            middle = len(paragraph) // 2
            waiting += [paragraph[middle:], paragraph[:middle]]
        else:
            short.append(paragraph)
    return short
