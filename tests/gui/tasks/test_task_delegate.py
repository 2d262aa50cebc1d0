"""A row of the activity, measured by what is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.tasks.task_delegate import TaskDelegate
from arboris_desktop.ui.tasks.task_list_model import TaskRole
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.theme import apply_theme


def rows_of_ink(image: QImage, left: int, right: int) -> list[int]:
    dark = (
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y).lightness() < 150 for x in range(left, right))
    )
    return list(dark)


@pytest.mark.parametrize("words", ["now", "刚刚"])
def test_the_time_of_a_row_is_whole_and_on_the_line_of_its_title(
    qapp: QApplication, qtbot: QtBot, words: str
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    model, item = QStandardItemModel(), QStandardItem(words)
    item.setIcon(icon("check"))
    for role, value in (
        (TaskRole.BUTTON, ""),
        (TaskRole.LINE, ""),
        (TaskRole.WHEN, words),
        (TaskRole.UNREAD, False),
    ):
        item.setData(value, role)
    model.appendRow(item)
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.setItemDelegate(TaskDelegate(view))
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.resize(300, 100)
    view.show()
    qapp.processEvents()

    image = view.viewport().grab().toImage()
    width = image.width()
    title, time = rows_of_ink(image, 34, width // 2), rows_of_ink(image, width // 2, width)
    assert title
    assert time == title
