from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.chapter.edit_tracker import EditTracker


class Page:
    """Stands for the editor."""

    text = ""

    def read(self) -> str:
        return self.text


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def tracker(qapp: QApplication, page: Page) -> Iterator[EditTracker]:
    made = EditTracker(page.read, autosave_ms=20, retry_ms=30)
    yield made
    made.deleteLater()


def test_a_change_is_offered_once_after_a_pause(
    tracker: EditTracker, page: Page, qtbot: QtBot
) -> None:
    spy = QSignalSpy(tracker.changed)
    with qtbot.waitSignal(tracker.changed):
        for text in ("a", "ab", "abc"):
            page.text = text
            tracker.touch(7)
    tracker.flush()
    assert spy.count() == 1
    assert spy.at(0) == [7, "abc"]


def test_what_is_not_confirmed_stays_available(tracker: EditTracker, page: Page) -> None:
    page.text = "new"
    tracker.touch(7)
    tracker.flush()
    page.text = "another chapter's text"
    assert tracker.unsaved(7) == "new"
    assert tracker.is_pending()
    assert tracker.confirm(7, "new")
    assert tracker.unsaved(7) is None
    assert not tracker.is_pending()


def test_an_old_text_does_not_confirm_a_newer_one(tracker: EditTracker, page: Page) -> None:
    for page.text in ("one", "two"):
        tracker.touch(7)
        tracker.flush()
    assert not tracker.confirm(7, "one")
    assert tracker.unsaved(7) == "two"
    assert tracker.confirm(7, "two")


def test_a_change_that_is_not_offered_yet_is_not_saved(tracker: EditTracker, page: Page) -> None:
    page.text = "one"
    tracker.touch(7)
    tracker.flush()
    page.text = "two"
    tracker.touch(7)
    assert not tracker.confirm(7, "one")


def test_a_failed_save_is_offered_again_by_itself(
    tracker: EditTracker, page: Page, qtbot: QtBot
) -> None:
    page.text = "precious"
    tracker.touch(7)
    tracker.flush()
    page.text = "another chapter's text"
    with qtbot.waitSignal(tracker.changed) as again:
        tracker.fail(7)
    assert again.args == [7, "precious"]


def test_a_failed_save_is_offered_again_on_request(tracker: EditTracker, page: Page) -> None:
    page.text = "precious"
    tracker.touch(7)
    tracker.flush()
    tracker.fail(7)
    spy = QSignalSpy(tracker.changed)
    tracker.flush_touched()
    assert spy.count() == 0
    tracker.flush()
    assert spy.at(0) == [7, "precious"]


def test_a_failure_of_what_was_saved_meanwhile_is_forgotten(
    tracker: EditTracker, page: Page
) -> None:
    page.text = "one"
    tracker.touch(7)
    tracker.flush()
    tracker.confirm(7, "one")
    tracker.fail(7)
    spy = QSignalSpy(tracker.changed)
    tracker.flush()
    assert spy.count() == 0
