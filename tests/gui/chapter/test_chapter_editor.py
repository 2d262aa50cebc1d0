from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.normal_form import normalised_input, normalised_text
from arboris_desktop.text.shown_prose import ShownProse
from arboris_desktop.ui.chapter.editor import ChapterEditor

PARAGRAPH = "She walked the long street in the rain, and the light trembled on the water. " * 4
PARAGRAPH = PARAGRAPH.strip()
# Paragraph and line separators, and Qt's two marks for frames, have no place in stored prose.
PROSE = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\u2028\u2029\ufdd0\ufdd1"),
    max_size=200,
)
STREAMED = st.one_of(
    PROSE,
    st.sampled_from(["\n", "\n\n", " ", "*", "*so*", "#", "###", "She went.", "—", "\r", "a "]),
)


@pytest.fixture
def editor(qtbot: QtBot) -> ChapterEditor:
    made = ChapterEditor()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def is_at_end(editor: ChapterEditor) -> bool:
    bar = editor.verticalScrollBar()
    return bar.value() == bar.maximum()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(PROSE)
def test_text_in_its_form_comes_back_to_the_letter(editor: ChapterEditor, text: str) -> None:
    stored = normalised_text(text, Language.ENGLISH)
    editor.set_text(text)
    assert editor.text() == stored
    assert editor.stored_text() == stored
    assert editor.shows(text)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(PROSE, st.data())
def test_a_passage_is_found_by_its_characters(
    editor: ChapterEditor, text: str, data: st.DataObject
) -> None:
    shown = ShownProse.of(normalised_text(text, Language.ENGLISH))
    start = data.draw(st.integers(0, len(shown.text)))
    end = data.draw(st.integers(start, len(shown.text)))
    editor.set_text(text)
    span = shown.span_in_stored(start, end)
    editor.reveal(span.start, span.end)
    assert editor.revealed_text() == shown.text[start:end]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(st.lists(STREAMED, max_size=16))
def test_streamed_pieces_make_the_whole_text(editor: ChapterEditor, pieces: list[str]) -> None:
    editor.begin_stream("“起”\n\n")
    for piece in pieces:
        editor.append_stream(piece)
    stored = normalised_input("“起”\n\n" + "".join(pieces), Language.ENGLISH)
    assert editor.text() == stored
    assert editor.shows("“起”\n\n" + "".join(pieces))
    editor.end_stream()
    assert editor.shows(stored)


def test_line_ends_of_other_systems_become_ours(editor: ChapterEditor) -> None:
    editor.set_text("a\r\n\r\nb\rc")
    assert editor.text() == "a\n\nb\nc"


def test_only_the_authors_changes_are_told(editor: ChapterEditor, qtbot: QtBot) -> None:
    spy = QSignalSpy(editor.edited)
    editor.set_text("one")
    editor.set_language(Language.CHINESE)
    editor.set_font_points(16)
    editor.begin_stream("two")
    editor.append_stream(" three")
    editor.end_stream()
    editor.reveal(0, 3)
    assert spy.count() == 0
    QTest.keyClicks(editor, "x")
    assert spy.count() == 1


def test_a_stream_cannot_be_typed_into_nor_undone(editor: ChapterEditor, qtbot: QtBot) -> None:
    editor.begin_stream()
    editor.append_stream("She came. ")
    QTest.keyClicks(editor, "no")
    editor.append_stream("She went.")
    assert editor.text() == "She came. She went."
    editor.end_stream()
    assert not editor.document().isUndoAvailable()
    QTest.keyClicks(editor, " The end.")
    assert editor.text() == "She came. She went. The end."
    assert editor.document().isUndoAvailable()


def test_the_view_follows_the_stream(editor: ChapterEditor) -> None:
    editor.begin_stream()
    for _ in range(30):
        editor.append_stream(PARAGRAPH + "\n\n")
        QApplication.processEvents()
        assert is_at_end(editor)
    assert editor.verticalScrollBar().maximum() > 0


def test_the_view_stays_where_the_author_reads(editor: ChapterEditor) -> None:
    editor.begin_stream((PARAGRAPH + "\n\n") * 20)
    bar = editor.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    editor.append_stream(PARAGRAPH * 3)
    QApplication.processEvents()
    assert bar.value() == place
    bar.setValue(bar.maximum())
    editor.append_stream("\n\n" + PARAGRAPH)
    assert is_at_end(editor)


def test_the_view_follows_also_when_it_becomes_smaller(editor: ChapterEditor) -> None:
    editor.begin_stream((PARAGRAPH + "\n\n") * 20)
    editor.resize(600, 250)
    QApplication.processEvents()
    assert is_at_end(editor)


def test_a_selection_survives_the_stream(editor: ChapterEditor) -> None:
    editor.begin_stream("The first words are chosen.")
    cursor = editor.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.append_stream(" More comes." * 50)
    assert editor.textCursor().selectedText() == "first"
    editor.end_stream()
    assert editor.textCursor().selectedText() == "first"


