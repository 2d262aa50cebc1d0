"""The author's typing is saved soon, whatever the rhythm, and never lost on the way."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.typed_edits import LONGEST_WAIT_MS, PAUSE_MS, TypedEdits

NEVER = 3_600_000
"""A time, in milliseconds, that no test lasts."""


class Fields:
    """Stands for what is typed into, and for the disk."""

    def __init__(self, **times: int) -> None:
        wanted = {"pause_ms": NEVER, "longest_wait_ms": NEVER, "retry_ms": NEVER} | times
        self.edits = TypedEdits(None, **wanted)
        self.texts: dict[str, str] = {}
        self.offered: list[tuple[object, object]] = []
        self.edits.changed.connect(lambda field, value: self.offered.append((field, value)))

    def type(self, field: str, text: str) -> None:
        self.texts[field] = text
        self.edits.touch(field, lambda: self.texts[field])


def test_the_newest_value_of_each_field_is_offered_after_a_pause(qtbot: QtBot) -> None:
    fields = Fields(pause_ms=20)
    fields.type("title", "E")
    fields.type("tone", "cold")
    fields.type("title", "Ebb")
    assert fields.offered == []

    qtbot.waitUntil(lambda: len(fields.offered) == 2)

    assert fields.offered == [("title", "Ebb"), ("tone", "cold")]


def test_typing_without_a_pause_is_offered_too(qtbot: QtBot) -> None:
    fields = Fields(longest_wait_ms=60)
    keys = QTimer()
    keys.setInterval(3)
    keys.timeout.connect(lambda: fields.type("text", fields.texts.get("text", "") + "x"))
    keys.start()

    qtbot.waitUntil(lambda: bool(fields.offered))
    (_, first) = fields.offered[0]
    fields.edits.confirm("text", first)
    qtbot.waitUntil(lambda: len(fields.offered) > 1)
    keys.stop()

    (_, second) = fields.offered[1]
    assert len(str(second)) > len(str(first)) > 0


def test_no_more_than_two_seconds_of_typing_are_only_in_memory() -> None:
    assert max(PAUSE_MS, LONGEST_WAIT_MS) <= 1500, "the way to the disk takes its time too"


def test_a_slow_disk_gets_one_save_of_a_field_at_a_time(qtbot: QtBot) -> None:
    fields = Fields(pause_ms=0)
    fields.type("text", "one")
    qtbot.waitUntil(lambda: fields.offered == [("text", "one")])
    fields.type("text", "one two")
    fields.type("tone", "cold")
    qtbot.waitUntil(lambda: ("tone", "cold") in fields.offered)
    assert ("text", "one two") not in fields.offered

    fields.edits.confirm("text", "one")

    qtbot.waitUntil(lambda: ("text", "one two") in fields.offered)


def test_who_asks_for_it_gets_everything_at_once(qtbot: QtBot) -> None:
    del qtbot
    fields = Fields()
    for text in ("one", "one two"):
        fields.type("text", text)
        fields.edits.flush()
    assert fields.offered == [("text", "one"), ("text", "one two")]
    fields.edits.flush()
    assert len(fields.offered) == 2


def test_a_value_is_pending_until_it_is_on_the_disk(qtbot: QtBot) -> None:
    del qtbot
    fields = Fields()
    fields.type("title", "Ebb")
    assert fields.edits.is_pending("title")
    assert fields.edits.unsaved("title") == "Ebb"
    fields.edits.flush()
    fields.texts["title"] = "what another chapter has"
    assert fields.edits.unsaved("title") == "Ebb", "it was read when it was offered"
    assert fields.edits.all_unsaved() == {"title": "Ebb"}

    assert fields.edits.confirm("title", "Ebb")

    assert not fields.edits.is_any_pending
    assert fields.edits.unsaved("title") is None


def test_an_old_value_does_not_confirm_a_newer_one(qtbot: QtBot) -> None:
    del qtbot
    fields = Fields()
    fields.type("text", "one")
    fields.edits.flush()
    fields.type("text", "two")
    assert not fields.edits.confirm("text", "one"), "two is not even offered"
    fields.edits.flush()
    assert not fields.edits.confirm("text", "one")
    assert fields.edits.unsaved("text") == "two"
    assert fields.edits.confirm("text", "two")


def test_a_failed_save_is_offered_again_by_itself(qtbot: QtBot) -> None:
    fields = Fields(retry_ms=20)
    fields.type("text", "precious")
    fields.edits.flush()
    fields.texts["text"] = "what another chapter has"
    fields.edits.fail("text")
    qtbot.waitUntil(lambda: fields.offered == [("text", "precious")] * 2)


def test_a_failed_save_is_offered_again_on_request(qtbot: QtBot) -> None:
    del qtbot
    fields = Fields()
    fields.type("text", "precious")
    fields.edits.flush()
    fields.edits.fail("text")
    fields.edits.flush_typed()
    assert len(fields.offered) == 1, "only what is typed again"
    fields.edits.flush()
    assert fields.offered == [("text", "precious")] * 2


def test_a_failure_does_not_bring_an_old_value_back(qtbot: QtBot) -> None:
    del qtbot
    fields = Fields()
    fields.type("text", "old")
    fields.edits.flush()
    fields.type("text", "new")
    fields.edits.fail("text")
    fields.edits.flush()
    assert fields.offered == [("text", "old"), ("text", "new")]


def test_a_failure_of_what_was_saved_meanwhile_is_forgotten(qtbot: QtBot) -> None:
    del qtbot
    fields = Fields()
    fields.type("text", "one")
    fields.edits.flush()
    fields.edits.confirm("text", "one")
    fields.edits.fail("text")
    fields.edits.flush()
    assert len(fields.offered) == 1


def test_a_disk_that_fails_is_told_once_until_a_save_succeeds(qtbot: QtBot) -> None:
    del qtbot
    fields = Fields()
    told = []
    for text in ("one", "two", "three"):
        fields.type("text", text)
        fields.edits.flush()
        told.append(fields.edits.fail("text"))
    assert told == [True, False, False]
    fields.edits.flush()
    fields.edits.confirm("text", "three")
    fields.type("text", "four")
    fields.edits.flush()
    assert fields.edits.fail("text")


def test_what_the_author_gave_up_is_not_offered(qtbot: QtBot) -> None:
    del qtbot
    fields = Fields()
    fields.type("title", "Ebb")
    fields.edits.flush()
    fields.edits.fail("title")
    fields.type("title", "Ebb Tide")
    fields.edits.forget("title")
    fields.edits.flush()
    assert fields.offered == [("title", "Ebb")]
    assert not fields.edits.is_any_pending
