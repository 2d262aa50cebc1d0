"""Focus mode: only the text is left, its keys work, and everything comes back as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.workspace import Stage
from tests.gui.chapter.chapter_samples import make_chapter, make_version

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = MainWindow(settings, StudioStatusBar())
    qtbot.addWidget(made)
    made.workspace.add_page(Stage.IDEA, QLabel())
    made.workspace.show_stage(Stage.CHAPTERS)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_studio("A novel")
    made.side.open_panel(Panel.CODEX)
    made.chapter_view.show_chapter(make_chapter(1), make_version(1, "A lantern."), Language.ENGLISH)
    return made


def shown(window: MainWindow) -> list[bool]:
    page = window.chapter_view._page
    parts: list[QWidget] = [
        window.menuBar(), window.statusBar(), window.project_tree, window.top_bar,
        window.side, page.header, page.footer,
    ]  # fmt: skip
    return [part.isVisible() for part in parts]


def test_only_the_text_is_left_and_everything_comes_back(window: MainWindow) -> None:
    before = shown(window)
    assert all(before)
    for leave in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
        QTest.keyClick(window, Qt.Key.Key_F11)
        assert window.isFullScreen()
        assert not any(shown(window))
        assert window.chapter_view._page.editor.hasFocus()
        QTest.keyClick(window.chapter_view._page.editor, leave)
        assert not window.isFullScreen()
        assert shown(window) == before
        assert not window.actions_.focus.isChecked()


def test_the_keys_of_the_window_work_and_escape_leaves_the_bar_first(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F11)
    page = window.chapter_view._page
    QTest.keyClick(page.editor, Qt.Key.Key_F, CONTROL)
    assert page.find_bar.isVisible()
    QTest.keyClick(page.find_bar.words, Qt.Key.Key_Escape)
    assert not page.find_bar.isVisible()
    assert window.isFullScreen()


def test_another_stage_the_library_and_the_end_leave_it(window: MainWindow) -> None:
    ways: tuple[Callable[[], object], ...] = (
        lambda: window.workspace.show_stage(Stage.IDEA),
        window.save_state,
        window.show_start_page,
    )
    for go in ways:
        window.show_studio("A novel")
        window.actions_.focus.trigger()
        assert window.isFullScreen()
        go()
        assert not window.isFullScreen()
        assert window.menuBar().isVisible()


def test_a_text_that_is_shown_again_stays_alone(window: MainWindow) -> None:
    window.actions_.focus.trigger()
    window.chapter_view.show_chapter(
        make_chapter(1), make_version(1, "A lantern."), Language.ENGLISH
    )
    window.show_studio("A novel")
    assert not any(shown(window))
