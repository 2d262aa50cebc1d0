"""Fixtures of most tests: a real database, a novel in it, and a provider that does as it is
told."""

from __future__ import annotations

import gc
import itertools
import os
import signal
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path
from unittest import mock

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage import database as database_module
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import NovelContents, Novels
from arboris_desktop.writing.providers import Providers
from arboris_desktop.writing.spending import CallLedger, Spending
from tests.support.copied_schema import copy_schema
from tests.support.mariadb_server import MariaDbServer
from tests.support.mariadb_server import find_programs as find_mariadb
from tests.support.postgres_server import PostgresServer, find_programs
from tests.support.scripted_provider import ScriptedProvider

ROOT = Path(__file__).parents[1]

SECRET = "sk-scripted-secret-0123456789"

PATIENCE_MS = 60_000
"""The time to wait for something: it comes in a moment or never, and nothing is lost by waiting."""

# A shell starts what a script puts in the background with SIGINT ignored, and nohup ignores SIGHUP;
# the processes that tests interrupt would inherit that.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# How long an example takes is the machine's affair. A developer's run looks further each time; CI
# tries the same examples until the code changes, so that what it says is about the code alone.
settings.register_profile(
    "exploring",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("same", settings.get_profile("exploring"), derandomize=True)
settings.load_profile("same" if os.environ.get("CI") else "exploring")

# No test reads or writes the keyring of whoever runs it; processes that tests start neither.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


_LASTING = ("tests/e2e", "tests/faults", "tests/gui", "tests/wire", "tests/unit/writing")
"""Folders whose files take long, in the order in which they are begun; the quick ones fill up the
end, so that no process is left with a long file while the others have nothing to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the files that take long first."""
    folders = [ROOT / folder for folder in _LASTING]
    places = {
        path: next((n for n, folder in enumerate(folders) if path.is_relative_to(folder)), 99)
        for path in {item.path for item in items}
    }
    items.sort(key=lambda item: places[item.path])


ALL_GARBAGE_EVERY = 40
"""Tests between two collections of the old, which take longer than most tests."""

_ended = itertools.count(1)


def pytest_collection_finish() -> None:
    """Keeps the garbage collector from looking through ten thousand tests again and again, and off
    the threads of tests: wherever it is due, it destroys widgets, which Qt forbids elsewhere than
    on the GUI thread. What it leaves behind ends the process in some later test."""
    gc.collect()
    gc.freeze()
    gc.disable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """Collects garbage between the tests, on the thread of the GUI, as the app does.

    Widgets to be deleted later would live until a test runs an event loop, and each theme that is
    shown until then be applied to thousands of them.
    """
    result = yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.disable()  # a test of the collector may have left it on
    if next(_ended) % ALL_GARBAGE_EVERY:
        gc.collect(1)
    else:
        gc.collect()
        # What is left stays to the end, mostly: modules that a test was the first to need.
        gc.freeze()
    return result


@pytest.fixture(scope="session", autouse=True)
def state_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Takes what a data folder does not, so that it does not go to whoever runs the tests."""
    folder = tmp_path_factory.mktemp("state")
    os.environ["XDG_STATE_HOME"] = str(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def copied_schema() -> Iterator[None]:
    """Each process of the tests migrates one new library; the others are copies of it.

    A file of an older schema is migrated as ever, and so is what a program makes that is started.
    """
    with mock.patch.object(database_module, "run_alembic", copy_schema):
        yield


@pytest.fixture(scope="session", autouse=True)
def application_of_all(qapp: QApplication) -> Iterator[QApplication]:
    """A process has one Qt application: were it first made for a command or a PDF, tests that run
    later in that process could have no windows.

    As in the app, the last window that is closed does not quit: it may be one of an earlier test,
    deleted while the loop of this one runs, which then would end before its coroutine.

    As in the app, there is a style sheet at any time. With the last one Qt forgets which widgets it
    watches; of those it styles again later, some are then deleted without its knowledge.
    """
    qapp.setQuitOnLastWindowClosed(False)
    styled = QWidget()
    styled.setStyleSheet("QWidget {}")
    yield qapp
    styled.deleteLater()


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's bot, with the patience that a busy machine needs: five seconds are not enough."""
    bot = QtBot(request)
    for wait in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(bot, wait, partial(getattr(bot, wait), timeout=PATIENCE_MS))
    return bot


DATABASES = (
    "sqlite",
    "postgresql",
    # What only it does is tested apart; the rest in the long tests.
    pytest.param("mariadb", marks=pytest.mark.long),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test of ``every_database`` on each kind of them."""
    asked = {mark.name for mark in metafunc.definition.iter_markers()}
    is_asked = "every_database" in asked and "only_sqlite" not in asked
    if is_asked and "paths" in metafunc.fixturenames:
        metafunc.parametrize("paths", DATABASES, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server that each process of the tests starts when it first needs one."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    server = PostgresServer(programs)
    yield server
    server.close()


@pytest.fixture
def paths(tmp_path: Path, request: pytest.FixtureRequest) -> DataPaths:
    """An empty data folder; with a new library on a server where the test is to run on that."""
    if (kind := getattr(request, "param", "sqlite")) != "sqlite":
        paths: DataPaths = request.getfixturevalue(f"{kind}_paths")
    else:
        paths = DataPaths(tmp_path / "home")
    paths.create()
    return paths


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDbServer]:
    """A server that each process of the tests starts when it first needs one."""
    programs = find_mariadb()
    if programs is None:
        pytest.skip("MariaDB is not installed (Debian: apt-get install mariadb-server)")
    server = MariaDbServer(programs)
    yield server
    server.close()


@pytest.fixture
def mariadb_paths(tmp_path: Path, mariadb: MariaDbServer) -> Iterator[DataPaths]:
    """A data folder, and a new library on a server."""
    address = mariadb.new_library()
    yield DataPaths(tmp_path / "home", address)
    mariadb.drop(address)


@pytest.fixture
def postgresql_paths(server_paths: DataPaths) -> DataPaths:
    """As ``server_paths``."""
    return server_paths


@pytest.fixture
def server_paths(tmp_path: Path, postgres: PostgresServer) -> Iterator[DataPaths]:
    """A data folder, and a new library on a PostgreSQL server."""
    address = postgres.new_library()
    yield DataPaths(tmp_path / "home", address)
    postgres.drop(address)


@pytest.fixture
def database(paths: DataPaths) -> Iterator[Database]:
    """A new database file."""
    database = Database(paths)
    yield database
    database.close()


@pytest.fixture
def instance(paths: DataPaths) -> Iterator[Instance]:
    """This process as the owner of drafts and tasks."""
    instance = Instance(paths.instances)
    yield instance
    instance.close()


@pytest.fixture
def register(database: Database, instance: Instance) -> ChapterRegister:
    """The register of the chapters that are being written."""
    return ChapterRegister(database, instance)


@pytest.fixture
def scripted_provider() -> Iterator[ScriptedProvider]:
    """A model server that does as it is told."""
    with ScriptedProvider() as provider:
        yield provider


@pytest.fixture
def source(scripted_provider: ScriptedProvider, database: Database) -> Iterator[ProviderSource]:
    """Opens the scripted provider, as the environment's variables would; calls are recorded."""
    environment = {
        "ARBORIS_BASE_URL": scripted_provider.base_url,
        "ARBORIS_API_KEY": SECRET,
        "ARBORIS_MODEL": "scripted",
        # A server on this computer is asked one thing at a time, unless it is said otherwise.
        "ARBORIS_MAX_PARALLEL": "16",
    }
    keys = SessionKeyStore()
    source = ProviderSource(
        Providers(database, keys).roster,
        keys,
        environment,
        record=CallLedger(database).record,
        check_spending=Spending(database).check,
    )
    yield source
    source.close()


@pytest.fixture
def novel(database: Database) -> NovelContents:
    """A project with three planned chapters."""
    novels = Novels(database)
    outline = (
        OutlineChapter("The Harbour", "Mara comes home and finds the lighthouse dark."),
        OutlineChapter("The Letter", "Mara reads what her father left."),
        OutlineChapter("The Storm", "The boats do not come back."),
    )
    project_id = novels.create(
        NewNovel(
            title="The Dark Lighthouse",
            premise="A keeper's daughter comes home.",
            style="plain",
            volumes=(OutlineVolume("Book One", outline),),
        )
    )
    return novels.open(project_id)
