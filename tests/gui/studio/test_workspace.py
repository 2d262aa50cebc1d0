"""The stages of the book: their order, their keys, and docks that make room for planning."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QTabBar
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.workspace import Stage, Workspace
from tests.support.studio_stage import child


def test_pages_stand_in_the_order_of_the_stages(qtbot: QtBot) -> None:
    workspace = Workspace()
    qtbot.addWidget(workspace)
    for stage in (Stage.CHAPTERS, Stage.IDEA, Stage.REVIEW):
        workspace.add_page(stage, QLabel(stage.value))
    bar = child(workspace, QTabBar)

    assert [bar.tabText(place) for place in range(bar.count())] == ["Idea", "Chapters", "Review"]


def test_a_stage_is_reached_by_its_key(qtbot: QtBot) -> None:
    workspace = Workspace()
    qtbot.addWidget(workspace)
    pages = {stage: QLabel(stage.value) for stage in (Stage.CHAPTERS, Stage.IDEA)}
    for stage, page in pages.items():
        workspace.add_page(stage, page)
    with qtbot.waitActive(workspace):
        workspace.show()
        workspace.activateWindow()

    with qtbot.waitSignal(workspace.stage_changed) as changed:
        QTest.keyClick(workspace, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)

    assert changed.args == [Stage.IDEA]
    assert pages[Stage.IDEA].isVisible()
    assert not pages[Stage.CHAPTERS].isVisible()


def test_the_docks_of_the_author_come_back_with_the_chapters(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, StudioStatusBar())
    qtbot.addWidget(window)
    window.workspace.add_page(Stage.IDEA, QLabel())
    window.workspace.show_stage(Stage.CHAPTERS)
    window.show()
    window.show_studio("A novel")
    window.task_dock.hide()

    window.workspace.show_stage(Stage.IDEA)
    hidden = [dock.isHidden() for dock in (window.codex_dock, window.task_dock)]
    window.workspace.show_stage(Stage.CHAPTERS)
    shown = [not dock.isHidden() for dock in (window.codex_dock, window.task_dock)]

    assert hidden == [True, True]
    assert shown == [True, False]


def planned_window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, StudioStatusBar())
    qtbot.addWidget(window)
    window.workspace.add_page(Stage.IDEA, QLabel())
    window.show()
    return window


def test_a_novel_that_is_opened_while_planning_has_its_menus_and_docks(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = planned_window(qtbot, tmp_path)
    window.workspace.show_stage(Stage.IDEA)

    window.show_studio("A novel")

    assert window.actions_.export_novel.isEnabled()
    assert window.actions_.guide.isEnabled()
    assert window.actions_.add_chapter.isEnabled()
    assert window.codex_dock.isHidden(), "planning has the window to itself"
    window.workspace.show_stage(Stage.CHAPTERS)
    assert not window.codex_dock.isHidden()
    assert not window.task_dock.isHidden()


def test_the_start_page_offers_nothing_of_a_novel(qtbot: QtBot, tmp_path: Path) -> None:
    window = planned_window(qtbot, tmp_path)
    window.show_studio("A novel")

    window.show_start_page()

    assert not window.actions_.export_novel.isEnabled()
    assert not window.actions_.continue_here.isEnabled()
    assert not window.revision_menu.menuAction().isEnabled()
    assert not window.codex_dock.toggleViewAction().isEnabled()
    assert window.codex_dock.isHidden()


def test_in_a_low_window_the_tasks_wait_until_they_are_asked_for(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = planned_window(qtbot, tmp_path)
    window.resize(1000, 700)
    window.workspace.show_stage(Stage.CHAPTERS)

    window.show_studio("A novel")

    assert not window.codex_dock.isHidden()
    assert window.task_dock.isHidden()
    window.show_tasks()
    assert not window.task_dock.isHidden()


@pytest.mark.parametrize("kept", ["", "codex", "codex,revision,notifications"])
def test_the_docks_are_as_the_author_left_them_at_the_next_start(
    qtbot: QtBot, tmp_path: Path, kept: str
) -> None:
    window = planned_window(qtbot, tmp_path)
    window.workspace.show_stage(Stage.CHAPTERS)
    window.show_studio("A novel")
    docks = (window.codex_dock, window.revision_dock, window.notification_dock, window.task_dock)
    for dock in docks:
        dock.setVisible(dock.objectName() in kept.split(","))
    window.workspace.show_stage(Stage.IDEA)
    window.show_start_page()
    window.save_state()

    again = planned_window(qtbot, tmp_path)
    again.workspace.show_stage(Stage.CHAPTERS)
    again.show_studio("A novel")

    docks = (again.codex_dock, again.revision_dock, again.notification_dock, again.task_dock)
    assert [d.objectName() for d in docks if not d.isHidden()] == [n for n in kept.split(",") if n]


def test_the_view_menu_leads_to_the_stages(qtbot: QtBot, tmp_path: Path) -> None:
    window = planned_window(qtbot, tmp_path)
    window.show_studio("A novel")
    menu = window.menuBar().actions()[3].menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    stages = {action.text(): action for action in menu.actions()}

    stages["Idea"].trigger()

    assert window.workspace.stage is Stage.IDEA
    assert stages["Idea"].shortcut().toString() == "Alt+1"
    window.show_start_page()
    menu.aboutToShow.emit()
    assert not stages["Chapters"].isEnabled()
