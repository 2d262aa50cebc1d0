"""Choosing a provider: by the profiles and routes, the keyring and the environment.

httpx, keyring and the native library are imported inside the functions that need them, because this
module is imported at the start of the window, which they would delay.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.profiles import (
    FIRST_TOKEN_SECONDS,
    MAX_PARALLEL,
    ProviderProfile,
    ProviderRoster,
    host_of,
)
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.llm.builtin_files import find_bundled_model, model_name
from arboris_desktop.llm.keys import KeyStore
from arboris_desktop.llm.traits import DIALECT, ModelPlace, SessionTraits, TraitStore

if TYPE_CHECKING:
    from arboris_desktop.domain.connection import ConnectionReport
    from arboris_desktop.llm.builtin_process import BuiltInServer
    from arboris_desktop.llm.fallback import FallbackProfile, ProfileState
    from arboris_desktop.llm.metered import CheckSpending, MeteredProvider, RecordCall
    from arboris_desktop.llm.provider import Provider
    from arboris_desktop.llm.shared_places import SharedPlaces
    from arboris_desktop.llm.wire.timeouts import Timeouts

_OF_ENVIRONMENT = "environment"
"""The id of the profile that the environment variables describe."""


class ProviderSource:
    """Opens providers. Thread-safe.

    ``models`` is called each time, so that a change takes effect with the next call; a single
    ``ProviderSettings`` does everything. The variables ARBORIS_BASE_URL, ARBORIS_API_KEY and
    ARBORIS_MODEL in ``environment`` override what is stored; with the first, ARBORIS_MAX_PARALLEL
    and ARBORIS_FIRST_TOKEN_SECONDS say what a profile would. ``log_file`` receives the messages of
    the built-in model; without it they are dropped. ``timeouts`` overrides those of servers over
    HTTP. ``record`` gets every call that has a purpose, and ``check_spending`` may forbid it.
    ``places`` counts calls across processes. ``traits`` stores what is learnt about servers;
    without it, for this process only.
    """

    def __init__(
        self,
        models: Callable[[], ProviderRoster | ProviderSettings],
        keys: KeyStore,
        environment: Mapping[str, str],
        *,
        log_file: Path | None = None,
        timeouts: Timeouts | None = None,
        record: RecordCall | None = None,
        check_spending: CheckSpending | None = None,
        traits: TraitStore | None = None,
        places: Callable[[], SharedPlaces] | None = None,
    ) -> None:
        self._models = models
        self._keys = keys
        self._environment = environment
        self._log_file = log_file
        self._timeouts = timeouts
        self._record = record
        self._check_spending = check_spending
        self._traits = traits or SessionTraits()
        self._places = places
        self._lock = threading.Lock()
        self._servers: dict[Path, BuiltInServer] = {}
        self._states: dict[str, ProfileState] = {}

    def only(
        self, profile: ProviderProfile, environment: Mapping[str, str] | None = None
    ) -> ProviderSource:
        """Returns another source with only this profile, and another environment or none."""
        return ProviderSource(
            lambda: ProviderRoster((profile,)),
            self._keys,
            environment or {},
            log_file=self._log_file,
            timeouts=self._timeouts,
            record=self._record,
            check_spending=self._check_spending,
            traits=self._traits,
            places=self._places,
        )

    def open(
        self,
        purpose: CallPurpose | None = None,
        *,
        background: bool = False,
        on_waiting: Callable[[bool], None] = lambda _waits: None,
    ) -> MeteredProvider:
        """Returns a provider for one asyncio loop; the caller closes it.

        ``purpose`` decides who answers; without one, the first profile does, and its calls are not
        recorded. ``background`` is for work that the author does not wait for and lets chapters go
        first. ``on_waiting``: see ``MeteredProvider``. Nothing is sent yet, but the settings and
        the keyring are read: call it off the GUI thread. Raises ``ProviderError`` (NOT_CONFIGURED,
        BUILT_IN_MODEL_MISSING, IMPOSSIBLE_KEY, NOT_AN_API) and ``ArborisError`` (KEYRING), if that
        applies to all profiles that may answer.
        """
        from arboris_desktop.llm.fallback import Lineup
        from arboris_desktop.llm.metered import MeteredProvider

        roster = self._effective()
        self._retire_unused(roster)
        route = roster.route(purpose.task if purpose else None)
        lineup = Lineup([self._candidate(roster, profile, background) for profile in route])
        return MeteredProvider(
            lineup,
            purpose,
            self._record,
            self._check_spending,
            background=background,
            on_waiting=on_waiting,
        )

    def open_profile(self, profile: ProviderProfile) -> MeteredProvider:
        """Opens one of ``profiles``, to test it; see ``open``."""
        from arboris_desktop.llm.fallback import Lineup
        from arboris_desktop.llm.metered import MeteredProvider

        candidate = self._candidate(self._effective(), profile, background=False)
        return MeteredProvider(Lineup([candidate]), None, None)

    def forget_faults(self) -> None:
        """Forgets recent failures of all profiles: the author has changed something, or will not
        wait."""
        with self._lock:
            for state in self._states.values():
                state.forget()

    def _candidate(
        self, roster: ProviderRoster, profile: ProviderProfile, background: bool
    ) -> FallbackProfile:
        from arboris_desktop.llm.fallback import FallbackProfile

        def open_profile() -> Provider:
            if profile.is_built_in:
                return self._open_builtin(profile.connection, background)
            return self._open_server(profile, self._key(roster, profile))

        return FallbackProfile(profile, self._state_of(profile), open_profile)

    def _state_of(self, profile: ProviderProfile) -> ProfileState:
        from arboris_desktop.llm.fallback import ProfileState

        with self._lock:
            state = self._states.setdefault(
                profile.id, ProfileState(profile, self._places and self._places())
            )
            if state.profile.connection != profile.connection:
                state.forget()
            state.profile = profile
            state.gate.limit_to(profile.parallel, profile.requests_per_minute)
            return state

    def _open_server(self, profile: ProviderProfile, key: str | None) -> Provider:
        from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
        from arboris_desktop.llm.wire.negotiation import Dialect
        from arboris_desktop.llm.wire.timeouts import Timeouts

        settings = profile.connection
        place = ModelPlace(profile.id, settings.base_url, settings.model)
        known = self._traits.load(place)

        def keep(dialect: Dialect) -> None:
            self._traits.save(place, {DIALECT: dialect.to_json()})

        return OpenAICompatibleProvider(
            settings.base_url,
            key,
            settings.model,
            context_tokens=settings.context_tokens,
            timeouts=self._timeouts or Timeouts.until_first_words(profile.patience),
            dialect=Dialect.from_json(known.get(DIALECT, {})),
            on_learnt=keep,
        )

    def describe(self, profile: ProviderProfile | None = None) -> str:
        """Returns a short description of a model, such as ``deepseek-chat · api.deepseek.com``.

        Without a ``profile``, the one that writes chapters.
        """
        settings = (profile or self._effective().route(ModelTask.DRAFTING)[0]).connection
        if settings.kind is ProviderKind.BUILT_IN:
            path = _model_path(settings)
            return f"Built-in model · {model_name(path)}" if path else "Built-in model"
        host = host_of(settings.base_url)
        return f"{settings.model} · {host}" if settings.model else host

    def with_room(self, profile: ProviderProfile, report: ConnectionReport) -> ConnectionReport:
        """Returns the facts found out about a profile, and how its model runs if we run it."""
        path = _model_path(profile.connection) if profile.is_built_in else None
        if path is None:
            return report
        room = self._server_for(path).room
        return replace(
            report, context_tokens=room.slot_tokens, slots=room.slots, threads=room.threads
        )

    def is_configured(self) -> bool:
        """True if a provider was chosen, in the settings or by the environment."""
        return self._effective().first.connection.configured

    def takes_turns(self) -> bool:
        """True if the model that writes chapters answers one call at a time."""
        return self._effective().route(ModelTask.DRAFTING)[0].takes_turns

    def profiles(self) -> tuple[ProviderProfile, ...]:
        """Returns the profiles in force: those of the author, or the one of the environment."""
        return self._effective().profiles

    def close(self) -> None:
        """Stops the built-in model at once, whoever still uses it."""
        with self._lock:
            servers, self._servers = list(self._servers.values()), {}
        for server in servers:
            server.stop()

    def _effective(self) -> ProviderRoster:
        models = self._models()
        stored = (
            models
            if isinstance(models, ProviderRoster)
            else ProviderRoster((ProviderProfile(connection=models),))
        )
        base_url = self._environment.get("ARBORIS_BASE_URL", "").strip()
        model = self._environment.get("ARBORIS_MODEL", "").strip()
        if base_url:
            # The stored model, context and key belong to another server.
            connection = ProviderSettings(
                ProviderKind.OPENAI_COMPATIBLE, base_url, model, configured=True
            )
            profile = ProviderProfile(
                _OF_ENVIRONMENT,
                "",
                connection,
                stored.first.prices,
                max_parallel=self._number("ARBORIS_MAX_PARALLEL", MAX_PARALLEL),
                first_token_seconds=self._number(
                    "ARBORIS_FIRST_TOKEN_SECONDS", FIRST_TOKEN_SECONDS
                ),
            )
            return ProviderRoster((profile,))
        if model and not stored.first.is_built_in:
            settings = replace(
                stored.first.connection, model=model, context_tokens=0, configured=True
            )
            return ProviderRoster((replace(stored.first, name="", connection=settings),))
        return stored

    def _number(self, name: str, limits: tuple[int, int, int]) -> int:
        """Returns a number from the environment, within limits; anything else counts as not set."""
        text = self._environment.get(name, "").strip()
        number = int(text) if text.isdecimal() and text.isascii() else limits[1]
        return min(max(number, limits[0]), limits[2])

    def _key(self, roster: ProviderRoster, profile: ProviderProfile) -> str | None:
        if profile.id == roster.first.id and "ARBORIS_API_KEY" in self._environment:
            return self._environment["ARBORIS_API_KEY"]
        if profile.id == _OF_ENVIRONMENT:
            return None
        return self._keys.get(profile.id)

    def _open_builtin(self, settings: ProviderSettings, background: bool) -> Provider:
        path = _model_path(settings)
        if path is None:
            kind = (
                ErrorKind.BUILT_IN_MODEL_MISSING
                if settings.configured
                else ErrorKind.NOT_CONFIGURED
            )
            raise ProviderError(kind, "the built-in model is not installed")
        from arboris_desktop.llm.builtin import BuiltInProvider

        return BuiltInProvider(self._server_for(path), background=background)

    def _server_for(self, path: Path) -> BuiltInServer:
        from arboris_desktop.llm.builtin_process import BuiltInServer

        with self._lock:
            if path not in self._servers:
                self._servers[path] = BuiltInServer(path, log_file=self._log_file)
            return self._servers[path]

    def _retire_unused(self, roster: ProviderRoster) -> None:
        """Frees the memory of models that are no longer routed to."""
        used = {_model_path(p.connection) for p in roster.in_use() if p.is_built_in}
        with self._lock:
            gone = [self._servers.pop(path) for path in list(self._servers) if path not in used]
        for server in gone:
            server.retire()


def _model_path(settings: ProviderSettings) -> Path | None:
    if settings.model_path:
        path = Path(settings.model_path)
        return path if path.is_file() else None
    return find_bundled_model()
