"""The number of tasks in each state, as a row of small labels."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from arboris_desktop.domain.tasks import QueueCounts
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import Chip
from arboris_desktop.ui.widgets.theme import Tone


class CountChips(Translated, QWidget):
    """Waiting, running, completed and failed; zeros are not shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = QueueCounts()
        self._waiting, self._running, self._completed, self._failed = (Chip() for _ in range(4))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for chip in self._chips():
            layout.addWidget(chip)
        layout.addStretch(1)
        self.show_counts(self._counts)

    def show_counts(self, counts: QueueCounts) -> None:
        """Shows these counts."""
        self._counts = counts
        quiet, running = Tone.NEUTRAL, Tone.GOOD if counts.processing else Tone.NEUTRAL
        failed = Tone.BAD if counts.failed else Tone.NEUTRAL
        self._waiting.show_words(self.tr("%Ln waiting", "", counts.pending), quiet)
        self._running.show_words(self.tr("%Ln running", "", counts.processing), running)
        self._completed.show_words(self.tr("%Ln completed", "", counts.completed), quiet)
        self._failed.show_words(self.tr("%Ln failed", "", counts.failed), failed)
        numbers = (counts.pending, counts.processing, counts.completed, counts.failed)
        for chip, number in zip(self._chips(), numbers, strict=True):
            chip.setVisible(number > 0)
        self.setAccessibleName(", ".join(self.texts()))

    def texts(self) -> list[str]:
        """The texts of the labels, from left to right."""
        return [chip.text() for chip in self._chips() if not chip.isHidden()]

    def _retranslate(self) -> None:
        self.show_counts(self._counts)

    def _chips(self) -> tuple[Chip, ...]:
        return (self._waiting, self._running, self._completed, self._failed)
