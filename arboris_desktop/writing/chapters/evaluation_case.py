"""A round of candidates as it is presented to its judge, and the believable part of the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from statistics import fmean
from typing import TYPE_CHECKING

from arboris_desktop.domain.candidates import (
    Candidate,
    CandidateJudgement,
    Criterion,
    Remark,
    RoundEvaluation,
    letter_of,
)
from arboris_desktop.domain.clock import Clock
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallPurpose
from arboris_desktop.domain.novel import ChapterOverview, Language, NovelProject
from arboris_desktop.llm.context_budget import answer_budget, tokens_beside
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, Message, Provider
from arboris_desktop.text.number_labels import told_number
from arboris_desktop.text.prose import one_line
from arboris_desktop.text.quotations import locate
from arboris_desktop.text.shortening import ShownText, fitting, shares, shortened
from arboris_desktop.writing.chapters.evaluation_choice import read_choice

if TYPE_CHECKING:
    from arboris_desktop.writing.chapters.evaluation_form import (
        EvaluationAnswer,
        JudgementAnswer,
        RemarkAnswer,
    )

PROMPT = "evaluate_candidates"
CHOICE_PROMPT = "choose_candidate"

_CHOICE_TOKENS = 100
_ANSWER_TOKENS = 300
_ANSWER_TOKENS_EACH = 700
_ANSWER_SHARE = 0.4
_LEAST_SHOWN_TOKENS = 120
_PLAN_SHARE = 0.15
_SUMMARIES_SHARE = 0.25
_LONGEST_REMARK = 400


@dataclass(slots=True)
class EvaluationCase:
    """A round before its judge; the candidates are in the order of presentation."""

    purpose: CallPurpose
    chapter: ChapterOverview
    project: NovelProject
    target_words: int
    plan: tuple[str, ...]
    before: list[ChapterOverview]
    candidates: list[Candidate]
    round: int
    shown: tuple[ShownText, ...] = ()

    def build(self, provider: Provider, prompts: PromptLibrary) -> ChatRequest:
        count = provider.count_tokens
        wanted = _ANSWER_TOKENS + _ANSWER_TOKENS_EACH * len(self.candidates)
        answer = answer_budget(provider, wanted, _ANSWER_SHARE)
        frame = self._render(prompts, PROMPT, [], [], self._nothing_shown())
        budget = tokens_beside(provider, frame, answer)
        plan = fitting(self.plan, int(budget * _PLAN_SHARE), count)
        told = [_summary_line(chapter) for chapter in reversed(self.before) if chapter.summary]
        summaries = fitting(told, int(budget * _SUMMARIES_SHARE), count)
        budget -= sum(count(line) + 1 for line in (*plan, *summaries))
        self.shown = self._shown(budget, count)
        messages = self._render(prompts, PROMPT, plan, summaries[::-1], self.shown)
        return ChatRequest(messages, max_tokens=answer, temperature=0.2)

    def build_choice(self, provider: Provider, prompts: PromptLibrary) -> ChatRequest:
        frame = self._render(prompts, CHOICE_PROMPT, [], [], self._nothing_shown())
        room = tokens_beside(provider, frame, _CHOICE_TOKENS)
        self.shown = self._shown(room, provider.count_tokens)
        messages = self._render(prompts, CHOICE_PROMPT, [], [], self.shown)
        return ChatRequest(messages, max_tokens=_CHOICE_TOKENS, temperature=0.2)

    def _nothing_shown(self) -> list[ShownText]:
        return [ShownText("") for _ in self.candidates]

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
        prompt: str,
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
            prompt,
            self.project.language,
            title=self.project.title,
            premise=self.project.premise,
            style=self.project.style,
            blueprint="\n".join(plan) or nothing,
            summaries="\n".join(summaries) or nothing,
            chapter_number=told_number(self.chapter.number, self.chapter.label),
            chapter_title=self.chapter.labelled_title,
            chapter_summary=self.chapter.outline or self.project.premise,
            target_words=self.target_words,
            letters=", ".join(letter_of(place) for place in range(1, len(shown) + 1)),
            first=letter_of(1),
            code=code,
            candidates="\n\n".join(fences),
        )

    def judge(self, answer: EvaluationAnswer, provider: str, clock: Clock) -> RoundEvaluation:
        """Extracts the believable part of the answer. Raises ``ProviderError`` if there is none."""
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

    def chosen(self, said: str, provider: str, clock: Clock) -> RoundEvaluation:
        """Extracts a choice made in plain words. Raises ``ProviderError`` if there is none."""
        shown_as = {letter: (candidate, shown) for letter, candidate, shown in self._labelled()}
        choice = read_choice(said, shown_as)
        if choice is None:
            raise ProviderError(ErrorKind.INVALID_ANSWER, "the answer names no candidate")
        candidate, shown = shown_as[choice.letter]
        assert candidate.version_id is not None
        return RoundEvaluation(
            chapter_id=self.chapter.id,
            round=self.round,
            judgements=(
                CandidateJudgement(
                    candidate_id=candidate.id,
                    version_id=candidate.version_id,
                    score=None,
                    scores={},
                    pros=(),
                    cons=(),
                    is_recommended=True,
                    was_shortened=shown.left_out > 0,
                ),
            ),
            reason=_cut(choice.reason),
            provider=provider,
            created_at=clock(),
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
    return f"{chapter.listed_name}: {chapter.summary}"
