"""Find and replace in the chapter, by the keys that an author uses."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.chapter.chapter_page import ChapterPage
from arboris_desktop.ui.widgets.text_offsets import spans_to_utf16, to_utf16

SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "A lantern. 🏮 Two Lanterns, and lantern light.\nNo rope."


@pytest.fixture
def page(qtbot: QtBot) -> ChapterPage:
    made = ChapterPage(font_points=13)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.editor.set_text(TEXT)
    made.show_text()
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.editor.setFocus()
    return made


def selected(page: ChapterPage) -> tuple[int, str]:
    start, end = page.editor.selected_range()
    return start, page.editor.text()[start:end]


def press(page: ChapterPage, name: str) -> None:
    kinds = (QPushButton, QToolButton)
    buttons = [each for kind in kinds for each in page.find_bar.findChildren(kind)]
    (button,) = [each for each in buttons if each.text().replace("&", "") == name]
    button.click()


def look_for(page: ChapterPage, words: str, *, replacing: str | None = None) -> None:
    page.finder.open(replace=replacing is not None)
    if words.isascii():
        QTest.keyClicks(page.find_bar.words, words)
    else:
        page.find_bar.words.insert(words)
    if replacing is not None:
        page.find_bar.replacement.setText(replacing)


def test_results_show_while_typing_and_enter_goes_through_them(page: ChapterPage) -> None:
    look_for(page, "lantern")
    bar, words = page.find_bar, page.find_bar.words
    assert words.hasFocus()
    assert bar.result() == "1 of 3"
    assert len(page.editor.extraSelections()) == 3
    assert selected(page) == (2, "lantern")

    QTest.keyClick(words, Qt.Key.Key_Return)
    assert (bar.result(), selected(page)) == ("2 of 3", (17, "Lantern"))
    QTest.keyClick(words, Qt.Key.Key_Return)
    QTest.keyClick(words, Qt.Key.Key_Return)
    assert (bar.result(), selected(page)) == ("1 of 3", (2, "lantern"))
    QTest.keyClick(words, Qt.Key.Key_Return, SHIFT)
    assert bar.result() == "3 of 3"


def test_escape_gives_the_keyboard_back_where_the_word_is(page: ChapterPage) -> None:
    look_for(page, "rope")
    QTest.keyClick(page.find_bar.words, Qt.Key.Key_Escape)
    assert not page.find_bar.isVisible()
    assert page.editor.hasFocus()
    assert page.editor.extraSelections() == []
    QTest.keyClicks(page.editor, "oar")
    assert page.editor.text().endswith("No oar.")


def test_escape_in_the_text_puts_the_bar_away(page: ChapterPage) -> None:
    look_for(page, "lantern", replacing="lamp")
    press(page, "Replace All")
    page.editor.setFocus()
    QTest.keyClick(page.editor, Qt.Key.Key_Escape)
    assert not page.find_bar.isVisible()
    assert page.editor.hasFocus()
    assert page.editor.extraSelections() == []


def test_what_is_selected_is_looked_for(page: ChapterPage) -> None:
    page.editor.select(2, 9)
    page.finder.open(replace=False)
    assert page.find_bar.words.text() == "lantern"
    assert page.find_bar.result() == "1 of 3"


def test_options_narrow_what_is_found(page: ChapterPage) -> None:
    look_for(page, "lantern")
    press(page, "Whole word")
    assert page.find_bar.result().endswith("of 2")
    press(page, "Exact")
    assert page.find_bar.result().endswith("of 2")
    press(page, "Whole word")
    press(page, "Exact")
    press(page, "Pattern")
    page.find_bar.words.setText("(")
    assert page.find_bar.result() == "Incomplete pattern"
    page.find_bar.words.setText("[a-z")
    assert page.find_bar.result() == "Incomplete pattern"
    page.find_bar.words.setText("r[io]pe?")
    assert page.find_bar.result() == "1 of 1"
    page.find_bar.words.setText("sail")
    assert page.find_bar.result() == "Not found"


def test_a_pattern_without_end_says_so(page: ChapterPage) -> None:
    page.editor.set_text("a" * 20_000 + "!")
    look_for(page, "")
    press(page, "Pattern")
    page.find_bar.words.setText(r"(?:a+|aa|[ab])+(?=c|d)")
    assert page.find_bar.result() == "This pattern takes too long"


def test_one_is_replaced_and_the_next_is_selected(page: ChapterPage) -> None:
    look_for(page, "lantern", replacing="lamp")
    QTest.keyClick(page.find_bar.replacement, Qt.Key.Key_Return)
    assert page.editor.text() == TEXT.replace("lantern", "lamp", 1)
    assert selected(page)[1] == "Lantern"
    press(page, "Replace")
    press(page, "Replace")
    assert page.editor.text() == "A lamp. 🏮 Two lamps, and lamp light.\nNo rope."
    assert page.find_bar.result() == "Not found"


def test_all_are_replaced_in_one_step_that_is_saved(page: ChapterPage, qtbot: QtBot) -> None:
    look_for(page, "lantern", replacing="a lantern")
    with qtbot.waitSignal(page.editor.edited):
        press(page, "Replace All")
    assert page.find_bar.result() == "3 replaced"
    assert page.editor.text() == ("A a lantern. 🏮 Two a lanterns, and a lantern light.\nNo rope.")
    page.editor.undo()
    assert page.editor.text() == TEXT
    page.editor.redo()
    assert page.editor.text().count("a lantern") == 3


def test_groups_of_a_pattern_are_put_back(page: ChapterPage) -> None:
    look_for(page, "", replacing=r"\2 \1")
    press(page, "Pattern")
    page.find_bar.words.setText(r"(No) (rope)")
    press(page, "Replace All")
    assert page.editor.text().endswith("\nrope No.")
    page.find_bar.words.setText("rope")
    press(page, "Replace All")
    assert (
        page.find_bar.result() == "The replacement refers to a group that the pattern does not have"
    )
    assert page.editor.text().endswith("\nrope No.")


def test_traditional_characters_are_found_and_what_stands_around_stays(page: ChapterPage) -> None:
    page.editor.set_text("龍門客棧。龙门客栈。")
    look_for(page, "龙门", replacing="虎门")
    press(page, "Replace All")
    assert page.editor.text() == "虎门客棧。虎门客栈。"


def test_a_text_that_is_only_read_is_searched_and_not_changed(page: ChapterPage) -> None:
    page.editor.set_text(TEXT, read_only=True)
    look_for(page, "lantern", replacing="lamp")
    QTest.keyClick(page.find_bar.replacement, Qt.Key.Key_Return)
    press(page, "Replace All")
    assert page.editor.text() == TEXT
    assert page.find_bar.result() == "2 of 3"


def test_the_count_follows_the_text(page: ChapterPage, qtbot: QtBot) -> None:
    look_for(page, "rope")
    page.editor.replace_spans([(Span(0, 1), "rope")])
    qtbot.waitUntil(lambda: page.find_bar.result() == "2 found")
    page.editor.set_text("nothing")
    qtbot.waitUntil(lambda: page.find_bar.result() == "Not found")


def test_what_an_input_method_composes_is_looked_for_when_it_is_done(page: ChapterPage) -> None:
    page.editor.set_text("林风提着灯笼。")
    page.finder.open(replace=False)
    words = page.find_bar.words
    QApplication.sendEvent(words, QInputMethodEvent("deng long", []))
    assert page.find_bar.result() == ""
    done = QInputMethodEvent()
    done.setCommitString("灯笼")
    QApplication.sendEvent(words, done)
    assert page.find_bar.result() == "1 of 1"


def test_composing_in_the_text_goes_on_while_places_are_marked(
    page: ChapterPage, qtbot: QtBot
) -> None:
    look_for(page, "灯")
    page.editor.setFocus()
    page.editor.select(0, 0)
    QApplication.sendEvent(page.editor, QInputMethodEvent("deng", []))
    QTest.qWait(0)
    done = QInputMethodEvent()
    done.setCommitString("灯")
    QApplication.sendEvent(page.editor, done)
    assert page.editor.text() == "灯" + TEXT
    qtbot.waitUntil(lambda: page.find_bar.result() == "1 found")


def test_of_many_places_only_those_in_view_are_painted(page: ChapterPage, qtbot: QtBot) -> None:
    page.editor.set_text("a lantern\n" * 5_000)
    look_for(page, "a")
    assert page.find_bar.result() == "1 of 10,000"
    assert 0 < len(page.editor.extraSelections()) < 200
    bar = page.editor.verticalScrollBar()
    bar.setValue(bar.maximum())

    def last_marked() -> int:
        marked = page.editor.extraSelections()  # a cursor ends with its mark
        return marked[-1].cursor.selectionEnd()

    qtbot.waitUntil(lambda: last_marked() > 49_000)


def test_the_plan_has_nothing_to_find(page: ChapterPage) -> None:
    look_for(page, "rope")
    page.show_plan()
    assert not page.find_bar.isVisible()


def test_tab_goes_through_the_bar(page: ChapterPage) -> None:
    look_for(page, "rope", replacing="oar")
    reached: list[QWidget | None] = []
    for _ in range(9):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached[0] is page.find_bar.replacement
    buttons = {*page.find_bar.findChildren(QToolButton), *page.find_bar.findChildren(QPushButton)}
    assert buttons <= set(reached)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(st.text(max_size=60), st.data())
def test_places_are_the_same_in_both_ways_of_counting(text: str, data: st.DataObject) -> None:
    marks = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [Span(*pair) for pair in zip(marks[::2], marks[1::2], strict=False)]
    expected = [(to_utf16(text, span.start), to_utf16(text, span.end)) for span in spans]
    assert spans_to_utf16(text, spans) == expected
