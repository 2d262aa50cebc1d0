"""A row of the activity, measured by what is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView, QWidget
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


def painted(
    qtbot: QtBot, title: str, *, when: str = "", button: str = "", retryable: bool = False
) -> QImage:
    model, item = QStandardItemModel(), QStandardItem(title)
    item.setIcon(icon("check"))
    for role, value in (
        (TaskRole.BUTTON, button),
        (TaskRole.RETRYABLE, retryable),
        (TaskRole.LINE, ""),
        (TaskRole.WHEN, when),
        (TaskRole.UNREAD, bool(button)),
    ):
        item.setData(value, role)
    model.appendRow(item)
    window = QWidget()
    qtbot.addWidget(window)
    view = QListView(window)
    view.setObjectName("unboxed")
    view.setModel(model)
    view.setItemDelegate(TaskDelegate(view))
    # A row with the keyboard has a ring, in the colour that is looked for.
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.resize(300, 100)
    window.resize(300, 100)
    window.show()
    QApplication.processEvents()
    return window.grab().toImage()


@pytest.mark.parametrize("scheme", [ColourScheme.LIGHT, ColourScheme.DARK])
def test_retry_is_painted_as_the_next_step_and_cancel_is_not(
    qapp: QApplication, qtbot: QtBot, scheme: ColourScheme
) -> None:
    apply_theme(qapp, scheme)
    accent = qapp.palette().color(QPalette.ColorRole.Accent).name()

    def colours(image: QImage) -> set[str]:
        right = range(image.width() - 70, image.width())
        return {image.pixelColor(x, y).name() for x in right for y in range(image.height())}

    assert accent in colours(painted(qtbot, "1. Ebb", button="Retry", retryable=True))
    assert accent not in colours(painted(qtbot, "1. Ebb", button="Cancel"))


@pytest.mark.parametrize("scheme", [ColourScheme.LIGHT, ColourScheme.DARK])
def test_rows_stand_on_the_ground_of_the_window(
    qapp: QApplication, qtbot: QtBot, scheme: ColourScheme
) -> None:
    apply_theme(qapp, scheme)
    image = painted(qtbot, "1. Ebb")
    edge = {image.pixelColor(x, y).name() for x in (0, 299) for y in range(60, 100)}
    assert edge == {qapp.palette().color(QPalette.ColorRole.Window).name()}


@pytest.mark.parametrize("words", ["now", "刚刚"])
def test_the_time_of_a_row_is_whole_and_on_the_line_of_its_title(
    qapp: QApplication, qtbot: QtBot, words: str
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    image = painted(qtbot, words, when=words)
    width = image.width()
    title, time = rows_of_ink(image, 34, width // 2), rows_of_ink(image, width // 2, width)
    # It is quieter: the edge of its letters may be too pale to count.
    assert abs(time[0] - title[0]) <= 1
    assert abs(time[-1] - title[-1]) <= 1
