"""From a spark to a written book, one stage after the other, with nobody to ask.

Each stage has a bound: how often it is tried, and of all, how long it may take. What a stage cannot
do is said in the report, and never made up.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from arboris_desktop.demo.book_report import BookReport
from arboris_desktop.demo.export_check import check_exports
from arboris_desktop.domain.auto_runs import AutoOptions, AutoRun, AutoRunStatus, StopReason
from arboris_desktop.domain.auto_runs import estimate_tokens_of_run as estimate_tokens
from arboris_desktop.domain.concept import TopicState
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.domain.record import record
from arboris_desktop.domain.reviews import ReviewKind
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.services import Services
from arboris_desktop.tasks.sequential_worker import SequentialWorker
from arboris_desktop.writing.chapters.auto_events import AutoEvent, AutoProgress
from arboris_desktop.writing.outline.book import BookOutlined, plan_whole_book

SPARK = (
    "A lighthouse keeper's daughter comes home after nine years and finds the lamp dark, her "
    "father gone, and a boat in the harbour that nobody in the village will speak of."
)
_TRIES = 3
_MAX_MINUTES = 120
_UNREADABLE = (ErrorKind.INVALID_ANSWER, ErrorKind.EMPTY_ANSWER)
_REVIEWS = (ReviewKind.REVIEW, ReviewKind.READER, ReviewKind.EMOTION)

Made = TypeVar("Made")


class StageError(Exception):
    """A stage did not come to its end; the message says why."""


@record
class BookRequest:
    """The book to make, and the place for its files."""

    chapters: int
    target_words: int
    folder: Path
    spark: str = SPARK


class BookMaking:
    """Makes a book; ``make`` raises what ends it early, and ``report`` tells all until then."""

    def __init__(self, services: Services, wanted: BookRequest) -> None:
        self._services = services
        self._wanted = wanted
        self._tasks = SequentialWorker(
            services.queue, services.worker, look_after=services.look_after
        )
        self.project_id = ""
        self.report = BookReport(self._calls)

    def _calls(self) -> list[Any]:
        with self._services.database.read() as transaction:
            return list(transaction.calls.of_project(self.project_id))

    async def make(self) -> None:
        """Plays all stages. Raises ``StageError`` and ``ArborisError``."""
        for name, play in (
            ("spark", self._spark),
            ("brief", self._brief),
            ("blueprint", self._blueprint),
            ("outline", self._outline),
            ("judged_chapter", self._judged_chapter),
            ("chapters", self._chapters),
            ("summaries", self._summaries),
            ("reviews", self._reviews),
            ("export", self._export),
        ):
            _say(name)
            with self.report.stage(name) as found:
                await play(found)
        self.report.figures["finished"] = True

    # --- planning ---

    async def _spark(self, found: dict[str, Any]) -> None:
        novel = NewNovel(title="Untitled", premise=self._wanted.spark, is_untitled=True)
        self.project_id = await asyncio.to_thread(self._services.novels.create, novel)
        found["premise"] = self._wanted.spark

    async def _brief(self, found: dict[str, Any]) -> None:
        answer = await self._services.concept.unattended(self.project_id)
        brief = answer.value.brief
        found["settled"] = [topic.value for topic in brief.topics(TopicState.SETTLED)]

    async def _blueprint(self, found: dict[str, Any]) -> None:
        blueprints = self._services.blueprint
        for _ in range(_TRIES):
            blueprint = (await blueprints.complete(self.project_id)).value
            if not blueprint.missing_parts():
                break
        found["title"] = blueprint.title
        found["characters"] = [character.name for character in blueprint.characters]
        found["missing"] = [part.value for part in blueprint.missing_parts()]
        if not (blueprint.title and blueprint.summary and blueprint.synopsis):
            raise StageError("the model brought no title, summary or synopsis")
        await asyncio.to_thread(blueprints.adopt, self.project_id, title=True, premise=True)

    async def _outline(self, found: dict[str, Any]) -> None:
        done = await _tried(self._plan_chapters)
        found["chapters"] = [chapter.title for chapter in done.outline.chapters]
        planned = sum(bool(chapter.plan.strip()) for chapter in done.outline.chapters)
        if planned != self._wanted.chapters:
            raise StageError(f"{planned} of {self._wanted.chapters} chapters are planned")

    async def _plan_chapters(self) -> BookOutlined:
        return await plan_whole_book(
            self._services.outlining,
            self._services.outline_editing,
            self.project_id,
            self._wanted.chapters,
        )

    # --- writing ---

    async def _judged_chapter(self, found: dict[str, Any]) -> None:
        """The first chapter is written twice, and an evaluation chooses."""
        await self._run(1, 1, 2, found)
        chapter_id = self._services.novels.open(self.project_id).chapters[0].id
        versions = self._services.editing.open(chapter_id).versions
        found["versions"] = len(versions)
        rounds = self._services.rounds.rounds(chapter_id)
        judged = self._services.evaluation.of_round(rounds[-1]) if rounds else None
        if judged is not None:
            found["scores"] = [each.score for each in judged.judgements]
            found["reason"] = judged.reason

    async def _chapters(self, found: dict[str, Any]) -> None:
        if self._wanted.chapters > 1:
            await self._run(2, self._wanted.chapters, 1, found)
        chapters = self._services.novels.open(self.project_id).chapters
        found["words"] = [chapter.word_count for chapter in chapters]
        written = sum(chapter.is_written for chapter in chapters)
        if written != self._wanted.chapters:
            raise StageError(f"{written} of {self._wanted.chapters} chapters are written")

    async def _run(self, first: int, last: int, candidates: int, found: dict[str, Any]) -> None:
        """Runs the auto-writer; where it waits for an author, it is told to go on, so often."""
        tokens = estimate_tokens(last - first + 1, self._wanted.target_words, candidates)
        options = AutoOptions(
            candidates,
            stop_at_contradictions=False,
            max_tokens=2 * tokens,
            max_minutes=_MAX_MINUTES,
        )
        writer = self._services.auto_writer
        run = await asyncio.to_thread(writer.start, self.project_id, first, last, options)
        stops = found.setdefault("stops", [])
        while run.status is not AutoRunStatus.COMPLETED:
            run = await writer.work(run.id, self._queue_changed, _tell)
            if run.status is not AutoRunStatus.COMPLETED:
                stops.append(_stop(run))
                self._refuse_to_go_on(run, stops)

    def _refuse_to_go_on(self, run: AutoRun, stops: list[dict[str, Any]]) -> None:
        """A failed analysis is passed over; a chapter that fails is tried again, within bounds."""
        here = sum(stop["chapter"] == run.next_chapter for stop in stops)
        passing = run.stop_reason in (StopReason.ANALYSIS, StopReason.PROVIDER)
        if not passing or here >= _TRIES:
            raise StageError(f"chapter {run.next_chapter}: {run.stop_reason} {run.detail}".strip())

    async def _queue_changed(self) -> None:
        await self._tasks.work_one()

    # --- after writing ---

    async def _summaries(self, found: dict[str, Any]) -> None:
        """Does the analyses that are left, so that each chapter has its summary, and sums these
        up."""
        await self._tasks.until_idle()
        try:
            await self._services.look_after(self.project_id)
        except ProviderError as error:
            if error.kind not in _UNREADABLE:
                raise
        state = await asyncio.to_thread(self._services.summaries.state, self.project_id)
        found["summed_up"] = {"made": state.made, "due": state.due, "failure": state.failure}
        chapters = self._services.novels.open(self.project_id).chapters
        found["analyses"] = {
            status.value: sum(chapter.analysis == status.value for chapter in chapters)
            for status in TaskStatus
        }
        overview = self._services.codex.overview(self.project_id)
        found["codex_entries"] = len(overview.entries)
        found["contradictions"] = len(self._services.codex.alerts(self.project_id))
        without = [chapter.number for chapter in chapters if not chapter.summary.strip()]
        found["without_summary"] = without
        if len(without) == len(chapters):
            raise StageError("no chapter could be summarised")

    async def _reviews(self, found: dict[str, Any]) -> None:
        chapter_id = self._services.novels.open(self.project_id).chapters[0].id
        found["failures"] = {}
        for kind in _REVIEWS:
            try:
                answer = await self._services.reviews.review(chapter_id, kind)
            except ProviderError as error:
                if error.kind not in _UNREADABLE:
                    raise
                found["failures"][kind.value] = f"{error.kind.value}: {error.message}"
            else:
                findings = answer.value
                found[kind.value] = {
                    "verdict": findings.verdict,
                    "scores": {each.value: score for each, score in findings.scores.items()},
                    "notes": len(findings.notes),
                    "beats": len(findings.beats),
                }
        if len(found["failures"]) == len(_REVIEWS):
            raise StageError("the model could not review the chapter")

    async def _export(self, found: dict[str, Any]) -> None:
        found.update(
            await asyncio.to_thread(
                check_exports, self._services, self.project_id, self._wanted.folder
            )
        )


async def _tried(make: Callable[[], Awaitable[Made]]) -> Made:
    """Asks again, so often, for what a small model could not say in a usable way."""
    for tries_left in range(_TRIES - 1, -1, -1):
        try:
            return await make()
        except ProviderError as error:
            if error.kind not in _UNREADABLE or not tries_left:
                raise
    raise AssertionError("the last try returns or raises")


def _stop(run: AutoRun) -> dict[str, Any]:
    reason = run.stop_reason.value if run.stop_reason else None
    return {"chapter": run.next_chapter, "reason": reason, "detail": run.detail}


def _tell(event: AutoEvent) -> None:
    if isinstance(event, AutoProgress):
        _say(f"chapter {event.chapter.number}: {event.step.value}")


def _say(text: str) -> None:
    sys.stderr.write(f"demo: {text}\n")
    sys.stderr.flush()
