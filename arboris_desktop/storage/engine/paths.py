"""The places of the author's data."""

from __future__ import annotations

import errno
import os
import re
import stat
import zlib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.record import record
from arboris_desktop.storage.engine.errors import data_folder_error
from arboris_desktop.storage.engine.private_files import (
    close_to_others,
    close_tree_to_others,
    make_private_folder,
)

_OUR_FILES = ("arboris.db*", "window*.*", "*.lock", "*.log")
"""The files that we leave beside the folders: the database and what comes of it, settings, locks,
logs."""

CREATING = "creating"
"""Part of the names of files that a process makes a library in."""

_LONGEST_HOME = 440
"""In bytes, where SQLite opens no path of more than 504: a backup being made has 60 more."""


_PASSWORD = re.compile(r"(?<=\w):[^/@]*@")
"""In an address, from its colon on."""

DATABASE_VARIABLES = ("ARBORIS_DATABASE_URL", "ARBORIS_DATABASE_URL_FILE")
"""The variables that name a database on a server: by its address, or by a file with that, which
keeps a password out of the environment."""


@record
class DataPaths:
    """The data folder and the places in it.

    ``server`` is the address of the database where that is on a server; it may hold a password.
    """

    home: Path
    server: str | None = field(default=None, repr=False)

    @property
    def database(self) -> Path:
        """The one file with all books. Where the author has put a link in its place, it is the file
        that the link leads to: SQLite's own files are beside that one, and a file that takes its
        place must not take the place of the link."""
        path = self.home / "arboris.db"
        return Path(os.path.realpath(path)) if path.is_symlink() else path

    @property
    def _shared(self) -> Path:
        """The folder for the locks of those who have the library open: whoever reaches its file by
        a link must find them, too."""
        return self.home if self.server is not None else self.database.parent

    @property
    def backups(self) -> Path:
        """Copies of the database: daily ones, and those made before upgrades."""
        return self.home / "backups"

    @property
    def instances(self) -> Path:
        """Lock files of the running processes."""
        return self._shared / "instances"

    @property
    def rescue(self) -> Path:
        """Text that the database did not take."""
        return self.home / f"rescue{self._of_server}"

    @property
    def models(self) -> Path:
        """Models of the shelf that were fetched."""
        return self.home / "models"

    @property
    def restore_lock(self) -> Path:
        """Held by the process that puts a backup in the database's place."""
        return self._shared / "restore.lock"

    @property
    def window_settings(self) -> Path:
        """The file for the place of the window, and for how it was divided."""
        return self.home / "window.ini"

    @property
    def window_lock(self) -> Path:
        """Held by the process whose window is the first for this library."""
        return self._shared / f"window{self._of_server}.lock"

    @property
    def window_address(self) -> Path:
        """Says how that process is reached."""
        return self._shared / f"window{self._of_server}.address"

    @property
    def _of_server(self) -> str:
        """Tells what is of a server's library from what is of the one in this folder, and of other
        servers: by the address, whatever the password."""
        if self.server is None:
            return ""
        name = _PASSWORD.sub("@", self.server)
        return f"-{zlib.crc32(name.encode()):08x}"

    def refuse_lost_link(self) -> None:
        """Raises ``StorageError`` (DATABASE_AWAY) if the database is a link to a file that is not
        there: its disk is not connected, and a new library must not be made in its place."""
        link = self.home / "arboris.db"
        if self.server is None and link.is_symlink() and not link.exists():
            reason = f"{link} leads to {self.database}, which is not there"
            raise StorageError(ErrorKind.DATABASE_AWAY, reason)

    def create(self) -> None:
        """Makes the data folder, and closes what is in it to other users; raises ``OSError``.

        Nothing is made for a path that SQLite could not open: it would only say that it cannot.
        """
        if os.name != "nt" and len(os.fsencode(self.home)) > _LONGEST_HOME:
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(self.home))
        make_private_folder(self.home)
        self._close_to_others()

    def _close_to_others(self) -> None:
        """Closes what is ours, by its name: others may have files of theirs in a chosen folder."""
        if _is_nobodys_alone(self.home):
            return
        close_to_others(self.home)
        for pattern in _OUR_FILES:
            for path in self.home.glob(pattern):
                close_to_others(path)
        for folder in (self.backups, self.instances, self.rescue):
            if not folder.is_symlink():
                close_tree_to_others(folder)


def _is_nobodys_alone(folder: Path) -> bool:
    """True if closing the folder would harm: it was named in ``ARBORIS_HOME``, and is that of all
    temporary files, the user's own, or the root of everything."""
    real = Path(os.path.realpath(folder))
    is_shared = bool(real.stat().st_mode & stat.S_ISVTX)
    return is_shared or real in (Path(os.path.realpath(Path.home())), Path(real.anchor))


def data_paths(environment: Mapping[str, str] = os.environ) -> DataPaths:
    """The folder named by ``ARBORIS_HOME``, else the user's data folder of the system.

    Raises ``StorageError`` where ``ARBORIS_DATABASE_URL_FILE`` cannot be read, and for a folder
    whose name is longer than the system takes.
    """
    server = _server(environment)
    if chosen := environment.get("ARBORIS_HOME"):
        home = Path(chosen).expanduser().absolute()
        _refuse_too_long(home)
        return DataPaths(home, server)
    import platformdirs  # only when needed: start-up counts

    home = Path(platformdirs.user_data_dir("Arboris Desktop", appauthor=False))
    return DataPaths(home, server)


def _refuse_too_long(home: Path) -> None:
    """Whoever only looks whether something is there would take it for a fault of ours."""
    try:
        home.lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise data_folder_error(error) from error


def _server(environment: Mapping[str, str]) -> str | None:
    address, named = (environment.get(name, "").strip() for name in DATABASE_VARIABLES)
    if not address and named:
        try:
            address = Path(named).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = f"ARBORIS_DATABASE_URL_FILE: {error}"
            raise StorageError(ErrorKind.BROKEN_VARIABLE, reason) from error
    return address or None
