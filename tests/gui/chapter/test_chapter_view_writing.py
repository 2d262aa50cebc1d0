"""A chapter that grows on the page, and the draft or failure it ends with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.ui.chapter.draft_banner import DraftBanner
from arboris_desktop.ui.chapter.view import ChapterView
from tests.gui.chapter.chapter_samples import make_draft, make_version
from tests.gui.chapter.view_parts import (
    ENGLISH,
    ONE,
    TEXT,
    TWO,
    VERSION,
    button,
    editor,
    part,
    state,
    type_at_start,
)


def test_text_is_shown_from_the_first_token(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.begin_writing(TWO)
    assert view.is_streaming
    assert state(view) == "Waiting for the model… 0 s"
    view.append(2, "Once")
    assert view.current_text() == "Once"
    assert state(view).startswith("Writing · 1 ")
    assert editor(view).isReadOnly()


def test_thousands_of_tokens_come_in_few_changes(view: ChapterView, qtbot: QtBot) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.begin_writing(TWO)
    changes = QSignalSpy(editor(view).textChanged)
    for number in range(6000):
        view.append(2, f"{number} ")
        if number % 1000 == 0:
            QApplication.processEvents()
    whole = "".join(f"{number} " for number in range(6000))
    qtbot.waitUntil(lambda: view.current_text() == whole.strip())
    assert changes.count() < 60


def test_a_finished_chapter_can_be_edited_where_the_author_was(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.begin_writing(TWO)
    long = "A line of prose that goes on.\n\n" * 60
    view.append(2, long)
    QApplication.processEvents()
    bar = editor(view).verticalScrollBar()
    place = bar.value()
    view.finish_writing(make_version(2, long.strip()))
    assert place > 0
    assert abs(bar.value() - place) < 100
    assert not view.is_streaming
    assert not editor(view).isReadOnly()
    assert state(view) == "420 words · Written"


def test_another_chapter_can_be_read_while_one_is_written(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.begin_writing(TWO)
    view.append(2, "Once ")
    view.show_chapter(ONE, VERSION, ENGLISH)
    assert not view.is_streaming
    view.append(2, "upon ")
    view.append(2, "a time")
    assert view.current_text() == TEXT
    type_at_start(view, "x")
    assert view.current_text() == "x" + TEXT
    view.show_chapter(TWO, None, ENGLISH)
    view.append(2, ".")
    view.writing_stopped(2)
    assert view.current_text() == "Once upon a time."


def test_a_chapter_finished_in_the_background_is_not_shown(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    view.begin_writing(TWO)
    view.append(2, "Done.")
    view.finish_writing(make_version(2, "Done."))
    assert view.chapter_id == 1
    assert view.current_text() == TEXT


def test_a_written_chapter_is_written_again_from_nothing(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    type_at_start(view, "x")
    offered = QSignalSpy(view.text_changed_by_author)
    view.begin_writing(ONE)
    assert offered.at(0) == [1, "x" + TEXT]
    assert view.current_text() == ""


def test_late_tokens_are_ignored(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    view.append(1, "late")
    assert view.current_text() == TEXT


def test_showing_a_growing_chapter_again_does_not_move_the_view(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.begin_writing(TWO, "A line of prose that goes on.\n\n" * 60)
    bar = editor(view).verticalScrollBar()
    bar.setValue(50)
    view.show_chapter(TWO, None, ENGLISH)
    assert bar.value() == 50


def test_what_was_written_until_the_stop_stays_in_view(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.begin_writing(TWO)
    view.append(2, "Half a ")
    view.append(2, "chapter")
    view.writing_stopped(2)
    assert view.current_text() == "Half a chapter"
    assert editor(view).isReadOnly()
    assert state(view) == "3 words · Unfinished draft"


def test_a_stop_before_the_first_token_leads_back_to_the_plan(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.begin_writing(TWO)
    view.writing_stopped(2)
    assert not editor(view).isVisible()
    assert state(view) == "Planned"


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Keep as the chapter", "draft_kept"),
        ("Continue from here", "draft_continued"),
        ("Discard", "draft_discarded"),
    ],
)
def test_a_draft_waits_for_a_decision(
    view: ChapterView, qtbot: QtBot, text: str, signal: str
) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.offer_draft(make_draft(2, "Half a chapter"))
    assert view.current_text() == "Half a chapter"
    with qtbot.waitSignal(getattr(view, signal)) as decided:
        button(view, text).click()
    assert decided.args == [2]


def test_a_discarded_draft_leads_back_to_the_chapter(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    view.offer_draft(make_draft(1, "Half"))
    assert view.current_text() == "Half"
    view.withdraw_draft(1)
    assert view.current_text() == TEXT
    assert not part(view, DraftBanner).isVisible()
    assert not editor(view).isReadOnly()


def test_a_kept_draft_becomes_the_chapter(view: ChapterView) -> None:
    view.show_chapter(replace(TWO, has_draft=True), None, ENGLISH)
    view.offer_draft(make_draft(2, "Half"))
    view.finish_writing(make_version(2, "Half"))
    assert not part(view, DraftBanner).isVisible()
    assert not editor(view).isReadOnly()
    assert state(view).endswith("Written")


def test_a_continued_draft_grows_after_its_last_word(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.offer_draft(make_draft(2, "Half"))
    view.begin_writing(TWO, "Half")
    assert not part(view, DraftBanner).isVisible()
    assert state(view).startswith("Waiting")
    view.append(2, " and half")
    assert view.current_text() == "Half and half"


def test_a_failure_keeps_what_came(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.begin_writing(TWO)
    view.append(2, "Half")
    view.show_failure(2, ErrorKind.STALLED, "no data for 60 s", True)
    assert view.current_text() == "Half"
    assert not view.is_streaming
    assert "stopped in the middle" in part(view, DraftBanner).text()


def test_what_came_is_shown_even_if_it_could_not_be_stored(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.begin_writing(TWO)
    view.append(2, "Half")
    view.show_failure(2, ErrorKind.DISK_FULL, "", False)
    assert view.current_text() == "Half"


def test_a_failure_waits_until_its_chapter_is_shown(view: ChapterView, qtbot: QtBot) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    view.begin_writing(TWO)
    view.show_failure(2, ErrorKind.CONNECTION, "refused", False)
    assert not part(view, DraftBanner).isVisible()
    view.show_chapter(TWO, None, ENGLISH)
    assert part(view, DraftBanner).isVisible()
    with qtbot.waitSignal(view.generate_requested) as asked:
        button(view, "Retry").click()
    assert asked.args == [2]
    view.begin_writing(TWO)
    assert not part(view, DraftBanner).isVisible()


def test_generating_can_be_forbidden_with_a_reason(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    view.set_can_generate(False, "Another chapter is being written.")
    assert not button(view, "Generate this chapter").isEnabled()
    assert "Another chapter" in button(view, "Generate this chapter").toolTip()
