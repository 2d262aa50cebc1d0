"""The author's settings, read and written as whole groups."""

from __future__ import annotations

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.settings.groups import SettingsGroup, SomeSettings


class Preferences:
    """Settings kept in the database, so that the window and the command line agree."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, group: type[SomeSettings]) -> SomeSettings:
        """The stored group, or its defaults."""
        with self._database.read() as transaction:
            return transaction.settings.get(group)

    def set(self, *groups: SettingsGroup) -> None:
        """Stores the groups together."""
        with self._database.write() as transaction:
            for group in groups:
                transaction.settings.set(group)
