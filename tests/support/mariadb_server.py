"""A real MariaDB server in a folder of its own, from the system's packages."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pymysql

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.migrate import HEAD
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.mysql.connecting import connect
from arboris_desktop.storage.tables.schema import metadata
from tests.support.servers import Reading, name_in, ticks

START_SECONDS = 120

_UNPRIVILEGED = "nobody"
"""Whoever the server runs as where the tests run as root, which it refuses."""

_QUICK = (
    "skip-networking",
    "innodb-flush-method=nosync",
    "innodb-flush-log-at-trx-commit=2",
    "innodb-buffer-pool-size=64M",
    "innodb-log-file-size=32M",
    "performance-schema=OFF",
)
"""Settings that make tests quick, and let nobody in from outside."""


def find_programs() -> tuple[str, str] | None:
    """The server and what makes its folder; Debian keeps the server out of the path."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    server, install = (
        shutil.which(program, path=path) for program in ("mariadbd", "mariadb-install-db")
    )
    return None if server is None or install is None else (server, install)


class MariaDbServer:
    """Runs until ``close``; reached by a socket in its folder, by nobody else."""

    def __init__(self, programs: tuple[str, str], settings: Sequence[str] = ()) -> None:
        """``settings`` outweigh those that make tests quick."""
        self._server, install = programs
        self._settings = settings
        self.folder = Path(tempfile.mkdtemp(prefix="arboris-mariadb-"))
        self._names = (f"library{number}" for number in itertools.count(1))
        self._process: subprocess.Popen[bytes] | None = None
        self._libraries: set[str] = set()
        self._used: list[str] = []
        """Libraries that nobody needs any more."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, _UNPRIVILEGED)
        own = ("--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve")
        # Two at once would take each other's tables away in the common folder for what passes.
        places = (f"--datadir={self._data}", f"--tmpdir={self.folder}")
        made = subprocess.run(
            self._command(install, "--no-defaults", *places, *own),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        assert made.returncode == 0, made.stdout + made.stderr
        self.start()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _socket(self) -> Path:
        return self.folder / "socket"

    def _command(self, program: str, *arguments: str) -> Sequence[str]:
        own = [program, *arguments]
        return ["runuser", "-u", _UNPRIVILEGED, "--", *own] if os.geteuid() == 0 else own

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        own = (
            f"datadir={self._data}",
            f"tmpdir={self.folder}",
            f"socket={self._socket}",
            f"pid-file={self._pid_file}",
        )
        options = [f"--{setting}" for setting in (*own, *_QUICK, *self._settings)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(self._server, "--no-defaults", *options),
                stdout=log,
                stderr=log,
                cwd="/",
            )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            said = (self.folder / "log").read_text(errors="replace")
            assert self._process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.05)

    @property
    def _pid_file(self) -> Path:
        return self.folder / "pid"

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except pymysql.Error:
            return False
        return True

    def stop(self) -> None:
        """Ends the server at once, as a crash does, with all connections to it."""
        if self._process is None:
            return
        # ``runuser`` stands before the server, and passes no such signal on.
        number = int(self._pid_file.read_text())
        os.kill(number, signal.SIGKILL)
        self._process.wait(timeout=START_SECONDS)
        self._process = None
        until = time.monotonic() + START_SECONDS
        while Path(f"/proc/{number}").exists():
            assert time.monotonic() < until
            time.sleep(0.01)
        self._pid_file.unlink(missing_ok=True)

    kill = stop
    """The server is one process."""

    def processor_seconds(self) -> float:
        """The processor time of its one process so far."""
        return sum(ticks(int(self._pid_file.read_text()))[:2]) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Ends the server and removes its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _connect(self, name: str | None = None) -> pymysql.Connection[Any]:
        options = {"unix_socket": str(self._socket), "user": "root", "database": name}
        connection: pymysql.Connection[Any] = connect({**options, "autocommit": True})
        return connection

    def address(self, name: str) -> str:
        """The value of ``ARBORIS_DATABASE_URL`` for one of its databases."""
        return f"mysql+pymysql://root@/{name}?unix_socket={self._socket}"

    @contextmanager
    def connection(self, address: str) -> Iterator[pymysql.Connection[Any]]:
        """A connection of its own to one of the databases, which ends with the block."""
        with closing(self._connect(name_in(address))) as connection:
            yield connection

    def rows(self, address: str, query: str, *values: object) -> list[tuple[Any, ...]] | None:
        """Runs a statement that is written for SQLite; ``None`` while no server answers."""
        try:
            with self.connection(address) as connection, connection.cursor() as cursor:
                cursor.execute(query.replace("?", "%s"), values)
                return list(cursor.fetchall())
        except pymysql.OperationalError:
            return None

    @contextmanager
    def snapshot(self, address: str) -> Iterator[Reading]:
        """All of a library at one moment."""

        def read(table: str, columns: list[str]) -> list[tuple[Any, ...]]:
            names = ", ".join(f"`{name}`" for name in columns)
            cursor.execute(f"SELECT {names} FROM {table}")
            return list(cursor.fetchall())

        with self.connection(address) as connection, connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT")
            yield read

    def is_blocked(self, address: str) -> bool:
        """True if somebody has the turn to write."""
        return self.rows(address, "SELECT id FROM library_turn FOR UPDATE NOWAIT") != [(1,)]

    def copy(self, address: str) -> str:
        """The address of a new library that is as one which nobody uses now."""
        old, copied = name_in(address), self.new_library()
        with self.connection(copied) as connection, connection.cursor() as cursor:
            cursor.execute("SET foreign_key_checks = 0")
            cursor.execute("DELETE FROM analysis_durations")
            for table in metadata.sorted_tables:
                names = ", ".join(f"`{column.name}`" for column in table.columns)
                into = f"INSERT INTO `{table.name}` ({names})"
                cursor.execute(f"{into} SELECT {names} FROM {old}.`{table.name}`")
            cursor.execute(f"INSERT INTO passages_fts SELECT * FROM {old}.passages_fts")
        return copied

    def run(self, statement: str, name: str | None = None) -> list[tuple[Any, ...]]:
        """Runs a statement by itself, and returns the rows that it gives."""
        with closing(self._connect(name)) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    def drop(self, address: str) -> None:
        """Removes a database; a library is used again once it is empty."""
        name = name_in(address)
        if name in self._libraries and self._is_as_made(name):
            self._libraries.discard(name)
            self._used.append(name)
        else:
            self.run(f"DROP DATABASE {name}")

    def _is_as_made(self, name: str) -> bool:
        found = self.run("SELECT version_num, at_work FROM alembic_version, library_turn", name)
        return found == [(HEAD, None)]

    def _clear(self, name: str) -> None:
        """Leaves a library as it was when it was made, which takes less time than to make one."""
        with closing(self._connect(name)) as connection, connection.cursor() as cursor:
            cursor.execute("SET foreign_key_checks = 0")
            for table in (*metadata.tables, "passages_fts", "library_living"):
                cursor.execute(f"SELECT 1 FROM `{table}` LIMIT 1")
                if cursor.fetchone() and table != "analysis_durations":
                    cursor.execute(f"TRUNCATE `{table}`")
            cursor.execute("UPDATE analysis_durations SET number = 0, seconds = 0")

    def empty_database(self) -> str:
        """The address of a new database with nothing in it."""
        name = next(self._names)
        # The library brings what it needs, whatever the server's own choice is.
        self.run(f"CREATE DATABASE {name} CHARACTER SET latin1")
        return self.address(name)

    def new_library(self) -> str:
        """The address of a new database with the schema in it."""
        if self._used:
            name = self._used.pop()
            self._clear(name)
            address = self.address(name)
        else:
            address = self.empty_database()
            Database(DataPaths(self.folder, address)).close()
        self._libraries.add(name_in(address))
        return address
