from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.widgets.icon_tabs import IconTabs
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.theme import apply_theme


@pytest.mark.parametrize("points", [9, 13, 20])
@pytest.mark.parametrize("name", ["check", "chapter-planned", "chapter-writing"])
def test_words_stand_close_to_their_icon_and_are_whole(
    qapp: QApplication, qtbot: QtBot, name: str, points: int
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    tabs, bar = QTabWidget(), IconTabs()
    qtbot.addWidget(tabs)
    tabs.setTabBar(bar)
    font = QFont(bar.font())
    font.setPointSize(points)
    bar.setFont(font)
    for _ in range(2):
        tabs.addTab(QWidget(), icon(name), "HHH")
    tabs.setDocumentMode(True)
    tabs.resize(800, 200)
    tabs.show()
    qapp.processEvents()

    image, tab = bar.grab().toImage(), bar.tabRect(1)
    rows = range(tab.top() + 2, tab.bottom() - 4)
    ink = [
        x
        for x in range(tab.left(), tab.right())
        if any(image.pixelColor(x, y).lightness() < 170 for y in rows)
    ]
    # The first letter has no hole in its feet: what parts most is the icon from the words.
    gap = max((after - before, before) for before, after in pairwise(ink))
    icon_end = tab.left() + 9 + 16
    assert gap[1] < icon_end
    assert 4 <= gap[0] <= 11
    words = ink[-1] - (gap[1] + gap[0]) + 1
    assert abs(words - bar.fontMetrics().tightBoundingRect("HHH").width()) <= 2
    # As much room behind the words as before the icon.
    assert abs((tab.right() - ink[-1]) - 9) <= 3
