"""The choices of an export, by the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.publishing import FORMS, Platform
from arboris_desktop.exchange.writing.options import ExportContent, ExportOptions
from arboris_desktop.ui.files.export_options_dialog import ExportOptionsDialog
from tests.support.studio_stage import child


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


def enabled(dialog: ExportOptionsDialog) -> set[str]:
    fields = ("chapters", "unwritten", "each", "layout", "front", "cover")
    return {name for name in fields if getattr(dialog, f"_{name}").isEnabled()}


ALL = {"chapters", "unwritten", "each", "layout", "front", "cover"}


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (ExportContent.TEXT, ALL),
        (ExportContent.OUTLINE, {"chapters"}),
        (ExportContent.CODEX, set()),
        (ExportContent.COMMENTS, {"chapters"}),
    ],
)
def test_only_what_counts_for_the_content_can_be_chosen(
    qtbot: QtBot, content: ExportContent, count: set[str]
) -> None:
    dialog = ExportOptionsDialog("epub", ExportOptions(content=content))
    qtbot.addWidget(dialog)
    assert enabled(dialog) == count
    assert bool(dialog._about_content.text()) is (content is not ExportContent.TEXT)
    box = dialog._content
    box.setCurrentIndex(box.findData(ExportContent.TEXT.value))
    assert enabled(dialog) == ALL
    assert not dialog._about_content.text()


@pytest.mark.parametrize("form", ["epub", "txt"])
def test_the_reason_stands_where_front_matter_would_be_lost(qtbot: QtBot, form: str) -> None:
    options = ExportOptions(front="献给母亲", publishing=FORMS[Platform.QIDIAN])
    dialog = ExportOptionsDialog(form, options)
    qtbot.addWidget(dialog)
    dialog.open()
    is_lost = form == "txt"
    assert dialog._front.isEnabled() is not is_lost
    assert dialog._about_front.isVisible() is is_lost
    assert dialog.options().front == "献给母亲"  # Kept for a file with a title page.
    dialog._layout.setCurrentIndex(0)
    assert dialog._front.isEnabled()
    assert not dialog._about_front.isVisible()
    dialog._each.setChecked(True)
    assert not dialog._front.isEnabled()
    assert dialog._about_front.isVisible()


def test_numbers_that_do_not_count_stop_no_export(qtbot: QtBot) -> None:
    dialog = ExportOptionsDialog("md", ExportOptions())
    qtbot.addWidget(dialog)
    child(dialog._chapters, QLineEdit).setText("abc")
    assert not dialog._export.isEnabled()
    dialog._content.setCurrentIndex(dialog._content.findData(ExportContent.CODEX.value))
    assert dialog._export.isEnabled()
    assert dialog.options().chapters is None
