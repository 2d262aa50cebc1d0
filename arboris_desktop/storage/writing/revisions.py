"""Proposals for passages: kept until the author has decided, since they are paid for."""

from __future__ import annotations

from sqlalchemy import insert, select, update
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.revision import (
    Passage,
    PassageRevision,
    RevisionKind,
    RevisionStatus,
)
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.writing import passage_revisions


class RevisionRepository(Repository):
    """Reads and writes proposals within the caller's transaction."""

    def add(
        self, passage: Passage, kind: RevisionKind, instruction: str, proposal: str, provider: str
    ) -> PassageRevision:
        """Stores a proposal that waits for the author."""
        now = self._clock()
        revision_id = self._insert_row(
            insert(passage_revisions).values(
                chapter_id=passage.chapter_id,
                kind=kind.value,
                instruction=instruction,
                start=passage.start,
                original=passage.text,
                proposal=proposal,
                status=RevisionStatus.PROPOSED.value,
                provider=provider,
                created_at=now,
                updated_at=now,
            )
        )
        return _to_revision(self._row(passage_revisions, revision_id)._mapping)

    def newest_open(self, chapter_id: int) -> PassageRevision | None:
        """The last proposal for the chapter that the author has not decided on."""
        columns = passage_revisions.c
        query = (
            select(passage_revisions)
            .where(
                columns.chapter_id == chapter_id,
                columns.status == RevisionStatus.PROPOSED.value,
            )
            .order_by(columns.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _to_revision(row)

    def decide(self, revision_id: int, status: RevisionStatus) -> None:
        """Notes what became of a proposal."""
        self._connection.execute(
            update(passage_revisions)
            .where(passage_revisions.c.id == revision_id)
            .values(status=status.value, updated_at=self._clock())
        )


def _to_revision(row: RowMapping) -> PassageRevision:
    return PassageRevision(
        id=row["id"],
        kind=RevisionKind(row["kind"]),
        instruction=row["instruction"],
        passage=Passage(row["chapter_id"], row["start"], row["original"]),
        proposal=row["proposal"],
        status=RevisionStatus(row["status"]),
        provider=row["provider"],
    )
