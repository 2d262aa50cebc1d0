"""The author's models: who they are, which key each has, and what each is asked for."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import ProviderSettings
from arboris_desktop.llm.keys import KeyStore
from arboris_desktop.llm.traits import ModelPlace, SessionTraits, Traits, told_context
from arboris_desktop.storage.database import Database

log = logging.getLogger(__name__)


@record
class KeyChange:
    """A change of a profile's key: ``key`` is kept, or none if it is empty.

    ``copied_from`` names another profile whose kept key it shall have, too.
    """

    profile_id: str
    key: str = ""
    copied_from: str | None = None


class StoredTraits:
    """Keeps what is learnt of models in the database; where that fails, for this process only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unsaved = SessionTraits()

    def load(self, place: ModelPlace) -> Traits:
        """See ``TraitStore``."""
        unsaved = self._unsaved.load(place)
        try:
            with self._database.read() as transaction:
                known = transaction.traits.get(place.profile_id, place.address, place.model)
        except StorageError as error:
            log.warning("what is known of %s cannot be read: %s", place.model, error)
            return unsaved
        return {**known, **unsaved}

    def save(self, place: ModelPlace, traits: Traits) -> None:
        """See ``TraitStore``."""
        try:
            with self._database.write() as transaction:
                known = transaction.traits.get(place.profile_id, place.address, place.model)
                transaction.traits.put(
                    place.profile_id, place.address, place.model, {**known, **traits}
                )
        except StorageError as error:
            log.warning("what was learnt of %s cannot be kept: %s", place.model, error)
            self._unsaved.save(place, traits)


class Providers:
    """Profiles, routes and keys. For any thread but the window's: the keyring may let one wait."""

    def __init__(self, database: Database, keys: KeyStore) -> None:
        self._database = database
        self._keys = keys

    def roster(self) -> ProviderRoster:
        """All profiles and routes; there is always a first profile."""
        with self._database.read() as transaction:
            return transaction.profiles.roster()

    def store(self, roster: ProviderRoster) -> None:
        """Replaces all profiles and routes. Keys are not touched."""
        with self._database.write() as transaction:
            transaction.profiles.store(roster)

    def set_first(self, connection: ProviderSettings) -> None:
        """Sets where the first model is, as on the first-run page, with the context and the prices
        that it is known for; all else stays as it is."""
        from arboris_desktop.domain.server_presets import usual_model

        roster = self.roster()
        first = replace(roster.first, connection=replace(connection, configured=True))
        usual = None if first.is_built_in else usual_model(connection.base_url, connection.model)
        if usual:
            context = connection.context_tokens or usual.proposed_context
            first = replace(
                first,
                connection=replace(first.connection, context_tokens=context),
                prices=usual.prices if first.currency is None else first.prices,
            )
        self.store(replace(roster, profiles=(first, *roster.profiles[1:])))

    def with_key(self, profiles: Sequence[ProviderProfile]) -> frozenset[str]:
        """The ids of those for which a key is kept; raises ``ArborisError`` (KEYRING)."""
        return frozenset(p.id for p in profiles if self._keys.get(p.id) is not None)

    def contexts_told(self, profiles: Sequence[ProviderProfile]) -> dict[str, int]:
        """The contexts of these models that the servers themselves told, by profile."""
        with self._database.read() as transaction:
            known = {
                p.id: transaction.traits.get(p.id, p.connection.base_url, p.connection.model)
                for p in profiles
            }
        told = {id: told_context(traits) for id, traits in known.items()}
        return {id: context for id, context in told.items() if context}

    def change_key(self, change: KeyChange) -> None:
        """Keeps a key or removes it; raises ``ArborisError`` (KEYRING)."""
        key = change.key
        if change.copied_from is not None:
            key = self._keys.get(change.copied_from) or ""
        if key:
            self._keys.set(change.profile_id, key)
        else:
            self._keys.delete(change.profile_id)
        # Another account may be allowed more, or less.
        with self._database.write() as transaction:
            transaction.traits.forget((change.profile_id,))
