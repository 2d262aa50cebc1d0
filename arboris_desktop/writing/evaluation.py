"""Judging the candidates of a round, and recommending one.

The model sees the plan of the chapter, the blueprint, what happened before, and the candidates
under letters that say nothing of their order: models favour what they read first. Each remark
bears a quotation, which is looked up in the text; a remark whose quotation is not there is shown
as unsupported.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING

from arboris_desktop.domain.candidates import (
    Candidate,
    CandidateJudgement,
    CandidateRound,
    Criterion,
    Remark,
    RoundEvaluation,
    letter_of,
)
from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.domain.evidence import locate
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.novel import ChapterOverview, Language, NovelProject
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.domain.shortening import ShownText, fitting, shares, shortened
from arboris_desktop.domain.text import one_line
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, Message, Provider
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.blueprint import blueprint_lines
from arboris_desktop.writing.calls import CallAnswer, CallEvent, ModelCalls, PromptPreview

if TYPE_CHECKING:
    from arboris_desktop.writing.evaluation_form import (
        EvaluationAnswer,
        JudgementAnswer,
        RemarkAnswer,
    )

_PROMPT = "evaluate_candidates"
_ANSWER_TOKENS = 300
_ANSWER_TOKENS_EACH = 700
_ANSWER_SHARE = 0.4
_MARGIN_TOKENS = 96
_LEAST_SHOWN_TOKENS = 120
_PLAN_SHARE = 0.15
_SUMMARIES_SHARE = 0.25
_LONGEST_REMARK = 400


class Evaluation:
    """Asks a model to judge rounds, and keeps what it says."""

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
        """The newest evaluation of a round, or ``None``."""
        with self._database.read() as transaction:
            return transaction.evaluations.of_round(candidates)

    async def evaluate(
        self,
        candidates: CandidateRound,
        *,
        auto_run_id: int | None = None,
        on_event: Callable[[CallEvent], None] | None = None,
    ) -> CallAnswer[RoundEvaluation]:
        """Judges the finished candidates of a round; the value is stored when this returns.

        Its ``recommended`` is never missing. Cancel the task to stop. Raises ``RuleError`` when
        nothing is finished, and ``ProviderError``: also for an answer about no candidate there is.
        """
        from arboris_desktop.writing.evaluation_form import EvaluationAnswer

        case = await asyncio.to_thread(self._read, candidates)
        purpose = replace(case.purpose, auto_run_id=auto_run_id)
        answer = await self._calls.answer(purpose, case.build, EvaluationAnswer, on_event=on_event)
        found = case.judge(answer.value, answer.provider, self._clock)
        await asyncio.to_thread(self._store, found)
        return CallAnswer(found, answer.provider, answer.usage, answer.cost, answer.currency)

    async def preview(self, candidates: CandidateRound) -> PromptPreview:
        """What ``evaluate`` would send, but for the order of the candidates; sends nothing."""
        case = await asyncio.to_thread(self._read, candidates)
        return await self._calls.preview(case.purpose, case.build)

    def _read(self, candidates: CandidateRound) -> _Case:
        shuffled = list(candidates.stored)
        if not shuffled:
            raise RuleError("no candidate of this round is finished")
        self._random.shuffle(shuffled)
        with self._database.read() as transaction:
            chapter = transaction.chapters.overview(candidates.chapter_id)
            chapters = transaction.chapters.of_project(chapter.project_id)
            outline = f"{chapter.title}\n{chapter.outline}"
            return _Case(
                chapter=chapter,
                project=transaction.projects.get(chapter.project_id),
                target_words=transaction.settings.get(WritingSettings).target_words,
                plan=blueprint_lines(transaction, chapter.project_id, outline),
                before=[other for other in chapters if other.number < chapter.number],
                candidates=shuffled,
                round=candidates.number,
            )

    def _store(self, evaluation: RoundEvaluation) -> None:
        with self._database.write() as transaction:
            transaction.evaluations.add_round(evaluation)


@dataclass(slots=True)
class _Case:
    """A round before its judge; the candidates are in the order in which they are shown."""

    chapter: ChapterOverview
    project: NovelProject
    target_words: int
    plan: tuple[str, ...]
    before: list[ChapterOverview]
    candidates: list[Candidate]
    round: int
    shown: tuple[ShownText, ...] = ()

    @property
    def purpose(self) -> CallPurpose:
        return CallPurpose(ModelTask.EVALUATION, _PROMPT, self.project.id, self.chapter.id)

    def build(self, provider: Provider, prompts: PromptLibrary) -> ChatRequest:
        count = provider.count_tokens
        wanted = _ANSWER_TOKENS + _ANSWER_TOKENS_EACH * len(self.candidates)
        answer = int(min(wanted, provider.context_tokens * _ANSWER_SHARE))
        frame = self._render(prompts, [], [], [ShownText("") for _ in self.candidates])
        spent = sum(count(message.content) for message in frame)
        budget = provider.context_tokens - answer - spent - _MARGIN_TOKENS
        plan = fitting(self.plan, int(budget * _PLAN_SHARE), count)
        told = [_summary_line(chapter) for chapter in reversed(self.before) if chapter.summary]
        summaries = fitting(told, int(budget * _SUMMARIES_SHARE), count)
        budget -= sum(count(line) + 1 for line in (*plan, *summaries))
        self.shown = self._shown(budget, count)
        messages = self._render(prompts, plan, summaries[::-1], self.shown)
        return ChatRequest(messages, max_tokens=answer, temperature=0.2)

    def _shown(self, budget: int, count: Callable[[str], int]) -> tuple[ShownText, ...]:
        texts = [candidate.content for candidate in self.candidates]
        needs = [count(text) for text in texts]
        given = shares(needs, budget)
        if any(got < min(n, _LEAST_SHOWN_TOKENS) for got, n in zip(given, needs, strict=True)):
            raise ProviderError(
                ErrorKind.CONTEXT_TOO_LONG, f"{len(texts)} candidates in {max(budget, 0)} tokens"
            )
        language = self.project.language
        return tuple(
            shortened(text, language, tokens, count)
            for text, tokens in zip(texts, given, strict=True)
        )

    def _render(
        self,
        prompts: PromptLibrary,
        plan: Sequence[str],
        summaries: Sequence[str],
        shown: Sequence[ShownText],
    ) -> tuple[Message, Message]:
        code = sha256("".join(each.text for each in shown).encode()).hexdigest()[:8]
        fences = [
            f"<<<{letter_of(place)}-{code}\n{each.text}\n{letter_of(place)}-{code}>>>"
            for place, each in enumerate(shown, 1)
        ]
        nothing = _NOTHING[self.project.language]
        return prompts.render(
            _PROMPT,
            self.project.language,
            title=self.project.title,
            premise=self.project.premise,
            style=self.project.style,
            blueprint="\n".join(plan) or nothing,
            summaries="\n".join(summaries) or nothing,
            chapter_number=self.chapter.number,
            chapter_title=self.chapter.title,
            chapter_summary=self.chapter.outline or self.project.premise,
            target_words=self.target_words,
            letters=", ".join(letter_of(place) for place in range(1, len(shown) + 1)),
            code=code,
            candidates="\n\n".join(fences),
        )

    def judge(self, answer: EvaluationAnswer, provider: str, clock: Clock) -> RoundEvaluation:
        """What of the answer can be believed; raises ``ProviderError`` when that is nothing."""
        said = {each.candidate: each for each in reversed(answer.candidates)}
        judgements = [
            self._judgement(candidate, shown, said[letter])
            for letter, candidate, shown in self._labelled()
            if letter in said
        ]
        if not judgements:
            raise ProviderError(
                ErrorKind.INVALID_ANSWER, "the answer is about none of the candidates"
            )
        letters = {candidate.id: letter for letter, candidate, _ in self._labelled()}
        named = [each for each in judgements if letters[each.candidate_id] == answer.recommended]
        best = named[0] if named else max(judgements, key=lambda each: each.score or 0)
        return RoundEvaluation(
            chapter_id=self.chapter.id,
            round=self.round,
            judgements=tuple(
                replace(each, is_recommended=each is best)
                for each in sorted(judgements, key=lambda each: each.candidate_id)
            ),
            reason=_cut(answer.reason) if named else "",
            provider=provider,
            created_at=clock(),
            by_score=not named,
        )

    def _labelled(self) -> list[tuple[str, Candidate, ShownText]]:
        return [
            (letter_of(place), candidate, shown)
            for place, (candidate, shown) in enumerate(
                zip(self.candidates, self.shown, strict=True), 1
            )
        ]

    def _judgement(
        self, candidate: Candidate, shown: ShownText, said: JudgementAnswer
    ) -> CandidateJudgement:
        assert candidate.version_id is not None
        given = {criterion: getattr(said, criterion.value) for criterion in Criterion}
        scores = {criterion: score for criterion, score in given.items() if score is not None}
        overall = said.overall
        if overall is None and scores:
            overall = round(fmean(scores.values()))
        check = partial(_checked, text=candidate.content)
        return CandidateJudgement(
            candidate_id=candidate.id,
            version_id=candidate.version_id,
            score=overall,
            scores=scores,
            pros=tuple(check(remark) for remark in said.pros if remark.point.strip()),
            cons=tuple(check(remark) for remark in said.cons if remark.point.strip()),
            was_shortened=shown.left_out > 0,
        )


_NOTHING = {Language.ENGLISH: "(nothing)", Language.CHINESE: "（无）"}


def _checked(remark: RemarkAnswer, text: str) -> Remark:
    quotation = remark.quotation.strip()[:_LONGEST_REMARK]
    supported = locate(quotation, text) is not None
    return Remark(_cut(remark.point), quotation, supported)


def _cut(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _LONGEST_REMARK else text[: _LONGEST_REMARK - 1] + "…"


def _summary_line(chapter: ChapterOverview) -> str:
    return f"{chapter.number}. {chapter.title}: {chapter.summary}"
