"""Faults that the gallery finds: text that is cut without being told, or left in English."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.demo.gallery.all_looks import complaints
from arboris_desktop.demo.gallery.faults import cut_texts, english_texts, texts_beyond_edges
from arboris_desktop.ui.widgets.elided_label import ElidedLabel

LONG = "A text that is longer than the room it has here"


@pytest.fixture
def shown(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QHBoxLayout(made)
    return made


def put(shown: QWidget, widget: QWidget, size: QSize | None = None) -> None:
    layout = shown.layout()
    assert layout is not None
    layout.addWidget(widget)
    if size is not None:
        widget.setFixedSize(size)
    shown.show()


@pytest.mark.parametrize("kind", [QLabel, QPushButton])
def test_a_text_with_too_little_room_is_cut(shown: QWidget, kind: Callable[[str], QWidget]) -> None:
    put(shown, kind(LONG), QSize(60, 24))
    assert list(cut_texts(shown)) == [LONG]


@pytest.mark.parametrize("kind", [QLabel, QPushButton])
def test_a_text_with_room_is_not(shown: QWidget, kind: Callable[[str], QWidget]) -> None:
    put(shown, kind(LONG))
    assert list(cut_texts(shown)) == []


def test_a_paragraph_that_needs_more_height_is_cut(shown: QWidget) -> None:
    label = QLabel(LONG * 3)
    label.setWordWrap(True)
    put(shown, label, QSize(80, 20))
    assert list(cut_texts(shown)) == [LONG * 3]


def test_what_a_tool_tip_tells_in_full_may_be_elided(shown: QWidget) -> None:
    label = ElidedLabel()
    label.set_text(LONG)
    put(shown, label, QSize(60, 20))
    assert label.is_elided()
    assert list(cut_texts(shown)) == []
    label.setToolTip("")
    assert list(cut_texts(shown)) == [LONG]


def test_a_cut_tab_needs_a_tool_tip(shown: QWidget) -> None:
    tabs = QTabBar()
    tabs.addTab(LONG)
    put(shown, tabs, QSize(60, 30))
    assert list(cut_texts(shown)) == [LONG]
    tabs.setTabToolTip(0, LONG)
    assert list(cut_texts(shown)) == []


def test_english_in_a_chinese_window_is_found(shown: QWidget) -> None:
    for words in ("Everything is read", "全部已读", "SmolLM2-135M", "设置 for all of it"):
        put(shown, QLabel(words))
    assert list(english_texts(shown)) == ["Everything is read"]


def test_a_page_that_is_too_small_is_complained_of() -> None:
    good = {"scene": "page-text", "faults": [], "share": 0.65, "lines": 22.0}
    assert complaints(good) == []
    assert len(complaints(good | {"share": 0.5, "lines": 12.0})) == 2
    assert len(complaints({"scene": "page-text", "faults": []})) == 2
    candidates = {"scene": "candidates", "faults": [], "candidate_lines": 12.0}
    assert complaints(candidates) == []
    assert len(complaints(candidates | {"candidate_lines": 4.0})) == 1
    assert complaints({"scene": "dialog-x", "faults": ["cut: 'x'"]}) == ["dialog-x: cut: 'x'"]


def test_a_text_beyond_the_edge_of_what_it_stands_in_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    inside, outside = QLabel("inside", window), QLabel("outside", window)
    for label, left in ((inside, 10), (outside, 180)):
        label.resize(60, 20)
        label.move(left, 10)
    window.show()
    assert list(texts_beyond_edges(window)) == ["outside"]


def test_a_text_that_can_be_scrolled_to_is_not(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    content = QWidget()
    content.resize(600, 600)
    QLabel("further down", content).setGeometry(10, 500, 100, 20)
    area.setWidget(content)
    area.resize(200, 100)
    area.show()
    assert list(texts_beyond_edges(area)) == []


def test_the_hint_in_a_field_is_cut_where_it_does_not_fit(qtbot: QtBot) -> None:
    shown = QLineEdit()
    qtbot.addWidget(shown)
    shown.setPlaceholderText(LONG)
    shown.resize(80, 28)
    shown.show()
    assert list(cut_texts(shown)) == [LONG]
    shown.resize(shown.fontMetrics().horizontalAdvance(LONG) + 40, 28)
    assert list(cut_texts(shown)) == []
    shown.resize(80, 28)
    shown.setText("Nell")
    assert list(cut_texts(shown)) == []
