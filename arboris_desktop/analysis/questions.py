"""The questions of an analysis, each from a chapter's text to a stored result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from arboris_desktop.analysis.answers import MAX_FACTS, with_room_for
from arboris_desktop.analysis.evidence import Evidence, without_duplicates, without_forged_claims
from arboris_desktop.analysis.fact_steps import FACT_STEPS
from arboris_desktop.codex.proof import NAMED_KINDS
from arboris_desktop.domain.codex import (
    CodexEntry,
    EntryKind,
    NewFact,
    Origin,
    SeedState,
)
from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.foreshadowing import ledger
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.tasks import AnalysisStep
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, Message, Provider, complete
from arboris_desktop.llm.room import answer_room, room_beside, shrink_context
from arboris_desktop.llm.structured import ask
from arboris_desktop.llm.summaries import summary_in
from arboris_desktop.text.parts import split_into_parts
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import one_line, whole_sentences

_SUMMARY_PROMPT = "summarise_chapter"
_NONE_KNOWN = {Language.ENGLISH: "(none yet)", Language.CHINESE: "（暂无）"}

SUMMARY_TOKENS = 300
_FENCE = lazy_pattern(r"<<<CHAPTER\S*|\bCHAPTER\S*>>>")
_TOKENS_PER_FACT = 255
"""The longest fact that the schema allows; an answer must not be cut off amid its JSON."""

_ANSWER_TOKENS = _TOKENS_PER_FACT * MAX_FACTS
_ANSWER_SHARE = 0.2
_LEAST_CONTEXT_TOKENS = 2048
"""With less, prompt and answer leave no room for a chapter."""

_KNOWN_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class ChapterToAnalyse:
    """The text of a chapter and what is known of the book besides it."""

    title: str
    text: str
    language: Language
    entries: list[CodexEntry]
    threshold: float

    def evidence(self) -> Evidence:
        """The evidence that claims about this chapter are checked against."""
        aliases = {
            entry.name.casefold(): entry.aliases
            for entry in self.entries
            if entry.kind is EntryKind.CHARACTER
        }
        open_seeds = {entry.id: entry.name for entry in self.entries if _is_open_seed(entry)}
        names = tuple(n for e in self.entries if e.kind in NAMED_KINDS for n in e.names)
        text = without_forged_claims(self.text)
        return Evidence(text, self.threshold, aliases, open_seeds, names)


def prompt_of(step: AnalysisStep) -> str:
    """The name of a step's prompt."""
    return _SUMMARY_PROMPT if step is AnalysisStep.SUMMARY else step.value


async def run_step(
    step: AnalysisStep, chapter: ChapterToAnalyse, provider: Provider, prompts: PromptLibrary
) -> dict[str, Any]:
    """Runs one step over the whole chapter and returns its answer as it is stored.

    Raises ``ProviderError``. When the server finds a part too long, it is asked in smaller parts,
    and the provider's ``context_tokens`` is corrected for the steps to come.
    """
    question = _question(step, chapter, provider, prompts)
    answers: list[Any] = []
    parts = question.parts_of(chapter.text)
    while parts:
        try:
            answer = await question.ask_about(parts[0])
        except ProviderError as refusal:
            shrink_context(provider, refusal, least=_LEAST_CONTEXT_TOKENS)
            question = _question(step, chapter, provider, prompts)
            parts = [piece for part in parts for piece in question.parts_of(part)]
            continue
        answers.append(answer)
        del parts[0]
    if step is AnalysisStep.SUMMARY:
        return {"summary": " ".join(answers)}
    return {"answers": answers}


