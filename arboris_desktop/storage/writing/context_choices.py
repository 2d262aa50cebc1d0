"""The author's choices of what the model is told, or is not told, for a chapter."""

from __future__ import annotations

from sqlalchemy import delete, select

from arboris_desktop.domain.context import ContextChoice, ItemKind
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.writing import context_choices

Choices = dict[tuple[ItemKind, str], ContextChoice]
"""By kind and key of the piece."""


class ContextChoiceRepository(Repository):
    """Reads and writes choices within the caller's transaction."""

    def of_chapter(self, chapter_id: int) -> Choices:
        """Every choice for a chapter."""
        query = select(context_choices).where(context_choices.c.chapter_id == chapter_id)
        return {
            (ItemKind(row.kind), row.key): ContextChoice(row.choice)
            for row in self._connection.execute(query)
        }

    def set(self, chapter_id: int, kind: ItemKind, key: str, choice: ContextChoice | None) -> None:
        """Stores a choice; ``None`` leaves the piece to the rules again."""
        piece = {"chapter_id": chapter_id, "kind": kind.value, "key": key}
        if choice is None:
            columns = context_choices.c
            self._connection.execute(
                delete(context_choices).where(
                    *(columns[name] == value for name, value in piece.items())
                )
            )
            return
        values = {"choice": choice.value, "updated_at": self._clock()}
        self._upsert(context_choices, piece, values)
