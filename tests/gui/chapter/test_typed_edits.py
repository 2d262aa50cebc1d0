"""What the author types is saved after a pause, and never lost on the way."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.typed_edits import LateEdits, TypedEdits


@pytest.fixture
def edits(qtbot: QtBot) -> TypedEdits:
    del qtbot
    return TypedEdits(autosave_ms=20)


@pytest.fixture
def saved(edits: TypedEdits) -> list[tuple[object, object]]:
    saved: list[tuple[object, object]] = []
    edits.changed.connect(lambda field, value: saved.append((field, value)))
    return saved


def test_the_newest_value_of_each_field_is_offered_after_a_pause(
    edits: TypedEdits, saved: list[tuple[object, object]], qtbot: QtBot
) -> None:
    edits.touch("title", "E")
    edits.touch("tone", "cold")
    edits.touch("title", "Ebb")
    assert saved == []

    qtbot.waitUntil(lambda: len(saved) == 2)

    assert saved == [("title", "Ebb"), ("tone", "cold")]


def test_a_value_is_pending_until_it_is_on_the_disk(
    edits: TypedEdits, saved: list[tuple[object, object]]
) -> None:
    edits.touch("title", "Ebb")
    edits.flush()
    edits.touch("title", "Ebb Tide")
    edits.confirm("title", "Ebb")
    assert edits.is_pending("title")

    edits.flush()
    edits.confirm("title", "Ebb Tide")

    assert not edits.is_pending()
    assert saved == [("title", "Ebb"), ("title", "Ebb Tide")]


def test_a_value_that_could_not_be_saved_is_offered_again(
    edits: TypedEdits, saved: list[tuple[object, object]]
) -> None:
    edits.touch("title", "Ebb")
    edits.flush()
    edits.fail("title")
    assert edits.is_pending("title")

    edits.flush()

    assert saved == [("title", "Ebb"), ("title", "Ebb")]


def test_a_failure_does_not_bring_an_old_value_back(
    edits: TypedEdits, saved: list[tuple[object, object]]
) -> None:
    edits.touch("title", "Ebb")
    edits.flush()
    edits.touch("title", "Ebb Tide")
    edits.fail("title")

    edits.flush()

    assert saved[-1] == ("title", "Ebb Tide")


def test_clearing_forgets_what_belonged_to_something_else(
    edits: TypedEdits, saved: list[tuple[object, object]]
) -> None:
    edits.touch("title", "Ebb")
    edits.clear()
    edits.flush()

    assert saved == []


def test_what_could_not_be_saved_of_another_novel_is_offered_until_something_newer_is_saved(
    qtbot: QtBot,
) -> None:
    late, offered = LateEdits(retry_ms=20), list[tuple[str, object, object]]()
    late.due.connect(lambda novel, field, value: offered.append((novel, field, value)))
    late.keep("a", "title", "Ebb")
    late.keep("b", "title", "Flood")
    late.overtake("b", "title")

    qtbot.waitUntil(lambda: bool(offered))

    assert offered == [("a", "title", "Ebb")]
    late.flush()
    assert len(offered) == 1, "it is kept again by whoever cannot save it"
