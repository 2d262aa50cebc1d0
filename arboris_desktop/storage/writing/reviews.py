"""Reviews of chapters: rows of ``chapter_evaluations`` other than those of candidates."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, and_, func, insert, select
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.domain.reviews import (
    Beat,
    ChapterReview,
    Dimension,
    Reader,
    ReviewFindings,
    ReviewKind,
    ReviewNote,
    ReviewTarget,
    Severity,
)
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import chapter_versions, chapters
from arboris_desktop.storage.tables.planning import writing_guides
from arboris_desktop.storage.tables.writing import chapter_evaluations


class ReviewRepository(Repository):
    """Reads and writes reviews within the caller's transaction."""

    def target(self, chapter_id: int, rules: tuple[str, ...]) -> ReviewTarget | None:
        """The text of the chapter as it is now; ``None`` while it is only planned."""
        row = self._connection.execute(
            select(chapter_versions)
            .join(chapters, chapters.c.selected_version_id == chapter_versions.c.id)
            .where(chapters.c.id == chapter_id)
        ).one_or_none()
        if row is None:
            return None
        return ReviewTarget(chapter_id, row.id, row.revision, row.content, rules)

    def add(
        self,
        target: ReviewTarget,
        kind: ReviewKind,
        findings: ReviewFindings,
        *,
        provider: str,
        reader: Reader | None = None,
    ) -> None:
        """Stores a review; earlier ones stay as history."""
        scores = list(findings.scores.values())
        self._connection.execute(
            insert(chapter_evaluations).values(
                chapter_id=target.chapter_id,
                version_id=target.version_id,
                version_revision=target.version_revision,
                kind=kind.value,
                decision=reader.value if reader else None,
                feedback=findings.verdict,
                score=sum(scores) / len(scores) if scores else None,
                details=_to_json(findings) | {"rules": target.rules_hash},
                provider=provider,
                created_at=self._clock(),
            )
        )

    def of_chapter(self, chapter_id: int) -> list[ChapterReview]:
        """The newest review of each kind and reader."""
        query = _newest().where(chapter_evaluations.c.chapter_id == chapter_id)
        return [_to_review(row) for row in self._connection.execute(query).mappings()]

    def of_project(self, project_id: str, kind: ReviewKind) -> dict[int, ChapterReview]:
        """The newest review of a kind for each chapter of the novel that has one, by its number."""
        query = _newest().where(
            chapters.c.project_id == project_id, chapter_evaluations.c.kind == kind.value
        )
        rows = self._connection.execute(query).mappings()
        return {row["chapter_number"]: _to_review(row) for row in rows}

    def due(
        self,
        project_id: str,
        kind: ReviewKind,
        rules_hash: str | None = None,
        *,
        written_under_rules: bool = False,
    ) -> list[int]:
        """The written chapters, in order, whose text has no review of that kind.

        With ``rules_hash``, a review by other rules does not count either. ``written_under_rules``
        leaves only what a model wrote since the novel's rules were last changed.
        """
        evaluations = chapter_evaluations.c
        done = and_(
            evaluations.chapter_id == chapters.c.id,
            evaluations.kind == kind.value,
            evaluations.version_id == chapter_versions.c.id,
            evaluations.version_revision == chapter_versions.c.revision,
        )
        if rules_hash is not None:
            done = and_(done, evaluations.details["rules"].as_string() == rules_hash)
        query = (
            select(chapters.c.id)
            .join(chapter_versions, chapters.c.selected_version_id == chapter_versions.c.id)
            .where(
                chapters.c.project_id == project_id,
                ~select(evaluations.id).where(done).correlate(chapters, chapter_versions).exists(),
            )
            .order_by(chapters.c.chapter_number)
        )
        if written_under_rules:
            query = query.join(
                writing_guides, writing_guides.c.project_id == chapters.c.project_id
            ).where(
                chapter_versions.c.origin == VersionOrigin.MODEL.value,
                chapter_versions.c.created_at >= writing_guides.c.updated_at,
            )
        return list(self._connection.execute(query).scalars())


@cache
def _newest() -> Select[Any]:
    """Reviews but those that a later one of the same kind and reader has replaced."""
    evaluations, newer = chapter_evaluations.c, chapter_evaluations.alias("newer").c
    replaced = (
        select(newer.id)
        .where(
            newer.chapter_id == evaluations.chapter_id,
            newer.kind == evaluations.kind,
            func.coalesce(newer.decision, "") == func.coalesce(evaluations.decision, ""),
            newer.id > evaluations.id,
        )
        .exists()
    )
    return (
        select(
            chapter_evaluations,
            chapters.c.chapter_number,
            chapters.c.selected_version_id,
            chapter_versions.c.revision.label("selected_revision"),
        )
        .join(chapters, chapters.c.id == evaluations.chapter_id)
        .outerjoin(chapter_versions, chapter_versions.c.id == chapters.c.selected_version_id)
        .where(evaluations.kind.in_([kind.value for kind in ReviewKind]), ~replaced)
        .order_by(evaluations.id)
    )


def _to_review(row: RowMapping) -> ChapterReview:
    reviewed = (row["version_id"], row["version_revision"])
    reader = row["decision"]
    return ChapterReview(
        id=row["id"],
        chapter_id=row["chapter_id"],
        kind=ReviewKind(row["kind"]),
        reader=Reader(reader) if reader else None,
        findings=_to_findings(row["feedback"] or "", row["details"]),
        provider=row["provider"],
        created_at=row["created_at"],
        is_stale=reviewed != (row["selected_version_id"], row["selected_revision"]),
    )


def _to_json(findings: ReviewFindings) -> dict[str, object]:
    return {
        "scores": {dimension.value: score for dimension, score in findings.scores.items()},
        "notes": [
            {
                "severity": note.severity.value,
                "comment": note.comment,
                "quotation": note.quotation,
                "start": note.start,
                "end": note.end,
                "dimension": note.dimension.value if note.dimension else None,
                "rule": note.rule,
            }
            for note in findings.notes
        ],
        "beats": [
            {
                "position": beat.position,
                "feeling": beat.feeling,
                "tension": beat.tension,
                "pace": beat.pace,
                "label": beat.label,
                "start": beat.start,
                "end": beat.end,
            }
            for beat in findings.beats
        ],
    }


def _to_findings(verdict: str, data: dict[str, Any]) -> ReviewFindings:
    return ReviewFindings(
        verdict,
        {Dimension(name): score for name, score in data.get("scores", {}).items()},
        tuple(
            ReviewNote(
                **note
                | {
                    "severity": Severity(note["severity"]),
                    "dimension": Dimension(note["dimension"]) if note["dimension"] else None,
                }
            )
            for note in data.get("notes", ())
        ),
        tuple(Beat(**beat) for beat in data.get("beats", ())),
    )
