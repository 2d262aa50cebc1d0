from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.tasks import AnalysisStep, TaskStatus
from arboris_desktop.ui.tasks.activities import activities
from arboris_desktop.ui.tasks.task_list_model import TaskListModel, TaskRole
from arboris_desktop.ui.tasks.words import can_cancel, can_retry
from tests.gui.tasks.task_samples import NOW, make_notification, make_task


@pytest.fixture
def model(qapp: QApplication) -> Iterator[TaskListModel]:
    shown = TaskListModel(clock=lambda: NOW)
    QAbstractItemModelTester(
        shown, QAbstractItemModelTester.FailureReportingMode.Fatal, parent=shown
    )
    yield shown
    shown.deleteLater()


def line(model: QAbstractItemModel, row: int) -> str:
    return str(model.index(row, 0).data(TaskRole.LINE))


def ids(model: TaskListModel) -> list[int | None]:
    return [model.index(row, 0).data(TaskRole.ID) for row in range(model.rowCount())]


def test_a_failed_task_says_why_and_offers_to_retry(model: TaskListModel) -> None:
    failed = make_task(
        2,
        TaskStatus.FAILED,
        retry_count=3,
        error=ErrorKind.UNAUTHORIZED,
        step=AnalysisStep.FORESHADOWING,
    )
    model.set_tasks([failed])
    row = model.index(0, 0)
    assert row.data() == "2. The Ferry"
    assert line(model, 0) == "The provider refused the key."
    assert row.data(TaskRole.BUTTON) == "Retry"
    assert not row.data(Qt.ItemDataRole.DecorationRole).isNull()
    tooltip = row.data(Qt.ItemDataRole.ToolTipRole)
    assert "The Salt Road" in tooltip
    assert "Settings" in tooltip, "what to do is told too"
    spoken = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "2. The Ferry, The provider refused the key."


def test_a_running_task_says_what_it_is_at(model: TaskListModel) -> None:
    step = AnalysisStep.CHARACTER_TRACKING
    model.set_tasks([make_task(1, TaskStatus.PROCESSING, step=step)])
    assert line(model, 0) == "Changes in characters, 2 of 5, 0:14"
    assert model.index(0, 0).data(TaskRole.BUTTON) == "Cancel"


def test_times(model: TaskListModel) -> None:
    model.set_tasks(
        [make_task(1), make_task(2, TaskStatus.PROCESSING), make_task(3, TaskStatus.COMPLETED)]
    )
    assert [line(model, row) for row in range(3)] == ["Running, 0:14", "Waiting", "Completed, 1:15"]


def test_a_completed_task_shows_no_error_of_an_earlier_try(model: TaskListModel) -> None:
    model.set_tasks([make_task(1, TaskStatus.COMPLETED, retry_count=1, error=ErrorKind.STALLED)])
    assert line(model, 0) == "Completed, 1:15"
    assert "Stopped" not in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_the_novel_is_named_where_there_are_several(model: TaskListModel) -> None:
    model.set_tasks([make_task(1), make_task(2)])
    assert line(model, 0) == "Waiting"
    other = replace(make_task(2), project_id="q", project_title="Another Book")
    model.set_tasks([make_task(1), other])
    assert [line(model, row) for row in range(2)] == [
        "Waiting · The Salt Road",
        "Waiting · Another Book",
    ]


def test_a_title_is_never_rich_text(model: TaskListModel) -> None:
    model.set_tasks([make_task(1, title="<b>bold</b>")])
    assert model.index(0, 0).data() == "1. <b>bold</b>"
    tooltip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tooltip


def test_a_changed_task_changes_one_row(model: TaskListModel, qtbot: QtBot) -> None:
    tasks = [make_task(number) for number in range(1, 6)]
    model.set_tasks(tasks)
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.modelReset.connect(lambda: changed.append((-1, -1)))
    model.rowsInserted.connect(lambda: changed.append((-2, -2)))
    model.rowsRemoved.connect(lambda: changed.append((-3, -3)))
    tasks[2] = make_task(3, priority=6)
    with qtbot.waitSignal(model.rows_changed):
        model.set_tasks(tasks)
    assert changed == [(2, 2)]


