from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListView, QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.notices.notification_panel import NotificationPanel
from arboris_desktop.ui.widgets.empty_state import EmptyState
from tests.gui.tasks.task_samples import make_notification

NEW, OLD = make_notification(2), make_notification(1, read=True)


@pytest.fixture
def panel(qtbot: QtBot) -> NotificationPanel:
    shown = NotificationPanel()
    qtbot.addWidget(shown)
    shown.resize(420, 300)
    shown.show()
    shown.show_notifications([NEW, OLD])
    return shown


def view(panel: NotificationPanel) -> QListView:
    found = panel.findChild(QListView)
    assert isinstance(found, QListView)
    return found


def mark_all(panel: NotificationPanel) -> QPushButton:
    found = panel.findChild(QPushButton)
    assert isinstance(found, QPushButton)
    return found


def texts(panel: NotificationPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel)]


def test_a_click_opens(panel: NotificationPanel, qtbot: QtBot) -> None:
    place = view(panel).visualRect(view(panel).model().index(1, 0)).center()
    with qtbot.waitSignal(panel.notification_opened) as opened:
        QTest.mouseClick(view(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [OLD]


def test_enter_opens(panel: NotificationPanel, qtbot: QtBot) -> None:
    view(panel).setCurrentIndex(view(panel).model().index(0, 0))
    view(panel).setFocus()
    with qtbot.waitSignal(panel.notification_opened) as opened:
        QTest.keyClick(view(panel), Qt.Key.Key_Return)
    assert opened.args == [NEW]


def test_unread_are_counted_and_can_all_be_read(panel: NotificationPanel, qtbot: QtBot) -> None:
    assert "1 unread" in texts(panel)
    with qtbot.waitSignal(panel.mark_all_read_requested):
        mark_all(panel).click()
    panel.show_notifications([OLD])
    assert "Everything is read" in texts(panel)
    assert not mark_all(panel).isEnabled()


def test_unread_beyond_the_list_are_counted_too(panel: NotificationPanel) -> None:
    panel.show_notifications([NEW, OLD], unread=250)
    assert "250 unread" in texts(panel)


def test_unread_looks_different(panel: NotificationPanel) -> None:
    def picture() -> bytes:
        view(panel).clearFocus()
        image = view(panel).grab().toImage()
        return bytes(image.constBits())

    panel.show_notifications([NEW])
    unread = picture()
    panel.show_notifications([make_notification(2, read=True)])
    assert picture() != unread


def test_no_notifications_are_explained(panel: NotificationPanel) -> None:
    panel.show_notifications([])
    empty = panel.findChild(EmptyState)
    assert isinstance(empty, EmptyState)
    assert empty.isVisible()
    assert not view(panel).isVisible()


def test_times_grow_older_only_while_they_are_seen(panel: NotificationPanel) -> None:
    timers = [timer for timer in panel.findChildren(QTimer) if timer.interval() == 60_000]
    assert [timer.isActive() for timer in timers] == [True]
    panel.hide()
    assert [timer.isActive() for timer in timers] == [False]
