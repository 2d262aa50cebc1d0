from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import Language, VersionOrigin
from arboris_desktop.ui.chapter.chapter_footer import ChapterFooter
from arboris_desktop.ui.chapter.chapter_header import ChapterHeader
from arboris_desktop.ui.chapter.draft_banner import DraftBanner
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.view import ChapterView
from arboris_desktop.ui.typed_edits import TypedEdits
from tests.gui.chapter.chapter_samples import make_chapter, make_draft, make_version

ONE = make_chapter(1, written=True)
TWO = make_chapter(2)
TEXT = "Nell did not look up at once. “Broke how?”\n\n“她😀说。”"
VERSION = make_version(1, TEXT, version_id=10)
ENGLISH = Language.ENGLISH


@pytest.fixture
def view(qtbot: QtBot) -> ChapterView:
    made = ChapterView(edits=TypedEdits(pause_ms=30))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


Part = TypeVar("Part", bound=QWidget)


def part(view: ChapterView, kind: type[Part]) -> Part:
    found = view.findChild(kind)
    assert found is not None
    return found


def editor(view: ChapterView) -> ChapterEditor:
    return part(view, ChapterEditor)


def state(view: ChapterView) -> str:
    return part(view, ChapterHeader).state_text()


def saving(view: ChapterView) -> str:
    return part(view, ChapterFooter).save_text()


def button(view: ChapterView, text: str) -> QPushButton:
    return next(b for b in view.findChildren(QPushButton) if b.text() == text and b.isVisible())


def type_at_start(view: ChapterView, text: str) -> None:
    QTest.keyClicks(editor(view), text)


# --- what is shown ---


def test_at_first_no_chapter_is_shown(view: ChapterView) -> None:
    assert view.chapter_id is None
    assert view.version is None
    assert not view.is_streaming
    assert not editor(view).isVisible()


def test_what_a_chapter_took_is_not_told_of_the_next(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH, [VERSION])
    view.show_cost(ONE.id, "1,200 tokens")
    view.show_chapter(ONE, VERSION, ENGLISH, [VERSION])
    assert view.cost_text() == "1,200 tokens"
    view.show_chapter(TWO, None, ENGLISH)
    assert view.cost_text() == ""
    view.show_cost(ONE.id, "1,200 tokens")
    assert view.cost_text() == ""


def test_a_written_chapter_can_be_read_and_edited(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH, [VERSION])
    assert view.chapter_id == 1
    assert view.version == VERSION
    assert view.current_text() == TEXT
    assert editor(view).isVisible()
    assert not editor(view).isReadOnly()
    assert state(view) == "11 words · Written"


def test_a_planned_chapter_shows_its_plan_and_asks_to_be_written(
    view: ChapterView, qtbot: QtBot
) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    assert not editor(view).isVisible()
    with qtbot.waitSignal(view.generate_requested) as asked:
        button(view, "Generate this chapter").click()
    assert asked.args == [2]


def test_the_author_may_write_a_planned_chapter(view: ChapterView, qtbot: QtBot) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    button(view, "Write it myself").click()
    with qtbot.waitSignal(view.text_changed_by_author) as offered:
        type_at_start(view, "It rained.")
    assert offered.args == [2, "It rained."]
    saved = make_version(2, "It rained.")
    view.text_saved(saved)
    assert view.version == saved
    assert state(view) == "2 words · Written"


def test_who_types_where_a_plan_is_has_begun_the_chapter(view: ChapterView, qtbot: QtBot) -> None:
    asked = QSignalSpy(view.generate_requested)
    view.show_chapter(TWO, None, ENGLISH)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.take_focus()
    for key in '"So it rained," she said.':
        QTest.keyClicks(view.window().focusWidget(), key)
    assert view.current_text() == "“So it rained,” she said."
    assert asked.count() == 0


def test_a_blank_and_enter_where_a_plan_is_cost_nothing(view: ChapterView, qtbot: QtBot) -> None:
    asked = QSignalSpy(view.generate_requested)
    view.show_chapter(TWO, None, ENGLISH)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.take_focus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(view.window().focusWidget(), key)
    assert asked.count() == 0
    assert editor(view).hasFocus()


