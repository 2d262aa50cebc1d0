"""Judging the candidates of a round, and recommending one.

The model sees the plan of the chapter, the blueprint, what happened before, and the candidates
under letters unrelated to their order, since models favour what they read first. Each remark has a
quotation, which is located in the text; a remark whose quotation is not found is shown as
unsupported.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from random import Random

from arboris_desktop.domain.candidates import CandidateRound, RoundEvaluation
from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.blueprint.blueprints import blueprint_lines
from arboris_desktop.writing.call_events import (
    Bill,
    CallAnswer,
    CallEnded,
    CallEvent,
    PromptPreview,
    TellEvent,
)
from arboris_desktop.writing.chapters.evaluation_case import CHOICE_PROMPT, PROMPT, EvaluationCase

_UNREADABLE = (ErrorKind.INVALID_ANSWER, ErrorKind.EMPTY_ANSWER)


class Evaluation:
    """Asks a model to judge rounds, and stores the result."""

    def __init__(
        self,
        database: Database,
        calls: ModelCalls,
        *,
        random: Random | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._calls = calls
        self._random = random or Random()
        self._clock = clock

    def of_round(self, candidates: CandidateRound) -> RoundEvaluation | None:
        """Returns the newest evaluation of a round, or ``None``."""
        with self._database.read() as transaction:
            return transaction.evaluations.of_round(candidates)

    async def evaluate(
        self,
        candidates: CandidateRound,
        *,
        auto_run_id: int | None = None,
        on_event: Callable[[CallEvent], None] | None = None,
    ) -> CallAnswer[RoundEvaluation]:
        """Judges the finished candidates of a round; the result is stored when this returns.

        It always has a ``recommended`` candidate. A model that cannot answer in the form is asked
        in plain words which one is best, without judging further. Cancel the task to stop. Raises
        ``RuleError`` if nothing is finished, and ``ProviderError``, also if the answer names no
        existing candidate.
        """
        case = await asyncio.to_thread(self._read, candidates)
        case.purpose = replace(case.purpose, auto_run_id=auto_run_id)
        tell, bill = on_event or (lambda _event: None), Bill()
        try:
            answer = await self._judge(case, tell)
        except ProviderError as error:
            if error.kind not in _UNREADABLE:
                raise
            bill.add_lost(error)
            answer = await self._choose(case, tell)
        bill.add(answer)
        await patiently(lambda: self._store(answer.value))
        return bill.answer(answer.value)

    async def _judge(self, case: EvaluationCase, tell: TellEvent) -> CallAnswer[RoundEvaluation]:
        from arboris_desktop.writing.chapters.evaluation_form import EvaluationAnswer

        answer = await self._calls.answer(case.purpose, case.build, EvaluationAnswer, on_event=tell)
        return answer.giving(case.judge(answer.value, answer.provider, self._clock))

    async def _choose(self, case: EvaluationCase, tell: TellEvent) -> CallAnswer[RoundEvaluation]:
        """Asks only for a letter."""
        purpose = replace(case.purpose, prompt=CHOICE_PROMPT)
        bill, said = Bill(), ""
        async with aclosing(self._calls.stream(purpose, case.build_choice)) as events:
            async for event in events:
                if isinstance(event, CallEnded):
                    bill.add(event)
                    said = event.text
                else:
                    tell(event)
        answer = bill.answer(said)
        return answer.giving(case.chosen(said, answer.provider, self._clock))

    async def preview(self, candidates: CandidateRound) -> PromptPreview:
        """Returns the request that ``evaluate`` would send, except for the order of the
        candidates."""
        case = await asyncio.to_thread(self._read, candidates)
        return await self._calls.preview(case.purpose, case.build)

    def _read(self, candidates: CandidateRound) -> EvaluationCase:
        shuffled = list(candidates.stored)
        if not shuffled:
            raise RuleError(ErrorKind.VERSION_UNFINISHED, "no candidate of this round is finished")
        self._random.shuffle(shuffled)
        with self._database.read() as transaction:
            chapter = transaction.chapters.overview(candidates.chapter_id)
            chapters = transaction.chapters.of_project(chapter.project_id)
            project = transaction.projects.get(chapter.project_id)
            settings = transaction.settings.get(WritingSettings)
            outline = f"{chapter.title}\n{chapter.outline}"
            return EvaluationCase(
                purpose=CallPurpose(ModelTask.EVALUATION, PROMPT, chapter.project_id, chapter.id),
                chapter=chapter,
                project=project,
                target_words=settings.words_in(project.language),
                plan=blueprint_lines(transaction, chapter.project_id, outline),
                before=[other for other in chapters if other.number < chapter.number],
                candidates=shuffled,
                round=candidates.number,
            )

    def _store(self, evaluation: RoundEvaluation) -> None:
        with self._database.write() as transaction:
            transaction.evaluations.add_round(evaluation)
