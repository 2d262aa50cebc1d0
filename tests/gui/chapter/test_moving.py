"""Keys that move the cursor, and the part of the text that is in view then."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language, ParagraphStyle
from arboris_desktop.ui.chapter.editor import ChapterEditor

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
TEXT = "\n\n".join(f"Paragraph {n:02} has some words." for n in range(60))
LENGTH = len(TEXT.split("\n\n")[0]) + 1

by_paragraph = pytest.mark.skipif(
    sys.platform == "darwin", reason="there these keys go to the ends of the text"
)


@pytest.fixture
def editor(qtbot: QtBot) -> ChapterEditor:
    made = ChapterEditor()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show_chapter(1, TEXT)
    made.show()
    return made


def put(editor: ChapterEditor, position: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position)
    editor.setTextCursor(cursor)


@by_paragraph
def test_control_and_an_arrow_go_from_paragraph_to_paragraph(editor: ChapterEditor) -> None:
    put(editor, LENGTH + 5)
    for key, place in [(UP, 1), (UP, 0), (UP, 0), (DOWN, 1), (DOWN, 2)]:
        QTest.keyClick(editor, key, CONTROL)
        assert editor.textCursor().position() == place * LENGTH
    editor.moveCursor(QTextCursor.MoveOperation.End)
    put(editor, editor.textCursor().position() - 3)
    QTest.keyClick(editor, DOWN, CONTROL)
    assert editor.textCursor().atEnd()


@by_paragraph
def test_with_shift_they_select_whole_paragraphs(editor: ChapterEditor) -> None:
    put(editor, 0)
    QTest.keyClick(editor, DOWN, CONTROL | SHIFT)
    QTest.keyClick(editor, DOWN, CONTROL | SHIFT)
    QTest.keyClick(editor, Qt.Key.Key_X, CONTROL)
    assert editor.text() == "\n\n".join(TEXT.split("\n\n")[2:])


def test_the_margin_above_the_first_line_is_in_view_with_it(editor: ChapterEditor) -> None:
    editor.moveCursor(QTextCursor.MoveOperation.End)
    assert editor.verticalScrollBar().value() > 0
    QTest.keyClick(editor, Qt.Key.Key_Home, CONTROL)
    assert editor.verticalScrollBar().value() == 0


@pytest.mark.parametrize("number", [0, 1, 25, 40, 59])
def test_what_is_found_has_words_around_it_in_view(editor: ChapterEditor, number: int) -> None:
    start = TEXT.index(f"{number:02}")
    editor.select(start, start + 2)
    line, height = editor.cursorRect(), editor.viewport().height()
    assert line.bottom() < 0.85 * height
    assert number < 2 or line.top() > 0.15 * height
    assert editor.selected_text() == f"{number:02}"


def test_what_is_in_the_midst_of_the_view_does_not_move(editor: ChapterEditor) -> None:
    start = TEXT.index("30")
    editor.select(start, start + 2)
    place = editor.verticalScrollBar().value()
    assert place > 0
    start = TEXT.index("31")
    editor.select(start, start + 2)
    assert editor.verticalScrollBar().value() == place


def test_the_words_of_an_empty_page_begin_where_its_text_will(editor: ChapterEditor) -> None:
    editor.show_chapter(2, "")
    for language in Language:
        editor.set_language(language)
        for style in ParagraphStyle:
            editor.set_paragraph_style(style)
            words = editor.placeholderText()
            blanks = words.removesuffix(words.lstrip())
            indent = editor.cursorRect().left() - editor.document().documentMargin()
            assert abs(editor.fontMetrics().horizontalAdvance(blanks) - indent) <= 4