def test_the_same_tasks_change_nothing(model: TaskListModel, qtbot: QtBot) -> None:
    model.set_tasks([make_task(1), make_task(2)])
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.rows_changed):
        model.set_tasks([make_task(1), make_task(2)])


def test_indexes_follow_their_task(model: TaskListModel) -> None:
    model.set_tasks([make_task(1), make_task(2), make_task(3)])
    held = QPersistentModelIndex(model.index(2, 0))
    model.set_tasks([make_task(9), make_task(3), make_task(1)])
    assert ids(model) == [9, 3, 1]
    assert held.data(TaskRole.ID) == 3
    model.set_tasks([make_task(9)])
    assert not held.isValid()


def test_any_list_follows_any_other(model: TaskListModel) -> None:
    dice = random.Random(7)
    for _ in range(60):
        wanted = dice.sample(range(1, 13), dice.randint(0, 12))
        tasks = [make_task(number, dice.choice(list(TaskStatus))) for number in wanted]
        told = [make_notification(n, task_id=dice.randint(1, 15)) for n in range(9, 0, -1)]
        model.set_tasks(tasks)
        model.set_notifications(told)
        assert set(ids(model)) - {None} == set(wanted)
        assert ids(model) == [
            each.task.id if each.task else None for each in activities(tasks, told)
        ]


def test_the_timer_runs_only_while_something_runs_and_is_seen(model: TaskListModel) -> None:
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
    model = TaskListModel(clock=lambda: now)
    model.set_tasks([make_task(1), make_task(2, TaskStatus.PROCESSING)])
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda cell, _: changed.append((cell.row(), cell.column())))
    model.set_visible(True)
    changed.clear()
    now = NOW + timedelta(seconds=1)
    qtbot.waitUntil(lambda: bool(changed))
    assert set(changed) == {(0, 0)}
    assert line(model, 0) == "Running, 0:15"
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
    model: TaskListModel, status: TaskStatus, retry: bool, cancel: bool
) -> None:
    task = make_task(1, status)
    model.set_tasks([task])
    assert can_retry(task) is retry
    assert can_cancel(task) is cancel
    assert model.index(0, 0).data(TaskRole.RETRYABLE) is retry
    words = {True: "Retry", False: "Cancel" if cancel else ""}
    assert model.index(0, 0).data(TaskRole.BUTTON) == words[retry]


def test_the_novel_of_what_was_told_is_named_where_there_are_several(
    model: TaskListModel,
) -> None:
    one = replace(make_notification(1, task_id=70), project_id="a", project_title="The Tide")
    other = replace(make_notification(2, task_id=71), project_id="b", project_title="归潮")
    model.set_notifications([one])
    alone = line(model, 0)
    assert "The Tide" not in alone
    model.set_notifications([other, one])
    assert {line(model, row).split(" · ")[-1] for row in (0, 1)} == {"归潮", "The Tide"}
    model.set_notifications([one])
    assert line(model, 0) == alone


def test_times_grow_older_only_while_they_are_seen(model: TaskListModel) -> None:
    (timer,) = [each for each in model.findChildren(QTimer) if each.interval() == 60_000]
    model.set_visible(True)
    assert timer.isActive()
    model.set_visible(False)
    assert not timer.isActive()


def test_a_waiting_task_says_when_it_is_tried_again(model: TaskListModel) -> None:
    model.set_tasks([replace(make_task(1), not_before=NOW)])
    assert line(model, 0).startswith("Next attempt: ")


def test_a_task_of_a_paused_batch_says_so(model: TaskListModel) -> None:
    model.set_tasks([replace(make_task(1), held=True)])
    assert line(model, 0) == "Waiting: its batch is paused"