def focus_on_plan(view: ChapterView, qtbot: QtBot) -> QWidget:
    """The part of the plan that has the keyboard."""
    view.show_chapter(TWO, None, Language.CHINESE)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.take_focus()
    focused = view.window().focusWidget()
    assert focused is not None
    return focused


def compose(widget: QWidget, unfinished: str, handed_over: str = "") -> None:
    event = QInputMethodEvent(unfinished, [])
    event.setCommitString(handed_over)
    QApplication.sendEvent(widget, event)


def test_a_letter_that_no_input_method_took_begins_a_chinese_chapter(
    view: ChapterView, qtbot: QtBot
) -> None:
    QTest.keyClicks(focus_on_plan(view, qtbot), "n")
    assert editor(view).hasFocus()
    assert view.current_text() == "n"


def test_an_input_method_composes_the_first_words_of_a_chapter(
    view: ChapterView, qtbot: QtBot
) -> None:
    focused = focus_on_plan(view, qtbot)
    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(focused, asked)
    assert asked.value(Qt.InputMethodQuery.ImEnabled)
    places = []
    for letters in ("y", "ye", "ye yu"):
        compose(focused, letters)
        assert focused.hasFocus()
        [shown] = [each for each in view.findChildren(QLabel) if each.text() == letters]
        assert shown.isVisible()
        caret = focused.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        places.append(shown.mapFromGlobal(focused.mapToGlobal(caret.topLeft())).x())
    assert places == sorted(set(places))
    compose(focused, "", "夜雨，")
    assert editor(view).hasFocus()
    assert view.current_text() == "夜雨，"
    compose(editor(view), "", "无声。")
    assert view.current_text() == "夜雨，无声。"


def test_what_is_handed_over_in_parts_waits_for_the_rest(view: ChapterView, qtbot: QtBot) -> None:
    focused = focus_on_plan(view, qtbot)
    compose(focused, "yu", "夜")
    assert focused.hasFocus()
    compose(focused, "", "雨")
    assert view.current_text() == "夜雨"


def test_a_composition_that_was_given_up_leaves_the_plan(view: ChapterView, qtbot: QtBot) -> None:
    focused = focus_on_plan(view, qtbot)
    compose(focused, "ye")
    compose(focused, "")
    assert focused.hasFocus()
    assert not [each for each in view.findChildren(QLabel) if each.text() == "ye"]
    assert not editor(view).isVisible()


