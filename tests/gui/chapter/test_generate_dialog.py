from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.demo.gallery.faults import cut_texts
from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.chapter.generate_dialog import GenerateDialog
from arboris_desktop.ui.widgets.theme import apply_theme


@pytest.mark.parametrize("points", [9, 12, 18])
def test_the_example_of_a_wish_can_be_read_in_full(
    qapp: QApplication, qtbot: QtBot, points: int
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    dialog = GenerateDialog("1. The Ferry", has_text=True)
    qtbot.addWidget(dialog)
    font = QFont(dialog.font())
    font.setPointSize(points)
    dialog.setFont(font)
    QApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    dialog.show()
    assert list(cut_texts(dialog)) == []
