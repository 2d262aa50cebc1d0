"""``arboris-desktop write --candidates N``: several versions, of which an evaluation picks one."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arboris_desktop.domain.candidates import Candidate, CandidateRound, RoundEvaluation
    from arboris_desktop.services import Services
    from arboris_desktop.writing.chapters.candidates import CandidateEvent


def write_candidates(services: Services, chapter_id: int, options: argparse.Namespace) -> int:
    """Writes a round, takes the candidate that is recommended, and returns the exit code.

    When the evaluation fails, nothing is chosen: the versions stay to choose from in the window.
    """
    found, evaluation = asyncio.run(_write(services, chapter_id, options.candidates))
    for candidate in found.candidates:
        sys.stderr.write(f"{_in_words(candidate, evaluation)}\n")
    if not found.stored:
        sys.stderr.write("arboris-desktop: no version was finished\n")
        return 1
    best = evaluation.recommended if evaluation is not None else None
    taken = found.stored[0] if best is None else services.rounds.candidate(best.candidate_id)
    version, task_id = services.rounds.choose(taken.id)
    if options.json:
        answer = {
            "chapter_id": chapter_id,
            "version_id": version.id,
            "task_id": task_id,
            "characters": len(version.content),
            "candidate": taken.letter,
            "reason": "" if evaluation is None else evaluation.reason,
            "finished": len(found.stored),
        }
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print(version.content)
        sys.stderr.write(f"version {taken.letter} is stored; analysis is task {task_id}\n")
    return 0


async def _write(
    services: Services, chapter_id: int, count: int
) -> tuple[CandidateRound, RoundEvaluation | None]:
    found = await services.candidates.run_round(chapter_id, count, on_event=_tell)
    if len(found.stored) < 2:
        return found, None
    return found, (await services.evaluation.evaluate(found)).value


def _tell(candidate_id: int, event: CandidateEvent) -> None:
    from arboris_desktop.writing.chapters.drafting import DraftContinued

    if isinstance(event, DraftContinued):
        words = f"{event.word_count} of {event.target_words} words"
        sys.stderr.write(f"candidate {candidate_id} is continued at {words}\n")


def _in_words(candidate: Candidate, evaluation: RoundEvaluation | None) -> str:
    if candidate.error_kind is not None:
        kind = candidate.error_kind.value.replace("_", " ")
        return f"{candidate.letter}: {kind}: {candidate.error_message}"
    judged = None if evaluation is None else evaluation.of(candidate.id)
    score = "" if judged is None or judged.score is None else f", score {judged.score}"
    mark = ", recommended" if judged is not None and judged.is_recommended else ""
    return f"{candidate.letter}: {len(candidate.content)} characters{score}{mark}"
