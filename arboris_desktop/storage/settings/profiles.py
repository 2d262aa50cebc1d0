"""The author's provider profiles, and which task goes to which of them."""

from __future__ import annotations

from dataclasses import asdict, replace

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.clock import Clock
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.settings import PriceSettings, ProviderKind, ProviderSettings
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.settings.groups import SettingsRepository
from arboris_desktop.storage.settings.traits import ModelTraitRepository
from arboris_desktop.storage.tables.settings import provider_profiles, provider_routes


class ProfileRepository(Repository):
    """Reads and writes profiles within the caller's transaction.

    The settings groups ``provider`` and ``prices`` describe the first profile, as they did when
    there was but one. Until the author sets up profiles, they are all there is.
    """

    def __init__(self, connection: Connection, clock: Clock) -> None:
        super().__init__(connection, clock)
        self._settings = SettingsRepository(connection, clock)

    def roster(self) -> ProviderRoster:
        """All profiles in the author's order, with the routes."""
        query = select(provider_profiles).order_by(provider_profiles.c.position)
        profiles = tuple(_to_profile(row) for row in self._connection.execute(query).mappings())
        return ProviderRoster(profiles or (self._only_profile(),), self._routes())

    def store(self, roster: ProviderRoster) -> None:
        """Replaces all profiles and routes by these."""
        kept = [profile.id for profile in roster.profiles]
        self._forget_traits(roster)
        self._connection.execute(delete(provider_routes))
        self._connection.execute(
            delete(provider_profiles).where(provider_profiles.c.id.not_in(kept))
        )
        for position, profile in enumerate(roster.profiles):
            self._put(profile, position)
        rows = [
            {"task": task.value, "position": position, "profile_id": profile_id}
            for task, ids in roster.routes.items()
            for position, profile_id in enumerate(i for i in dict.fromkeys(ids) if i in kept)
        ]
        if rows:
            self._connection.execute(insert(provider_routes), rows)
        self._mirror(roster.first)

    def _forget_traits(self, roster: ProviderRoster) -> None:
        """Forgets what was learnt of a server where its profile leads elsewhere from now on."""
        kept = {profile.id: _whither(profile) for profile in roster.profiles}
        changed = [p.id for p in self.roster().profiles if kept.get(p.id) != _whither(p)]
        ModelTraitRepository(self._connection, self._clock).forget(changed)

    def _only_profile(self) -> ProviderProfile:
        return ProviderProfile(
            connection=self._settings.get(ProviderSettings),
            prices=self._settings.get(PriceSettings),
        )

    def _mirror(self, first: ProviderProfile) -> None:
        """The groups keep describing the first profile."""
        self._settings.set(replace(first.connection, configured=True))
        self._settings.set(first.prices)

    def _routes(self) -> dict[ModelTask, tuple[str, ...]]:
        query = select(provider_routes).order_by(provider_routes.c.task, provider_routes.c.position)
        routes: dict[ModelTask, tuple[str, ...]] = {}
        for row in self._connection.execute(query):
            task = ModelTask(row.task)
            routes[task] = (*routes.get(task, ()), row.profile_id)
        return routes

    def _put(self, profile: ProviderProfile, position: int) -> None:
        values = {**_to_row(profile), "position": position, "updated_at": self._clock()}
        known = update(provider_profiles).where(provider_profiles.c.id == profile.id)
        if not self._connection.execute(known.values(**values)).rowcount:
            values |= {"id": profile.id, "created_at": self._clock()}
            self._connection.execute(insert(provider_profiles).values(**values))


def _whither(profile: ProviderProfile) -> ProviderSettings:
    return replace(profile.connection, configured=True)


def _to_row(profile: ProviderProfile) -> dict[str, object]:
    connection = asdict(profile.connection)
    del connection["configured"]
    return {
        **connection,
        "kind": profile.connection.kind.value,
        "name": profile.name,
        "max_parallel": profile.max_parallel,
        "requests_per_minute": profile.requests_per_minute,
        "first_token_seconds": profile.first_token_seconds,
        "input_per_million": profile.prices.input_per_million,
        "output_per_million": profile.prices.output_per_million,
        "cached_per_million": profile.prices.cached_per_million,
        "currency": profile.prices.currency,
    }


def _to_profile(row: RowMapping) -> ProviderProfile:
    return ProviderProfile(
        id=row["id"],
        name=row["name"],
        connection=ProviderSettings(
            ProviderKind(row["kind"]),
            row["base_url"],
            row["model"],
            row["model_path"],
            row["context_tokens"],
            configured=True,
        ),
        prices=PriceSettings(
            row["input_per_million"],
            row["output_per_million"],
            row["currency"],
            row["cached_per_million"],
        ),
        max_parallel=row["max_parallel"],
        requests_per_minute=row["requests_per_minute"],
        first_token_seconds=row["first_token_seconds"],
    )
