"""The figures that servers give of an answer: tokens read, written, and kept from before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeGuard

from arboris_desktop.domain.usage import TokenUsage

_MAX_TOKENS = 1_000_000_000

_CACHED = (
    "prompt_cache_hit_tokens",
    "cache_read_input_tokens",
    "cached_tokens",
    "num_cached_tokens",
    "cached_prompt_text_tokens",
    "cachedContentTokenCount",
    "cache_n",
)
"""Names for cached tokens: DeepSeek's first, Anthropic's second."""

_DETAILS = ("prompt_tokens_details", "input_tokens_details")
_DETAILS_OF_ANSWER = ("completion_tokens_details", "output_tokens_details")
_THOUGHTS = ("reasoning_tokens", "thinking_tokens", "thoughtsTokenCount")
_BESIDE = ("cache_read_input_tokens", "cache_creation_input_tokens")
"""Keys under which Anthropic counts cached tokens, apart from its input."""


def usage_in(value: Mapping[str, object]) -> TokenUsage | None:
    """The token counts in a part of an answer; ``None`` when it has none."""
    figures = value.get("usage")
    if not isinstance(figures, Mapping):
        return None
    figures = _with_counts(figures)
    prompt, completion = figures.get("prompt_tokens"), figures.get("completion_tokens")
    if prompt is None and completion is None:
        prompt, completion = _read_elsewhere(figures), figures.get("output_tokens")
    if not is_count(prompt) or not is_count(completion) or not (prompt or completion):
        # Some fill in a nought where they have not counted.
        return None
    timings = value.get("timings")
    cached = _cached(figures) or (_cached(timings) if isinstance(timings, Mapping) else 0)
    return TokenUsage(prompt, completion, cached_tokens=min(cached, prompt))


def thoughts_in(value: Mapping[str, object]) -> int:
    """The tokens of an answer that were thought; 0 where it is not said."""
    figures = value.get("usage")
    if not isinstance(figures, Mapping):
        return 0
    details = (figures.get(name) for name in _DETAILS_OF_ANSWER)
    parts = (figures, *(part for part in details if isinstance(part, Mapping)))
    counts = (part.get(name) for part in parts for name in _THOUGHTS)
    return max(filter(is_count, counts), default=0)


def _with_counts(figures: Mapping[str, object]) -> dict[str, object]:
    """The figures, with those as whole numbers that were written as ``12.0``."""
    return {name: _as_count(value) for name, value in figures.items()}


def _as_count(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def is_count(value: object) -> TypeGuard[int]:
    """True if a server's figure can be one: not a boolean, negative or beyond all measure."""
    return type(value) is int and 0 <= value <= _MAX_TOKENS


def _read_elsewhere(figures: Mapping[str, object]) -> object:
    """The tokens read where they are called input."""
    fresh = figures.get("input_tokens")
    beside = [figures.get(name) for name in _BESIDE]
    return fresh + sum(filter(is_count, beside)) if is_count(fresh) else None


def _cached(figures: Mapping[str, object]) -> int:
    return max(_counts_of_cached(figures), default=0)


def _counts_of_cached(figures: Mapping[str, object]) -> Iterator[int]:
    details = (figures.get(name) for name in _DETAILS)
    for part in (figures, *details):
        if isinstance(part, Mapping):
            yield from filter(is_count, (_as_count(part.get(name)) for name in _CACHED))
