"""Edges and grounds of what is filled in and chosen, measured by what is painted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPalette, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.codex import Origin
from arboris_desktop.domain.codex_journal import JournalAction, JournalEntry
from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.codex.journal_dialog import JournalDialog
from arboris_desktop.ui.tasks.panel import TaskPanel
from arboris_desktop.ui.widgets.diff_view import DiffSide, DiffText
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit
from arboris_desktop.ui.widgets.number_box import DecimalBox, NumberBox
from arboris_desktop.ui.widgets.prose_look import StoredText
from arboris_desktop.ui.widgets.theme import apply_theme

NEW_ENTRY = JournalEntry(
    id=1,
    project_id="novel",
    action=JournalAction.ENTRY_CREATED,
    actor=Origin.AUTHOR,
    entry_id=1,
    fact_id=None,
    chapter_id=None,
    task_id=None,
    before=None,
    after={"entries": [{"name": "Nell"}]},
    created_at=datetime(2026, 11, 30, tzinfo=UTC),
)
SCHEMES = (ColourScheme.LIGHT, ColourScheme.DARK)
FIELDS: tuple[Callable[[], QWidget], ...] = (
    QLineEdit,
    QComboBox,
    NumberBox,
    DecimalBox,
    QPlainTextEdit,
    GrowingEdit,
    StoredText,
    lambda: DiffText(DiffSide.OLD),
    QTextBrowser,
)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("make", FIELDS)
@pytest.mark.parametrize("focused", [False, True])
def test_corners_are_round_in_every_field(
    qapp: QApplication,
    qtbot: QtBot,
    scheme: ColourScheme,
    make: Callable[[], QWidget],
    focused: bool,
) -> None:
    apply_theme(qapp, scheme)
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    field, other = make(), QLineEdit()
    layout.addWidget(field)
    layout.addWidget(other)
    window.resize(300, 200)
    window.show()
    (field if focused else other).setFocus()
    qapp.processEvents()

    image = window.grab().toImage()
    ground = qapp.palette().color(QPalette.ColorRole.Window).name()
    inside = field.geometry()
    corners = (inside.topLeft(), inside.topRight(), inside.bottomLeft(), inside.bottomRight())
    assert {image.pixelColor(corner).name() for corner in corners} == {ground}
    # The square ground of the text keeps within the round edge.
    within = [
        inside.topLeft() + QPoint(1, 1),
        inside.topRight() + QPoint(-1, 1),
        inside.bottomLeft() + QPoint(1, -1),
        inside.bottomRight() + QPoint(-1, -1),
    ]
    paper = qapp.palette().color(QPalette.ColorRole.Base).name()
    assert paper not in {image.pixelColor(corner).name() for corner in within}


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit, GrowingEdit, QComboBox])
def test_words_begin_at_one_place_in_every_field(
    qapp: QApplication, qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    begins = []
    for each in (QLineEdit, make):
        field = each()
        qtbot.addWidget(field)
        if isinstance(field, QComboBox):
            field.addItem("HH")
        elif isinstance(field, QLineEdit):
            field.setText("HH")
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText("HH")
        field.resize(160, field.sizeHint().height())
        image = field.grab(QRect(4, 5, 60, field.height() - 10)).toImage()
        ink = [
            x
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).lightness() < 120
        ]
        begins.append(min(ink))
    assert begins[0] == begins[1]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_chosen_row_with_the_keyboard_is_of_one_colour(
    qapp: QApplication, qtbot: QtBot, scheme: ColourScheme
) -> None:
    apply_theme(qapp, scheme)
    dialog = JournalDialog()
    qtbot.addWidget(dialog)
    dialog.show_journal([NEW_ENTRY])
    dialog.show()
    tree = dialog.findChild(QTreeWidget)
    assert tree is not None
    tree.setFocus(Qt.FocusReason.TabFocusReason)
    qapp.processEvents()
    row = tree.visualRect(tree.model().index(0, 4))
    image = tree.viewport().grab().toImage()
    # Right of its words.
    column = {image.pixelColor(row.right() - 4, y).name() for y in range(row.top(), row.bottom())}
    assert column == {qapp.palette().color(QPalette.ColorRole.Highlight).name()}


def test_a_growing_field_shows_all_its_lines(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    for lines, words in product((1, 3, 7), ("words", "一只没干的碗")):
        field = GrowingEdit()
        qtbot.addWidget(field)
        field.set_text("\n".join([words] * lines))
        field.show()
        field.resize(240, field.sizeHint().height())
        qapp.processEvents()
        assert field.verticalScrollBar().maximum() == 0
        field.moveCursor(QTextCursor.MoveOperation.End)
        line = field.cursorRect()
        assert line.bottom() <= field.viewport().height()
        assert field.viewport().height() - line.bottom() < line.height()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_parts_a_list_from_its_details_is_a_hairline(
    qapp: QApplication, qtbot: QtBot, scheme: ColourScheme
) -> None:
    apply_theme(qapp, scheme)
    panel = TaskPanel()
    qtbot.addWidget(panel)
    splitter = panel.findChild(QSplitter)
    assert splitter is not None
    splitter.setParent(None)
    qtbot.addWidget(splitter)
    splitter.resize(300, 400)
    splitter.show()
    qapp.processEvents()
    handle = splitter.handle(1).geometry()
    image = splitter.grab().toImage()
    column = [image.pixelColor(handle.center().x(), y).name() for y in _rows(handle)]
    line = qapp.palette().color(QPalette.ColorRole.Mid).name()
    assert column.count(line) == 1


def _rows(area: QRect) -> range:
    return range(area.top(), area.bottom() + 1)
