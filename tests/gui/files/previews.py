"""The preview of an import as an author meets it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QTableView

from arboris_desktop.ui.files.import_preview.dialog import ImportPreviewDialog
from arboris_desktop.ui.files.import_preview.headings_model import HeadingColumn, HeadingsModel
from tests.support.studio_stage import Stage, child


async def until_previewed(stage: Stage) -> ImportPreviewDialog:
    """Waits until a preview shows what was found."""

    def shown() -> list[ImportPreviewDialog]:
        found = stage.window.findChildren(ImportPreviewDialog)
        return [one for one in found if one.isVisible() and may_import(one)]

    await stage.until(shown, "a preview is shown")
    return shown()[0]


def may_import(preview: ImportPreviewDialog) -> bool:
    """True if the button that imports can be pressed."""
    return import_button_of(preview).isEnabled()


def import_it(preview: ImportPreviewDialog) -> None:
    """Clicks the button that imports."""
    QTest.mouseClick(import_button_of(preview), Qt.MouseButton.LeftButton)


def import_button_of(preview: ImportPreviewDialog) -> QAbstractButton:
    """The button that imports."""
    box = child(preview, QDialogButtonBox)
    (button,) = [
        one
        for one in box.buttons()
        if box.buttonRole(one) is QDialogButtonBox.ButtonRole.AcceptRole
    ]
    return button


def headings(preview: ImportPreviewDialog) -> list[tuple[bool, str, str, str]]:
    """Tick, number, title and note of each row."""
    model = model_of(preview)
    rows = []
    for row in range(model.rowCount()):
        tick = model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole)
        texts = (model.index(row, column).data() for column in (0, 1, HeadingColumn.NOTE))
        rows.append((tick is Qt.CheckState.Checked, *texts))
    return rows


def model_of(preview: ImportPreviewDialog) -> HeadingsModel:
    """The table's model."""
    model = child(preview, QTableView).model()
    assert isinstance(model, HeadingsModel)
    return model