def test_a_chapter_that_grows_elsewhere_is_not_called_planned(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    assert state(view) == "Planned"
    view.set_writing({2, 5})
    assert state(view) == "Being written"
    view.show_chapter(TWO, None, ENGLISH)
    assert state(view) == "Being written"
    view.set_writing({5})
    assert state(view) == "Planned"


def test_an_empty_page_the_author_asked_for_stays(view: ChapterView) -> None:
    view.show_chapter(TWO, None, ENGLISH)
    button(view, "Write it myself").click()
    view.show_chapter(TWO, None, ENGLISH)
    assert editor(view).isVisible()


def test_showing_the_same_text_again_leaves_cursor_and_undo(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    type_at_start(view, "So. ")
    edited = replace(VERSION, content="So. " + TEXT, revision=2)
    view.flush_edits()
    view.text_saved(edited)
    view.show_chapter(replace(ONE, analysis="completed"), edited, ENGLISH)
    assert editor(view).textCursor().position() == 4
    assert editor(view).document().isUndoAvailable()
    assert state(view) == "12 words · Analysed"


def test_a_changed_state_is_shown_for_the_shown_chapter_only(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    view.update_overview(replace(TWO, title="Another"))
    view.update_overview(replace(ONE, analysis="failed"))
    assert state(view) == "11 words · Analysis failed"


def test_nothing_can_be_shown_again(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    view.show_nothing()
    assert view.chapter_id is None
    assert not editor(view).isVisible()
    view.show_chapter(ONE, VERSION, ENGLISH)
    assert view.current_text() == TEXT


def test_a_quotation_is_marked(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    start = TEXT.index("她")
    view.reveal(start, start + 3)
    assert editor(view).revealed_text() == "她😀说"


def test_nothing_is_marked_without_a_text(view: ChapterView) -> None:
    view.reveal(0, 3)
    view.show_chapter(TWO, None, ENGLISH)
    view.reveal(0, 3)
    assert editor(view).revealed_text() == ""


# --- the author's changes ---


def test_a_change_is_offered_after_a_pause_and_told_when_saved(
    view: ChapterView, qtbot: QtBot
) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    with qtbot.waitSignal(view.text_changed_by_author) as offered:
        type_at_start(view, "So. ")
    assert offered.args == [1, "So. " + TEXT]
    assert saving(view) == "Saving…"
    assert view.has_unsaved_edits()
    view.text_saved(make_version(1, "So. " + TEXT, version_id=11))
    assert saving(view) == "Saved"
    assert not view.has_unsaved_edits()


def test_the_length_follows_the_typing(view: ChapterView, qtbot: QtBot) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    type_at_start(view, "Three more words. ")
    qtbot.waitUntil(lambda: state(view) == "14 words · Written")


def test_the_version_that_an_edit_made_is_offered_with_the_others(view: ChapterView) -> None:
    original = replace(VERSION, origin=VersionOrigin.MODEL)
    view.show_chapter(ONE, original, ENGLISH, [original])
    type_at_start(view, "x")
    view.flush_edits()
    view.text_saved(make_version(1, "x" + TEXT, version_id=11))
    chooser = part(view, QComboBox)
    assert [chooser.itemData(n) for n in range(chooser.count())] == [10, 11]
    assert chooser.currentData() == 11


def test_leaving_for_another_chapter_offers_the_change_first(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    offered = QSignalSpy(view.text_changed_by_author)
    type_at_start(view, "x")
    view.show_chapter(TWO, None, ENGLISH)
    assert offered.at(0) == [1, "x" + TEXT]
    assert offered.count() == 1


def test_hiding_offers_the_change(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    offered = QSignalSpy(view.text_changed_by_author)
    type_at_start(view, "x")
    view.hide()
    assert offered.count() == 1


def test_leaving_the_editor_offers_the_change(view: ChapterView, qtbot: QtBot) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    editor(view).setFocus()
    qtbot.waitUntil(editor(view).hasFocus)
    offered = QSignalSpy(view.text_changed_by_author)
    type_at_start(view, "x")
    editor(view).clearFocus()
    assert offered.count() == 1


def test_a_slow_save_does_not_bring_the_old_text_back(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    type_at_start(view, "new ")
    view.show_chapter(TWO, None, ENGLISH)
    view.show_chapter(ONE, VERSION, ENGLISH)
    assert view.current_text() == "new " + TEXT


def test_a_failed_save_is_told_and_keeps_the_text(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    type_at_start(view, "new ")
    view.flush_edits()
    view.save_failed(1, "The disk is full.")
    assert saving(view) == "Could not save: The disk is full."
    view.show_chapter(TWO, None, ENGLISH)
    offered = QSignalSpy(view.text_changed_by_author)
    view.flush_edits()
    assert view.current_text() == ""
    view.save_failed(1, "The disk is full.")
    view.flush_edits()
    assert offered.at(offered.count() - 1) == [1, "new " + TEXT]


def test_choosing_a_version_offers_the_change_first(view: ChapterView) -> None:
    older = make_version(1, "Older.", version_id=9)
    view.show_chapter(ONE, VERSION, ENGLISH, [older, VERSION])
    order: list[str] = []
    view.text_changed_by_author.connect(lambda *_: order.append("change"))
    view.version_selected.connect(lambda version_id: order.append(f"version {version_id}"))
    type_at_start(view, "x")
    chooser = part(view, QComboBox)
    chooser.setCurrentIndex(0)
    chooser.activated.emit(0)
    assert order == ["change", "version 9"]


# --- writing ---


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


# --- drafts and failures ---


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


def test_the_length_of_what_is_selected_is_told(view: ChapterView, qtbot: QtBot) -> None:
    footer = part(view, ChapterFooter)
    view.show_chapter(ONE, VERSION, ENGLISH)
    assert footer.selection_text() == ""
    editor(view).select(0, len("Nell did not look"))
    qtbot.waitUntil(lambda: footer.selection_text() == "Selected: 4 words")
    editor(view).select(3, 3)
    qtbot.waitUntil(lambda: footer.selection_text() == "")
    view.show_chapter(ONE, VERSION, Language.CHINESE)
    editor(view).select(TEXT.index("她"), TEXT.index("说") + 2)
    qtbot.waitUntil(lambda: footer.selection_text() == "Selected: 4 字, 2 字 without marks")
