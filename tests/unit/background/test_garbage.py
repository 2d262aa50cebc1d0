"""The cyclic collector runs when it should, and takes what it should."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from arboris_desktop.background.garbage import FULL_EVERY, GarbageCollection


class Ring:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def collector_given_back() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def old_ring() -> weakref.ref[Ring]:
    """A ring that has outlived two collections, and that nobody else refers to."""
    ring = Ring()
    gc.collect(0)
    gc.collect(1)
    return weakref.ref(ring)


def test_the_old_are_collected_once_a_minute(qtbot: QtBot) -> None:
    del qtbot
    collection = GarbageCollection(lambda: False)
    assert not gc.isenabled(), "on no other thread"
    collection.tick()
    ring = old_ring()
    for _ in range(FULL_EVERY - 2):
        collection.tick()
        assert ring() is not None
    collection.tick()
    assert ring() is None


def test_a_stream_is_not_disturbed_and_the_collection_made_up_for(qtbot: QtBot) -> None:
    del qtbot
    busy = True
    collection = GarbageCollection(lambda: busy)
    collection.tick()
    ring = old_ring()
    for _ in range(3 * FULL_EVERY):
        collection.tick()
    assert ring() is not None
    busy = False
    collection.tick()
    assert ring() is None


def test_what_the_program_consists_of_is_set_aside(qtbot: QtBot) -> None:
    del qtbot
    first = GarbageCollection(lambda: False)
    first.tick()
    assert gc.get_freeze_count() > 10_000
    # The window is opened again: what was alive then is looked at again.
    GarbageCollection(lambda: False)
    assert gc.get_freeze_count() == 0
