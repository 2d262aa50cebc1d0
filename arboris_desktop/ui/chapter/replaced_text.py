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
    """The number of undo steps right after the change."""
    words: NotTyped
    is_made: bool = True


class ReplacedText(QObject):
    """Belongs to a document, and tracks which of its changes are undone or redone."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._changes: list[_Change] = []

    @classmethod
    def of(cls, document: QTextDocument) -> ReplacedText:
        """Returns the tracker of a document; it is deleted with the document."""
        return cast("ReplacedText | None", document.findChild(cls)) or cls(document)

    def note(self, words: NotTyped) -> None:
        """Records that the document's last change has this many words."""
        self._changes.append(_Change(self._document.availableUndoSteps(), words))

    def moved(self) -> NotTyped:
        """Returns the words that were undone and those that were redone since the last call.

        Call it at every change of the document.
        """
        undone = self._document.isRedoAvailable()
        if not undone:
            # After a new change there is nothing to redo.
            self._changes = [each for each in self._changes if each.is_made]
        total = NotTyped()
        for change in self._changes:
            is_made = change.steps <= self._document.availableUndoSteps()
            if is_made != change.is_made and (is_made or undone):
                change.is_made = is_made
                total += change.words if is_made else -change.words
        return total
