"""Composition by an input method is one step to undo, in every text that the author types."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.outline.plan_edit import PlanEdit
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit

TEXT = "夜雨落在渡口，没有人来。"

Field = ChapterEditor | PlanEdit | GrowingEdit


def compose(field: Field, unfinished: str, handed_over: str = "") -> None:
    event = QInputMethodEvent(unfinished, [])
    event.setCommitString(handed_over)
    QApplication.sendEvent(field, event)


def select(field: Field, start: int, end: int) -> None:
    cursor = field.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)


@pytest.fixture(params=[ChapterEditor, PlanEdit, GrowingEdit])
def field(qtbot: QtBot, request: pytest.FixtureRequest) -> Field:
    made: Field = request.param()
    qtbot.addWidget(made)
    if isinstance(made, ChapterEditor):
        made.set_language(Language.CHINESE)
        made.show_chapter(1, TEXT)
    else:
        made.setPlainText(TEXT)
    made.show()
    return made


@pytest.mark.parametrize("whole", [False, True])
def test_words_composed_over_a_selection_are_undone_with_it(field: Field, whole: bool) -> None:
    select(field, 0, len(TEXT) if whole else 2)
    rest = "" if whole else TEXT[2:]
    compose(field, "c")
    compose(field, "chen wu")
    compose(field, "", "晨雾")
    assert field.toPlainText() == "晨雾" + rest
    field.undo()
    assert field.toPlainText() == TEXT
    field.redo()
    assert field.toPlainText() == "晨雾" + rest


def test_words_handed_over_part_by_part_are_one_step(field: Field) -> None:
    select(field, 0, 2)
    compose(field, "chen wu")
    compose(field, "wu", "晨")
    compose(field, "", "雾")
    assert field.toPlainText() == "晨雾" + TEXT[2:]
    field.undo()
    assert field.toPlainText() == TEXT


def test_what_was_done_before_and_after_is_a_step_of_its_own(field: Field) -> None:
    select(field, len(TEXT), len(TEXT))
    QTest.keyClicks(field, "Ab")
    select(field, 0, 2)
    compose(field, "chen")
    compose(field, "", "晨")
    select(field, 3, 4)
    compose(field, "wu")
    compose(field, "", "雾")
    typed = TEXT + "Ab"
    assert field.toPlainText() == "晨" + typed[2:4] + "雾" + typed[5:]
    field.undo()
    assert field.toPlainText() == "晨" + typed[2:]
    field.undo()
    assert field.toPlainText() == typed
    field.undo()
    assert field.toPlainText() == TEXT


def test_what_was_given_up_takes_no_later_word_with_it(field: Field) -> None:
    """The selection is gone, as everywhere; one step brings it back, and another the next word."""
    select(field, 0, 2)
    compose(field, "chen")
    compose(field, "")
    assert field.toPlainText() == TEXT[2:]
    compose(field, "wu")
    compose(field, "", "雾")
    assert field.toPlainText() == "雾" + TEXT[2:]
    field.undo()
    assert field.toPlainText() == TEXT[2:]
    field.undo()
    assert field.toPlainText() == TEXT
