from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.tasks import QueueCounts, TaskStatus
from arboris_desktop.ui.tasks.count_chips import CountChips
from arboris_desktop.ui.tasks.panel import TaskPanel
from arboris_desktop.ui.tasks.task_details import TaskDetails
from arboris_desktop.ui.tasks.task_list_model import TaskRole
from arboris_desktop.ui.widgets.chips import Chip
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.theme import Tone
from tests.gui.tasks.task_samples import FAILURE, NOW, MarkingTranslator, make_task
from tests.support.studio_stage import task_button

FAILED = make_task(2, TaskStatus.FAILED, error=ErrorKind.UNAUTHORIZED)
TASKS = [
    make_task(1, TaskStatus.PROCESSING),
    FAILED,
    make_task(3),
    make_task(4, TaskStatus.COMPLETED),
    make_task(5, TaskStatus.CANCELLED),
]
COUNTS = QueueCounts(pending=1, processing=1, completed=31, failed=1, cancelled=1)


@pytest.fixture
def panel(qtbot: QtBot) -> TaskPanel:
    shown = TaskPanel(clock=lambda: NOW)
    qtbot.addWidget(shown)
    shown.resize(360, 620)
    shown.show()
    shown.show_tasks(TASKS, COUNTS)
    return shown


@pytest.fixture
def marking_translator(qapp: QApplication) -> Iterator[QTranslator]:
    marking = MarkingTranslator()
    qapp.installTranslator(marking)
    yield marking
    qapp.removeTranslator(marking)


def tasks(panel: TaskPanel) -> QListView:
    found = panel.findChild(QListView)
    assert isinstance(found, QListView)
    return found


def action(panel: TaskPanel, name: str) -> QAction:
    return next(each for each in tasks(panel).actions() if each.text() == name)


def details(panel: TaskPanel) -> TaskDetails:
    found = panel.findChild(TaskDetails)
    assert isinstance(found, TaskDetails)
    return found


def button(panel: TaskPanel, row: int) -> QPoint:
    return task_button(tasks(panel), row)


def test_counts_are_shown_in_words(panel: TaskPanel) -> None:
    chips = panel.findChild(CountChips)
    assert isinstance(chips, CountChips)
    assert chips.texts() == ["1 waiting", "1 running", "31 completed", "1 failed"]
    assert chips.accessibleName() == "1 waiting, 1 running, 31 completed, 1 failed"


def test_only_failures_are_marked_as_bad(panel: TaskPanel) -> None:
    def tones() -> list[Tone]:
        return [chip.tone() for chip in panel.findChildren(Chip) if not chip.isHidden()]

    assert Tone.BAD in tones()
    panel.show_tasks([], QueueCounts(completed=3))
    assert set(tones()) == {Tone.NEUTRAL}


def test_an_empty_queue_is_explained(panel: TaskPanel) -> None:
    empty = panel.findChild(EmptyState)
    assert isinstance(empty, EmptyState)
    assert not empty.isVisible()
    panel.show_tasks([], QueueCounts())
    assert empty.isVisible()
    assert "chapter" in empty.text()


def test_the_button_in_the_row_retries_that_task(panel: TaskPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.retry_requested) as retried:
        QTest.mouseClick(
            tasks(panel).viewport(),
            Qt.MouseButton.LeftButton,
            pos=button(panel, 1),
        )
    assert retried.args == [2]


def test_the_button_of_a_running_task_cancels_it(panel: TaskPanel, qtbot: QtBot) -> None:
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(panel.cancel_requested) as cancelled:
        QTest.mouseClick(tasks(panel).viewport(), left, pos=button(panel, 0))
    assert cancelled.args == [1]


def test_a_completed_task_has_no_button(panel: TaskPanel, qtbot: QtBot) -> None:
    left = Qt.MouseButton.LeftButton
    with (
        qtbot.assertNotEmitted(panel.retry_requested),
        qtbot.assertNotEmitted(panel.cancel_requested),
    ):
        QTest.mouseClick(tasks(panel).viewport(), left, pos=button(panel, 3))


