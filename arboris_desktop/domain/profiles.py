"""The models that the author has set up, and which of them does what."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import field
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import PriceSettings, ProviderKind, ProviderSettings
from arboris_desktop.domain.usage import TokenUsage

FIRST_PROFILE = "provider"
"""The id of the profile that there is from the beginning, and so the name of its key."""

MAX_PARALLEL = (0, 0, 64)
"""Smallest, default, largest. Zero goes by where the server is."""

FIRST_TOKEN_SECONDS = (0, 0, 86_400)
"""The same: how long the first words of an answer are waited for."""

REQUESTS_PER_MINUTE = (0, 0, 10_000)
CONTEXT_TOKENS = (0, 0, 10_000_000)
"""Each: smallest, default, largest. Zero leaves it to the provider."""

_PATIENCE_NEAR, _PATIENCE_FAR = 600, 60
"""Seconds to the first words. A computer without a graphics card reads a long prompt for minutes;
a provider that says nothing for one is out of order."""

_PARALLEL_NEAR, _PARALLEL_FAR = 1, 4
"""Parallel calls. A model on the author's own computer works through them one by one anyway, and
each that waits for its turn would seem to be dead."""

SLOWNESS_NEAR, _SLOWNESS_FAR = 10, 1
"""Times the time allowed for a task. Two words a second are usual without a graphics card, and an
answer of the analysis may have a thousand."""

_SHARED = ip_network("100.64.0.0/10")


def new_profile_id() -> str:
    """The id of another profile. It is never used again, since it is the name of a key, too."""
    return f"{FIRST_PROFILE}-{uuid.uuid4().hex[:12]}"


@record
class ProviderProfile:
    """A model that may be asked. The keyring holds its key under its ``id``.

    ``max_parallel`` calls run at once and ``requests_per_minute`` begin in a minute, in all
    processes at the library; the first words are waited for ``first_token_seconds``. With 0, the
    first and the last go by where the server is, for each process (``parallel``, ``patience``), and
    the second has no limit. Of ``prices``, the warning is not used.
    """

    id: str = FIRST_PROFILE
    name: str = ""
    connection: ProviderSettings = field(default_factory=ProviderSettings)
    prices: PriceSettings = field(default_factory=PriceSettings)
    max_parallel: int = MAX_PARALLEL[1]
    requests_per_minute: int = REQUESTS_PER_MINUTE[1]
    first_token_seconds: int = FIRST_TOKEN_SECONDS[1]

    def __post_init__(self) -> None:
        limits = (
            (self.max_parallel, MAX_PARALLEL),
            (self.requests_per_minute, REQUESTS_PER_MINUTE),
            (self.first_token_seconds, FIRST_TOKEN_SECONDS),
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
    def is_near(self) -> bool:
        """True if it runs on this computer or on one beside it."""
        return self.is_built_in or is_near(host_of(self.connection.base_url))

    @property
    def parallel(self) -> int:
        """The number of calls that run at once; 0 for no limit."""
        if self.max_parallel or self.is_built_in:
            # The built-in model has a queue of its own.
            return self.max_parallel
        return _PARALLEL_NEAR if self.is_near else _PARALLEL_FAR

    @property
    def takes_turns(self) -> bool:
        """True if calls go one at a time."""
        return self.is_built_in or self.parallel == 1

    @property
    def patience(self) -> float:
        """Seconds for which the first words of an answer are waited for."""
        near = _PATIENCE_NEAR if self.is_near else _PATIENCE_FAR
        return float(self.first_token_seconds or near)

    @property
    def slowness(self) -> int:
        """The factor by which the time allowed for a task is extended."""
        return SLOWNESS_NEAR if self.is_near else _SLOWNESS_FAR

    @property
    def currency(self) -> str | None:
        """The currency of its prices; ``None`` when it costs nothing, or nobody knows what."""
        priced = self.prices.input_per_million or self.prices.output_per_million
        return self.prices.currency if priced and not self.is_built_in else None

    def cost_of(self, usage: TokenUsage) -> float | None:
        """The cost of the tokens; ``None`` when no price is known."""
        return 0.0 if self.is_built_in else self.prices.cost_of(usage)


@record
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


def is_loopback(host: str) -> bool:
    """True if a host is this computer."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        name = host.lower().rstrip(".")
        return name == "localhost" or name.endswith((".localhost", ".localdomain"))


def is_near(host: str) -> bool:
    """True if a host is this computer, or one in the author's own network."""
    try:
        address = ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        name = host.lower().rstrip(".")
        ends = (".local", ".lan", ".home", ".internal", ".home.arpa")
        return is_loopback(name) or name.endswith(ends) or (bool(name) and "." not in name)
    # 100.64/10 is what networks between an author's own computers use.
    return address.is_private or address.is_link_local or address in _SHARED


def host_of(base_url: str) -> str:
    """The host of an address, without user name and password, which must not be shown."""
    text = base_url.strip()
    try:
        return urlsplit(text if "://" in text else f"//{text}").hostname or text
    except ValueError:
        return text


def is_open_on_the_way(base_url: str) -> bool:
    """True if what is sent there, the key among it, can be read by any network on the way."""
    return base_url.strip().lower().startswith("http://") and not is_near(host_of(base_url))
