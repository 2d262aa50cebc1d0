from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.chapter.chapter_footer import ChapterFooter
from arboris_desktop.ui.notices.toast import FOOT, Toast, Toasts


@pytest.fixture
def area(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    return window


@pytest.fixture
def toasts(area: QWidget) -> Toasts:
    return Toasts(area)


def test_a_message_stands_at_the_bottom_right(toasts: Toasts, area: QWidget) -> None:
    toast = toasts.show_message("Analysed", "2 new characters")
    assert toast.isVisible()
    assert toast.geometry().right() < area.width()
    assert area.width() - toast.geometry().right() < 30
    assert area.height() - toast.geometry().bottom() < 30


def test_it_stays_in_its_corner(toasts: Toasts, area: QWidget) -> None:
    toast = toasts.show_message("Analysed", "2 new characters")
    before = toast.pos()
    area.resize(1000, 700)
    assert toast.pos() - before == QPoint(200, 100)


def test_it_does_not_take_the_focus(toasts: Toasts, area: QWidget, qtbot: QtBot) -> None:
    editor = QToolButton(area)
    editor.show()
    editor.setFocus()
    toasts.show_message("Analysed", "text")
    assert area.focusWidget() is editor


def test_three_at_most_the_oldest_goes(toasts: Toasts) -> None:
    shown = [toasts.show_message(f"Message {n}", "text") for n in range(4)]
    assert toasts.toasts() == shown[1:]
    tops = [toast.y() for toast in toasts.toasts()]
    assert tops == sorted(tops)
    areas = [toast.geometry() for toast in toasts.toasts()]
    assert not any(a.intersects(b) for a, b in pairwise(areas))


def test_a_click_says_what_it_was_about(toasts: Toasts, qtbot: QtBot) -> None:
    subject = object()
    toast = toasts.show_message("Analysed", "text", subject)
    with qtbot.waitSignal(toasts.clicked) as clicked:
        QTest.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert clicked.args == [subject]
    assert toasts.toasts() == []


def test_the_keyboard_opens_and_closes(toasts: Toasts, qtbot: QtBot) -> None:
    toast = toasts.show_message("Analysed", "text", "first")
    with qtbot.waitSignal(toasts.clicked):
        QTest.keyClick(toast, Qt.Key.Key_Return)
    toast = toasts.show_message("Analysed", "text", "second")
    with qtbot.assertNotEmitted(toasts.clicked), qtbot.waitSignal(toast.closed):
        QTest.keyClick(toast, Qt.Key.Key_Escape)
    assert toasts.toasts() == []


def test_the_button_closes_without_opening(toasts: Toasts, qtbot: QtBot) -> None:
    toast = toasts.show_message("Analysed", "text")
    button = toast.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    with qtbot.assertNotEmitted(toasts.clicked), qtbot.waitSignal(toast.closed):
        button.click()


def test_it_goes_by_itself(area: QWidget, qtbot: QtBot) -> None:
    toast = Toast("Analysed", "text", area, shown_ms=10)
    toast.move(400, 400)
    with qtbot.waitSignal(toast.closed):
        toast.show()


def test_it_stays_while_it_has_the_focus(area: QWidget, qtbot: QtBot) -> None:
    toast = Toast("Analysed", "text", area)
    toast.move(400, 400)
    toast.show()
    area.activateWindow()
    toast.setFocus()
    qtbot.waitUntil(toast.hasFocus)
    toast._timer.setInterval(10)
    # The timer fires many times in this span; only real time can show that nothing happens.
    with qtbot.waitSignal(toast.closed, timeout=100, raising=False) as closed:
        pass
    assert not closed.signal_triggered
    with qtbot.waitSignal(toast.closed):
        toast.clearFocus()


def test_it_stays_while_the_pointer_is_on_it(area: QWidget, qtbot: QtBot) -> None:
    toast = Toast("Analysed", "text", area)
    toast.move(400, 400)
    toast.show()
    QTest.mouseMove(toast, QPoint(10, 10))
    qtbot.waitUntil(toast.underMouse)
    toast._timer.setInterval(10)
    with qtbot.waitSignal(toast.closed, timeout=100, raising=False) as closed:
        pass
    assert not closed.signal_triggered


def test_screen_readers_hear_it(toasts: Toasts) -> None:
    toast = toasts.show_message("Analysed", "2 new characters")
    assert toast.accessibleName() == "Analysed"
    assert toast.accessibleDescription() == "2 new characters"
    spoken = QAccessible.queryAccessibleInterface(toast)
    assert spoken is not None
    assert spoken.text(QAccessible.Text.Name) == "Analysed"


def test_words_are_shown_to_the_letter(toasts: Toasts) -> None:
    toast = toasts.show_message("<b>Analysed</b>", "<i>text</i>")
    labels = toast.findChildren(QLabel)
    assert [label.text() for label in labels] == ["<b>Analysed</b>", "<i>text</i>"]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_long_words_make_it_taller(toasts: Toasts) -> None:
    short = toasts.show_message("Analysed", "text").size()
    tall = toasts.show_message("Analysed", "many words " * 30).size()
    assert tall.width() == short.width()
    assert tall.height() > short.height()
    assert tall != QSize()


def test_it_leaves_the_line_at_the_bottom_of_a_page_readable(toasts: Toasts, area: QWidget) -> None:
    foot = QWidget(area)
    foot.setObjectName(FOOT)
    foot.setGeometry(0, 574, 800, 26)
    foot.show()
    toast = toasts.show_message("Analysed", "2 new characters")
    assert not toast.geometry().intersects(foot.geometry())
    foot.hide()
    area.resize(800, 601)
    assert area.height() - toast.geometry().bottom() < 30


def test_the_footer_of_the_page_is_such_a_line(qtbot: QtBot) -> None:
    footer = ChapterFooter()
    qtbot.addWidget(footer)
    assert footer.objectName() == FOOT
