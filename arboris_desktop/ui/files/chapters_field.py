"""Choosing the chapters that are exported: numbers that are typed, or those of a volume."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from arboris_desktop.domain.chapter_numbers import parse_chapter_numbers
from arboris_desktop.domain.errors import RuleError
from arboris_desktop.exchange.volume_chapters import VolumeChapters
from arboris_desktop.ui.novels.chapter_tree_model import volume_name
from arboris_desktop.ui.widgets.mnemonics import literal


class ChaptersField(QWidget):
    """A line for numbers and ranges, and a menu of the volumes, if the novel has several.

    ``line`` is what the letter of a label leads to.
    """

    changed = Signal()

    def __init__(
        self, volumes: Sequence[VolumeChapters] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = self._numbers = QLineEdit()
        self._numbers.setPlaceholderText(self.tr("All; or such as 1-20, 25"))
        self._numbers.textChanged.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._numbers, 1)
        if len(volumes) > 1:
            row.addWidget(self._volume_button(volumes))

    def chosen(self) -> frozenset[int] | None:
        """The numbers, ``None`` for all chapters; raises ``RuleError`` for what are none."""
        text = self._numbers.text().strip()
        return frozenset(parse_chapter_numbers(text)) if text else None

    def is_readable(self) -> bool:
        """True unless something else than numbers is typed."""
        try:
            self.chosen()
        except RuleError:
            return False
        return True

    def _volume_button(self, volumes: Sequence[VolumeChapters]) -> QPushButton:
        button = QPushButton(self.tr("V&olume"))
        button.setAutoDefault(False)
        menu = QMenu(button)
        for volume in volumes:
            name = literal(volume_name(volume.position, volume.title))
            words = self.tr("{volume} ({numbers})").format(volume=name, numbers=volume.numbers)
            menu.addAction(words, partial(self._add, volume.numbers))
        button.setMenu(menu)
        return button

    def _add(self, numbers: str) -> None:
        """Adds a volume to what is chosen already."""
        before = self._numbers.text().strip(" ,")
        self._numbers.setText(f"{before}, {numbers}" if before else numbers)
