"""Opening the author's data for a command, and closing it afterwards."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING

from arboris_desktop.commands.output import tell
from arboris_desktop.commands.running import CommandRun
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services

PROVIDER_HELP = "the name of a model in the settings, built-in, or the address of a server"
"""The help text of ``--provider``, which any command may have."""

_BUILT_IN = "built-in"


def with_services(run: Callable[[Services, Namespace, Termination], int]) -> CommandRun:
    """Turns a function that works with the author's data into a command."""

    @wraps(run)
    def opened(options: Namespace, ending: Termination) -> int:
        from arboris_desktop.domain.errors import ArborisError, ErrorKind

        with _services(getattr(options, "provider", None)) as services:
            try:
                return run(services, options, ending)
            except ArborisError as error:
                if error.kind is ErrorKind.DATABASE_EXCHANGED:
                    _keep_lost_library(services)
                raise

    return opened


def _keep_lost_library(services: Services) -> None:
    """Keeps other users from reading new files while the block runs."""
    from arboris_desktop.domain.errors import StorageError

    try:
        kept = services.keep_lost_library()
    except StorageError as error:
        tell(f"what was stored before could not be copied: {error.message}")
    else:
        tell(f"what was stored before is kept as a backup: {kept}")


@contextmanager
def _services(provider: str | None) -> Iterator[Services]:
    from arboris_desktop.domain.chapter_writers import Program
    from arboris_desktop.services import build_services

    services = build_services(program=Program.COMMAND)
    try:
        if provider is not None:
            services = _written_by(services, provider)
        yield services
    finally:
        services.close()


def _written_by(services: Services, provider: str) -> Services:
    """Returns the same services, with chapters written by a profile, the built-in model or a
    server."""
    from arboris_desktop.domain.errors import ErrorKind, RuleError
    from arboris_desktop.domain.profiles import ProviderProfile
    from arboris_desktop.domain.settings import ProviderKind

    roster = services.providers.roster()
    if (named := roster.named(provider)) is not None:
        return services.written_by(named)
    if provider == _BUILT_IN:
        settings = replace(roster.first.connection, kind=ProviderKind.BUILT_IN, configured=True)
        return services.written_by(ProviderProfile(_BUILT_IN, connection=settings))
    if provider != "localhost" and not any(mark in provider for mark in ".:"):
        known = ", ".join(profile.title for profile in roster.profiles)
        raise RuleError(
            ErrorKind.INVALID_VALUE, f"no provider is called '{provider}' (there is: {known})"
        )
    environment = dict(os.environ)
    if environment.get("ARBORIS_BASE_URL", provider) != provider:
        # The key belongs to another server, and no other may see it.
        environment.pop("ARBORIS_API_KEY", None)
    return services.written_by(roster.first, environment | {"ARBORIS_BASE_URL": provider})
