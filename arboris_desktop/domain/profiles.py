"""The models that the author has set up, and which of them does what."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.settings import PriceSettings, ProviderKind, ProviderSettings
from arboris_desktop.domain.usage import TokenUsage

FIRST_PROFILE = "provider"
"""The id of the profile that there is from the beginning, and so the name of its key."""

MAX_PARALLEL = (0, 0, 64)
REQUESTS_PER_MINUTE = (0, 0, 10_000)
CONTEXT_TOKENS = (0, 0, 10_000_000)
"""Each: smallest, default, largest. Zero leaves it to the provider."""


def new_profile_id() -> str:
    """The id of another profile. It is never used again, since it is the name of a key, too."""
    return f"{FIRST_PROFILE}-{uuid.uuid4().hex[:12]}"


@dataclass(frozen=True, slots=True)
class ProviderProfile:
    """A model that may be asked. The keyring holds its key under its ``id``.

    ``max_parallel`` calls run at once and ``requests_per_minute`` begin in a minute, in this
    process; 0 sets no limit. Of ``prices``, the warning is not used.
    """

    id: str = FIRST_PROFILE
    name: str = ""
    connection: ProviderSettings = field(default_factory=ProviderSettings)
    prices: PriceSettings = field(default_factory=PriceSettings)
    max_parallel: int = MAX_PARALLEL[1]
    requests_per_minute: int = REQUESTS_PER_MINUTE[1]

    def __post_init__(self) -> None:
        limits = (
            (self.max_parallel, MAX_PARALLEL),
            (self.requests_per_minute, REQUESTS_PER_MINUTE),
            (self.connection.context_tokens, CONTEXT_TOKENS),
        )
        for value, (least, _default, most) in limits:
            if not least <= value <= most:
                raise RuleError(
                    ErrorKind.INVALID_VALUE, f"must be from {least} to {most}, not {value}"
                )

    @property
    def title(self) -> str:
        """The author's name for it; without one, its model or its server."""
        if self.name:
            return self.name
        if self.is_built_in:
            return "Built-in model"
        return self.connection.model or host_of(self.connection.base_url)

    @property
    def is_built_in(self) -> bool:
        """True if it runs on this computer, and so costs nothing."""
        return self.connection.kind is ProviderKind.BUILT_IN

    @property
    def currency(self) -> str | None:
        """The currency of its prices; ``None`` when it costs nothing, or nobody knows what."""
        priced = self.prices.input_per_million or self.prices.output_per_million
        return self.prices.currency if priced and not self.is_built_in else None

    def cost_of(self, usage: TokenUsage) -> float | None:
        """The cost of the tokens; ``None`` when no price is known."""
        return 0.0 if self.is_built_in else self.prices.cost_of(usage)


@dataclass(frozen=True, slots=True)
class ProviderRoster:
    """All profiles, and for each task the ids of those to ask, the first one first.

    A task without a route goes to the first profile.
    """

    profiles: tuple[ProviderProfile, ...]
    routes: Mapping[ModelTask, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.profiles:
            raise RuleError(ErrorKind.INVALID_VALUE, "there must be one profile at least")
        if len({profile.id for profile in self.profiles}) < len(self.profiles):
            raise RuleError(ErrorKind.INVALID_VALUE, "two profiles have the same id")

    @property
    def first(self) -> ProviderProfile:
        """The profile that does what no route says."""
        return self.profiles[0]

    def route(self, task: ModelTask | None) -> tuple[ProviderProfile, ...]:
        """The profiles to ask for a task, in this order; never empty."""
        by_id = {profile.id: profile for profile in self.profiles}
        ids = dict.fromkeys(self.routes.get(task, ()) if task else ())
        return tuple(by_id[id] for id in ids if id in by_id) or (self.first,)

    def in_use(self) -> tuple[ProviderProfile, ...]:
        """The profiles that some task may be given to."""
        used = {profile.id for task in ModelTask for profile in self.route(task)}
        return tuple(profile for profile in self.profiles if profile.id in used)

    def named(self, name: str) -> ProviderProfile | None:
        """The profile of that name, whatever its capitals; ``None`` when there is none."""
        wanted = name.strip().casefold()
        for profile in self.profiles:
            if wanted and wanted in (profile.name.casefold(), profile.title.casefold()):
                return profile
        return None


def host_of(base_url: str) -> str:
    """The host of an address, without user name and password, which must not be shown."""
    text = base_url.strip()
    try:
        return urlsplit(text if "://" in text else f"//{text}").hostname or text
    except ValueError:
        return text
