"""Typewriter scrolling, and all but a part dimmed: by real keys in a real editor."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.text_focus import TextFocus

TEXT = "\n\n".join(f"Paragraph {n}. 😀 It has two sentences." for n in range(80))


@pytest.fixture
def editor(qtbot: QtBot) -> ChapterEditor:
    made = ChapterEditor()
    qtbot.addWidget(made)
    made.resize(800, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.set_text(TEXT)
    return made


def height(editor: ChapterEditor) -> float:
    return editor.cursorRect().center().y() / editor.viewport().height()


def bright(editor: ChapterEditor) -> str:
    """The text between the two dimmed parts."""
    QApplication.processEvents()  # it is dimmed when Qt has laid out
    before, after = editor.extraSelections()
    text = editor.document().toRawText().encode("utf-16-le")
    part = text[2 * before.cursor.selectionEnd() : 2 * after.cursor.selectionStart()]
    return part.decode("utf-16-le")


def test_the_line_stays_at_one_height_also_at_the_end(editor: ChapterEditor) -> None:
    editor.typewriter.switch(True)
    editor.select(len(TEXT) // 2, len(TEXT) // 2)
    heights = set()
    for _ in range(5):
        QTest.keyClicks(editor, "word")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        heights.add(round(height(editor), 1))
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for _ in range(5):
        QTest.keyClick(editor, Qt.Key.Key_Return)
        heights.add(round(height(editor), 1))
    assert heights <= {0.4, 0.5}


def test_switched_off_the_line_goes_down_as_the_text_grows(editor: ChapterEditor) -> None:
    bar = editor.verticalScrollBar()
    editor.select(len(TEXT), len(TEXT))
    before = bar.maximum()
    editor.typewriter.switch(True)
    assert bar.maximum() > before
    editor.typewriter.switch(False)
    assert bar.maximum() == before
    for _ in range(20):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert height(editor) > 0.8


def test_all_but_the_paragraph_or_the_sentence_is_dimmed(editor: ChapterEditor) -> None:
    editor.set_text_focus(TextFocus.PARAGRAPH)
    place = TEXT.index("Paragraph 40") + 3
    editor.select(place, place)
    assert bright(editor) == "Paragraph 40. 😀 It has two sentences."
    editor.set_text_focus(TextFocus.SENTENCE)
    assert bright(editor) == "Paragraph 40."
    for _ in range(15):
        QTest.keyClick(editor, Qt.Key.Key_Right)
    assert bright(editor) == "😀 It has two sentences."
    editor.set_text_focus(TextFocus.EVERYTHING)
    QApplication.processEvents()
    assert editor.extraSelections() == []


def test_what_a_model_writes_is_not_dimmed(editor: ChapterEditor) -> None:
    editor.set_text_focus(TextFocus.SENTENCE)
    editor.begin_stream("She came. ")
    editor.append_stream("She went.")
    QApplication.processEvents()
    assert editor.extraSelections() == []
