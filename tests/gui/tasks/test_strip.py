from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask, QueueCounts, TaskStatus
from arboris_desktop.ui.tasks.strip import HEIGHT, ActivityStrip
from tests.gui.tasks.task_samples import NOW, make_task

RUNNING = make_task(1, TaskStatus.PROCESSING, step=AnalysisStep.CHARACTER_TRACKING)
FAILED = make_task(2, TaskStatus.FAILED, error=ErrorKind.UNAUTHORIZED)
WAITING = make_task(3)


@pytest.fixture
def strip(qtbot: QtBot) -> ActivityStrip:
    made = ActivityStrip(clock=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(900, HEIGHT)
    return made


def show(strip: ActivityStrip, *tasks: AnalysisTask) -> None:
    def number(status: TaskStatus) -> int:
        return sum(task.status is status for task in tasks)

    counts = QueueCounts(
        pending=number(TaskStatus.PENDING),
        processing=number(TaskStatus.PROCESSING),
        failed=number(TaskStatus.FAILED),
    )
    strip.show_tasks(tasks, counts)


def button(strip: ActivityStrip) -> QPushButton:
    found = strip.findChild(QPushButton)
    assert isinstance(found, QPushButton)
    return found


def test_it_is_there_only_while_there_is_something_to_tell(strip: ActivityStrip) -> None:
    assert strip.isHidden()
    for task in (RUNNING, FAILED, WAITING):
        show(strip, task)
        assert strip.isVisible()
    show(strip, make_task(1, TaskStatus.COMPLETED), make_task(2, TaskStatus.CANCELLED))
    assert strip.isHidden()
    assert not strip.is_ticking()


def test_what_runs_is_told_with_its_progress_and_cancelled(
    strip: ActivityStrip, qtbot: QtBot
) -> None:
    show(strip, WAITING, FAILED, RUNNING)
    assert strip.text() == "1. The Ferry · Changes in characters, 2 of 5, 0:14"
    progress = strip.findChild(QProgressBar)
    assert isinstance(progress, QProgressBar)
    assert progress.isVisible()
    assert (progress.value(), progress.maximum()) == (1, 5)
    assert strip.is_ticking()
    assert button(strip).text() == "Cancel"
    with qtbot.waitSignal(strip.cancel_requested) as asked:
        button(strip).click()
    assert asked.args == [1]


def test_a_failure_says_why_and_is_retried(strip: ActivityStrip, qtbot: QtBot) -> None:
    show(strip, WAITING, FAILED)
    assert strip.text() == "2. The Ferry · The provider refused the key."
    assert not strip.is_ticking()
    assert button(strip).text() == "Retry"
    with qtbot.waitSignal(strip.retry_requested) as asked:
        button(strip).click()
    assert asked.args == [2]


def test_the_next_to_run_is_told_when_all_wait(strip: ActivityStrip) -> None:
    soon = replace(make_task(4, priority=9), created_at=NOW + timedelta(seconds=1))
    show(strip, WAITING, soon)
    assert strip.text() == "4. The Ferry · Waiting"
    assert "1 more waiting" in [label.text() for label in strip.findChildren(QLabel)]
    assert button(strip).text() == "Cancel"


def test_a_paused_queue_goes_on_from_here(strip: ActivityStrip, qtbot: QtBot) -> None:
    strip.show_paused(True)
    show(strip, WAITING)
    assert strip.text() == "3. The Ferry · The queue is paused"
    assert button(strip).text() == "Resume"
    with qtbot.waitSignal(strip.resume_requested):
        button(strip).click()


def test_the_novel_is_named_where_there_are_several(strip: ActivityStrip) -> None:
    show(strip, RUNNING, replace(WAITING, project_id="q", project_title="Another"))
    assert strip.text().startswith("The Salt Road · 1. The Ferry")


def test_a_click_leads_to_all_of_it(strip: ActivityStrip, qtbot: QtBot) -> None:
    show(strip, RUNNING)
    with qtbot.waitSignal(strip.opened):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(200, HEIGHT // 2))


def test_a_failure_is_put_away_until_it_fails_again(strip: ActivityStrip) -> None:
    show(strip, FAILED)
    close = strip.findChild(QToolButton)
    assert isinstance(close, QToolButton)
    close.click()
    assert strip.isHidden()
    show(strip, FAILED)
    assert strip.isHidden()
    show(strip, replace(FAILED, attempt=FAILED.attempt + 1))
    assert strip.isVisible()


def test_a_failure_that_was_made_good_is_not_told(strip: ActivityStrip) -> None:
    again = replace(make_task(9, TaskStatus.COMPLETED), chapter_id=FAILED.chapter_id)
    show(strip, again, FAILED)
    assert strip.isHidden()


def test_a_double_click_retries_and_does_not_cancel_what_it_has_retried(
    strip: ActivityStrip,
) -> None:
    show(strip, FAILED)
    strip.retry_requested.connect(lambda _id: show(strip, replace(WAITING, id=FAILED.id)))
    retried, cancelled = QSignalSpy(strip.retry_requested), QSignalSpy(strip.cancel_requested)

    QTest.mouseClick(button(strip), Qt.MouseButton.LeftButton)
    assert button(strip).text() == "Cancel"
    QTest.mouseDClick(button(strip), Qt.MouseButton.LeftButton)

    assert (retried.count(), cancelled.count()) == (1, 0)


def test_a_press_meant_for_one_task_does_not_cancel_the_next(strip: ActivityStrip) -> None:
    cancelled = QSignalSpy(strip.cancel_requested)
    show(strip, RUNNING, WAITING)
    show(strip, make_task(1, TaskStatus.COMPLETED), WAITING)
    QTest.mouseClick(button(strip), Qt.MouseButton.LeftButton)
    assert cancelled.count() == 0


def test_the_button_works_again_once_its_word_could_be_read(
    strip: ActivityStrip, qtbot: QtBot
) -> None:
    usual = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(0)
    try:
        show(strip, FAILED)
        show(strip, RUNNING)
        with qtbot.waitSignal(strip.cancel_requested) as asked:
            QTest.mouseClick(button(strip), Qt.MouseButton.LeftButton)
    finally:
        QApplication.setDoubleClickInterval(usual)
    assert asked.args == [RUNNING.id]


@pytest.mark.parametrize("press", [QPushButton, QToolButton])
def test_a_click_in_it_leaves_the_keyboard_in_the_text(
    qtbot: QtBot, press: type[QAbstractButton]
) -> None:
    """It vanishes with its task: the keyboard would go on to any button of the window."""
    window, text, strip = QWidget(), QPlainTextEdit(), ActivityStrip(clock=lambda: NOW)
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    for part in (text, strip, QPushButton("the next one")):
        layout.addWidget(part)
    window.show()
    text.setFocus()
    show(strip, FAILED)

    (pressed,) = strip.findChildren(press)
    QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)
    show(strip)

    assert strip.isHidden()
    assert window.focusWidget() is text
