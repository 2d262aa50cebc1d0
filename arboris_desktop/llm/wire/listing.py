"""The models that a server lists, and what it says about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.text.patterns import lazy_pattern

NO_LISTING = frozenset({ErrorKind.NOT_AN_API, ErrorKind.MODEL_NOT_FOUND, ErrorKind.REQUEST_REFUSED})
"""Refusals of servers that can chat but not list."""

_CONTEXT_FIELDS = (
    "loaded_context_length",
    "n_ctx",
    "max_model_len",
    "context_length",
    "context_window",
    "max_context_length",
    "max_input_tokens",
    "max_context_len",
    "max_seq_len",
    "context_size",
    "context_window_tokens",
    "max_context_window_tokens",
    "max_context",
    "contextLength",
    "contextWindow",
    "inputTokenLimit",
)
_PARTS = (
    "top_provider",
    "meta",
    "metadata",
    "limits",
    "parameters",
    "model_info",
    "capabilities",
    "architecture",
)
"""Objects in which a server may describe a model; the first one holds the settings in force."""

_OUTPUT_FIELDS = ("max_output_tokens", "max_completion_tokens", "output_token_limit")
_NAMES = ("id", "name", "model", "key", "model_name", "model_id", "modelName", "modelId")
_LISTS = ("data", "models", "result", "results", "items", "list", "model_list", "response")
_SAYS_NO = ("supports_chat", "completion_chat", "active")
_MUST_HOLD = (
    ("output_modalities", "text"),
    ("supportedGenerationMethods", "generateContent"),
    ("endpoints", "chat"),
)
"""Lists of a model's abilities, and the abilities of one that writes."""

_NOT_FOR_WRITING = lazy_pattern(
    r"embed|\bbge\b|\bbge[-_]|\bgte[-_]|\be5[-_]|rerank|whisper|\btts\b|tts[-_]|[-_]tts|\bspeech\b|\basr\b"
    r"|moderation|guard\b|dall-?e|stable-?diffusion|\bsdxl?\b|\bflux\b|imagen\b|text-to-image|clip[-_]"
    r"|nomic-embed|text-similarity|text-search|cogview|wanx|seedream|sora\b|realtime|transcri"
    r"|minilm|sensevoice|cosyvoice|sambert|paraformer|\bkolors\b|[-_][ti]2[vi]\b|\bveo[-_]|cogvideo|seedance"
    r"|[-_]image([-_]|$)|[-_]video([-_]|$)|[-_]ocr\b|^(babbage|davinci)-\d|computer-use|^lyria|voxtral",
    re.IGNORECASE,
)
_TYPES_NOT_FOR_WRITING = lazy_pattern(
    r"embed|rerank|image|audio|speech|tts|stt|moderation|video", re.IGNORECASE
)


def models_in(listing: object) -> dict[str, Mapping[str, object]]:
    """Returns the models that can write, by name, with what the list says about each.

    Raises ``ProviderError`` (NOT_AN_API) if it is no list of models.
    """
    entries = _entries(listing)
    if entries is None:
        raise ProviderError(ErrorKind.NOT_AN_API, "the server does not list its models")
    models: dict[str, Mapping[str, object]] = {}
    for entry in entries:
        about: Mapping[str, object] = entry if isinstance(entry, Mapping) else {"id": entry}
        name = next((about[key] for key in _NAMES if isinstance(about.get(key), str)), "")
        if isinstance(name, str) and name and _can_write(name, about):
            models.setdefault(name, about)
    return models


def context_of(entry: Mapping[str, object]) -> int:
    """Returns the context that a list of models states for one; servers differ in the name."""
    provider = entry.get("top_provider")
    given = _first_size((provider,), _CONTEXT_FIELDS) if isinstance(provider, Mapping) else 0
    return given or _first_size(_parts_of(entry), _CONTEXT_FIELDS)


def output_of(entry: Mapping[str, object]) -> int:
    """Returns the longest answer, in tokens, that a list of models states for one."""
    return _first_size(_parts_of(entry), _OUTPUT_FIELDS)


def _parts_of(entry: Mapping[str, object], depth: int = 0) -> Iterator[Mapping[str, object]]:
    """Returns the entry, and the objects within it that say more."""
    yield entry
    for name in _PARTS:
        inner = entry.get(name)
        if isinstance(inner, Mapping) and depth < 2:
            yield from _parts_of(inner, depth + 1)


def _first_size(parts: Iterable[Mapping[str, object]], names: Iterable[str]) -> int:
    names = tuple(names)
    sizes = (_size(part.get(name)) for part in parts for name in names)
    return next(filter(None, sizes), 0)


def _size(value: object) -> int:
    """Returns a number of tokens, which may also be written as text or with a zero fraction."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 12:
        return int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and value > 0 else 0


def _entries(listing: object) -> list[object] | None:
    """Returns the list itself: bare, in a field, or none if a server has nothing to list."""
    if listing is None or isinstance(listing, list):
        return listing or []
    if not isinstance(listing, Mapping):
        return None
    found = [_within(listing[name]) for name in _LISTS if name in listing]
    is_list = any(one is not None for one in found)
    return next(filter(None, found), [] if is_list else None)


def _within(inner: object) -> list[object] | None:
    if not isinstance(inner, Mapping) or any(name in inner for name in _LISTS):
        return _entries(inner)
    if inner and all(isinstance(about, Mapping) for about in inner.values()):
        return [{"id": name, **about} for name, about in inner.items()]
    return None


def _can_write(name: str, about: Mapping[str, object]) -> bool:
    kind = about.get("type") or about.get("task") or ""
    if isinstance(kind, str) and _TYPES_NOT_FOR_WRITING.search(kind):
        return False
    if any(_says_no(part) for part in _parts_of(about)):
        return False
    return _NOT_FOR_WRITING.search(name) is None


def _says_no(part: Mapping[str, object]) -> bool:
    lacks = (
        isinstance(one := part.get(list_), list) and what not in one for list_, what in _MUST_HOLD
    )
    return any(part.get(name) is False for name in _SAYS_NO) or any(lacks)
