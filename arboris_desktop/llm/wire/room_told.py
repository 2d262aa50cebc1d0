"""The room that a server tells of: how much its model reads and writes at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.profiles import is_near
from arboris_desktop.llm.wire.endpoint import Endpoint
from arboris_desktop.llm.wire.listing import NO_LISTING, context_of, models_in, output_of
from arboris_desktop.text.patterns import lazy_pattern

_LEAST, _MOST = 256, 100_000_000
"""A figure out of these bounds is no context."""

_SECONDS = 5.0
"""How long this is waited for: what is asked for next is worth more."""

_OF_OLLAMA, _OF_LM_STUDIO = "library", "organization_owner"
"""Who owns the models, as these servers list them."""

_SET_CONTEXT = lazy_pattern(r"\bnum_ctx\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Room:
    """What question and answer may take together, and the answer alone; 0 where it is not told."""

    context_tokens: int = 0
    output_tokens: int = 0


async def room_told(endpoint: Endpoint, model: str) -> Room:
    """Asks the server for the room of a model, where that is known to be told.

    Raises ``ProviderError`` when it cannot be asked now.
    """
    models = await _listed(endpoint)
    # A server of one model answers with it whatever it is asked for.
    entry = models.get(model) or (next(iter(models.values())) if len(models) == 1 else {})
    context = context_of(entry)
    if not context and is_near(endpoint.host):
        context = await _told_elsewhere(endpoint, model, str(entry.get("owned_by", "")))
    return Room(context if _LEAST <= context <= _MOST else 0, output_of(entry))


async def _listed(endpoint: Endpoint) -> Mapping[str, Mapping[str, object]]:
    """What the server says of its models; nothing where it has no list, as some that can chat."""
    try:
        return models_in(await endpoint.get_json("/models", seconds=_SECONDS))
    except ProviderError as error:
        if error.kind not in NO_LISTING:
            raise
        return {}


async def _told_elsewhere(endpoint: Endpoint, model: str, owner: str) -> int:
    """What servers for one's own computer tell outside the OpenAI API."""
    try:
        if owner == _OF_OLLAMA:
            return _of_show(await endpoint.post_json("/api/show", {"model": model}, _SECONDS))
        if owner == _OF_LM_STUDIO:
            listing = models_in(
                await endpoint.get_json("/api/v0/models", at_root=True, seconds=_SECONDS)
            )
            return context_of(listing.get(model, {}))
        return _of_props(await endpoint.get_json("/props", at_root=True, seconds=_SECONDS))
    except ProviderError:
        return 0


def _of_show(shown: object) -> int:
    """Ollama's: what the model is set to; without that, what it could be."""
    if not isinstance(shown, Mapping):
        return 0
    set_to = _SET_CONTEXT.search(str(shown.get("parameters", "")))
    if set_to is not None:
        return int(set_to[1])
    about = shown.get("model_info")
    return next(_contexts(about), 0) if isinstance(about, Mapping) else 0


def _contexts(about: Mapping[str, object]) -> Iterator[int]:
    for name, value in about.items():
        if name.endswith(".context_length") and type(value) is int:
            yield value


def _of_props(shown: object) -> int:
    """llama.cpp's: what one of its slots holds."""
    if not isinstance(shown, Mapping):
        return 0
    slot = shown.get("default_generation_settings")
    for part in (slot, shown):
        value = part.get("n_ctx") if isinstance(part, Mapping) else None
        if type(value) is int:
            return value
    return 0
