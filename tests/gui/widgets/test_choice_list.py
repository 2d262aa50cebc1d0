"""The list of a choice box is as high as its rows, however the box was reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.widgets.theme import apply_theme

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing the keyboard"
)

_CHOICES = ["As the system", "Light", "深色", "High contrast", "纸张"]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
@pytest.mark.parametrize("has_keyboard", [False, True])
@pytest.mark.parametrize("is_editable", [False, True])
def test_no_row_of_the_list_is_cut(
    qapp: QApplication, qtbot: QtBot, count: int, has_keyboard: bool, is_editable: bool
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    before, choice = QLineEdit(), QComboBox()
    choice.setEditable(is_editable)
    choice.addItems(_CHOICES[:count])
    layout = QVBoxLayout(window)
    layout.addWidget(before)
    layout.addWidget(choice)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    height = choice.height()
    (choice if has_keyboard else before).setFocus(Qt.FocusReason.TabFocusReason)
    assert choice.hasFocus() is has_keyboard
    assert choice.height() == height

    choice.showPopup()

    rows = choice.view()
    assert rows.isVisible()
    needed = sum(
        rows.visualRect(choice.model().index(row, 0)).height() for row in range(choice.count())
    )
    assert rows.viewport().height() >= needed
    choice.hidePopup()
