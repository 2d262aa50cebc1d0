"""Examining the configured models for ``doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arboris_desktop.commands.advice import problem
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.domain.connection import ConnectionReport
    from arboris_desktop.domain.profiles import ProviderProfile
    from arboris_desktop.services import Services

_SHOWN_MODELS = 8


def check_providers(services: Services, ending: Termination) -> list[tuple[str, str]]:
    """Asks each profile for its models, including the one of the environment, if there is one."""
    from arboris_desktop.domain.profiles import is_open_on_the_way

    profiles = services.source.profiles()
    findings = [_check_provider(services, profile, len(profiles), ending) for profile in profiles]
    return findings + [
        (
            "note",
            f"{services.source.describe(profile)} is asked without https: text and key can be read"
            " by others on the way",
        )
        for profile in profiles
        if not profile.is_built_in and is_open_on_the_way(profile.connection.base_url)
    ]


def _check_provider(
    services: Services, profile: ProviderProfile, profiles: int, ending: Termination
) -> tuple[str, str]:
    from arboris_desktop.domain.connection import ModelFailedError
    from arboris_desktop.domain.errors import ArborisError

    name = services.source.describe(profile)
    if profiles > 1:
        name = f"{profile.title} ({name})"
    try:
        found = ending.run(_find_model(services, profile))
    except ModelFailedError as error:
        state, text = problem(name, error)
        return state, f"{text}: {_some_of(error.models)}"
    except ArborisError as error:
        return problem(name, error)
    if found.is_listed is False:
        return "note", (
            f"{name} answers, but its server does not list {found.model}, and may ask another model"
            f" in its place: it lists {_some_of(found.models)}"
        )
    if not found.models:
        return "ok", f"{name} answers; its server does not tell what models it has"
    count = len(found.models)
    return "ok", f"{name} offers {count} model{'' if count == 1 else 's'}{_how_it_runs(found)}"


def _how_it_runs(found: ConnectionReport) -> str:
    if not found.slots:
        return ""
    return (
        f", run with a context of {found.context_tokens} tokens, {found.slots} at a time and"
        f" {found.threads} thread{'' if found.threads == 1 else 's'}"
    )


def _some_of(models: tuple[str, ...]) -> str:
    shown = ", ".join(models[:_SHOWN_MODELS])
    more = len(models) - _SHOWN_MODELS
    return f"{shown} and {more} more" if more > 0 else shown


async def _find_model(services: Services, profile: ProviderProfile) -> ConnectionReport:
    from arboris_desktop.llm.connection import find_model

    provider = services.source.open_profile(profile)
    try:
        return services.source.with_room(profile, await find_model(provider))
    finally:
        await provider.aclose()
