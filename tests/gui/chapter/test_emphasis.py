"""Italic, bold and breaks between scenes: shown as such, without marks, and stored with them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language, ParagraphStyle
from arboris_desktop.ui.chapter.editor import ChapterEditor

CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT = "So *she said* it.\n\n* * *\n\nAnd **he** 😀 did."


@pytest.fixture
def editor(qtbot: QtBot) -> ChapterEditor:
    made = ChapterEditor()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.show_chapter(1, TEXT)
    return made


def go_to_end(editor: ChapterEditor) -> None:
    editor.moveCursor(QTextCursor.MoveOperation.End)


def centred(editor: ChapterEditor) -> list[str]:
    """The paragraphs that stand in the middle, when Qt has come to rest."""
    QApplication.processEvents()
    document = editor.document()
    blocks = (document.findBlockByNumber(n) for n in range(document.blockCount()))
    middle = Qt.AlignmentFlag.AlignHCenter
    return [block.text() for block in blocks if block.blockFormat().alignment() & middle]


def test_marks_are_hidden_and_stored(editor: ChapterEditor) -> None:
    assert editor.toPlainText() == "So she said it.\n* * *\nAnd he 😀 did."
    assert editor.text() == editor.stored_text() == TEXT
    assert centred(editor) == ["* * *"]
    go_to_end(editor)
    QTest.keyClicks(editor, " 2 * 3")
    assert editor.text() == TEXT + r" 2 \* 3"


def test_keys_make_italic_and_bold_and_each_is_a_step_to_undo(editor: ChapterEditor) -> None:
    editor.select(TEXT.index("😀"), TEXT.index("😀") + 1)
    QTest.keyClick(editor, Qt.Key.Key_I, CONTROL)
    assert editor.text() == TEXT.replace("😀", "*😀*")
    QTest.keyClick(editor, Qt.Key.Key_B, CONTROL)
    assert editor.text() == TEXT.replace("😀", "***😀***")
    QTest.keyClick(editor, Qt.Key.Key_I, CONTROL)
    assert editor.text() == TEXT.replace("😀", "**😀**")
    for _ in range(3):
        editor.undo()
    assert editor.text() == TEXT
    go_to_end(editor)
    QTest.keyClick(editor, Qt.Key.Key_I, CONTROL)
    QTest.keyClicks(editor, " no")
    QTest.keyClick(editor, Qt.Key.Key_I, CONTROL)
    QTest.keyClicks(editor, " yes")
    assert editor.text() == f"{TEXT} *no* yes"


def test_places_are_those_of_the_stored_text(editor: ChapterEditor) -> None:
    start = TEXT.index("said")
    editor.select(start, start + 4)
    assert editor.selected_text() == "said"
    assert editor.selected_range() == (start, start + 4)
    editor.replace_spans([])
    editor.reveal(start, start + 4)
    assert editor.revealed_text() == "said"


def test_what_is_replaced_keeps_its_look_and_the_rest_its_place(editor: ChapterEditor) -> None:
    start = TEXT.index("said")
    before = editor.document().lastBlock().text()
    editor.replace_range(start, start + 4, "cried")
    assert editor.text() == TEXT.replace("said", "cried")
    editor.undo()
    assert editor.text() == TEXT
    editor.replace_range(3, 13, "**they**")
    assert editor.text() == TEXT.replace("*she said*", "**they**")
    editor.replace_range(0, 0, "Once.\n\n")
    assert editor.text().startswith("Once.\n\nSo **they** it.\n\n* * *\n\n")
    assert editor.document().lastBlock().text() == before
    assert centred(editor) == ["* * *"]
    editor.undo()
    editor.undo()
    assert editor.text() == TEXT


def test_a_copy_is_plain_for_others_and_keeps_its_emphasis_here(editor: ChapterEditor) -> None:
    editor.selectAll()
    data = editor.createMimeDataFromSelection()
    assert data.text() == "So she said it.\n\n* * *\n\nAnd he 😀 did."
    assert not data.hasHtml()
    editor.insertFromMimeData(data)
    assert editor.text() == TEXT
    go_to_end(editor)
    editor.insertPlainText("  \n　　One.\r\n\r\n\r\n\r\nTwo *three*.\n***\nFour.")
    assert editor.text() == f"{TEXT}One.\n\nTwo *three*.\n\n* * *\n\nFour."
    assert centred(editor) == ["* * *", "* * *"]


def test_stars_typed_alone_part_scenes(editor: ChapterEditor) -> None:
    go_to_end(editor)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "***")
    assert centred(editor) == ["* * *", "***"]
    assert editor.text() == f"{TEXT}\n\n* * *"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "Then.")
    assert centred(editor) == ["* * *", "* * *"]
    assert editor.text() == f"{TEXT}\n\n* * *\n\nThen."
    for _ in range(10):
        editor.undo()
    assert editor.text() == TEXT
    assert centred(editor) == ["* * *"]
    go_to_end(editor)
    editor.insert_scene_break()
    assert editor.text() == f"{TEXT}\n\n* * *\n\n"
    assert centred(editor) == ["* * *", "* * *"]
    editor.undo()
    assert editor.text() == TEXT


def test_size_and_style_are_no_steps_to_undo(editor: ChapterEditor) -> None:
    def indentation() -> float:
        return editor.document().firstBlock().blockFormat().textIndent()

    go_to_end(editor)
    QTest.keyClicks(editor, "x")
    small = indentation()
    editor.set_font_points(26)
    assert indentation() > small > 0
    editor.set_paragraph_style(ParagraphStyle.GAP)
    assert indentation() == 0
    assert editor.document().firstBlock().blockFormat().bottomMargin() > 0
    editor.undo()
    assert (editor.text(), editor.document().isUndoAvailable()) == (TEXT, False)
    editor.redo()
    assert (editor.text(), editor.document().isRedoAvailable()) == (f"{TEXT}x", False)
    assert indentation() == 0
    editor.undo()
    QTest.keyClicks(editor, "y")
    QApplication.processEvents()
    assert indentation() == 0
    assert editor.text() == f"{TEXT}y"


def test_a_stream_is_shown_in_its_form_from_the_first_word(editor: ChapterEditor) -> None:
    editor.set_language(Language.CHINESE)
    editor.begin_stream()
    for piece in ("　　雾散", "了。\n", "　　*他", "*笑了。\n", "\n\n", "***\n第二", "天"):
        editor.append_stream(piece)
    assert editor.text() == "雾散了。\n\n*他*笑了。\n\n* * *\n\n第二天"
    assert centred(editor) == ["* * *"]


@pytest.mark.parametrize("leave", [Qt.Key.Key_Return, Qt.Key.Key_Up])
def test_stars_that_part_scenes_are_written_as_they_are_stored(
    editor: ChapterEditor, leave: Qt.Key
) -> None:
    """A letter typed into them after a restart comes where it would have come before."""
    go_to_end(editor)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "***")
    QTest.keyClick(editor, leave)
    assert f"{editor.toPlainText()}\n".count("\n* * *\n") == 2
    assert editor.stored_text() == f"{TEXT}\n\n* * *"
    editor.undo()
    editor.undo()
    go_to_end(editor)
    assert editor.stored_text().startswith(TEXT)


@pytest.mark.parametrize("blank", [" ", "\t", "\u3000"])
def test_nothing_is_typed_before_a_paragraph_that_would_not_be_stored(
    editor: ChapterEditor, blank: str
) -> None:
    go_to_end(editor)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    for _ in range(2):
        if blank == "\u3000":
            commit = QInputMethodEvent()
            commit.setCommitString(blank)
            QApplication.sendEvent(editor, commit)
        else:
            QTest.keyClick(editor, Qt.Key.Key_Tab if blank == "\t" else Qt.Key.Key_Space)
    QTest.keyClicks(editor, "Then he")
    assert editor.text() == editor.stored_text() == f"{TEXT}\n\nThen he"
