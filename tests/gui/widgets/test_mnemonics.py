"""Names of actions on tool bars."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.widgets.mnemonics import name_on_tool_bar, without_mnemonic


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
