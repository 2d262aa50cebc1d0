"""Candidate versions of a chapter while they arrive and until one is taken."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from arboris_desktop.domain.answers import kept
from arboris_desktop.domain.candidates import Angle, Candidate, CandidateRound, CandidateStatus
from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.spent import Spent
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import chapter_versions, chapters
from arboris_desktop.storage.tables.writing import chapter_candidates as table


class CandidateRepository(Repository):
    """Reads and writes candidates within the caller's transaction.

    The text of a stored candidate is that of its version, and not kept twice.
    """

    def next_round(self, chapter_id: int) -> int:
        """The number of the chapter's next round."""
        last = select(func.max(table.c.round)).where(table.c.chapter_id == chapter_id)
        return (self._connection.execute(last).scalar_one() or 0) + 1

    def add(
        self,
        chapter_id: int,
        round_number: int,
        position: int,
        *,
        angle: Angle,
        instruction: str,
        owner: str,
    ) -> int:
        """Adds a candidate that is about to be written, and returns its id."""
        now = self._clock()
        statement = insert(table).values(
            chapter_id=chapter_id,
            round=round_number,
            position=position,
            status=CandidateStatus.WRITING.value,
            angle=angle.value,
            instruction=instruction,
            owner=owner,
            created_at=now,
            updated_at=now,
        )
        return self._insert_row(statement)

    def begin(self, candidate_id: int, owner: str, *, keep_text: bool) -> None:
        """Notes that a process writes the candidate now: from its beginning, or after its text."""
        values: dict[str, object] = {} if keep_text else {"content": ""}
        self._change(
            candidate_id,
            status=CandidateStatus.WRITING.value,
            owner=owner,
            error_type=None,
            error_message=None,
            raw_answer="",
            **values,
        )

    def save_text(self, candidate_id: int, content: str, provider: str) -> None:
        """Stores what has come by now."""
        self._change(candidate_id, content=content, provider=provider)

    def end_early(
        self,
        candidate_id: int,
        status: CandidateStatus,
        error: ErrorKind | None = None,
        message: str = "",
        raw_answer: str = "",
        finish_reason: str = "",
    ) -> None:
        """Notes that the writing was stopped or failed; what came is kept."""
        self._change(
            candidate_id,
            status=status.value,
            error_type=None if error is None else error.value,
            error_message=message or None,
            raw_answer=kept(raw_answer),
            finish_reason=finish_reason,
        )

    def mark_stored(
        self,
        candidate_id: int,
        version_id: int,
        *,
        provider: str,
        finish_reason: str,
        spent: Spent,
    ) -> None:
        """Notes that the candidate is a version now, which has its text."""
        self._change(
            candidate_id,
            status=CandidateStatus.STORED.value,
            content="",
            version_id=version_id,
            provider=provider,
            finish_reason=finish_reason,
            token_usage=spent.to_json(),
            error_type=None,
            error_message=None,
            raw_answer="",
        )

    def decide(self, chapter_id: int, round_number: int, chosen: int | None) -> None:
        """Notes that the round is decided: for a candidate, or for a text made of several."""
        now = self._clock()
        of_round = (table.c.chapter_id == chapter_id) & (table.c.round == round_number)
        stored, taken = CandidateStatus.STORED.value, CandidateStatus.CHOSEN.value
        self._connection.execute(
            update(table).where(of_round, table.c.status == taken).values(status=stored)
        )
        self._connection.execute(update(table).where(of_round).values(decided_at=now))
        if chosen is not None:
            self._change(chosen, status=taken)

    def remove(self, candidate_id: int) -> None:
        """Forgets a candidate that is no version."""
        self._connection.execute(
            delete(table).where(table.c.id == candidate_id, table.c.version_id.is_(None))
        )

    def get(self, candidate_id: int) -> Candidate:
        """One candidate; raises ``NotFoundError``."""
        row = self._connection.execute(_query().where(table.c.id == candidate_id)).one_or_none()
        if row is None:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no candidate {candidate_id}")
        return _to_candidate(row)

    def rounds(self, chapter_id: int) -> list[CandidateRound]:
        """The rounds of a chapter, the oldest first."""
        rows = self._connection.execute(_query().where(table.c.chapter_id == chapter_id)).all()
        return _to_rounds(rows)

    def round(self, chapter_id: int, number: int) -> CandidateRound:
        """One round; raises ``NotFoundError``."""
        wanted = _query().where(table.c.chapter_id == chapter_id, table.c.round == number)
        found = _to_rounds(self._connection.execute(wanted).all())
        if not found:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no round {number} of chapter {chapter_id}")
        return found[0]

    def undecided(self, project_id: str) -> list[CandidateRound]:
        """The rounds of a novel that wait for a decision, in the order of the chapters."""
        wanted = _query().where(chapters.c.project_id == project_id, table.c.decided_at.is_(None))
        return _to_rounds(self._connection.execute(wanted).all())

    def _change(self, candidate_id: int, **values: object) -> None:
        changed = self._connection.execute(
            update(table)
            .where(table.c.id == candidate_id)
            .values(updated_at=self._clock(), **values)
        )
        if not changed.rowcount:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no candidate {candidate_id}")


def _query() -> Any:
    return (
        select(table, chapter_versions.c.content.label("version_content"))
        .join(chapters, chapters.c.id == table.c.chapter_id)
        .outerjoin(chapter_versions, chapter_versions.c.id == table.c.version_id)
        .order_by(chapters.c.chapter_number, table.c.round, table.c.position)
    )


def _to_rounds(rows: Any) -> list[CandidateRound]:
    found: list[CandidateRound] = []
    for (chapter_id, number), group in groupby(rows, key=lambda row: (row.chapter_id, row.round)):
        of_round = list(group)
        candidates = tuple(_to_candidate(row) for row in of_round)
        found.append(CandidateRound(chapter_id, number, candidates, of_round[0].decided_at))
    return found


def _to_candidate(row: Any) -> Candidate:
    candidate = Candidate(
        id=row.id,
        chapter_id=row.chapter_id,
        round=row.round,
        position=row.position,
        status=CandidateStatus(row.status),
        content=row.content,
        instruction=row.instruction,
        angle=Angle(row.angle),
        provider=row.provider,
        owner=row.owner,
        finish_reason=row.finish_reason,
        error_kind=ErrorKind(row.error_type) if row.error_type else None,
        error_message=row.error_message or "",
        version_id=row.version_id,
        spent=Spent.from_json(row.token_usage),
        created_at=row.created_at,
        updated_at=row.updated_at,
        raw_answer=row.raw_answer,
    )
    text = row.version_content
    return candidate if text is None else replace(candidate, content=text)
