"""The author's settings, read and written as whole groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.settings.groups import SettingsGroup, SomeSettings


class Preferences:
    """Settings in the database, which the window and the command line share."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[type, SettingsGroup] = {}

    def get(self, group: type[SomeSettings]) -> SomeSettings:
        """Returns the stored group, or its defaults."""
        with self._database.read() as transaction:
            found = transaction.settings.get(group)
        self._known[group] = found
        return found

    def known(self, group: type[SomeSettings]) -> SomeSettings:
        """Returns the group as last read or stored here, without the database: for the GUI thread,
        which must not wait for a server."""
        if group in self._known:
            return cast(SomeSettings, self._known[group])
        return self.get(group)

    def change(
        self, group: type[SomeSettings], change: Callable[[SomeSettings], SomeSettings]
    ) -> None:
        """Changes a part of a group, of which others may change another part at the same time."""
        with self._database.write() as transaction:
            changed = change(transaction.settings.get(group))
            transaction.settings.set(changed)
        self._known[group] = changed

    def set(self, *groups: SettingsGroup) -> None:
        """Stores the groups together."""
        with self._database.write() as transaction:
            for group in groups:
                transaction.settings.set(group)
        self._known.update((type(group), group) for group in groups)
