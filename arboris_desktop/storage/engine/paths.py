"""Where the author's data lives."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_LONGEST_HOME = 440
"""In bytes, where SQLite opens no path of more than 504: a backup being made has 60 more."""


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The data folder and the places in it."""

    home: Path

    @property
    def database(self) -> Path:
        """The one file with all books."""
        return self.home / "arboris.db"

    @property
    def backups(self) -> Path:
        """Copies of the database: daily ones, and those made before upgrades."""
        return self.home / "backups"

    @property
    def instances(self) -> Path:
        """Lock files of the running processes."""
        return self.home / "instances"

    @property
    def rescue(self) -> Path:
        """Text that the database did not take."""
        return self.home / "rescue"

    @property
    def restore_lock(self) -> Path:
        """Held by the process that puts a backup in the database's place."""
        return self.home / "restore.lock"

    def create(self) -> None:
        """Makes the data folder; raises ``OSError``.

        Nothing is made for a path that SQLite could not open: it would only say that it cannot.
        """
        if os.name != "nt" and len(os.fsencode(self.home)) > _LONGEST_HOME:
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(self.home))
        self.home.mkdir(parents=True, exist_ok=True)


def data_paths(environment: Mapping[str, str] = os.environ) -> DataPaths:
    """The folder named by ``ARBORIS_HOME``, else the user's data folder of the system."""
    if chosen := environment.get("ARBORIS_HOME"):
        return DataPaths(Path(chosen).expanduser().absolute())
    import platformdirs  # only when needed: start-up counts

    return DataPaths(Path(platformdirs.user_data_dir("Arboris Desktop", appauthor=False)))
