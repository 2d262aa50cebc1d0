"""A real PostgreSQL server in a folder of its own, from the system's packages."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from tests.support.servers import Reading, name_in, ticks

START_SECONDS = 120

_UNPRIVILEGED = "nobody"
"""Whoever the server runs as where the tests run as root, which it refuses."""

_TEMPLATE = "template_arboris"


def find_programs() -> Path | None:
    """The folder with the server's programs; Debian keeps them out of the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    found = [folder for folder in folders if (folder / "initdb").exists()]
    if found:
        return found[-1]
    program = shutil.which("initdb")
    return None if program is None else Path(program).resolve().parent


def _with_children(process: int) -> list[int]:
    """A process and those that it has started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *map(int, children)]


class PostgresServer:
    """Runs until ``close``; reached by a socket in its folder, by nobody else."""

    def __init__(self, programs: Path, settings: Sequence[str] = ()) -> None:
        """``settings`` outweigh those that make tests quick."""
        self._programs = programs
        self._settings = settings
        self.folder = Path(tempfile.mkdtemp(prefix="arboris-pg-"))
        self._names = (f"library{number}" for number in itertools.count(1))
        self._process: subprocess.Popen[bytes] | None = None
        self._has_template = False
        if os.geteuid() == 0:
            shutil.chown(self.folder, _UNPRIVILEGED)
        options = ("--auth=trust", "--username=arboris", "--encoding=UTF8", "--no-sync")
        made = subprocess.run(
            self._command("initdb", f"--pgdata={self._data}", "--locale=C", *options),
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stdout + made.stderr
        self.start()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _command(self, program: str, *arguments: str) -> Sequence[str]:
        own = [str(self._programs / program), *arguments]
        return ["runuser", "-u", _UNPRIVILEGED, "--", *own] if os.geteuid() == 0 else own

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        # Its own clean-up writes too, and would be taken for somebody's.
        settings = (
            "fsync=off",
            "autovacuum=off",
            "listen_addresses=",
            f"unix_socket_directories={self.folder}",
            *self._settings,
        )
        options = [part for setting in settings for part in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command("postgres", "-D", str(self._data), *options),
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

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._dsn("postgres"), connect_timeout=10).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Ends the server at once, as a crash does, with all connections to it."""
        if self._process is None:
            return
        # ``runuser`` stands before the server, and passes no such signal on.
        (number, *_rest) = (self._data / "postmaster.pid").read_text().split()
        os.kill(int(number), signal.SIGQUIT)
        self._process.wait(timeout=START_SECONDS)
        self._process = None

    def kill(self) -> None:
        """Kills all processes of the server, as a loss of power does."""
        assert self._process is not None
        (number, *_rest) = (self._data / "postmaster.pid").read_text().split()
        family = _with_children(int(number))
        for each in family:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        self._process.wait(timeout=START_SECONDS)
        self._process = None
        until = time.monotonic() + START_SECONDS
        while any(Path(f"/proc/{each}").exists() for each in family):
            assert time.monotonic() < until
            time.sleep(0.01)

    def processor_seconds(self) -> float:
        """The processor time of all its processes so far, those that have ended included."""
        (number, *_rest) = (self._data / "postmaster.pid").read_text().split()
        ended_too = sum(ticks(int(number)))
        living = sum(sum(ticks(each)[:2]) for each in _with_children(int(number))[1:])
        return (ended_too + living) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Ends the server and removes its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _dsn(self, name: str) -> str:
        return f"host={self.folder} user=arboris dbname={name}"

    def dsn(self, address: str) -> str:
        """The same address as the driver takes it."""
        return self._dsn(name_in(address))

    def address(self, name: str) -> str:
        """The value of ``ARBORIS_DATABASE_URL`` for one of its databases."""
        return f"postgresql+psycopg://arboris@/{name}?host={self.folder}"

    def connection(self, address: str) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of its own to one of the databases."""
        return psycopg.connect(self._dsn(name_in(address)))

    def rows(self, address: str, query: str, *values: object) -> list[tuple[Any, ...]] | None:
        """Runs a statement that is written for SQLite; ``None`` while no server answers."""
        try:
            with self.connection(address) as connection:
                cursor = connection.execute(query.replace("?", "%s").encode(), values)
                return cursor.fetchall() if cursor.description else []
        except psycopg.OperationalError:
            return None

    @contextmanager
    def snapshot(self, address: str) -> Iterator[Reading]:
        """All of a library at one moment."""

        def read(table: str, columns: list[str]) -> list[tuple[Any, ...]]:
            names = ", ".join(f'"{name}"' for name in columns)
            return connection.execute(f"SELECT {names} FROM {table}".encode()).fetchall()

        with self.connection(address) as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield read

    def is_blocked(self, address: str) -> bool:
        """True if somebody has the turn to write."""
        turn = "SELECT pg_try_advisory_xact_lock(hashtext('arboris write'))"
        return self.rows(address, turn) != [(True,)]

    def run(self, statement: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """Runs a statement by itself, and returns the rows that it gives."""
        with psycopg.connect(self._dsn(name), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def drop(self, address: str) -> None:
        """Removes a database, whoever still uses it."""
        self.run(f"DROP DATABASE {name_in(address)} WITH (FORCE)")

    def copy(self, address: str) -> str:
        """The address of a new database that is a copy of one that nobody uses now."""
        name = next(self._names)
        self.run(f"CREATE DATABASE {name} TEMPLATE {name_in(address)}")
        return self.address(name)

    def empty_database(self) -> str:
        """The address of a new database with nothing in it."""
        name = next(self._names)
        self.run(f"CREATE DATABASE {name}")
        return self.address(name)

    def new_library(self) -> str:
        """The address of a new database with the schema in it."""
        if not self._has_template:
            self.run(f"CREATE DATABASE {_TEMPLATE}")
            Database(DataPaths(self.folder, self.address(_TEMPLATE))).close()
            self._has_template = True
        name = next(self._names)
        self.run(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return self.address(name)
