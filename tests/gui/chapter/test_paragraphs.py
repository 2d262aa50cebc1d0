"""Paragraphs as an author makes them, with real keys."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.editor import ChapterEditor
from tests.support.studio_stage import Play, Stage

SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTERS = {
    "Return": (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    "Enter": (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
    "Shift+Return": (Qt.Key.Key_Return, SHIFT),
}


@pytest.fixture
def editor(qtbot: QtBot) -> ChapterEditor:
    made = ChapterEditor()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def put_cursor(editor: ChapterEditor, place: int, anchor: int | None = None) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(place if anchor is None else anchor)
    cursor.setPosition(place, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def press(editor: ChapterEditor, enter: str = "Return", times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(editor, *ENTERS[enter])


def commit(editor: ChapterEditor, words: str) -> None:
    """Does what an input method does when the author has chosen the characters."""
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)


def spacings(editor: ChapterEditor) -> set[tuple[float, int]]:
    """The spacing of the paragraphs: one value, if they all are alike."""
    document = editor.document()
    formats = (document.findBlockByNumber(n).blockFormat() for n in range(document.blockCount()))
    return {(each.lineHeight(), each.lineHeightType()) for each in formats}


def is_even(editor: ChapterEditor) -> bool:
    ((height, _),) = spacings(editor)
    return height > 100


@pytest.mark.parametrize("enter", ENTERS)
@pytest.mark.parametrize("times", [1, 2, 3, 12])
@pytest.mark.parametrize("place", [0, 1, 3, 4, 5, 7])
def test_every_enter_begins_a_paragraph_and_with_shift_a_line(
    editor: ChapterEditor, enter: str, times: int, place: int
) -> None:
    editor.set_text("one\n\ntwo")
    put_cursor(editor, place)
    press(editor, enter, times)
    QTest.keyClicks(editor, "x")
    made = ("\n" if enter == "Shift+Return" else "\n\n") * times
    before, after = "one\ntwo"[:place], "one\ntwo"[place:]
    assert editor.text() == both_ends(before) + made + "x" + both_ends(after)
    assert is_even(editor)


def test_in_chinese_a_line_is_a_paragraph_too(editor: ChapterEditor) -> None:
    editor.set_language(Language.CHINESE)
    editor.set_text("雾散了。")
    put_cursor(editor, 4)
    press(editor, "Shift+Return")
    commit(editor, "他笑了。")
    assert editor.text() == "雾散了。\n\n他笑了。"


def test_empty_paragraphs_are_shown_and_not_stored(editor: ChapterEditor) -> None:
    editor.set_text("one\n\ntwo")
    put_cursor(editor, 3)
    press(editor, times=3)
    assert editor.text() == "one\n\n\n\n\n\n\n\ntwo"
    assert editor.stored_text() == "one\n\ntwo"
    assert editor.shows("one\n\ntwo")


@pytest.mark.parametrize("enter", ENTERS)
def test_the_empty_page_takes_enters_too(editor: ChapterEditor, enter: str) -> None:
    editor.set_text("")
    press(editor, enter, 2)
    QTest.keyClicks(editor, "x")
    assert editor.stored_text() == "x"
    assert editor.document().blockCount() == (1 if enter == "Shift+Return" else 3)
    assert is_even(editor)


@pytest.mark.parametrize(("anchor", "place"), [(1, 2), (2, 5), (5, 2), (3, 4), (0, 7)])
def test_enter_takes_the_place_of_a_selection(
    editor: ChapterEditor, anchor: int, place: int
) -> None:
    shown, text = "one\ntwo", "one\n\ntwo"
    editor.set_text(text)
    put_cursor(editor, place, anchor)
    press(editor, times=2)
    first, last = sorted((anchor, place))
    assert editor.text() == both_ends(shown[:first] + "\n\n" + shown[last:])
    assert is_even(editor)
    editor.undo()
    editor.undo()
    assert editor.text() == text


def test_everything_can_be_deleted_and_begun_again(editor: ChapterEditor) -> None:
    editor.set_text("one\n\ntwo")
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, "a")
    press(editor)
    QTest.keyClicks(editor, "b")
    assert editor.text() == "a\n\nb"
    assert is_even(editor)


def test_enters_are_undone_one_by_one_and_done_again(editor: ChapterEditor) -> None:
    editor.set_text("one")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    press(editor, times=3)
    seen = []
    for step in (editor.undo, editor.undo, editor.undo, editor.redo, editor.redo, editor.redo):
        step()
        seen.append(editor.text())
        assert is_even(editor)
    assert seen == ["one" + "\n\n" * times for times in (2, 1, 0, 1, 2, 3)]


def test_an_input_method_goes_on_in_the_new_paragraph(editor: ChapterEditor) -> None:
    editor.set_text("雾散了。")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    press(editor)
    commit(editor, "“你好，”")
    commit(editor, "她说。\n\n他笑了。")
    press(editor)
    commit(editor, "😀")
    assert editor.stored_text() == "雾散了。\n\n“你好，”她说。\n\n他笑了。\n\n😀"
    assert is_even(editor)


def test_a_text_that_is_only_shown_takes_no_enter(editor: ChapterEditor) -> None:
    editor.begin_stream("one")
    for enter in ENTERS:
        press(editor, enter)
    assert editor.text() == "one"


def both_ends(shown: str) -> str:
    """The stored text of paragraphs that are shown, one in a line."""
    return shown.replace("\n", "\n\n")


KEYS = {
    "x": Qt.Key.Key_X,
    "return": Qt.Key.Key_Return,
    "backspace": Qt.Key.Key_Backspace,
    "delete": Qt.Key.Key_Delete,
    "left": Qt.Key.Key_Left,
    "right": Qt.Key.Key_Right,
}


def after(text: str, place: int, key: str) -> tuple[str, int]:
    """The plain text and the place of its cursor after a key."""
    match key:
        case "x" | "return":
            return text[:place] + ("x" if key == "x" else "\n") + text[place:], place + 1
        case "backspace":
            return text[: max(0, place - 1)] + text[place:], max(0, place - 1)
        case "delete":
            return text[:place] + text[place + 1 :], place
        case "left":
            return text, max(0, place - 1)
        case _:
            return text, min(len(text), place + 1)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=60,
)
@given(st.lists(st.sampled_from(sorted(KEYS)), max_size=40))
def test_the_text_is_what_the_keys_say(editor: ChapterEditor, keys: list[str]) -> None:
    text, place = "one\ntwo", 4
    editor.set_text("one\n\ntwo")
    put_cursor(editor, place)
    for key in keys:
        QTest.keyClick(editor, KEYS[key])
        text, place = after(text, place, key)
    assert (editor.text(), editor.textCursor().position()) == (both_ends(text), place)
    assert is_even(editor)


def test_paragraphs_are_stored_in_their_form(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        before = stage.text()
        editor = stage.editor()
        editor.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClicks(editor, "A")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClicks(editor, "B")
        typed = before + "\n\nA\n\nB"
        await stage.until(lambda: stage.stored_text(1) == typed, "it is stored to the letter")
        await stage.open_chapter(2)
        await stage.open_chapter(1)
        assert stage.text().split() == typed.split()

    play(act)
