from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.tasks import AnalysisStep, TaskStatus
from arboris_desktop.ui.tasks.task_table_model import (
    Column,
    TaskRole,
    TaskTableModel,
    can_cancel,
    can_retry,
)
from tests.gui.tasks.task_samples import NOW, make_task


@pytest.fixture
def model(qapp: QApplication) -> Iterator[TaskTableModel]:
    shown = TaskTableModel(clock=lambda: NOW)
    QAbstractItemModelTester(
        shown, QAbstractItemModelTester.FailureReportingMode.Fatal, parent=shown
    )
    yield shown
    shown.deleteLater()


def text(model: QAbstractItemModel, row: int, column: Column) -> str:
    return str(model.index(row, column).data())


def ids(model: TaskTableModel) -> list[int]:
    return [model.index(row, 0).data(TaskRole.ID) for row in range(model.rowCount())]


def test_a_row_says_everything_about_a_task(model: TaskTableModel) -> None:
    failed = make_task(
        2,
        TaskStatus.FAILED,
        priority=8,
        retry_count=3,
        error=ErrorKind.UNAUTHORIZED,
        step=AnalysisStep.FORESHADOWING,
    )
    model.set_tasks([failed])
    assert [text(model, 0, column) for column in Column] == [
        "2. The Ferry",
        "Failed",
        "Foreshadowing",
        "8",
        "",
        "4/4",
        "The provider refused the key.",
        "Retry",
    ]
    assert not model.index(0, Column.STATE).data(Qt.ItemDataRole.DecorationRole).isNull()
    assert "The Salt Road" in model.index(0, Column.CHAPTER).data(Qt.ItemDataRole.ToolTipRole)
    assert "Settings" in model.index(0, Column.ERROR).data(Qt.ItemDataRole.ToolTipRole)


def test_times(model: TaskTableModel) -> None:
    model.set_tasks(
        [make_task(1), make_task(2, TaskStatus.PROCESSING), make_task(3, TaskStatus.COMPLETED)]
    )
    assert [text(model, row, Column.ELAPSED) for row in range(3)] == ["", "0:14", "1:15"]


def test_a_completed_task_shows_no_error_of_an_earlier_try(model: TaskTableModel) -> None:
    model.set_tasks([make_task(1, TaskStatus.COMPLETED, retry_count=1, error=ErrorKind.STALLED)])
    assert text(model, 0, Column.ERROR) == ""
    assert text(model, 0, Column.ATTEMPT) == "2/4"


def test_a_title_is_never_rich_text(model: TaskTableModel) -> None:
    model.set_tasks([make_task(1, title="<b>bold</b>")])
    assert text(model, 0, Column.CHAPTER) == "1. <b>bold</b>"
    tooltip = model.index(0, Column.CHAPTER).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tooltip


def test_a_changed_task_changes_one_row(model: TaskTableModel, qtbot: QtBot) -> None:
    tasks = [make_task(number) for number in range(1, 6)]
    model.set_tasks(tasks)
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.modelReset.connect(lambda: changed.append((-1, -1)))
    model.rowsInserted.connect(lambda: changed.append((-2, -2)))
    model.rowsRemoved.connect(lambda: changed.append((-3, -3)))
    tasks[2] = make_task(3, TaskStatus.PROCESSING)
    with qtbot.waitSignal(model.rows_changed):
        model.set_tasks(tasks)
    assert changed == [(2, 2)]


def test_the_same_tasks_change_nothing(model: TaskTableModel, qtbot: QtBot) -> None:
    model.set_tasks([make_task(1), make_task(2)])
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.rows_changed):
        model.set_tasks([make_task(1), make_task(2)])


def test_indexes_follow_their_task(model: TaskTableModel) -> None:
    model.set_tasks([make_task(1), make_task(2), make_task(3)])
    held = QPersistentModelIndex(model.index(2, 0))
    model.set_tasks([make_task(9), make_task(3), make_task(1)])
    assert ids(model) == [9, 3, 1]
    assert held.data(TaskRole.ID) == 3
    model.set_tasks([make_task(9)])
    assert not held.isValid()


def test_any_list_follows_any_other(model: TaskTableModel) -> None:
    dice = random.Random(7)
    for _ in range(60):
        wanted = dice.sample(range(1, 13), dice.randint(0, 12))
        model.set_tasks([make_task(number, dice.choice(list(TaskStatus))) for number in wanted])
        assert ids(model) == wanted


def test_the_timer_runs_only_while_something_runs_and_is_seen(model: TaskTableModel) -> None:
    model.set_tasks([make_task(1, TaskStatus.PROCESSING)])
    assert not model.is_refreshing()
    model.set_visible(True)
    assert model.is_refreshing()
    model.set_tasks([make_task(1, TaskStatus.COMPLETED)])
    assert not model.is_refreshing()
    model.set_tasks([make_task(1, TaskStatus.PROCESSING)])
    assert model.is_refreshing()
    model.set_visible(False)
    assert not model.is_refreshing()


def test_elapsed_times_grow(qapp: QApplication, qtbot: QtBot) -> None:
    now = NOW
    model = TaskTableModel(clock=lambda: now)
    model.set_tasks([make_task(1), make_task(2, TaskStatus.PROCESSING)])
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda cell, _: changed.append((cell.row(), cell.column())))
    model.set_visible(True)
    changed.clear()
    now = NOW + timedelta(seconds=1)
    qtbot.waitUntil(lambda: bool(changed))
    assert changed == [(1, Column.ELAPSED)]
    assert text(model, 1, Column.ELAPSED) == "0:15"
    model.set_visible(False)


@pytest.mark.parametrize(
    ("status", "retry", "cancel"),
    [
        (TaskStatus.PENDING, False, True),
        (TaskStatus.PROCESSING, False, True),
        (TaskStatus.COMPLETED, False, False),
        (TaskStatus.FAILED, True, False),
        (TaskStatus.CANCELLED, True, False),
    ],
)
def test_what_the_author_may_do(
    model: TaskTableModel, status: TaskStatus, retry: bool, cancel: bool
) -> None:
    task = make_task(1, status)
    model.set_tasks([task])
    assert can_retry(task) is retry
    assert can_cancel(task) is cancel
    assert model.index(0, 0).data(TaskRole.RETRYABLE) is retry
    assert (text(model, 0, Column.ACTION) == "Retry") is retry


def test_a_waiting_task_says_when_it_is_tried_again(model: TaskTableModel) -> None:
    model.set_tasks([replace(make_task(1), not_before=NOW)])
    assert "again" in model.index(0, Column.STATE).data(Qt.ItemDataRole.ToolTipRole)
