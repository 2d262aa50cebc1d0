"""The profiles that may answer a question, in the order in which they are asked."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from arboris_desktop.domain.errors import (
    PROVIDER_DOWN,
    PROVIDER_TROUBLE,
    ArborisError,
    ErrorKind,
    ProviderError,
)
from arboris_desktop.domain.profiles import ProviderProfile
from arboris_desktop.domain.record import record
from arboris_desktop.llm.call_gate import CallGate
from arboris_desktop.llm.context_budget import schema_tokens, tokens_of
from arboris_desktop.llm.provider import ChatRequest, Provider
from arboris_desktop.llm.shared_places import SharedPlaces, shared_place

log = logging.getLogger(__name__)

FALLS_BACK = (PROVIDER_DOWN | PROVIDER_TROUBLE) - {ErrorKind.SPEND_LIMIT}
"""Failures that other providers may not share. A limit set by the author applies to all of them."""

REST, REST_WHEN_REFUSED = 60.0, 300.0
"""Seconds for which a failed profile is asked last, so that other calls need not wait for it."""


class ProfileState:
    """The state of a profile in this process: its limits, and whether it failed recently.

    ``places`` counts the calls of all processes.
    """

    def __init__(self, profile: ProviderProfile, places: SharedPlaces | None = None) -> None:
        self.profile = profile
        self._places = places
        self.gate = CallGate(profile.parallel, profile.requests_per_minute)
        self._rests_until = 0.0

    @asynccontextmanager
    async def place(self, *, background: bool) -> AsyncIterator[None]:
        """Waits for a place in this process and then among all processes, and holds both."""
        async with (
            self.gate.place(background=background),
            shared_place(self._places, self.profile),
        ):
            yield

    @property
    def rests(self) -> bool:
        """True if the profile failed recently."""
        return time.monotonic() < self._rests_until

    def worked(self) -> None:
        """Records that the profile answered."""
        self._rests_until = 0.0

    def failed(self, error: ArborisError) -> None:
        """Records a failure that other calls are likely to meet as well."""
        asked = error.retry_after if isinstance(error, ProviderError) else None
        if asked is not None:
            self.gate.pause(asked)
        rest = REST_WHEN_REFUSED if error.kind in PROVIDER_DOWN else REST
        self._rests_until = time.monotonic() + (rest if asked is None else asked)

    def forget(self) -> None:
        """Forgets a recent failure."""
        self._rests_until = 0.0
        self.gate.reopen()


@record
class FallbackProfile:
    """A profile that may be asked; ``open`` may take a while and raises ``ArborisError``."""

    profile: ProviderProfile
    state: ProfileState
    open: Callable[[], Provider]


@record
class ProfileFailure:
    """The reason why a profile did not answer."""

    profile: ProviderProfile
    error: ArborisError


@record
class OpenProfile:
    """An open profile; ``place`` is its index in the line-up."""

    profile: ProviderProfile
    state: ProfileState
    provider: Provider
    place: int


class Lineup:
    """The profiles that may answer. Belongs to one asyncio loop, except for the constructor.

    The constructor opens the first one that can be opened and raises ``ArborisError`` if none can.
    Profiles that failed recently come last.
    """

    def __init__(self, candidates: Sequence[FallbackProfile]) -> None:
        self._candidates = sorted(candidates, key=lambda candidate: candidate.state.rests)
        self._opened: dict[int, OpenProfile] = {}
        failures: list[ProfileFailure] = []
        self.current = self._open_next(-1, failures, lambda _opened: None)
        """The profile that answered last, or that will be asked first."""

    @property
    def route(self) -> str:
        """A name for the whole line-up, which tells its failures from those of others."""
        if len(self._candidates) == 1:
            return self.current.provider.name
        return ", ".join(sorted(candidate.profile.id for candidate in self._candidates))

    async def after(
        self, failed: OpenProfile, request: ChatRequest, failures: list[ProfileFailure]
    ) -> OpenProfile:
        """Returns the next profile that can take the request, which becomes ``current``.

        ``failures`` holds the reasons of those that failed, and is extended. Raises one of these
        errors if none is left.
        """
        if self.current.place > failed.place:
            # Another call with this line-up has moved on already.
            if _lacks_room(self.current, request) is None:
                return self.current
            failed = self.current
        self.current = await asyncio.to_thread(
            self._open_next, failed.place, failures, lambda opened: _lacks_room(opened, request)
        )
        reason = failures[-1].error
        log.warning("%s answers instead: %s", self.current.profile.title, reason.kind)
        return self.current

    def _open_next(
        self,
        place: int,
        failures: list[ProfileFailure],
        objection: Callable[[OpenProfile], ArborisError | None],
    ) -> OpenProfile:
        for number in range(place + 1, len(self._candidates)):
            candidate = self._candidates[number]
            try:
                opened = self._open(number)
            except ArborisError as error:
                if error.kind not in FALLS_BACK:
                    raise
                failures.append(ProfileFailure(candidate.profile, error))
                continue
            unfit = objection(opened)
            if unfit is None:
                return opened
            failures.append(ProfileFailure(candidate.profile, unfit))
        raise _summary(failures)

    def _open(self, number: int) -> OpenProfile:
        if number not in self._opened:
            candidate = self._candidates[number]
            self._opened[number] = OpenProfile(
                candidate.profile, candidate.state, candidate.open(), number
            )
        return self._opened[number]

    async def aclose(self) -> None:
        """Closes every open profile."""
        for opened in self._opened.values():
            await opened.provider.aclose()


def _lacks_room(opened: OpenProfile, request: ChatRequest) -> ArborisError | None:
    """The request was built for another model and may be too large for the context of this one."""
    provider = opened.provider
    asked = tokens_of(provider, request.messages) + schema_tokens(provider, request.json_schema)
    needed = asked + (request.max_tokens or 0)
    if needed <= provider.context_tokens:
        return None
    return ProviderError(
        ErrorKind.CONTEXT_TOO_LONG,
        f"its context of {provider.context_tokens} tokens is too small for {needed}",
    )


def _summary(failures: list[ProfileFailure]) -> ArborisError:
    """Returns the most useful failure to report: a passing one rather than a permanent one."""
    if len(failures) == 1:
        return failures[0].error
    passing = (failure.error for failure in failures if failure.error.retryable)
    chosen = next(passing, failures[0].error)
    said = "; ".join(f"{failure.profile.title}: {failure.error.message}" for failure in failures)
    waits = [
        failure.error.retry_after
        for failure in failures
        if isinstance(failure.error, ProviderError) and failure.error.retry_after is not None
    ]
    return ProviderError(chosen.kind, said, retry_after=min(waits, default=None))
