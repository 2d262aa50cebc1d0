"""The choices of an export, by the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.ui.files.export_options_dialog import ExportOptionsDialog


@pytest.mark.parametrize(
    ("key", "result"),
    [
        (Qt.Key.Key_Return, QDialog.DialogCode.Accepted),
        (Qt.Key.Key_Escape, QDialog.DialogCode.Rejected),
    ],
)
def test_enter_exports_and_escape_does_not(
    qtbot: QtBot, key: Qt.Key, result: QDialog.DialogCode
) -> None:
    dialog = ExportOptionsDialog("txt", ExportOptions())
    qtbot.addWidget(dialog)
    dialog.open()
    chapters = dialog.findChild(QLineEdit)
    assert chapters is not None
    with qtbot.waitSignal(dialog.finished) as finished:
        QTest.keyClick(chapters, key)
    assert finished.args == [result.value]
