"""The journal of the codex: images of its rows before and after each change, and their undoing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, or_, select, update
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.codex import Origin
from arboris_desktop.domain.codex_journal import JournalAction, JournalEntry
from arboris_desktop.domain.errors import ErrorKind, NotFoundError, RuleError
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.codex import codex_entries, codex_facts, codex_journal
from arboris_desktop.storage.tables.tasks import pending_analysis

Image = dict[str, list[dict[str, Any]]]
_TABLES: dict[str, Table] = {"entries": codex_entries, "facts": codex_facts}
_TIMES = ("created_at", "updated_at")


class JournalRepository(Repository):
    """Writes and reads the journal, and puts rows back, within the caller's transaction."""

    def image(self, *, entry_ids: tuple[int, ...] = (), fact_ids: tuple[int, ...] = ()) -> Image:
        """The rows as they are now; those that do not exist are left out."""
        image: Image = {}
        for name, ids in (("entries", entry_ids), ("facts", fact_ids)):
            if not ids:
                continue
            table = _TABLES[name]
            query = select(table).where(table.c.id.in_(ids)).order_by(table.c.id)
            image[name] = [_plain(row) for row in self._connection.execute(query).mappings()]
        for fact in image.get("facts", ()):
            fact["entry_name"] = self._entry_name(fact["entry_id"])
        return image

    def _entry_name(self, entry_id: int) -> str:
        query = select(codex_entries.c.name).where(codex_entries.c.id == entry_id)
        return str(self._connection.execute(query).scalar_one())

    def add(
        self,
        project_id: str,
        action: JournalAction,
        actor: Origin,
        *,
        before: Image | None,
        after: Image | None,
        task_id: int | None = None,
    ) -> int:
        """Notes a change that was made, and returns the number of the note."""
        first = (after or {}).get("facts") or (before or {}).get("facts")
        entry = (after or {}).get("entries") or (before or {}).get("entries")
        values = {
            "project_id": project_id,
            "entry_id": entry[0]["id"] if entry else first[0]["entry_id"] if first else None,
            "fact_id": first[0]["id"] if first else None,
            "chapter_id": first[0]["chapter_id"] if first else None,
            "pending_analysis_id": task_id,
            "action": action.value,
            "actor": actor.value,
            "before": before,
            "after": after,
            "created_at": self._clock(),
        }
        return self._insert_row(insert(codex_journal).values(**values))

    def newest(self, project_id: str, limit: int) -> list[JournalEntry]:
        """The newest changes of a novel, the newest first; undone ones included."""
        query = (
            select(codex_journal)
            .where(codex_journal.c.project_id == project_id)
            .order_by(codex_journal.c.id.desc())
            .limit(limit)
        )
        return [_to_entry(row) for row in self._connection.execute(query).mappings()]

    def get(self, journal_id: int) -> JournalEntry:
        """One change; raises ``NotFoundError``."""
        query = select(codex_journal).where(codex_journal.c.id == journal_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no journal entry {journal_id}")
        return _to_entry(row)

    def later(self, entry: JournalEntry) -> list[JournalEntry]:
        """The changes after this one that were not undone, the oldest first."""
        query = (
            select(codex_journal)
            .where(
                codex_journal.c.project_id == entry.project_id,
                codex_journal.c.id > entry.id,
                codex_journal.c.undone_at.is_(None),
            )
            .order_by(codex_journal.c.id)
        )
        return [_to_entry(row) for row in self._connection.execute(query).mappings()]

    def undo(self, entry: JournalEntry) -> None:
        """Makes the rows as they were before the change, and notes when.

        Raises ``RuleError`` when a row's number was given to a row of another novel meanwhile:
        SQLite uses the numbers of removed rows again.
        """
        before, after = entry.before or {}, entry.after or {}
        self._refuse_strangers(entry.project_id, before, after)
        for name in ("facts", "entries"):
            self._delete(name, _ids(after, name) - _ids(before, name))
        for name in ("entries", "facts"):
            for row in before.get(name, ()):
                self._put_back(_TABLES[name], row)
        self._connection.execute(
            update(codex_journal)
            .where(codex_journal.c.id == entry.id)
            .values(undone_at=self._clock())
        )

    def _refuse_strangers(self, project_id: str, *images: Image) -> None:
        entry_ids = {row["id"] for image in images for row in image.get("entries", ())}
        fact_ids = {row["id"] for image in images for row in image.get("facts", ())}
        of_fact = select(codex_facts.c.entry_id).where(codex_facts.c.id.in_(fact_ids))
        strangers = select(codex_entries.c.id).where(
            codex_entries.c.project_id != project_id,
            or_(codex_entries.c.id.in_(entry_ids), codex_entries.c.id.in_(of_fact)),
        )
        if self._connection.execute(strangers).first() is not None:
            raise RuleError(
                ErrorKind.UNDO_IMPOSSIBLE,
                "what it changed is gone, and another novel has taken its number",
            )

    def _delete(self, name: str, ids: set[int]) -> None:
        table = _TABLES[name]
        self._connection.execute(delete(table).where(table.c.id.in_(ids)))

    def _put_back(self, table: Table, row: dict[str, Any]) -> None:
        values = {name: value for name, value in row.items() if name in table.c}
        for name in _TIMES:
            if name in values:
                values[name] = datetime.fromisoformat(values[name])
        if values.get("pending_analysis_id") and not self._has_task(values["pending_analysis_id"]):
            values["pending_analysis_id"] = None  # pruned since
        key = table.c.id == values["id"]
        if not self._connection.execute(update(table).where(key).values(**values)).rowcount:
            self._connection.execute(insert(table).values(**values))

    def _has_task(self, task_id: int) -> bool:
        query = select(pending_analysis.c.id).where(pending_analysis.c.id == task_id)
        return self._connection.execute(query).first() is not None


def _ids(image: Image, name: str) -> set[int]:
    return {row["id"] for row in image.get(name, ())}


def _plain(row: RowMapping) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
    }


def _to_entry(row: RowMapping) -> JournalEntry:
    return JournalEntry(
        id=row["id"],
        project_id=row["project_id"],
        action=JournalAction(row["action"]),
        actor=Origin(row["actor"]),
        entry_id=row["entry_id"],
        fact_id=row["fact_id"],
        chapter_id=row["chapter_id"],
        task_id=row["pending_analysis_id"],
        before=row["before"],
        after=row["after"],
        created_at=row["created_at"],
        undone_at=row["undone_at"],
    )
