"""The stages of the book: their order, their keys, and panels that make room for planning."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.workspace import Stage, Workspace


def test_pages_stand_in_the_order_of_the_stages(qtbot: QtBot) -> None:
    workspace = Workspace()
    qtbot.addWidget(workspace)
    for stage in (Stage.CHAPTERS, Stage.IDEA, Stage.REVIEW):
        workspace.add_page(stage, QLabel(stage.value))
    bar = workspace.bar

    assert [bar.tabText(place) for place in range(bar.count())] == ["Idea", "Write", "Review"]


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


def planned_window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, StudioStatusBar())
    qtbot.addWidget(window)
    window.workspace.add_page(Stage.IDEA, QLabel())
    window.show()
    return window


def test_the_panel_of_the_author_comes_back_with_the_chapters(qtbot: QtBot, tmp_path: Path) -> None:
    window = planned_window(qtbot, tmp_path)
    window.workspace.show_stage(Stage.CHAPTERS)
    window.show_studio("A novel")
    window.side.open_panel(Panel.CODEX)

    window.workspace.show_stage(Stage.IDEA)
    assert window.side.shown is None, "planning has the window to itself"
    window.workspace.show_stage(Stage.CHAPTERS)
    assert window.side.shown is Panel.CODEX
    window.show_start_page()
    assert window.side.shown is None
    window.show_studio("A novel")
    assert window.side.shown is Panel.CODEX


def test_a_novel_that_is_opened_while_planning_has_its_menus(qtbot: QtBot, tmp_path: Path) -> None:
    window = planned_window(qtbot, tmp_path)
    window.workspace.show_stage(Stage.IDEA)

    window.show_studio("A novel")

    assert window.actions_.export_novel.isEnabled()
    assert window.actions_.guide.isEnabled()
    assert window.actions_.add_chapter.isEnabled()
    assert window.side.action(Panel.CODEX).isEnabled()


def test_the_start_page_offers_nothing_of_a_novel(qtbot: QtBot, tmp_path: Path) -> None:
    window = planned_window(qtbot, tmp_path)
    window.show_studio("A novel")

    window.show_start_page()

    assert not window.actions_.export_novel.isEnabled()
    assert not window.actions_.continue_here.isEnabled()
    assert not window.revision_menu.menuAction().isEnabled()
    assert not window.side.action(Panel.CODEX).isEnabled()
    assert not window.top_bar.isVisible()
    assert window.side.action(Panel.ACTIVITY).isEnabled(), "the queue works for all novels"


@pytest.mark.parametrize("panel", [None, *Panel])
def test_the_panel_is_as_the_author_left_it_at_the_next_start(
    qtbot: QtBot, tmp_path: Path, panel: Panel | None
) -> None:
    window = planned_window(qtbot, tmp_path)
    window.workspace.show_stage(Stage.CHAPTERS)
    window.show_studio("A novel")
    window.side.open_panel(panel)
    window.workspace.show_stage(Stage.IDEA)
    window.show_start_page()
    window.save_state()

    again = planned_window(qtbot, tmp_path)
    again.workspace.show_stage(Stage.CHAPTERS)
    again.show_studio("A novel")

    assert again.side.shown is panel


def test_the_sidebar_can_be_put_away_and_stays_away(qtbot: QtBot, tmp_path: Path) -> None:
    window = planned_window(qtbot, tmp_path)
    window.workspace.add_page(Stage.OUTLINE, QLabel())
    window.workspace.show_stage(Stage.CHAPTERS)
    window.show_studio("A novel")
    assert window.project_tree.isVisible()
    window.workspace.show_stage(Stage.OUTLINE)
    assert not window.project_tree.isVisible(), "the outline shows the same chapters"
    window.workspace.show_stage(Stage.CHAPTERS)
    assert window.project_tree.isVisible()
    window.actions_.sidebar.trigger()
    assert not window.project_tree.isVisible()
    window.save_state()

    again = planned_window(qtbot, tmp_path)
    again.show_studio("A novel")
    assert not again.project_tree.isVisible()
    again.actions_.sidebar.trigger()
    assert again.project_tree.isVisible()


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
    assert not stages["Write"].isEnabled()
