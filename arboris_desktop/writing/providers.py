"""The author's models: profiles, keys, and what each is used for."""

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
    """A change of a profile's key: ``key`` is stored, or the stored one deleted if it is empty.

    ``copied_from`` names another profile whose key it shares.
    """

    profile_id: str
    key: str = ""
    copied_from: str | None = None


class StoredTraits:
    """Stores what is learnt about models in the database; if that fails, for this process only."""

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
    """Profiles, routes and keys. For any thread except the GUI thread: the keyring may block."""

    def __init__(self, database: Database, keys: KeyStore) -> None:
        self._database = database
        self._keys = keys

    def roster(self) -> ProviderRoster:
        """Returns all profiles and routes; there is always a first profile."""
        with self._database.read() as transaction:
            return transaction.profiles.roster()

    def store(self, roster: ProviderRoster) -> None:
        """Replaces all profiles and routes. Keys are not touched."""
        with self._database.write() as transaction:
            transaction.profiles.store(roster)

    def set_first(self, connection: ProviderSettings) -> None:
        """Changes the connection of the first model, as on the first-run page, with its known
        context and prices."""
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
        """Returns the ids of those with a stored key. Raises ``ArborisError`` (KEYRING)."""
        return frozenset(p.id for p in profiles if self._keys.get(p.id) is not None)

    def contexts_told(self, profiles: Sequence[ProviderProfile]) -> dict[str, int]:
        """Returns the contexts that the servers reported for these models, by profile."""
        with self._database.read() as transaction:
            known = {
                p.id: transaction.traits.get(p.id, p.connection.base_url, p.connection.model)
                for p in profiles
            }
        told = {id: told_context(traits) for id, traits in known.items()}
        return {id: context for id, context in told.items() if context}

    def change_key(self, change: KeyChange) -> None:
        """Stores a key or removes it. Raises ``ArborisError`` (KEYRING)."""
        key = change.key
        if change.copied_from is not None:
            key = self._keys.get(change.copied_from) or ""
        if key:
            self._keys.set(change.profile_id, key)
        else:
            self._keys.delete(change.profile_id)
        # Another account may have other limits.
        with self._database.write() as transaction:
            transaction.traits.forget((change.profile_id,))