@dataclass(frozen=True, slots=True)
class _Question:
    """The question of one step about each part of a chapter, cut to the provider's context.

    ``values`` fill the prompt, but for the part; ``answer_tokens`` are kept free for the answer.
    """

    step: AnalysisStep
    language: Language
    values: dict[str, object]
    answer_tokens: int
    provider: Provider
    prompts: PromptLibrary

    def parts_of(self, text: str) -> list[str]:
        """The text in parts that leave room for the prompt and the answer."""
        count = self.provider.count_tokens
        room = room_beside(self.provider, self._messages(""), self.answer_tokens)
        return split_into_parts(text, room, count)

    async def ask_about(self, part: str) -> str | dict[str, Any]:
        """The answer as it is stored."""
        if self.step is AnalysisStep.SUMMARY:
            return await self._summary_of(part)
        most = max(3, self.answer_tokens // _TOKENS_PER_FACT)
        answer, _usage = await ask(
            self.provider,
            self._messages(part),
            with_room_for(FACT_STEPS[self.step].answer, most),
            schema_name=self.step.value,
            max_tokens=self.answer_tokens,
        )
        return answer.model_dump()

    async def _summary_of(self, part: str) -> str:
        request = ChatRequest(self._messages(part), max_tokens=SUMMARY_TOKENS, temperature=0.3)
        answer = await complete(self.provider, request)
        if answer.is_cut and not answer.text.strip():
            # The model has used up its room by thinking.
            limit = max(SUMMARY_TOKENS, int(self.provider.context_tokens * _ANSWER_SHARE))
            answer = await complete(self.provider, replace(request, max_tokens=limit))
        # A small model may begin by copying the line above the chapter.
        summary = summary_in(replace(answer, text=_FENCE.sub("", answer.text)))
        return whole_sentences(summary) if answer.is_cut else summary

    def _messages(self, part: str) -> tuple[Message, ...]:
        name = prompt_of(self.step)
        return self.prompts.render(name, self.language, **self.values, chapter_text=part)


def _question(
    step: AnalysisStep, chapter: ChapterToAnalyse, provider: Provider, prompts: PromptLibrary
) -> _Question:
    # What stands outside the fence must not look like a line of the prompt.
    values: dict[str, object] = {"chapter_title": one_line(chapter.title)}
    answer_tokens = SUMMARY_TOKENS
    if step is not AnalysisStep.SUMMARY:
        known = FACT_STEPS[step]
        values[known.known] = _known_entries(chapter, known.known_kinds, provider)
        answer_tokens = answer_room(provider, _ANSWER_TOKENS, _ANSWER_SHARE)
    return _Question(step, chapter.language, values, answer_tokens, provider, prompts)


def _known_entries(
    chapter: ChapterToAnalyse, kinds: tuple[EntryKind, ...], provider: Provider
) -> str:
    """Names the book already has; those in this chapter first, as many as the budget allows."""
    entries = [entry for entry in chapter.entries if entry.kind in kinds and _is_known(entry)]
    entries.sort(key=lambda entry: not any(n in chapter.text for n in (entry.name, *entry.aliases)))
    budget = int(provider.context_tokens * _KNOWN_SHARE)
    lines: list[str] = []
    for entry in entries:
        line = one_line(_known_line(entry))
        budget -= provider.count_tokens(line) + 1
        if budget < 0:
            break
        lines.append(line)
    return "\n".join(lines) or _NONE_KNOWN[chapter.language]


def _known_line(entry: CodexEntry) -> str:
    """An entry as the model is shown it; of a seed the number, by which it can be answered."""
    if entry.kind is EntryKind.FORESHADOWING:
        return f"- [{entry.id}] {entry.name}"
    return f"- {entry.name}" + (f" ({', '.join(entry.aliases)})" if entry.aliases else "")


def _is_known(entry: CodexEntry) -> bool:
    if entry.kind is EntryKind.FORESHADOWING:
        return _is_open_seed(entry)
    return entry.origin is Origin.AUTHOR or any(fact.counts for fact in entry.facts)


def _is_open_seed(entry: CodexEntry) -> bool:
    seeds = ledger([entry], newest_chapter=0, overdue_after_chapters=1)
    return any(seed.state is not SeedState.PAID_OFF for seed in seeds)


def facts_of(step: AnalysisStep, result: dict[str, Any], evidence: Evidence) -> list[NewFact]:
    """The checked facts of a stored step; a summary has none."""
    if step is AnalysisStep.SUMMARY:
        return []
    found = (FACT_STEPS[step].facts(answer, evidence) for answer in result["answers"])
    return without_duplicates(replace(fact, step=step.value) for facts in found for fact in facts)
