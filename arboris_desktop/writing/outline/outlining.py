"""Planning volumes and chapters with a model: in ranges, checked, and resumable.

Each range is stored when it arrives, so that a stop, a crash or a failed call loses at most the
incomplete part of one answer, and the next attempt asks only for what is missing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, TypeVar

from arboris_desktop.domain.errors import ArborisError, ErrorKind, RuleError, StorageError
from arboris_desktop.domain.kept_answers import AnswerKey, AnswerKind, KeptAnswer
from arboris_desktop.domain.outline import MOST_CHAPTERS, ChapterPlan, ChapterRange
from arboris_desktop.domain.outline_runs import OutlineRun, OutlineRunStatus, RunKind
from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.call_events import CallAnswer, CallEvent, PromptPreview
from arboris_desktop.writing.kept_answers import KeptAnswers, number_in, text_in
from arboris_desktop.writing.outline.planning_run import OutlineEvent, PlanningRun, missing_of
from arboris_desktop.writing.outline.question import (
    RangeQuestion,
    SplitQuestion,
    VolumesQuestion,
    planning_purpose,
)

if TYPE_CHECKING:
    from arboris_desktop.llm.forms import BaseModel
    from arboris_desktop.writing.outline.forms import SplitForm, VolumesForm

Answered = TypeVar("Answered", bound="BaseModel")

log = logging.getLogger(__name__)

RANGE_SIZE = 10
"""Chapters that are requested at once, if the model's context has room for them."""

MOST_VOLUMES = 60


@record
class WaitingVolumes:
    """A plan of volumes that the author has not decided on, with its request."""

    count: int
    total: int
    instruction: str
    form: VolumesForm


@record
class WaitingSplit:
    """A split plan that the author has not decided on, with its request."""

    instruction: str
    form: SplitForm


