"""The menu Edit: it serves the field that has the keyboard, and takes no key from any of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.differences import text_diff
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.edit_menu import EditMenu
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.widgets.diff_view import DiffSide, DiffText

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = MainWindow(settings, StudioStatusBar())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def field_in(window: MainWindow, field: QWidget) -> None:
    layout = window.centre.layout()
    assert layout is not None
    layout.addWidget(field)
    field.show()
    field.setFocus()


def offer(menu: EditMenu) -> dict[str, bool]:
    menu.aboutToShow.emit()
    offered = {
        name: action.isEnabled()
        for name in ("undo", "redo", "cut", "copy", "paste", "paste_plain")
        for action in [getattr(menu, name)]
    }
    menu.aboutToHide.emit()
    return offered


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit, ChapterEditor])
def test_the_menu_edits_the_field_that_has_the_keyboard(
    window: MainWindow, make: type[QLineEdit | QPlainTextEdit | ChapterEditor]
) -> None:
    menu, field = window.edit_menu, make()
    field_in(window, field)
    QTest.keyClicks(field, "lantern")
    field.selectAll()
    assert offer(menu) | {"paste": True, "paste_plain": True} == {
        "undo": True, "redo": False, "cut": True, "copy": True, "paste": True, "paste_plain": True,
    }  # fmt: skip

    menu.cut.trigger()
    assert QGuiApplication.clipboard().text() == "lantern"
    menu.paste.trigger()
    menu.paste_plain.trigger()
    field.selectAll()
    menu.copy.trigger()
    assert QGuiApplication.clipboard().text() == "lanternlantern"
    menu.undo.trigger()
    menu.undo.trigger()
    assert offer(menu)["redo"]
    menu.redo.trigger()
    assert not field.isReadOnly()


def test_a_text_that_is_only_read_can_be_copied_and_no_more(window: MainWindow) -> None:
    field = ChapterEditor()
    field.set_text("lantern", read_only=True)
    field_in(window, field)
    field.selectAll()
    QGuiApplication.clipboard().setText("rope")

    assert [name for name, can in offer(window.edit_menu).items() if can] == ["copy"]
    window.edit_menu.paste_plain.trigger()
    assert field.text() == "lantern"


def test_without_a_field_the_menu_does_nothing(window: MainWindow) -> None:
    field = QLineEdit()
    field_in(window, field)
    field.deleteLater()
    QTest.qWait(0)
    window.setFocus()
    assert not any(offer(window.edit_menu).values())
    window.edit_menu.undo.trigger()


def test_the_keys_reach_the_field_once(window: MainWindow) -> None:
    field = ChapterEditor()
    field_in(window, field)
    QTest.keyClicks(field, "one")
    QTest.keyClick(field, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_X, CONTROL)
    assert field.text() == ""
    QTest.keyClick(field, Qt.Key.Key_V, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_V, CONTROL | SHIFT)
    assert field.text() == "oneone"
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text() == "one"
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text() == ""
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text() == "one"


def test_what_is_copied_has_no_look_of_its_own(qtbot: QtBot) -> None:
    editor, difference = ChapterEditor(), DiffText(DiffSide.NEW)
    qtbot.addWidget(editor)
    qtbot.addWidget(difference)
    editor.set_language(Language.CHINESE)
    editor.set_text("第一段。\n\n第二段\u00a0完。")
    difference.show_segments(text_diff("a rope", "a lantern"), marks_changes=True)
    for field, text in ((editor, "第一段。\n\n第二段\u00a0完。"), (difference, "a lantern")):
        field.selectAll()
        field.copy()
        data = QGuiApplication.clipboard().mimeData()
        assert data.text() == text
        assert not data.hasHtml()


def test_no_key_of_the_window_is_taken_twice_or_from_an_editor(window: MainWindow) -> None:
    keys = Counter(
        key.toString()
        for action in window.findChildren(QAction)
        if action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
        for key in action.shortcuts()
    )
    assert [key for key, times in keys.items() if times > 1] == []
    assert not {"Ctrl+I", "Ctrl+B", "Ctrl+Z", "Ctrl+X", "Ctrl+C", "Ctrl+V"} & set(keys)


def test_what_a_chinese_input_method_takes_is_not_the_only_key(window: MainWindow) -> None:
    """Fcitx 5, libpinyin and Microsoft Pinyin have these keys unless they are told otherwise."""
    taken = {"Ctrl+.", "Ctrl+Shift+F", "Ctrl+Space", "Shift+Space", "Ctrl+;", "Ctrl+Shift+U"}
    has_keys = [action for action in window.findChildren(QAction) if action.shortcuts()]
    assert len(has_keys) > 30
    lost = [
        action.text()
        for action in has_keys
        if {key.toString() for key in action.shortcuts()} <= taken
    ]
    assert lost == []
