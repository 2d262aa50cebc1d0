"""The processes that write chapters; a row counts only while its process lives."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from arboris_desktop.domain.chapter_writers import ChapterWriter, Program, WriterKind
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.writing import chapter_writers as table


class ChapterWriterRepository(Repository):
    """Reads and writes writers within the caller's transaction."""

    def of_chapter(self, chapter_id: int) -> ChapterWriter | None:
        """The last writer of the chapter, if it was not released; its process may be dead."""
        query = select(table).where(table.c.chapter_id == chapter_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _to_writer(row)

    def all(self) -> list[ChapterWriter]:
        """Every writer that was not released, the oldest first."""
        query = select(table).order_by(table.c.started_at)
        return [_to_writer(row) for row in self._connection.execute(query)]

    def hold(self, writer: ChapterWriter) -> None:
        """Notes the writer of a chapter, in place of one who is gone."""
        values: dict[str, Any] = {
            "kind": writer.kind.value,
            "program": writer.program.value,
            "owner": writer.owner,
            "run": writer.run_id,
            "started_at": self._clock(),
        }
        self._upsert(table, {"chapter_id": writer.chapter_id}, values)

    def release(self, chapter_id: int, owner: str) -> None:
        """Notes that a process does not write the chapter any more."""
        self._connection.execute(
            delete(table).where(table.c.chapter_id == chapter_id, table.c.owner == owner)
        )


def _to_writer(row: Any) -> ChapterWriter:
    return ChapterWriter(
        chapter_id=row.chapter_id,
        kind=WriterKind(row.kind),
        program=Program(row.program),
        owner=row.owner,
        run_id=row.run,
    )
