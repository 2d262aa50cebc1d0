"""F6 goes from pane to pane, and back to what had the keyboard there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.status_bar import StudioStatusBar
from tests.gui.chapter.chapter_samples import make_chapter, make_version


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = MainWindow(settings, StudioStatusBar())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_studio("A novel")
    made.chapter_view.show_chapter(make_chapter(1), make_version(1, "A lantern."), Language.ENGLISH)
    return made


def test_f6_leaves_the_text_and_comes_back_to_it(window: MainWindow) -> None:
    editor = window.chapter_view.focusProxy()
    assert editor is not None
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.hasFocus()
    seen = []
    for _ in range(9):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
        if editor.hasFocus():
            break
    assert editor.hasFocus()
    assert len(set(seen)) == len(seen) >= 3
    assert any(window.project_tree.isAncestorOf(each) for each in seen if each is not None)


def test_shift_f6_goes_the_other_way(window: MainWindow) -> None:
    editor = window.chapter_view.focusProxy()
    assert editor is not None
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_F6)
    elsewhere = QApplication.focusWidget()
    assert elsewhere is not None
    assert elsewhere is not editor
    QTest.keyClick(elsewhere, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert editor.hasFocus()