class Outlining:
    """Asks a model for volumes and chapters. Every method raises ``NotFoundError``."""

    def __init__(self, database: Database, calls: ModelCalls) -> None:
        self._database = database
        self._calls = calls
        self._kept = KeptAnswers(database)

    # --- volumes ---

    async def plan_volumes(
        self,
        project_id: str,
        count: int,
        total: int,
        instruction: str = "",
        on_event: Callable[[CallEvent], None] | None = None,
    ) -> CallAnswer[VolumesForm]:
        """Requests volumes; ``answers.volumes_of`` makes a layout of the answer.

        It is kept until ``forget_volumes``, so that a crash does not lose it. Raises
        ``ProviderError``, and ``RuleError`` for impossible numbers.
        """
        from arboris_desktop.writing.outline.forms import VolumesForm

        question = self._volumes(project_id, count, total, instruction)
        purpose = planning_purpose(question.prompt, project_id)
        answer = await self._calls.answer(purpose, question.build, VolumesForm, on_event=on_event)
        content = {
            "count": count,
            "total": total,
            "instruction": instruction,
            "answer": answer.value.model_dump(),
        }
        await self._kept.keep_patiently(AnswerKey(project_id, AnswerKind.VOLUMES), content)
        return answer

    def waiting_volumes(self, project_id: str) -> WaitingVolumes | None:
        """Returns the plan of volumes that the author has not decided on."""
        from arboris_desktop.writing.outline.forms import VolumesForm

        kept = self._kept.find(AnswerKey(project_id, AnswerKind.VOLUMES))
        form = None if kept is None else _form_in(kept, VolumesForm)
        if kept is None or form is None:
            return None
        count, total = number_in(kept.content, "count"), number_in(kept.content, "total")
        if not _is_layout(count, total):
            return None
        return WaitingVolumes(count, total, text_in(kept.content, "instruction"), form)

    def forget_volumes(self, project_id: str) -> None:
        """Records that the author has accepted or rejected the plan of volumes."""
        self._kept.forget(AnswerKey(project_id, AnswerKind.VOLUMES))

    async def preview_volumes(
        self, project_id: str, count: int, total: int, instruction: str = ""
    ) -> PromptPreview:
        """Returns the request that ``plan_volumes`` would send."""
        question = self._volumes(project_id, count, total, instruction)
        purpose = planning_purpose(question.prompt, project_id)
        return await self._calls.preview(purpose, question.build)

    def _volumes(
        self, project_id: str, count: int, total: int, instruction: str
    ) -> VolumesQuestion:
        if not _is_layout(count, total):
            raise RuleError(
                ErrorKind.INVALID_VALUE, f"{total} chapters cannot be divided into {count} volumes"
            )
        return VolumesQuestion(self._database, project_id, instruction, count, total)

    # --- a chapter in two ---

    async def propose_split(
        self,
        project_id: str,
        chapter_id: int,
        instruction: str = "",
        on_event: Callable[[CallEvent], None] | None = None,
    ) -> CallAnswer[SplitForm]:
        """Requests two plans in place of one. Raises ``ProviderError``.

        They are kept until ``forget_split``, so that a crash does not lose them.
        """
        from arboris_desktop.writing.outline.forms import SplitForm

        question = SplitQuestion(self._database, project_id, instruction, chapter_id)
        purpose = planning_purpose(question.prompt, project_id)
        answer = await self._calls.answer(purpose, question.build, SplitForm, on_event=on_event)
        key = AnswerKey(project_id, AnswerKind.SPLIT, chapter_id)
        content = {"instruction": instruction, "answer": answer.value.model_dump()}
        await self._kept.keep_patiently(key, content)
        return answer

    def waiting_split(self, project_id: str, chapter: ChapterPlan) -> WaitingSplit | None:
        """Returns the split plan of a chapter that the author has not decided on."""
        from arboris_desktop.writing.outline.forms import SplitForm

        kept = self._kept.find(AnswerKey(project_id, AnswerKind.SPLIT, chapter.id))
        form = None if kept is None else _form_in(kept, SplitForm)
        if kept is None or form is None:
            return None
        if (form.first.title, form.first.plan) == (chapter.title, chapter.plan):
            return None  # A crash came between accepting and forgetting it.
        return WaitingSplit(text_in(kept.content, "instruction"), form)

    def forget_split(self, project_id: str, chapter_id: int) -> None:
        """Records that the author has accepted or rejected the split plan of a chapter."""
        self._kept.forget(AnswerKey(project_id, AnswerKind.SPLIT, chapter_id))

    async def preview_split(
        self, project_id: str, chapter_id: int, instruction: str = ""
    ) -> PromptPreview:
        """Returns the request that ``propose_split`` would send."""
        question = SplitQuestion(self._database, project_id, instruction, chapter_id)
        purpose = planning_purpose(question.prompt, project_id)
        return await self._calls.preview(purpose, question.build)

    # --- chapters ---

    def begin(
        self,
        project_id: str,
        kind: RunKind,
        within: ChapterRange,
        instruction: str = "",
        size: int = RANGE_SIZE,
    ) -> OutlineRun:
        """Stores what is to be planned; ``run`` then plans it. Raises ``RuleError``."""
        check_range(within)
        with self._database.write() as transaction:
            transaction.outlines.read(project_id)
            return transaction.outline_runs.add(project_id, kind, within, size, instruction)

    def unfinished(self, project_id: str) -> OutlineRun | None:
        """Returns the run that the author is not done with: stopped, failed, interrupted by a
        crash, or with plans that wait for a decision."""
        with self._database.read() as transaction:
            run = transaction.outline_runs.newest(project_id)
            if run is None or run.kind is RunKind.REGENERATE:
                return run
            return run if missing_of(transaction, run) else None

    def settle(self, run_id: int) -> None:
        """Records that the author is done with a run, so that it is no longer offered."""
        with self._database.write() as transaction:
            transaction.outline_runs.set_status(run_id, OutlineRunStatus.SETTLED)

    async def preview(
        self, project_id: str, kind: RunKind, within: ChapterRange, instruction: str = ""
    ) -> PromptPreview:
        """Returns the first request that would be sent.

        Raises ``RuleError`` if there is nothing to plan.
        """
        check_range(within)
        status = OutlineRunStatus.RUNNING
        run = OutlineRun(0, project_id, kind, within, RANGE_SIZE, instruction, status)
        missing = await asyncio.to_thread(self._missing, run)
        if not missing:
            raise RuleError(ErrorKind.NOTHING_TO_PLAN, "all of these chapters have a plan")
        question = RangeQuestion(self._database, run, missing)
        purpose = planning_purpose(question.prompt, project_id)
        return await self._calls.preview(purpose, question.build)

    def _missing(self, run: OutlineRun) -> tuple[int, ...]:
        with self._database.read() as transaction:
            return missing_of(transaction, run)

    async def run(self, run_id: int) -> AsyncGenerator[OutlineEvent, None]:
        """Plans what a run still lacks, from the first missing chapter on.

        Yields the events of each call, ``ChaptersPlanned`` for what was stored, and ``CallEnded``
        with the total at the end. Close the generator, or cancel its task, to stop. Raises
        ``ProviderError``: INVALID_ANSWER if the model gives no usable plan for a chapter.
        """
        run = await asyncio.to_thread(self._resume, run_id)
        work = PlanningRun(self._database, self._calls, run)
        try:
            async with aclosing(work.events()) as events:
                async for event in events:
                    yield event
        except (asyncio.CancelledError, GeneratorExit):
            await self._end(run_id, OutlineRunStatus.STOPPED)
            raise
        except ArborisError as error:
            await self._end(run_id, OutlineRunStatus.FAILED, error)
            raise
        await self._end(run_id, OutlineRunStatus.COMPLETED)
        yield work.end()

    def _resume(self, run_id: int) -> OutlineRun:
        with self._database.write() as transaction:
            transaction.outline_runs.set_status(run_id, OutlineRunStatus.RUNNING)
            return transaction.outline_runs.get(run_id)

    async def _end(
        self, run_id: int, status: OutlineRunStatus, error: ArborisError | None = None
    ) -> None:
        def note() -> None:
            with self._database.write() as transaction:
                kind, message = (error.kind.value, error.message) if error else (None, "")
                transaction.outline_runs.set_status(run_id, status, kind, message)

        try:
            await asyncio.shield(patiently(note))
        except StorageError as fault:
            # The plans are what counts: what is missing is determined from them, whatever the row
            # says.
            log.warning("how run %d ended is not noted: %s", run_id, fault)


def check_range(within: ChapterRange) -> None:
    """Raises ``RuleError`` for a range that no book has."""
    if not 1 <= within.first <= within.last <= MOST_CHAPTERS:
        raise RuleError(ErrorKind.INVALID_VALUE, f"{within} is not a range of chapters")


def _is_layout(count: int, total: int) -> bool:
    """True if that many chapters can be divided into that many volumes."""
    return 1 <= count <= min(total, MOST_VOLUMES) and total <= MOST_CHAPTERS


def _form_in(kept: KeptAnswer, form: type[Answered]) -> Answered | None:
    """Returns the answer in its form; ``None`` for another form, which another version may have
    stored."""
    from arboris_desktop.llm.forms import ValidationError

    try:
        return form.model_validate(kept.content.get("answer"))
    except ValidationError:
        return None
