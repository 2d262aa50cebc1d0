"""Contradictions in the book, as they were noticed and as the author dealt with them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.codex import CodexFact
from arboris_desktop.domain.contradictions import (
    AlertKind,
    AlertStatus,
    Contradiction,
    NewContradiction,
)
from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.storage.codex.rows import facts_query, to_fact
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.labels import ChapterLabels
from arboris_desktop.storage.tables.codex import codex_alerts, codex_entries, codex_facts
from arboris_desktop.storage.tables.novels import chapters
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines


class AlertRepository(Repository):
    """Reads and writes alerts within the caller's transaction."""

    def of_project(self, project_id: str, *, open_only: bool) -> list[Contradiction]:
        """The alerts of a novel in book order.

        An open one is left out while one of its passages is not in the text: there is nothing to
        contradict, until the passage is back.
        """
        query = _query().where(codex_alerts.c.project_id == project_id)
        if open_only:
            query = query.where(codex_alerts.c.status == AlertStatus.OPEN.value)
        rows = self._connection.execute(query).mappings().all()
        facts = self._facts(row[name] for row in rows for name in ("fact_id", "earlier_fact_id"))
        labels = ChapterLabels(self._connection)
        alerts = [_to_alert(row, facts, labels) for row in rows]
        return [a for a in alerts if a.status is not AlertStatus.OPEN or _stands(a)]

    def _facts(self, ids: Any) -> dict[int, CodexFact]:
        query = facts_query().where(codex_facts.c.id.in_({i for i in ids if i is not None}))
        labels = ChapterLabels(self._connection)
        rows = self._connection.execute(query).mappings().all()
        return {row["id"]: to_fact(row, labels) for row in rows}

    def signatures(self, entry_id: int) -> dict[str, tuple[int, AlertStatus]]:
        """The known alerts of an entry by what identifies them: their ids and states."""
        query = select(codex_alerts).where(codex_alerts.c.entry_id == entry_id)
        return {
            row["signature"]: (row["id"], AlertStatus(row["status"]))
            for row in self._connection.execute(query).mappings()
        }

    def add(self, project_id: str, found: NewContradiction) -> int:
        """Stores a new open alert and returns its id."""
        statement = insert(codex_alerts).values(
            project_id=project_id,
            entry_id=found.entry_id,
            signature=found.signature,
            status=AlertStatus.OPEN.value,
            created_at=self._clock(),
            **_places(found),
        )
        return self._insert_row(statement)

    def refresh(self, alert_id: int, found: NewContradiction) -> None:
        """Points an alert at where the same contradiction stands now."""
        self._connection.execute(
            update(codex_alerts).where(codex_alerts.c.id == alert_id).values(**_places(found))
        )

    def remove(self, alert_id: int) -> None:
        """Removes an alert."""
        self._connection.execute(delete(codex_alerts).where(codex_alerts.c.id == alert_id))

    def set_status(self, alert_id: int, status: AlertStatus) -> None:
        """Closes or reopens an alert; raises ``NotFoundError``."""
        closed_at = None if status is AlertStatus.OPEN else self._clock()
        changed = self._connection.execute(
            update(codex_alerts)
            .where(codex_alerts.c.id == alert_id)
            .values(status=status.value, closed_at=closed_at)
        )
        if not changed.rowcount:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no alert {alert_id}")


def _places(found: NewContradiction) -> dict[str, Any]:
    return {
        "chapter_id": found.chapter_id,
        "kind": found.kind.value,
        "attribute": found.attribute,
        "fact_id": found.fact_id,
        "earlier_fact_id": found.earlier_fact_id,
        "quotation": found.quotation,
        "start": found.start,
        "end": found.end,
    }


def _query() -> Any:
    return (
        select(
            codex_alerts,
            chapters.c.chapter_number,
            chapter_outlines.c.title,
            codex_entries.c.name.label("entry_name"),
        )
        .join(chapters, chapters.c.id == codex_alerts.c.chapter_id)
        .outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
        .join(codex_entries, codex_entries.c.id == codex_alerts.c.entry_id)
        .order_by(chapters.c.chapter_number, codex_alerts.c.id)
    )


def _stands(alert: Contradiction) -> bool:
    facts = [fact for fact in (alert.earlier, alert.fact) if fact is not None]
    in_the_text = alert.fact is not None or alert.start is not None
    return alert.earlier is not None and in_the_text and all(fact.counts for fact in facts)


def _to_alert(row: RowMapping, facts: dict[int, CodexFact], labels: ChapterLabels) -> Contradiction:
    return Contradiction(
        id=row["id"],
        project_id=row["project_id"],
        chapter_id=row["chapter_id"],
        chapter_number=row["chapter_number"],
        chapter_title=row["title"] or "",
        entry_id=row["entry_id"],
        entry_name=row["entry_name"],
        kind=AlertKind(row["kind"]),
        attribute=row["attribute"],
        earlier=facts.get(row["earlier_fact_id"]),
        fact=facts.get(row["fact_id"]),
        quotation=row["quotation"],
        start=row["start"],
        end=row["end"],
        status=AlertStatus(row["status"]),
        created_at=row["created_at"],
        chapter_label=labels.of(row["project_id"], row["chapter_number"]),
    )
