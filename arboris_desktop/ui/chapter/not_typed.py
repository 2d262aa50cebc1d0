"""Words in the texts of chapters that the author did not type, until they are stored."""

from __future__ import annotations

from collections import defaultdict

from arboris_desktop.domain.writing_days import NotTyped


class NotTypedWords:
    """Tells each save how much of it a model wrote, or came back from an older text.

    Undone at once, a change takes its words with it.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, NotTyped] = defaultdict(NotTyped)
        self._told: dict[int, list[tuple[str, NotTyped]]] = defaultdict(list)

    def note(self, chapter_id: int, before: str, change: NotTyped) -> None:
        """A text was changed so; it was ``before`` until then."""
        self._waiting[chapter_id] += change
        self._told[chapter_id].append((before, change))

    def take(self, chapter_id: int, text: str) -> NotTyped:
        """Returns what is to be noted with a text that is stored now."""
        waiting, told = self._waiting.pop(chapter_id, NotTyped()), self._told[chapter_id]
        if told and told[-1][0] == text:
            waiting += -told.pop()[1]
        return waiting

    def give_back(self, chapter_id: int, change: NotTyped) -> None:
        """The text could not be stored; the next one learns of it."""
        self._waiting[chapter_id] += change
