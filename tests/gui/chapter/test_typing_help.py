"""Help with marks, by real keys in a real editor."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.settings import TypingSettings
from arboris_desktop.ui.chapter.editor import ChapterEditor


@pytest.fixture
def editor(qtbot: QtBot) -> ChapterEditor:
    made = ChapterEditor()
    qtbot.addWidget(made)
    made.set_text("")
    made.show()
    return made


def commit(editor: ChapterEditor, text: str, preedit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def test_marks_of_a_book_are_made_while_typing(editor: ChapterEditor) -> None:
    QTest.keyClicks(editor, "\"It's ")
    commit(editor, "😀")
    QTest.keyClicks(editor, ' late--" he said...')
    assert editor.text() == "“It’s 😀 late—” he said…"


@pytest.mark.parametrize(
    ("keys", "language", "made", "plain"),
    [
        (' "', Language.ENGLISH, "😀好 “", '😀好 "'),
        ("--", Language.ENGLISH, "😀好—", "😀好--"),
        ("...", Language.ENGLISH, "😀好…", "😀好..."),
        ("...", Language.CHINESE, "😀好……", "😀好..."),
        (",", Language.CHINESE, "😀好，", "😀好,"),
        ("--", Language.CHINESE, "😀好——", "😀好--"),
        (" 'Tis ", Language.ENGLISH, "😀好 ’Tis ", "😀好 ‘Tis "),
    ],
)
def test_one_backspace_brings_back_what_the_keys_said(
    editor: ChapterEditor, keys: str, language: Language, made: str, plain: str
) -> None:
    editor.set_language(language)
    commit(editor, "😀好")
    QTest.keyClicks(editor, keys)
    assert editor.text() == made
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == plain
    QTest.keyClicks(editor, "x")
    assert editor.text() == f"{plain}x"
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == plain[:-1]


def test_undo_brings_it_back_as_a_step_of_its_own(editor: ChapterEditor) -> None:
    QTest.keyClicks(editor, "late--")
    editor.undo()
    assert editor.text() == "late--"
    editor.redo()
    assert editor.text() == "late—"


def test_backspace_after_going_away_and_back_is_an_ordinary_one(editor: ChapterEditor) -> None:
    QTest.keyClicks(editor, "late--")
    QTest.keyClick(editor, Qt.Key.Key_Left)
    QTest.keyClick(editor, Qt.Key.Key_Right)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "late"


def test_a_selection_is_replaced_by_the_mark(editor: ChapterEditor) -> None:
    editor.set_text("say word now")
    editor.select(4, 8)
    QTest.keyClicks(editor, '"')
    assert editor.text() == "say “ now"


def test_pasted_text_and_a_text_that_is_read_are_left_as_they_are(editor: ChapterEditor) -> None:
    pasted = QMimeData()
    pasted.setText('"a--b..."')
    editor.insertFromMimeData(pasted)
    pasted.setText("'")
    editor.insertFromMimeData(pasted)
    assert editor.text() == '"a--b..."\''
    editor.begin_stream("He said ")
    QTest.keyClicks(editor, '"')
    editor.append_stream('"')
    assert editor.text() == 'He said "'


def test_nothing_is_changed_while_an_input_method_composes(editor: ChapterEditor) -> None:
    editor.set_language(Language.CHINESE)
    commit(editor, "", "x")
    commit(editor, "", "x'")
    commit(editor, "'")
    assert editor.text() == "'"


def test_a_mark_that_an_input_method_hands_over_is_helped_with(editor: ChapterEditor) -> None:
    editor.set_language(Language.CHINESE)
    editor.typing_help.settings = TypingSettings(corner_quotes=True)
    for mark in ("“", "好", "。", "。", "。", "”"):
        commit(editor, mark)
    assert editor.text() == "「好……」"
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "「好……”"


def test_each_kind_can_be_switched_off(editor: ChapterEditor) -> None:
    editor.typing_help.settings = TypingSettings(False, False, False, False, False)
    QTest.keyClicks(editor, '"It\'s--late..."')
    assert editor.text() == '"It\'s--late..."'


def test_tab_stays_in_the_text(editor: ChapterEditor) -> None:
    editor.setFocus()
    QTest.keyClicks(editor, "a\tb")
    assert editor.text() == "a\tb"
