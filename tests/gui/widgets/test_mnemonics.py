"""Names of actions on tool bars."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.widgets.mnemonics import ReadNames, name_on_tool_bar, without_mnemonic


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("&New Novel…", "New Novel"),
        ("Continue from the C&ursor", "Continue from the Cursor"),
        ("新建小说(&N)…", "新建小说"),
        ("War && Peace", "War & Peace"),
        ("Plain", "Plain"),
    ],
)
def test_the_name_is_left_alone(text: str, name: str) -> None:
    assert without_mnemonic(text) == name


def test_the_tool_tip_tells_the_shortcut(qtbot: QtBot) -> None:
    del qtbot
    action = QAction("停止写作(&S)")
    action.setShortcut("Ctrl+.")

    name_on_tool_bar(action)

    assert action.iconText() == "停止写作"
    assert action.toolTip() == "停止写作 (Ctrl+.)"
    assert action.text() == "停止写作(&S)", "the menu keeps its key"


def read_out(widget: QWidget) -> str:
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name)


def test_what_has_focus_is_read_without_its_letter(qapp: QApplication, qtbot: QtBot) -> None:
    window, follower = QWidget(), QObject()
    qtbot.addWidget(window)
    names = ReadNames(qapp, follower)
    button, label, field = QPushButton("停止(&S)"), QLabel("书名(&T)"), QLineEdit()
    label.setBuddy(field)
    column = QVBoxLayout(window)
    for each in (button, label, field):
        column.addWidget(each)
    window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(lambda: read_out(button) == "停止")
    button.setText("继续(&C)")
    qtbot.waitUntil(lambda: read_out(button) == "继续")
    field.setFocus()
    qtbot.waitUntil(lambda: read_out(field) == "书名")
    button.setText("Stop")
    assert read_out(button) == "Stop", "the name does not outlive the text"
    assert label.text() == "书名(&T)", "what is seen keeps its letter"
    names.deleteLater()
