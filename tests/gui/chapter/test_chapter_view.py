from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.chapter_footer import ChapterFooter
from arboris_desktop.ui.chapter.view import ChapterView
from tests.gui.chapter.chapter_samples import make_version
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

# --- what is shown ---


def test_at_first_no_chapter_is_shown(view: ChapterView) -> None:
    assert view.chapter_id is None
    assert view.version is None
    assert not view.is_streaming
    assert not editor(view).isVisible()


def test_what_a_chapter_took_is_not_told_of_the_next(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH, [VERSION])
    view.show_cost(ONE.id, lambda: "1,200 tokens")
    view.show_chapter(ONE, VERSION, ENGLISH, [VERSION])
    assert view.cost_text() == "1,200 tokens"
    view.show_chapter(TWO, None, ENGLISH)
    assert view.cost_text() == ""
    view.show_cost(ONE.id, lambda: "1,200 tokens")
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
