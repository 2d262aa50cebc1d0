"""Models' evaluations of versions of chapters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select

from arboris_desktop.domain.candidates import (
    CandidateJudgement,
    CandidateRound,
    Criterion,
    Remark,
    RoundEvaluation,
)
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.writing import chapter_evaluations as table

_KIND = "candidate"
_RECOMMENDED = "recommended"


class EvaluationRepository(Repository):
    """Reads and writes evaluations within the caller's transaction."""

    def add_round(self, evaluation: RoundEvaluation) -> None:
        """Stores what is said of the candidates of a round, a row for each."""
        now = self._clock()
        rows = [
            {
                "chapter_id": evaluation.chapter_id,
                "version_id": judgement.version_id,
                "decision": _RECOMMENDED if judgement.is_recommended else None,
                "feedback": evaluation.reason if judgement.is_recommended else None,
                "score": judgement.score,
                "kind": _KIND,
                "provider": evaluation.provider,
                "details": _to_details(evaluation, judgement),
                "created_at": now,
            }
            for judgement in evaluation.judgements
        ]
        if rows:
            self._connection.execute(insert(table), rows)

    def of_round(self, candidates: CandidateRound) -> RoundEvaluation | None:
        """The newest evaluation of a round, or ``None``."""
        versions = [c.version_id for c in candidates.candidates if c.version_id is not None]
        newest = (
            select(func.max(table.c.created_at))
            .where(table.c.kind == _KIND, table.c.version_id.in_(versions))
            .scalar_subquery()
        )
        rows = self._connection.execute(
            select(table)
            .where(
                table.c.kind == _KIND,
                table.c.version_id.in_(versions),
                table.c.created_at == newest,
            )
            .order_by(table.c.id)
        ).all()
        return _to_evaluation(candidates, rows) if rows else None


def _to_details(evaluation: RoundEvaluation, judgement: CandidateJudgement) -> dict[str, object]:
    return {
        "scores": {criterion.value: score for criterion, score in judgement.scores.items()},
        "pros": [_to_json(remark) for remark in judgement.pros],
        "cons": [_to_json(remark) for remark in judgement.cons],
        "shortened": judgement.was_shortened,
        "round": evaluation.round,
        "by_score": evaluation.by_score,
    }


def _to_json(remark: Remark) -> dict[str, object]:
    return {"text": remark.text, "quotation": remark.quotation, "supported": remark.is_supported}


def _to_evaluation(candidates: CandidateRound, rows: Sequence[Any]) -> RoundEvaluation:
    ids = {candidate.version_id: candidate.id for candidate in candidates.candidates}
    return RoundEvaluation(
        chapter_id=candidates.chapter_id,
        round=candidates.number,
        judgements=tuple(_to_judgement(row, ids[row.version_id]) for row in rows),
        reason=next((row.feedback or "" for row in rows if row.decision == _RECOMMENDED), ""),
        provider=rows[0].provider,
        created_at=rows[0].created_at,
        by_score=bool(rows[0].details.get("by_score")),
    )


def _to_judgement(row: Any, candidate_id: int) -> CandidateJudgement:
    details: dict[str, Any] = row.details
    return CandidateJudgement(
        candidate_id=candidate_id,
        version_id=row.version_id,
        score=None if row.score is None else round(row.score),
        scores={Criterion(name): score for name, score in details.get("scores", {}).items()},
        pros=tuple(_to_remark(each) for each in details.get("pros", ())),
        cons=tuple(_to_remark(each) for each in details.get("cons", ())),
        is_recommended=row.decision == _RECOMMENDED,
        was_shortened=bool(details.get("shortened")),
    )


def _to_remark(data: dict[str, Any]) -> Remark:
    return Remark(data["text"], data["quotation"], bool(data["supported"]))
