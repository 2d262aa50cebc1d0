"""Pages below tabs, and the dialogs about files, by the places of what stands on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFileDialog,
    QListView,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.domain.publishing import PublishingSettings
from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.context.inspector import ContextInspector
from arboris_desktop.ui.files.export_dialog import ExportDialog
from arboris_desktop.ui.guide.dialog import GuideDialog
from arboris_desktop.ui.prompts.prompt_editor import PromptEditor
from arboris_desktop.ui.publishing.dialog import PublishingDialog
from arboris_desktop.ui.widgets.file_dialog import dialog_to_open, dialog_to_save
from arboris_desktop.ui.widgets.theme import apply_theme
from tests.gui.widgets.test_theme import contrast

DIALOGS: tuple[Callable[[], QWidget], ...] = (
    lambda: GuideDialog(WritingGuide()),
    lambda: PublishingDialog("1. Tide", "The sea went out.", PublishingSettings()),
    ContextInspector,
    PromptEditor,
)


@pytest.mark.parametrize("make", DIALOGS)
def test_what_stands_below_tabs_begins_where_they_do(
    qapp: QApplication, qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    dialog = make()
    qtbot.addWidget(dialog)
    dialog.show()
    for tabs in dialog.findChildren(QTabWidget):
        left, right = tabs.mapTo(dialog, QPoint(0, 0)).x(), tabs.mapTo(dialog, QPoint(0, 0)).x()
        right += tabs.width()
        for place in range(tabs.count()):
            tabs.setTabEnabled(place, True)
            tabs.setCurrentIndex(place)
            qapp.processEvents()
            fields = [
                field
                for field in tabs.currentWidget().findChildren(QAbstractScrollArea)
                if field.isVisible()
            ]
            places = [field.mapTo(dialog, QPoint(0, 0)).x() for field in fields]
            ends = [x + field.width() for x, field in zip(places, fields, strict=True)]
            assert not fields or (min(places), max(ends)) == (left, right), tabs.tabText(place)


@pytest.mark.parametrize("make", [dialog_to_open, dialog_to_save])
def test_the_places_of_a_file_dialog_can_be_read(
    qapp: QApplication, qtbot: QtBot, make: Callable[..., QFileDialog]
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = (
        make(parent, "Import")
        if make is dialog_to_open
        else make(parent, "Export", "Text (*.txt)", "txt")
    )
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    qapp.processEvents()
    places = dialog.findChild(QListView, "sidebar")
    assert places is not None
    assert places.viewport().width() >= places.sizeHintForColumn(0)


@pytest.mark.parametrize("scheme", [ColourScheme.LIGHT, ColourScheme.DARK])
def test_the_arrows_of_a_file_dialog_can_be_seen(
    qapp: QApplication, qtbot: QtBot, scheme: ColourScheme
) -> None:
    apply_theme(qapp, scheme)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ExportDialog("The Ferry", parent)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    qapp.processEvents()
    ground = qapp.palette().color(QPalette.ColorRole.Window)
    for name in ("backButton", "forwardButton", "toParentButton"):
        button = dialog.findChild(QToolButton, name)
        assert button is not None
        drawn = button.icon().pixmap(16, 16).toImage()
        solid = [
            drawn.pixelColor(x, y)
            for x in range(16)
            for y in range(16)
            if drawn.pixelColor(x, y).alpha() > 200
        ]
        assert solid
        assert max(contrast(colour, ground) for colour in solid) >= 4.5
