from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListView,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.domain.tasks import QueueCounts, TaskStatus
from arboris_desktop.ui.tasks.count_chips import CountChips
from arboris_desktop.ui.tasks.panel import TaskPanel
from arboris_desktop.ui.tasks.task_details import TaskDetails
from arboris_desktop.ui.tasks.task_list_model import TaskRole
from arboris_desktop.ui.widgets.chips import Chip
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.raw_answer import RawAnswer
from arboris_desktop.ui.widgets.theme import Tone
from tests.gui.tasks.task_samples import (
    FAILURE,
    NOW,
    MarkingTranslator,
    make_notification,
    make_task,
)
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


def test_an_empty_queue_is_explained_and_offers_what_fills_it(
    panel: TaskPanel, qtbot: QtBot
) -> None:
    empty = panel.findChild(EmptyState)
    assert isinstance(empty, EmptyState)
    assert not empty.isVisible()
    panel.show_tasks([], QueueCounts())
    assert empty.isVisible()
    assert "chapter" in empty.text()
    assert not [button for button in empty.findChildren(QPushButton) if button.isVisible()]
    panel.offer_analysis(True)
    with qtbot.waitSignal(panel.analysis_requested):
        button_of(empty, "Analyse chapters…").click()


def button_of(parent: QWidget, words: str) -> QPushButton:
    return next(each for each in parent.findChildren(QPushButton) if each.text() == words)


def line(panel: TaskPanel, row: int) -> str:
    return str(tasks(panel).model().index(row, 0).data(TaskRole.LINE))


def test_what_was_told_is_in_the_row_of_its_task(panel: TaskPanel, qtbot: QtBot) -> None:
    told = make_notification(7, task_id=4, data={"characters": 2})
    older = make_notification(5, NotificationType.FAILED, task_id=4)
    elsewhere = replace(make_notification(3, task_id=900), created_at=NOW - timedelta(hours=1))
    panel.show_notifications([told, older, elsewhere])
    assert line(panel, 3) == "2 new characters"
    assert tasks(panel).model().rowCount() == len(TASKS) + 1, "what no task tells has its own row"
    assert tasks(panel).model().index(3, 0).data(TaskRole.UNREAD)
    assert "unread" in tasks(panel).model().index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    place = tasks(panel).visualRect(tasks(panel).model().index(3, 0)).center()
    with qtbot.waitSignal(panel.read) as read:
        QTest.mouseClick(tasks(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert read.args == [(7, 5)]
    assert "2 new characters" in details(panel).text()


def test_a_notification_of_no_listed_task_leads_to_its_chapter(
    panel: TaskPanel, qtbot: QtBot
) -> None:
    ended: dict[str, object] = {"batch_id": 1, "completed": 2, "failed": 0, "cancelled": 0}
    panel.show_tasks([], QueueCounts())
    panel.show_notifications([make_notification(7, data=ended)])
    tasks(panel).setCurrentIndex(tasks(panel).model().index(0, 0))
    tasks(panel).setFocus()
    assert "2 chapters analysed" in details(panel).text()
    with qtbot.waitSignals([panel.chapter_requested, panel.read]):
        QTest.keyClick(tasks(panel), Qt.Key.Key_Return)


def test_unread_are_counted_and_can_all_be_read(panel: TaskPanel, qtbot: QtBot) -> None:
    panel.show_notifications([make_notification(2), make_notification(1, read=True)])
    assert any(each.text() == "1 unread" for each in panel.findChildren(QLabel))
    with qtbot.waitSignal(panel.mark_all_read_requested):
        button_of(panel, "Mark all as read").click()
    panel.show_notifications([make_notification(2, read=True)])
    assert not button_of(panel, "Mark all as read").isVisible()
    panel.show_notifications([], unread=250)
    assert any(each.text() == "250 unread" for each in panel.findChildren(QLabel))


def test_unread_looks_different(panel: TaskPanel) -> None:
    def picture() -> bytes:
        tasks(panel).clearFocus()
        image = tasks(panel).grab().toImage()
        return bytes(image.constBits())

    panel.show_notifications([make_notification(2, task_id=4)])
    unread = picture()
    panel.show_notifications([make_notification(2, task_id=4, read=True)])
    assert picture() != unread


def test_what_failed_stands_before_what_waits(panel: TaskPanel) -> None:
    waiting = [make_task(number) for number in range(10, 60)]
    again = replace(make_task(90, TaskStatus.COMPLETED), chapter_id=80)
    failed = make_task(8, TaskStatus.FAILED, error=ErrorKind.STALLED)
    superseded = replace(make_task(7, TaskStatus.FAILED, error=ErrorKind.STALLED), chapter_id=80)
    panel.show_tasks([TASKS[0], *waiting, again, failed, superseded], COUNTS)
    model = tasks(panel).model()
    shown = [model.index(row, 0).data(TaskRole.ID) for row in range(model.rowCount())]
    assert shown[:3] == [1, 8, 10]
    assert shown[-2:] == [90, 7]


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
    assert opened.args == ["p", 103]


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
    assert any("Attempt 2" in line and "stopped in the middle" in line for line in history)


def test_the_history_of_another_task_is_not_shown(panel: TaskPanel) -> None:
    panel.select_task(2)
    panel.show_failures(3, [FAILURE])
    assert details(panel).history() == []
    panel.show_failures(2, [FAILURE])
    panel.select_task(3)
    assert details(panel).history() == []


def test_what_the_model_sent_is_folded_into_its_attempt(panel: TaskPanel) -> None:
    panel.select_task(2)
    panel.show_failures(2, [replace(FAILURE, raw_answer="I <b>found</b> nothing."), FAILURE])
    (raw,) = details(panel).findChildren(RawAnswer)
    shown = raw.findChild(QPlainTextEdit)
    assert shown is not None
    assert (raw.text(), shown.isVisibleTo(raw)) == ("I <b>found</b> nothing.", False)
    raw.unfold()
    assert shown.isVisibleTo(raw)


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
        label
        for label in details(panel).findChildren(QLabel)
        if label.text().startswith("Attempt 1")
    )
    assert facts.text() == "Attempt 1 of 4 · Priority 5"
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
