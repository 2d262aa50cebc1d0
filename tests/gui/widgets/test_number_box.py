from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.widgets.number_box import DecimalBox, NumberBox
from arboris_desktop.ui.widgets.theme import apply_theme


@pytest.mark.parametrize("kind", [NumberBox, DecimalBox])
def test_figures_begin_where_words_do_and_all_fields_are_as_high(
    qapp: QApplication, qtbot: QtBot, kind: type[NumberBox] | type[DecimalBox]
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    words, number, choice = QLineEdit(window), kind(window), QComboBox(window)
    words.setText("0")
    words.setCursorPosition(0)
    number.lineEdit().setCursorPosition(0)
    window.show()
    for field in (words, number, choice):
        field.resize(120, field.sizeHint().height())
    assert words.height() == number.height() == choice.height()
    begins = number.lineEdit().mapTo(number, number.lineEdit().cursorRect().center())
    assert abs((begins - QPoint(words.cursorRect().center().x(), begins.y())).x()) <= 3
