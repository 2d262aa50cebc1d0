"""Noticing on a thread that another process wrote: the GUI thread hears of changes only."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from arboris_desktop.background import external_write_watch
from arboris_desktop.background.external_write_watch import ExternalWriteWatch
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.preferences import Preferences

pytestmark = pytest.mark.gui

ENOUGH_LOOKS = 3
GENEROUS_SECONDS = 60.0


class Looks:
    """Looks at a database, and knows how often it has."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ended = threading.Semaphore(0)
        self.threads: set[threading.Thread] = set()

    def __call__(self) -> bool:
        self.threads.add(threading.current_thread())
        try:
            return self._database.changed_elsewhere()
        finally:
            self._ended.release()

    def wait_for(self, count: int) -> None:
        for _ in range(count):
            assert self._ended.acquire(timeout=GENEROUS_SECONDS)


@pytest.fixture(autouse=True)
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external_write_watch, "LOOK_SECONDS", 0.01)


@pytest.fixture
def looks(database: Database) -> Looks:
    return Looks(database)


@pytest.fixture
def watch(looks: Looks, qapp: object) -> Iterator[ExternalWriteWatch]:
    watch = ExternalWriteWatch(looks)
    yield watch
    watch.stop(GENEROUS_SECONDS)


def test_only_changes_are_told(
    qtbot: QtBot, watch: ExternalWriteWatch, looks: Looks, database: Database
) -> None:
    told: list[str] = []
    watch.changed.connect(lambda: told.append(threading.current_thread().name))
    other = Database(database.paths)
    watch.start()
    looks.wait_for(ENOUGH_LOOKS)
    assert told == []

    with qtbot.waitSignal(watch.changed):
        Preferences(other).set(QueueSettings(paused=True))

    other.close()
    assert told == [threading.main_thread().name]
    assert threading.main_thread() not in looks.threads


def test_who_is_told_looks_at_once(
    qtbot: QtBot,
    watch: ExternalWriteWatch,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(external_write_watch, "LOOK_SECONDS", 3600.0)
    database.changed_elsewhere()
    other = Database(database.paths)
    Preferences(other).set(QueueSettings(paused=True))
    other.close()
    watch.start()

    with qtbot.waitSignal(watch.changed):
        watch.look_soon()


def test_a_look_that_fails_is_told_and_the_next_one_comes(
    qtbot: QtBot, watch: ExternalWriteWatch, looks: Looks, database: Database
) -> None:
    database.paths.database.rename(database.paths.home / "elsewhere.db")

    with qtbot.waitSignals([watch.failed, watch.failed]):
        watch.start()


def test_one_that_is_stopped_or_gone_looks_no_more(
    qtbot: QtBot, watch: ExternalWriteWatch, looks: Looks
) -> None:
    watch.start()
    looks.wait_for(1)
    watch.stop(GENEROUS_SECONDS)

    left = Looks(looks._database)
    unstopped = ExternalWriteWatch(left)
    unstopped.start()
    left.wait_for(1)
    unstopped.deleteLater()
    with qtbot.waitSignal(unstopped.destroyed):
        pass

    for thread in looks.threads | left.threads:
        thread.join(GENEROUS_SECONDS)
        assert not thread.is_alive()
