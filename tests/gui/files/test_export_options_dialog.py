"""The choices of an export, by the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
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


def test_choices_are_kept_under_a_name(qtbot: QtBot) -> None:
    dialog = ExportOptionsDialog("epub", ExportOptions())
    qtbot.addWidget(dialog)
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    assert not buttons["&Keep"].isEnabled()
    dialog._front.setPlainText("献给母亲")
    dialog._cover.set_cover(Path("/tmp/a.png"))
    dialog._preset.setEditText("番茄")
    buttons["&Keep"].click()
    assert dialog.presets() == {"番茄": ExportOptions(front="献给母亲", cover=Path("/tmp/a.png"))}

    other = ExportOptionsDialog("epub", ExportOptions(), presets=dialog.presets())
    qtbot.addWidget(other)
    assert other.options() == ExportOptions()
    other._preset.setCurrentIndex(0)
    other._preset.activated.emit(0)
    assert other.options() == dialog.options()
    forget = next(b for b in other.findChildren(QPushButton) if b.text() == "Fo&rget")
    forget.click()
    assert other.presets() == {}


@pytest.mark.parametrize("form", ["epub", "docx", "txt", "odt", "pdf", "html", "md"])
def test_the_letter_of_each_label_leads_to_its_field(qtbot: QtBot, form: str) -> None:
    dialog = ExportOptionsDialog(form, ExportOptions())
    qtbot.addWidget(dialog)
    labels = [label for label in dialog.findChildren(QLabel) if "&" in label.text()]
    assert len(labels) > 3
    for field in (label.buddy() for label in labels):
        assert isinstance(field, QWidget)
        assert field.focusPolicy() is not Qt.FocusPolicy.NoFocus
