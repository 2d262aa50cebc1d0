"""``arboris-desktop write``: writes a chapter, or several versions of it."""

from __future__ import annotations

import argparse
from contextlib import aclosing
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import PROVIDER_HELP, with_services
from arboris_desktop.commands.output import fail, hand_over, print_json, tell, tell_put_back, words
from arboris_desktop.commands.termination import STOPPED, Termination

if TYPE_CHECKING:
    from arboris_desktop.domain.candidates import Candidate, CandidateRound, RoundEvaluation
    from arboris_desktop.services import Services
    from arboris_desktop.writing.chapters.candidates import CandidateEvent
    from arboris_desktop.writing.chapters.drafting import DraftStored

_DRAFT_HELP = "what to do with a draft: go on after it, make it the chapter, or begin again"


def add_arguments(write: argparse.ArgumentParser) -> None:
    """Declares the options of ``write``."""
    write.add_argument("project_id")
    write.add_argument("--chapter", type=int, required=True)
    write.add_argument("--provider", help=PROVIDER_HELP)
    text = "write so many versions at once and take the one that an evaluation recommends"
    write.add_argument("--candidates", type=int, choices=range(1, 6), default=1, help=text)
    write.add_argument("--draft", choices=("continue", "keep", "discard"), help=_DRAFT_HELP)
    write.add_argument("--json", action="store_true")


@with_services
def run(services: Services, options: argparse.Namespace, ending: Termination) -> int:
    """Writes the chapter, streaming it to standard output; returns 0 once it is stored and
    queued."""
    tell_put_back(services.rescue.put_back_generated(options.project_id))
    chapter = services.novels.ensure_chapter(options.project_id, options.chapter)
    if chapter.has_draft and options.draft is None:
        return fail("an unfinished draft is stored: give --draft continue, keep or discard", 1)
    is_round = options.candidates > 1 and options.draft != "keep"
    write = _write_candidates if is_round else _write_one
    try:
        return write(services, chapter.id, options, ending)
    except KeyboardInterrupt:
        kept = "as a draft" if options.candidates == 1 else "among the versions in the window"
        return fail(f"stopped; what came is kept {kept}", STOPPED)


# --- one version ---


def _write_one(
    services: Services, chapter_id: int, options: argparse.Namespace, ending: Termination
) -> int:
    from arboris_desktop.domain.errors import StorageError
    from arboris_desktop.domain.rescue import UnsavedTextError

    resume = bool(options.draft == "continue")
    if options.draft == "keep":
        return _tell_stored(services.drafting.keep(chapter_id), options)
    try:
        stored = ending.run(_stream(services, chapter_id, resume=resume, silent=options.json))
    except UnsavedTextError as error:
        if options.json:
            raise
        print()
        hand_over(error, is_printed=not resume)
        raise StorageError(error.kind, error.message) from error
    if not options.json:
        print()
    return _tell_stored(stored, options)


def _tell_stored(stored: DraftStored, options: argparse.Namespace) -> int:
    if options.json:
        print_json(
            {
                "chapter_id": stored.version.chapter_id,
                "version_id": stored.version.id,
                "task_id": stored.task_id,
                "characters": len(stored.version.content),
                "token_usage": stored.usage.to_json(),
                "doubtful": stored.doubtful,
                "only_read": stored.only_read,
            }
        )
        return 0
    if stored.doubtful:
        tell(f"its last words may be the model's own: {stored.doubtful}")
    if stored.only_read:
        tell(
            f"the server reads only part of what is sent: {stored.only_read} tokens of it; from now"
            " on no more is sent. Give its model a larger context if it has one"
        )
    tell(f"stored; analysis is task {stored.task_id}")
    return 0


async def _stream(
    services: Services, chapter_id: int, *, resume: bool, silent: bool
) -> DraftStored:
    from arboris_desktop.writing.chapters.drafting import DraftReplaced, DraftStored, DraftText

    stored: DraftStored | None = None
    async with aclosing(services.drafting.write(chapter_id, resume=resume)) as events:
        async for event in events:
            if isinstance(event, DraftText) and not silent:
                print(event.text, end="", flush=True)
            elif isinstance(event, DraftReplaced) and not silent:
                tell("some of what was printed is not of the chapter, and is not stored")
            elif isinstance(event, DraftStored):
                stored = event
    assert stored is not None  # The stream ends with it, or raises.
    return stored


# --- several versions ---


def _write_candidates(
    services: Services, chapter_id: int, options: argparse.Namespace, ending: Termination
) -> int:
    """Writes a round, chooses the recommended candidate, and returns the exit code.

    If the evaluation fails, nothing is chosen: the window offers the versions.
    """
    found, evaluation = ending.run(_candidates(services, chapter_id, options.candidates))
    for candidate in found.candidates:
        tell(_in_words(candidate, evaluation))
    if not found.stored:
        return fail("no version was finished", 1)
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
        print_json(answer)
    else:
        print(version.content)
        tell(f"version {taken.letter} is stored; analysis is task {task_id}")
    return 0


async def _candidates(
    services: Services, chapter_id: int, count: int
) -> tuple[CandidateRound, RoundEvaluation | None]:
    found = await services.candidates.run_round(chapter_id, count, on_event=_tell)
    if len(found.stored) < 2:
        return found, None
    return found, (await services.evaluation.evaluate(found)).value


def _tell(candidate_id: int, event: CandidateEvent) -> None:
    from arboris_desktop.writing.chapters.drafting import DraftContinued

    if isinstance(event, DraftContinued):
        length = f"{event.word_count} of {event.target_words} words"
        tell(f"candidate {candidate_id} is continued at {length}")


def _in_words(candidate: Candidate, evaluation: RoundEvaluation | None) -> str:
    if candidate.error_kind is not None:
        return f"{candidate.letter}: {words(candidate.error_kind)}: {candidate.error_message}"
    judged = None if evaluation is None else evaluation.of(candidate.id)
    score = "" if judged is None or judged.score is None else f", score {judged.score}"
    mark = ", recommended" if judged is not None and judged.is_recommended else ""
    return f"{candidate.letter}: {len(candidate.content)} characters{score}{mark}"
