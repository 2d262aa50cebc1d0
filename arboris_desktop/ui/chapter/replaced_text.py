"""Changes of a document that the author did not type, as long as they can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument

from arboris_desktop.domain.writing_days import NotTyped


@dataclass(slots=True)
class _Change:
    steps: int
    """The document's steps to undo as soon as it is made."""
    words: NotTyped
    is_made: bool = True


class ReplacedText(QObject):
    """Belongs to a document, and tells which of its changes are undone or made again."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._changes: list[_Change] = []

    @classmethod
    def of(cls, document: QTextDocument) -> ReplacedText:
        """The one of a document; it goes with the document."""
        return cast("ReplacedText | None", document.findChild(cls)) or cls(document)

    def note(self, words: NotTyped) -> None:
        """Notes that the document's last change is of so many words."""
        self._changes.append(_Change(self._document.availableUndoSteps(), words))

    def moved(self) -> NotTyped:
        """Returns the words that went since the last call as changes were undone, and those that
        came as they were made again. Call it with every change of the document."""
        undone = self._document.isRedoAvailable()
        if not undone:
            # What the author changes after undoing leaves nothing to make again.
            self._changes = [each for each in self._changes if each.is_made]
        total = NotTyped()
        for change in self._changes:
            is_made = change.steps <= self._document.availableUndoSteps()
            if is_made != change.is_made and (is_made or undone):
                change.is_made = is_made
                total += change.words if is_made else -change.words
        return total
