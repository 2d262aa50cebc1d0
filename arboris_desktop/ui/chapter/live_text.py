"""A chapter while a model writes it: its text so far, with a running count."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.counts import count_words
from arboris_desktop.ui.waiting_words import WaitingClock


class LiveText:
    """Grows at its end. Only the last paragraph is counted again when something is added."""

    def __init__(self, initial: str, language: Language) -> None:
        self._language = language
        self._finished: list[str] = []
        self._finished_words = 0
        self._paragraph = ""
        self.received = False
        """True once any text has arrived."""
        self.clock = QElapsedTimer()
        self.clock.start()
        self.waiting = WaitingClock()
        """The phase of the model while no words arrive."""
        self._add(initial)

    def append(self, text: str) -> None:
        """Appends text."""
        self.received = True
        self.waiting.clear()
        self._add(text)

    def replace(self, text: str) -> None:
        """Replaces the text."""
        self._finished.clear()
        self._finished_words, self._paragraph = 0, ""
        self._add(text)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._finished) + self._paragraph

    @property
    def word_count(self) -> int:
        """The length so far, in the unit of the language."""
        return self._finished_words + count_words(self._paragraph, self._language)

    def _add(self, text: str) -> None:
        self._paragraph += text
        cut = self._paragraph.rfind("\n") + 1
        if cut:
            finished, self._paragraph = self._paragraph[:cut], self._paragraph[cut:]
            self._finished.append(finished)
            self._finished_words += count_words(finished, self._language)
