"""Instructions of a novel that are not in force: they came with a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from arboris_desktop.domain.instructions import Instruction, InstructionKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.writing import instructions_aside

_COLUMNS = instructions_aside.c


class InstructionRepository(Repository):
    """Reads and writes inactive instructions, within the caller's transaction."""

    def of_project(self, project_id: str) -> list[Instruction]:
        """Returns the inactive instructions, in the order in which it came."""
        query = (
            select(instructions_aside)
            .where(_COLUMNS.project_id == project_id)
            .order_by(_COLUMNS.id)
        )
        return [
            Instruction(
                InstructionKind(row.kind),
                row.content,
                row.name,
                Language(row.language) if row.language else None,
            )
            for row in self._connection.execute(query)
        ]

    def add(self, project_id: str, instructions: Iterable[Instruction]) -> None:
        """Stores instructions as inactive."""
        rows = [
            {
                "project_id": project_id,
                "kind": each.kind.value,
                "name": each.name,
                "language": each.language.value if each.language else "",
                "content": each.content,
            }
            for each in instructions
        ]
        if rows:
            self._connection.execute(insert(instructions_aside), rows)

    def clear(self, project_id: str) -> None:
        """Deletes the inactive instructions."""
        self._connection.execute(
            delete(instructions_aside).where(_COLUMNS.project_id == project_id)
        )
