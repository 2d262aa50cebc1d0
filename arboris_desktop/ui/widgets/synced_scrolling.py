"""Synchronised scrolling of two texts, paragraph by paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.ui.widgets.text_offsets import to_utf16


class SyncedScrolling(QObject):
    """Scrolls two texts together, so that corresponding parts are at the same height even if one is
    much longer."""

    def __init__(self, first: QTextEdit, second: QTextEdit) -> None:
        super().__init__(first)
        self._texts = (first, second)
        self._anchors: list[tuple[int, int]] = []
        self._is_following = False
        for leader in (0, 1):
            bar = self._texts[leader].verticalScrollBar()
            bar.valueChanged.connect(lambda value, leader=leader: self._follow(leader, value))

    def set_anchors(self, anchors: Sequence[tuple[int, int]]) -> None:
        """Sets where corresponding parts begin, in characters of each text."""
        texts = [each.document().toRawText() for each in self._texts]
        self._anchors = [
            (to_utf16(texts[0], first), to_utf16(texts[1], second)) for first, second in anchors
        ]

    def _follow(self, leader: int, value: int) -> None:
        if self._is_following:
            return
        heights = self._heights()
        here = [pair[leader] for pair in heights]
        there = [pair[1 - leader] for pair in heights]
        place = min(max(bisect_right(here, value) - 1, 0), len(here) - 2)
        span = here[place + 1] - here[place]
        share = (value - here[place]) / span if span else 1.0
        height = there[place] + share * (there[place + 1] - there[place])
        self._is_following = True
        self._texts[1 - leader].verticalScrollBar().setValue(round(height))
        self._is_following = False

    def _heights(self) -> list[tuple[float, float]]:
        """Returns pairs of corresponding heights, from the top to the bottom of both."""
        ends = [float(each.verticalScrollBar().maximum()) for each in self._texts]
        heights = [(0.0, 0.0)]
        for places in self._anchors:
            first, second = (
                _top_of(text, place) for text, place in zip(self._texts, places, strict=True)
            )
            rises = first > heights[-1][0] and second > heights[-1][1]
            if rises and first < ends[0] and second < ends[1]:
                heights.append((first, second))
        return [*heights, (ends[0], ends[1])]


def _top_of(edit: QTextEdit, place: int) -> float:
    block = edit.document().findBlock(place)
    return edit.document().documentLayout().blockBoundingRect(block).top()