def test_leaving_the_button_before_release_is_no_click(panel: TaskPanel, qtbot: QtBot) -> None:
    viewport = tasks(panel).viewport()
    left = Qt.MouseButton.LeftButton
    with qtbot.assertNotEmitted(panel.retry_requested):
        QTest.mousePress(viewport, left, pos=button(panel, 1))
        QTest.mouseRelease(viewport, left, pos=button(panel, 4))


def test_the_keyboard_retries(panel: TaskPanel, qtbot: QtBot) -> None:
    panel.select_task(2)
    tasks(panel).setFocus()
    with qtbot.waitSignal(panel.retry_requested) as retried:
        QTest.keyClick(tasks(panel), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert retried.args == [2]


def test_the_keyboard_cancels_all_that_is_selected(panel: TaskPanel, qtbot: QtBot) -> None:
    cancelled: list[int] = []
    panel.cancel_requested.connect(cancelled.append)
    tasks(panel).setFocus()
    tasks(panel).selectAll()
    QTest.keyClick(tasks(panel), Qt.Key.Key_Delete)
    assert cancelled == [1, 3]


@pytest.mark.parametrize("open_it", ["double click", "enter"])
def test_the_chapter_is_opened(panel: TaskPanel, qtbot: QtBot, open_it: str) -> None:
    panel.select_task(3)
    tasks(panel).setFocus()
    with qtbot.waitSignal(panel.chapter_requested) as opened:
        if open_it == "enter":
            QTest.keyClick(tasks(panel), Qt.Key.Key_Return)
        else:
            place = tasks(panel).visualRect(tasks(panel).model().index(2, 0)).topLeft() + QPoint(
                40, 12
            )
            QTest.mouseClick(tasks(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
            QTest.mouseDClick(tasks(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [103]


@pytest.mark.parametrize(
    ("task_id", "enabled"),
    [
        (1, {"Cancel", "Open chapter"}),
        (2, {"Retry", "Open chapter"}),
        (3, {"Cancel", "Open chapter"}),
        (4, {"Open chapter"}),
        (5, {"Retry", "Open chapter"}),
    ],
)
def test_only_what_is_possible_is_offered(
    panel: TaskPanel, task_id: int, enabled: set[str]
) -> None:
    panel.select_task(task_id)
    actions = tasks(panel).actions()
    assert {each.text() for each in actions if each.isEnabled()} == enabled
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.title() == "Priority")
    assert menu.isEnabled() == (task_id == 3)


def test_a_task_that_changes_changes_what_is_offered(panel: TaskPanel) -> None:
    panel.select_task(2)
    assert action(panel, "Retry").isEnabled()
    panel.show_tasks([TASKS[0], make_task(2), *TASKS[2:]], COUNTS)
    assert not action(panel, "Retry").isEnabled()


def test_the_priority_is_chosen_from_a_menu(panel: TaskPanel, qtbot: QtBot) -> None:
    panel.select_task(3)
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.title() == "Priority")
    menu.aboutToShow.emit()
    choices = menu.actions()
    assert [choice.text() for choice in choices] == [str(n) for n in range(10, 0, -1)]
    assert [choice.text() for choice in choices if choice.isChecked()] == ["5"]
    with qtbot.waitSignal(panel.priority_changed) as changed:
        choices[0].trigger()
    assert changed.args == [3, 10]


def test_details_say_what_happened_what_is_safe_and_what_to_do(
    panel: TaskPanel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.details_requested) as asked:
        panel.select_task(2)
    assert asked.args == [2]
    panel.show_failures(2, [FAILURE, replace(FAILURE, attempt=2, error_type="stalled")])
    text = details(panel).text()
    assert "The provider refused the key." in text
    assert "safe" in text
    assert "Check the key in Settings" in text
    assert "HTTP 401 from https://api.example.com/v1" in text
    history = details(panel).history()
    assert len(history) == 2
    assert any("Try 2" in line and "stopped in the middle" in line for line in history)


def test_the_history_of_another_task_is_not_shown(panel: TaskPanel) -> None:
    panel.select_task(2)
    panel.show_failures(3, [FAILURE])
    assert details(panel).history() == []
    panel.show_failures(2, [FAILURE])
    panel.select_task(3)
    assert details(panel).history() == []


def test_details_are_asked_for_again_when_the_task_changed(panel: TaskPanel, qtbot: QtBot) -> None:
    panel.select_task(2)
    with qtbot.assertNotEmitted(panel.details_requested):
        panel.show_tasks(TASKS, COUNTS)
    changed = replace(FAILED, attempt=2, error_type=ErrorKind.STALLED)
    with qtbot.waitSignal(panel.details_requested):
        panel.show_tasks([TASKS[0], changed, *TASKS[2:]], COUNTS)
    assert "stopped in the middle" in details(panel).text()


def test_details_are_cleared_when_the_task_goes(panel: TaskPanel) -> None:
    panel.select_task(2)
    panel.show_tasks([TASKS[0]], COUNTS)
    assert details(panel).task_id() is None or details(panel).task_id() == 1


def test_nothing_in_the_details_is_rich_text(panel: TaskPanel) -> None:
    bold = replace(FAILED, chapter_title="<b>x</b>", error_message="<b>boom</b>")
    panel.show_tasks([bold], COUNTS)
    panel.select_task(2)
    panel.show_failures(2, [replace(FAILURE, error_message="<b>boom</b>")])
    labels = details(panel).findChildren(QLabel)
    assert any("<b>boom</b>" in label.text() for label in labels)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_pausing_asks_and_shows_what_it_is_told(panel: TaskPanel, qtbot: QtBot) -> None:
    button = next(b for b in panel.findChildren(QToolButton) if b.text() == "Pause queue")
    with qtbot.waitSignal(panel.pause_toggled) as toggled:
        button.click()
    assert toggled.args == [True]
    assert button.text() == "Pause queue"
    panel.show_paused(True)
    assert button.text() == "Resume queue"
    with qtbot.waitSignal(panel.pause_toggled) as toggled:
        button.click()
    assert toggled.args == [False]


def test_a_hidden_panel_counts_no_seconds(panel: TaskPanel) -> None:
    model = panel._model
    assert model.is_refreshing()
    panel.hide()
    assert not model.is_refreshing()


def test_what_is_rarely_wanted_is_folded(panel: TaskPanel) -> None:
    panel.select_task(2)
    more = details(panel).findChild(QToolButton)
    assert isinstance(more, QToolButton)
    facts = next(
        label for label in details(panel).findChildren(QLabel) if label.text().startswith("Try 1")
    )
    assert facts.text() == "Try 1 of 4 · Priority 5"
    assert not facts.isVisible()
    more.click()
    assert facts.isVisible()


def test_details_are_there_only_for_a_chosen_task(panel: TaskPanel) -> None:
    assert not details(panel).isVisible()
    panel.select_task(2)
    assert details(panel).isVisible()


def test_it_fits_the_panel_at_the_side(panel: TaskPanel) -> None:
    panel.select_task(2)
    assert panel.minimumSizeHint().width() <= 360


def test_the_language_can_change_while_it_is_shown(
    panel: TaskPanel, marking_translator: QTranslator
) -> None:
    for widget in (panel, *panel.findChildren(CountChips)):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    assert action(panel, "~Retry").text() == "~Retry"
    assert tasks(panel).model().index(2, 0).data(TaskRole.LINE) == "~Waiting"
    chips = panel.findChild(CountChips)
    assert isinstance(chips, CountChips)
    assert chips.texts()[0] == "~1 waiting"
