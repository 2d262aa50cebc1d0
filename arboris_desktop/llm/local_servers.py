"""Discovery of model servers on the author's computer, at the usual ports."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.server_presets import PRESETS, LocalServer, ServerPreset

SECONDS = 2.0
"""A server on this computer lists its models at once, unless it is loading one."""

_MAKERS = {
    "library": "Ollama",
    "organization_owner": "LM Studio",
    "llamacpp": "llama.cpp",
    "koboldcpp": "KoboldCpp",
    "vllm": "vLLM",
    "sglang": "SGLang",
}
"""The owner that each server names in its list of models, since ports are often changed."""


def find_local_servers(
    places: Iterable[ServerPreset] = PRESETS, seconds: float = SECONDS
) -> tuple[LocalServer, ...]:
    """Returns the servers that list a model for writing, in the order of the presets.

    Asks all of them at once, on loopback only and never through a proxy. Takes up to ``seconds``:
    call it off the GUI thread.
    """
    here = [place for place in places if place.is_here]
    return asyncio.run(_ask_all(here, seconds))


async def _ask_all(places: list[ServerPreset], seconds: float) -> tuple[LocalServer, ...]:
    answers = await asyncio.gather(*(_ask(place, seconds) for place in places))
    return tuple(answer for answer in answers if answer is not None)


async def _ask(place: ServerPreset, seconds: float) -> LocalServer | None:
    try:
        async with asyncio.timeout(seconds):
            # HTTP and TLS take 11 MB, which nobody needs if no server runs.
            models = await _models_at(place, seconds) if await _listens(place) else {}
    except (ProviderError, TimeoutError):
        # Nothing is there, or another kind of server.
        return None
    name = _maker_of(models.values()) or place.name
    return LocalServer(name, place.address, tuple(models)) if models else None


async def _listens(place: ServerPreset) -> bool:
    """True if a connection can be made; nothing is sent."""
    address = urlsplit(place.address)
    try:
        _, writer = await asyncio.open_connection(address.hostname, address.port)
    except OSError:
        return False
    writer.transport.abort()
    return True


async def _models_at(place: ServerPreset, seconds: float) -> Mapping[str, Mapping[str, object]]:
    from arboris_desktop.llm.wire.endpoint import Endpoint
    from arboris_desktop.llm.wire.listing import models_in
    from arboris_desktop.llm.wire.timeouts import Timeouts

    endpoint = Endpoint(place.address, None, Timeouts(connect=seconds))
    try:
        return models_in(await endpoint.get_json("/models"))
    finally:
        await endpoint.aclose()


def _maker_of(models: Iterable[Mapping[str, object]]) -> str:
    owners = (str(model.get("owned_by", "")) for model in models)
    return next((_MAKERS[owner] for owner in owners if owner in _MAKERS), "")
