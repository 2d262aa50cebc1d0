"""Texts that three candidates bring, each at its angle."""

from __future__ import annotations

from typing import Any

from arboris_desktop.domain.candidates import CandidateRound, CandidateStatus
from arboris_desktop.writing.chapters.candidates import Candidates
from tests.support.scripted_provider import (
    Behaviour,
    prompt_of,
)

FIRST = "The rain had followed Mara home to the harbour."
SECOND = "“Mara,” said the harbour master, and no more than that."
THIRD = "The lamp was dark, and the keeper's chair was empty."


def by_angle(*answers: Behaviour) -> Any:
    """Answers the first candidate, whose prompt has no wishes, with the first, the others in turn
    of their angles."""
    marks = ["", "in the middle of something", "come about in dialogue", "place be felt"]

    def choose(request: dict[str, Any]) -> Behaviour:
        asked = prompt_of(request)
        place = next((n for n, mark in enumerate(marks) if mark and mark in asked), 0)
        return answers[place]

    return choose


def texts(found: CandidateRound) -> list[str]:
    return [candidate.content for candidate in found.candidates]


def statuses(found: CandidateRound) -> list[CandidateStatus]:
    return [candidate.status for candidate in found.candidates]


async def read_all(candidates: Candidates, candidate_id: int) -> None:
    async for _event in candidates.write(candidate_id):
        pass
