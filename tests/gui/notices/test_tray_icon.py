from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QTimer, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.tasks import QueueCounts
from arboris_desktop.ui.notices.tray_icon import TrayIcon
from arboris_desktop.ui.widgets.icons import icon
from tests.gui.tasks.task_samples import MarkingTranslator

# The offscreen platform has no tray of its own, which Qt remarks on.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


class Desktop:
    """A desktop whose tray can appear and disappear."""

    def __init__(self, has_tray: bool) -> None:
        self.has_tray = has_tray


@pytest.fixture
def desktop() -> Desktop:
    return Desktop(has_tray=True)


@pytest.fixture
def tray(qapp: QApplication, desktop: Desktop) -> Iterator[TrayIcon]:
    shown = TrayIcon(tray_exists=lambda: desktop.has_tray, look_every_ms=20)
    yield shown
    shown.hide()
    shown.deleteLater()


def entry(tray: TrayIcon, start: str) -> QAction:
    return next(each for each in tray.menu().actions() if each.text().startswith(start))


def test_the_menu_asks_for_everything(tray: TrayIcon, qtbot: QtBot) -> None:
    for start, signal in (
        ("Open Arboris", tray.open_requested),
        ("Unread notifications (0)", tray.notifications_requested),
        ("Quit", tray.quit_requested),
    ):
        with qtbot.waitSignal(signal):
            entry(tray, start).trigger()


def test_pausing_and_resuming(tray: TrayIcon, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tray.pause_toggled) as toggled:
        entry(tray, "Pause the queue").trigger()
    assert toggled.args == [True]
    tray.show_paused(True)
    with qtbot.waitSignal(tray.pause_toggled) as toggled:
        entry(tray, "Resume the queue").trigger()
    assert toggled.args == [False]


def test_the_icon_shows_the_state(tray: TrayIcon) -> None:
    assert tray.state() == "tray"
    tray.show_unread(3)
    assert tray.state() == "tray-attention"
    assert entry(tray, "Unread").text() == "Unread notifications (3)"
    tray.show_paused(True)
    assert tray.state() == "tray-paused"
    shown = tray.findChild(QSystemTrayIcon)
    assert isinstance(shown, QSystemTrayIcon)
    assert shown.icon().cacheKey() == icon("tray-paused").cacheKey()


def test_the_tooltip_counts(tray: TrayIcon) -> None:
    tray.show_counts(QueueCounts(pending=3, processing=2, failed=1))
    assert tray.tooltip() == "Arboris · 2 running · 3 waiting · 1 failed"
    tray.show_paused(True)
    shown = tray.findChild(QSystemTrayIcon)
    assert isinstance(shown, QSystemTrayIcon)
    assert shown.toolTip() == "Arboris · paused · 2 running · 3 waiting · 1 failed"


def test_a_click_on_the_icon_opens_the_window(tray: TrayIcon, qtbot: QtBot) -> None:
    shown = tray.findChild(QSystemTrayIcon)
    assert isinstance(shown, QSystemTrayIcon)
    with qtbot.waitSignal(tray.open_requested):
        shown.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.assertNotEmitted(tray.open_requested):
        shown.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    with qtbot.waitSignal(tray.message_clicked):
        shown.messageClicked.emit()


def test_without_a_tray_there_is_no_icon_and_no_message(
    qapp: QApplication, desktop: Desktop
) -> None:
    desktop.has_tray = False
    tray = TrayIcon(tray_exists=lambda: desktop.has_tray)
    assert not tray.is_available()
    assert not tray.supports_messages()
    assert not tray.show_message("title", "text")
    assert tray.findChild(QSystemTrayIcon) is None
    tray.hide()


def test_a_tray_that_appears_later_is_found(
    qapp: QApplication, desktop: Desktop, qtbot: QtBot
) -> None:
    desktop.has_tray = False
    tray = TrayIcon(tray_exists=lambda: desktop.has_tray, look_every_ms=20)
    tray.show_unread(1)
    timer = tray.findChild(QTimer)
    assert isinstance(timer, QTimer)
    assert timer.isActive()
    with qtbot.waitSignal(tray.became_available):
        desktop.has_tray = True
    assert tray.is_available()
    assert not timer.isActive()
    tray.hide()


def test_a_tray_that_goes_is_no_place_to_close_to(tray: TrayIcon, desktop: Desktop) -> None:
    assert tray.is_available()
    desktop.has_tray = False
    assert not tray.is_available()


def test_the_language_can_change(tray: TrayIcon, qapp: QApplication) -> None:
    marking: QTranslator = MarkingTranslator()
    qapp.installTranslator(marking)
    QApplication.sendEvent(tray.menu(), QEvent(QEvent.Type.LanguageChange))
    qapp.removeTranslator(marking)
    assert entry(tray, "~Open").text() == "~Open Arboris"
