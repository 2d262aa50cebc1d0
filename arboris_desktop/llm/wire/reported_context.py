"""The context that a server reports: how much its model reads and writes at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arboris_desktop.domain.connection import listed_as
from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.profiles import is_near
from arboris_desktop.domain.record import record
from arboris_desktop.llm.wire.endpoint import Endpoint
from arboris_desktop.llm.wire.listing import NO_LISTING, context_of, models_in, output_of
from arboris_desktop.text.patterns import lazy_pattern

_LEAST, _MOST = 256, 100_000_000
"""A number outside these bounds is no context."""

_SECONDS = 5.0
"""Seconds to wait for it: the request that follows is more important."""

_OF_OLLAMA, _OF_LM_STUDIO = "library", "organization_owner"
"""The owner that these servers name in their list of models."""

_GIVEN_BY_DEFAULT = 4096
"""The context that Ollama and LM Studio give a model unless it is set."""

_SET_CONTEXT = lazy_pattern(r"\bnum_ctx\s+(\d+)")


@record
class ReportedContext:
    """The limit of question and answer together, and of the answer alone, in tokens; 0 if not
    reported.

    ``may_change`` means that the model is not loaded yet, and the context is what it will get then.
    """

    context_tokens: int = 0
    output_tokens: int = 0
    may_change: bool = False


async def ask_for_context(endpoint: Endpoint, model: str) -> ReportedContext:
    """Asks the server for the context of a model, if it is one that reports it.

    Raises ``ProviderError`` if it cannot be asked now.
    """
    models = await _listed(endpoint)
    # A server with a single model uses it for whatever is asked.
    entry = models.get(listed_as(model, models) or "") or (
        next(iter(models.values())) if len(models) == 1 else {}
    )
    context, may_change = context_of(entry), False
    if not context and is_near(endpoint.host):
        context, may_change = await _told_elsewhere(endpoint, model, str(entry.get("owned_by", "")))
    is_sane = _LEAST <= context <= _MOST
    return ReportedContext(context if is_sane else 0, output_of(entry), may_change and is_sane)


async def _listed(endpoint: Endpoint) -> Mapping[str, Mapping[str, object]]:
    """Returns the server's entries for its models; none if it has no list, like some that can
    chat."""
    try:
        return models_in(await endpoint.get_json("/models", seconds=_SECONDS))
    except ProviderError as error:
        if error.kind not in NO_LISTING:
            raise
        return {}


async def _told_elsewhere(endpoint: Endpoint, model: str, owner: str) -> tuple[int, bool]:
    """Returns the context that local servers report outside the OpenAI API, and whether the model
    is yet to be loaded."""
    try:
        if owner == _OF_OLLAMA:
            return await _of_ollama(endpoint, model)
        if owner == _OF_LM_STUDIO:
            listing = await endpoint.get_json("/api/v0/models", at_root=True, seconds=_SECONDS)
            listed = models_in(listing)
            return _of_lm_studio(listed.get(listed_as(model, listed) or "", {}))
        shown = await endpoint.get_json("/props", at_root=True, seconds=_SECONDS)
        return _of_props(shown), False
    except ProviderError:
        return 0, False


async def _of_ollama(endpoint: Endpoint, model: str) -> tuple[int, bool]:
    """Returns the context the model was loaded with; otherwise its setting; otherwise Ollama's
    default."""
    loaded = _of_loaded(await _running(endpoint), model)
    if loaded:
        return loaded, False
    shown = await endpoint.post_json("/api/show", {"model": model}, _SECONDS)
    if not isinstance(shown, Mapping):
        return 0, False
    set_to = _SET_CONTEXT.search(str(shown.get("parameters", "")))
    if set_to is not None:
        return int(set_to[1]), False
    about = shown.get("model_info")
    most = next(_contexts(about), 0) if isinstance(about, Mapping) else 0
    # What the model could hold is not what it gets.
    return min(most or _GIVEN_BY_DEFAULT, _GIVEN_BY_DEFAULT), True


async def _running(endpoint: Endpoint) -> object:
    try:
        return await endpoint.get_json("/api/ps", at_root=True, seconds=_SECONDS)
    except ProviderError:
        return None


def _of_loaded(running: object, model: str) -> int:
    models = running.get("models") if isinstance(running, Mapping) else None
    for each in models if isinstance(models, list) else []:
        names = (each.get("name"), each.get("model")) if isinstance(each, Mapping) else ()
        if listed_as(model, [name for name in names if isinstance(name, str)]):
            context = each.get("context_length")
            return context if type(context) is int else 0
    return 0


def _of_lm_studio(entry: Mapping[str, object]) -> tuple[int, bool]:
    """Returns the context the model was loaded with; otherwise what it gets when it is loaded."""
    context = context_of(entry)
    if not context or "loaded_context_length" in entry:
        return context, False
    return min(context, _GIVEN_BY_DEFAULT), True


def _contexts(about: Mapping[str, object]) -> Iterator[int]:
    for name, value in about.items():
        if name.endswith(".context_length") and type(value) is int:
            yield value


def _of_props(shown: object) -> int:
    """Returns the context of one of llama.cpp's slots."""
    if not isinstance(shown, Mapping):
        return 0
    slot = shown.get("default_generation_settings")
    for part in (slot, shown):
        value = part.get("n_ctx") if isinstance(part, Mapping) else None
        if type(value) is int:
            return value
    return 0
