"""Token counts that servers report: tokens read, written, and cached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeGuard

from arboris_desktop.domain.usage import TokenUsage

_MAX_TOKENS = 1_000_000_000

_FIGURES = ("usage", "usageMetadata")
_AROUND = ("message", "response", "x_groq")
_READ = ("prompt_tokens", "promptTokenCount", "prompt_eval_count")
_WRITTEN = (
    "completion_tokens",
    "candidatesTokenCount",
    "eval_count",
    "output_tokens",
    "predicted_n",
)
_THOUGHT_BESIDE = "thoughtsTokenCount"
"""Gemini's name for thoughts, which it counts apart from the answer."""

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


def usage_in(value: Mapping[str, object], before: TokenUsage | None = None) -> TokenUsage | None:
    """Returns the token counts in a part of an answer; ``None`` if it has none.

    ``before`` holds those so far: some servers count the prompt at the beginning, and at the end
    only the answer.
    """
    counted = (_usage_of(figures, value, before) for figures in _figures_in(value))
    return next(filter(None, counted), None)


def _figures_in(value: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Yields the objects that may hold counts; Ollama puts them in the answer itself."""
    within = (value.get(name) for name in _AROUND)
    places = (
        *(value.get(name) for name in _FIGURES),
        *(one.get("usage") for one in within if isinstance(one, Mapping)),
        value,
        value.get("timings"),
    )
    yield from (place for place in places if isinstance(place, Mapping))


def _usage_of(
    figures: Mapping[str, object], value: Mapping[str, object], before: TokenUsage | None
) -> TokenUsage | None:
    figures = _with_counts(figures)
    prompt, completion = _first(figures, _READ), _first(figures, _WRITTEN)
    if prompt is None:
        prompt = _read_elsewhere(figures)
    if prompt is None and is_count(completion) and before is not None:
        return replace(before, completion_tokens=completion)
    if not is_count(prompt) or not is_count(completion) or not (prompt or completion):
        # Some fill in a zero if they have not counted.
        return None
    if "candidatesTokenCount" in figures and is_count(thought := figures.get(_THOUGHT_BESIDE)):
        completion += thought
    timings = value.get("timings")
    cached = _cached(figures) or (_cached(timings) if isinstance(timings, Mapping) else 0)
    return TokenUsage(prompt, completion, cached_tokens=min(cached, prompt))


def _first(figures: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((figures[name] for name in names if figures.get(name) is not None), None)


def thoughts_in(value: Mapping[str, object]) -> int:
    """Returns the tokens of an answer that were thoughts; 0 if not reported."""
    counts = (
        part.get(name)
        for figures in _figures_in(value)
        for part in (figures, *(figures.get(details) for details in _DETAILS_OF_ANSWER))
        if isinstance(part, Mapping)
        for name in _THOUGHTS
    )
    return max(filter(is_count, counts), default=0)


def _with_counts(figures: Mapping[str, object]) -> dict[str, object]:
    """Returns the counts, with those as integers that were written as ``12.0``."""
    return {name: _as_count(value) for name, value in figures.items()}


def _as_count(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def is_count(value: object) -> TypeGuard[int]:
    """True if a number from a server is a plausible count: no boolean, not negative, not huge."""
    return type(value) is int and 0 <= value <= _MAX_TOKENS


def _read_elsewhere(figures: Mapping[str, object]) -> object:
    """Returns the tokens read, where they are called input."""
    is_of_llama = "prompt_n" in figures
    fresh = figures.get("prompt_n" if is_of_llama else "input_tokens")
    beside = [figures.get(name) for name in (("cache_n",) if is_of_llama else _BESIDE)]
    return fresh + sum(filter(is_count, beside)) if is_count(fresh) else None


def _cached(figures: Mapping[str, object]) -> int:
    return max(_counts_of_cached(figures), default=0)


def _counts_of_cached(figures: Mapping[str, object]) -> Iterator[int]:
    details = (figures.get(name) for name in _DETAILS)
    for part in (figures, *details):
        if isinstance(part, Mapping):
            yield from filter(is_count, (_as_count(part.get(name)) for name in _CACHED))
