"""``arboris-desktop auto``: several chapters in a row within a bound, each analysed meanwhile."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from arboris_desktop.commands.opening import PROVIDER_HELP, with_services
from arboris_desktop.commands.output import fail, print_json, tell, tell_outcome, tell_put_back
from arboris_desktop.commands.termination import STOPPED, Termination
from arboris_desktop.domain.auto_runs import (
    MAX_CANDIDATES,
    AutoOptions,
    AutoRun,
    AutoRunStatus,
    StopReason,
    estimate_tokens_of_run,
)
from arboris_desktop.domain.errors import ErrorKind, RuleError

if TYPE_CHECKING:
    from arboris_desktop.domain.novel import Language
    from arboris_desktop.services import Services
    from arboris_desktop.tasks.outcome import TaskOutcome
    from arboris_desktop.writing.chapters.auto_events import AutoEvent

_DEFAULT_BOUND = 2
"""The factor by which a run without an explicit bound may exceed its estimate."""

_GO_ON = "--continue goes on"
_WHY = {
    StopReason.AUTHOR: "stopped",
    StopReason.INTERRUPTED: "the program ended while it was running",
    StopReason.CHOICE: "choose among the candidates in the window",
    StopReason.TOKENS: "the limit of tokens is reached; give a higher one with --max-tokens",
    StopReason.COST: "the limit of cost is reached; give a higher one with --max-cost",
    StopReason.TIME: "the limit of time is reached; give a higher one with --max-minutes",
    StopReason.CONTRADICTION: "the new chapter contradicts the codex; look at the alert",
    StopReason.ANALYSIS: "the analysis of the chapter did not succeed",
    StopReason.SPENDING: "the spending limit is reached; raise it in the window's settings",
    StopReason.BUSY: "the chapter cannot be written just now",
    StopReason.PROVIDER: "the provider did not do what it was asked",
    StopReason.STORAGE: "the data could not be written",
}


def add_arguments(auto: argparse.ArgumentParser) -> None:
    """Declares the options of ``auto``."""
    auto.add_argument("project_id")
    text = "the first chapter; the first that has no text, if not given"
    auto.add_argument("--from", dest="first", type=int, metavar="N", help=text)
    text = "the last chapter; the last that is planned, if not given"
    auto.add_argument("--to", dest="last", type=int, metavar="N", help=text)
    text = "write so many versions of each and take the one that an evaluation recommends"
    counts = range(1, MAX_CANDIDATES + 1)
    auto.add_argument("--candidates", type=int, choices=counts, metavar="K", help=text)
    text = "stop at so many tokens, of both directions; without a bound, at twice the estimate"
    auto.add_argument("--max-tokens", type=int, metavar="T", help=text)
    auto.add_argument("--max-minutes", type=int, metavar="M", help="stop after so many minutes")
    text = "stop at such a cost, in the provider's currency"
    auto.add_argument("--max-cost", type=float, metavar="C", help=text)
    text = "go on to the next chapter without analysing the last; `analyse` does it later"
    auto.add_argument("--no-wait", action="store_true", help=text)
    text = "do not stop where a chapter contradicts the codex"
    auto.add_argument("--past-contradictions", action="store_true", help=text)
    unfinished = auto.add_mutually_exclusive_group()
    text = "go on with the run that waits; other bounds may be given"
    unfinished.add_argument("--continue", dest="go_on", action="store_true", help=text)
    text = "end the run that waits; what is written stays"
    unfinished.add_argument("--cancel", action="store_true", help=text)
    auto.add_argument("--provider", help=PROVIDER_HELP)
    auto.add_argument("--json", action="store_true")


@with_services
def run(services: Services, options: argparse.Namespace, ending: Termination) -> int:
    """Starts, resumes or ends a run; returns 1 if it had to stop.

    Raises ``RuleError`` and ``NotFoundError``.
    """
    if options.cancel:
        run = _unfinished(services, options.project_id)
        services.auto_writer.cancel(run.id)
        return _tell_end(services, services.auto_writer.run(run.id), as_json=options.json)
    tell_put_back(services.rescue.put_back_generated(options.project_id))
    begun = _continued(services, options) if options.go_on else _started(services, options)
    try:
        ended = ending.run(_work(services, begun.id))
    except KeyboardInterrupt:
        _tell_end(services, services.auto_writer.run(begun.id), as_json=options.json)
        return STOPPED
    return _tell_end(services, ended, as_json=options.json)


# --- which run ---


def _unfinished(services: Services, project_id: str) -> AutoRun:
    run = services.auto_writer.unfinished(services.novels.open(project_id).project.id)
    if run is None:
        raise RuleError(ErrorKind.RUN_OVER, "no run of this novel is unfinished")
    return run


def _continued(services: Services, options: argparse.Namespace) -> AutoRun:
    """Returns the waiting run, with the new bounds for the rest of it."""
    if options.first is not None or options.last is not None:
        raise RuleError(
            ErrorKind.INVALID_VALUE,
            "a run that goes on has its chapters already: leave out --from and --to",
        )
    run = _unfinished(services, options.project_id)
    changed = replace(run.options, **_given(options))
    if changed == run.options:
        return run
    return services.auto_writer.change_options(run.id, changed)


def _started(services: Services, options: argparse.Namespace) -> AutoRun:
    contents = services.novels.open(options.project_id)
    if services.auto_writer.unfinished(options.project_id):
        raise RuleError(
            ErrorKind.RUN_UNFINISHED, "a run of this novel waits: give --continue or --cancel"
        )
    unwritten = [c.number for c in contents.chapters if c.selected_version_id is None]
    after_last = len(contents.chapters) + 1
    first = next(iter(unwritten), after_last) if options.first is None else options.first
    last = max(first, after_last - 1) if options.last is None else options.last
    given = {"candidates": 1} | _given(options)
    if not any(given.get(bound) for bound in ("max_tokens", "max_cost", "max_minutes")):
        given["max_tokens"] = _bound_of(
            services, contents.project.language, last - first + 1, given["candidates"]
        )
    return services.auto_writer.start(options.project_id, first, last, AutoOptions(**given))


def _given(options: argparse.Namespace) -> dict[str, Any]:
    """Returns the options of the run that were given on the command line."""
    names = ("candidates", "max_tokens", "max_minutes", "max_cost")
    given = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    if options.no_wait:
        given["wait_for_analysis"] = False
    if options.past_contradictions:
        given["stop_at_contradictions"] = False
    return given


def _bound_of(services: Services, language: Language, chapters: int, candidates: int) -> int:
    from arboris_desktop.domain.settings import WritingSettings

    words = services.preferences.get(WritingSettings).words_in(language)
    tokens = _DEFAULT_BOUND * estimate_tokens_of_run(max(chapters, 1), words, candidates)
    tell(f"it may take {tokens} tokens; --max-tokens sets another limit")
    return tokens


# --- working it ---


async def _work(services: Services, run_id: int) -> AutoRun:
    from arboris_desktop.tasks.sequential_worker import SequentialWorker
    from arboris_desktop.writing.chapters.auto_events import AnalysesHeldError

    tasks = SequentialWorker(services.queue, services.worker, _tell_task, services.look_after)

    async def queue_changed() -> None:
        if await asyncio.to_thread(services.queue.is_paused):
            raise AnalysesHeldError(
                "the queue is paused; resume it in the window, or use --no-wait"
            )
        await tasks.work_one()

    return await services.auto_writer.work(run_id, queue_changed, _tell)


def _tell(event: AutoEvent) -> None:
    from arboris_desktop.writing.chapters.auto_events import AutoProgress

    if isinstance(event, AutoProgress):
        tell(f"chapter {event.chapter.number}: {event.step.value}")


def _tell_task(outcome: TaskOutcome) -> None:
    if outcome.error is not None:
        tell_outcome(outcome)


def _tell_end(services: Services, run: AutoRun, *, as_json: bool) -> int:
    """Reports the state of the run, and returns the exit code for it."""
    if as_json:
        print_json(_as_json(services, run))
    waits = run.status is not AutoRunStatus.COMPLETED and run.status is not AutoRunStatus.CANCELLED
    if waits:
        return fail(_reason(run), 1)
    if not as_json:
        print(f"{run.done} of {run.chapters} chapters, {run.spent.tokens} tokens")
    return 0


def _reason(run: AutoRun) -> str:
    why = _WHY[run.stop_reason] if run.stop_reason else "it is not finished"
    detail = f" ({run.detail})" if run.detail else ""
    return f"the run waits at chapter {run.next_chapter}: {why}{detail}; {_GO_ON}"


def _as_json(services: Services, run: AutoRun) -> dict[str, object]:
    chapters = services.novels.open(run.project_id).chapters
    return {
        "run_id": run.id,
        "status": run.status.value,
        "stop_reason": run.stop_reason.value if run.stop_reason else None,
        "detail": run.detail,
        "first_chapter": run.first_chapter,
        "last_chapter": run.last_chapter,
        "next_chapter": run.next_chapter,
        "options": run.options.to_json(),
        "chapters": [
            {"number": each.number, "words": each.word_count, "analysis": each.analysis}
            for each in chapters
            if run.first_chapter <= each.number <= run.last_chapter
        ],
        "tokens": run.spent.tokens,
        "cost": dict(run.spent.money),
        "seconds": round(run.seconds, 1),
    }