def test_reveal_scrolls_to_the_passage_and_an_edit_takes_the_mark_away(
    editor: ChapterEditor, qtbot: QtBot
) -> None:
    text = (PARAGRAPH + "\n\n") * 30 + "“她😀站在门口。”"
    editor.set_text(text)
    start = text.index("她")
    editor.reveal(start, start + 3)
    assert editor.revealed_text() == "她😀站"
    assert editor.viewport().rect().contains(editor.cursorRect().center())
    QTest.keyClicks(editor, "x")
    assert editor.revealed_text() == ""


@pytest.mark.parametrize(("start", "end"), [(-5, 2), (0, 99), (50, 99)])
def test_positions_outside_the_text_do_no_harm(editor: ChapterEditor, start: int, end: int) -> None:
    editor.set_text("short")
    editor.reveal(start, end)
    assert editor.revealed_text() == "short"[max(0, start) : end]


def test_replacing_a_text_can_keep_the_place(editor: ChapterEditor) -> None:
    editor.set_text((PARAGRAPH + "\n\n") * 30)
    QApplication.processEvents()
    bar = editor.verticalScrollBar()
    bar.setValue(300)
    editor.set_text((PARAGRAPH + "\n\n") * 29 + PARAGRAPH, keep_place=True)
    assert bar.value() == 300
    editor.set_text((PARAGRAPH + "\n\n") * 29)
    assert bar.value() == 0


def test_of_what_is_pasted_only_italic_and_bold_stay(editor: ChapterEditor) -> None:
    data = QMimeData()
    data.setHtml("<h1 style='color:red'>Big</h1>")
    data.setText("Big")
    editor.set_text("")
    editor.insertFromMimeData(data)
    assert editor.text() == "Big"
    assert "color" not in editor.toHtml().split("<p", 1)[1]

    data.setHtml(
        "<h2>Big</h2><p style='font-family:Arial'>One <i>said</i> 2 * 3.</p>"
        "<p><span style='font-weight:700'>Two</span><img src='x'></p>"
    )
    for plain in ("Big\n\nOne said 2 * 3.\n\nTwo", None):
        if plain is None:
            data.removeFormat("text/plain")
        else:
            data.setText(plain)
        assert editor.canInsertFromMimeData(data)
        editor.show_chapter(1, "")
        editor.insertFromMimeData(data)
        assert editor.stored_text() == "Big\n\nOne *said* 2 \\* 3.\n\n**Two**"
        editor.undo()
        assert editor.text() == ""
    data.setText("Other words")
    editor.insertFromMimeData(data)
    assert editor.text() == "Other words"


def test_new_paragraphs_are_spaced_like_the_others(editor: ChapterEditor, qtbot: QtBot) -> None:
    editor.set_text("one")
    height = editor.document().firstBlock().blockFormat().lineHeight()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "two")
    assert editor.text() == "one\n\ntwo"
    assert editor.document().lastBlock().blockFormat().lineHeight() == height > 100


def test_lines_are_no_wider_than_the_column(editor: ChapterEditor) -> None:
    editor.resize(2000, 400)
    QApplication.processEvents()
    width = editor.viewport().width()
    assert width < 1000
    left = editor.viewport().mapTo(editor, QPoint(0, 0)).x()
    right = editor.width() - left - width - editor.verticalScrollBar().width()
    assert abs(left - right) <= editor.verticalScrollBar().width() + 2
    editor.resize(400, 400)
    assert editor.viewport().width() > 300


def test_the_wheel_scrolls_over_the_margin_too(editor: ChapterEditor) -> None:
    editor.resize(1600, 400)
    editor.set_text((PARAGRAPH + "\n\n") * 30)
    QApplication.processEvents()
    place = QPointF(10, 100)
    turn = QWheelEvent(
        place,
        editor.mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor, turn)
    assert editor.verticalScrollBar().value() > 0


def test_leaving_the_editor_is_told(editor: ChapterEditor, qtbot: QtBot) -> None:
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    with qtbot.waitSignal(editor.focus_left):
        editor.clearFocus()


def is_cursor_in_sight(editor: ChapterEditor) -> bool:
    line = editor.cursorRect()
    return line.top() >= 0 and line.bottom() <= editor.viewport().height()


@pytest.mark.parametrize("smaller", [(900, 200), (420, 300), (420, 900)])
def test_the_line_that_is_typed_stays_in_sight_when_the_page_gets_smaller(
    editor: ChapterEditor, smaller: tuple[int, int]
) -> None:
    editor.resize(900, 600)
    editor.set_text("\n\n".join(["The boats came in with the tide, one after the other."] * 40))
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()

    editor.resize(*smaller)

    assert is_cursor_in_sight(editor)


def test_who_reads_elsewhere_is_not_taken_to_the_cursor(editor: ChapterEditor) -> None:
    editor.set_text("\n\n".join(["The boats came in with the tide, one after the other."] * 40))
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    editor.setTextCursor(cursor)
    editor.verticalScrollBar().setValue(0)

    editor.resize(900, 200)

    assert editor.verticalScrollBar().value() == 0
    assert not is_cursor_in_sight(editor)
