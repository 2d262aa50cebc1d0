"""An item that is edited in place shows what is typed, and nothing of what it said before."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTableView, QTreeView
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.widgets.theme import apply_theme


@pytest.mark.parametrize("scheme", [ColourScheme.LIGHT, ColourScheme.DARK])
@pytest.mark.parametrize("kind", [QTableView, QTreeView])
def test_the_old_words_are_not_seen_through_the_editor(
    qapp: QApplication, qtbot: QtBot, kind: type[QAbstractItemView], scheme: ColourScheme
) -> None:
    apply_theme(qapp, scheme)
    assert editor_of("WWWWWW", kind, qtbot) == editor_of("", kind, qtbot)


def editor_of(words: str, kind: type[QAbstractItemView], qtbot: QtBot) -> QImage:
    """The emptied editor over an item of these words."""
    model = QStandardItemModel()
    model.appendRow([QStandardItem(words)])
    view = kind()
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(300, 100)
    view.show()
    view.edit(model.index(0, 0))
    (editor,) = view.viewport().findChildren(QLineEdit)
    editor.setText(" ")
    editor.setReadOnly(True)
    editor.deselect()
    editor.clearFocus()
    return view.viewport().grab(editor.geometry()).toImage()
