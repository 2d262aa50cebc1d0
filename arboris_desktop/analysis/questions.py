"""The questions of an analysis, each from a chapter's text to a stored result."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from arboris_desktop.analysis.answers import MAX_FACTS
from arboris_desktop.analysis.evidence import Evidence, without_duplicates, without_forged_claims
from arboris_desktop.analysis.fact_steps import FACT_STEPS
from arboris_desktop.analysis.known_entries import KNOWN_LISTS, is_open_seed, known_entries
from arboris_desktop.analysis.schemas import form_of, schema_for
from arboris_desktop.codex.proof import NAMED_KINDS
from arboris_desktop.domain.codex import CodexEntry, EntryKind, NewFact
from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import AnalysisStep
from arboris_desktop.llm.context_budget import answer_budget, shrink_context, tokens_beside
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import (
    ChatRequest,
    Completion,
    JsonSchema,
    Message,
    Provider,
    complete,
    telling,
)
from arboris_desktop.llm.structured import ask
from arboris_desktop.llm.summaries import summary_in, unwrapped_summary
from arboris_desktop.text.overlapping_parts import split_into_parts
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import one_line, whole_sentences

_SUMMARY_PROMPT = "summarise_chapter"
SUMMARY_TOKENS = 300
_FENCE = lazy_pattern(r"<<<(?:CHAPTER|正文)\S*|(?:\bCHAPTER|正文)\S*>>>")
_TOKENS_PER_FACT = 255
"""The longest fact that the schema allows; an answer must not be cut off amid its JSON."""

_ANSWER_TOKENS = _TOKENS_PER_FACT * MAX_FACTS
_ANSWER_SHARE = 0.2
_LEAST_CONTEXT_TOKENS = 2048
"""With less, prompt and answer leave no room for a chapter."""


@record
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
        open_seeds = {entry.id: entry.name for entry in self.entries if is_open_seed(entry)}
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


@record
class _Question:
    """The question of one step about each part of a chapter, cut to the provider's context.

    ``values`` fill the prompts of all steps, but for the part: so they all get the same mark.
    """

    step: AnalysisStep
    language: Language
    values: dict[str, object]
    provider: Provider
    prompts: PromptLibrary

    def parts_of(self, text: str) -> list[str]:
        """The text in parts that leave room for the longest question and answer: the parts are the
        same for all of them, so that what a provider has read once it need not read again."""
        room = min(map(self._room_beside, AnalysisStep))
        return split_into_parts(text, room, self.provider.count_tokens)

    def _room_beside(self, step: AnalysisStep) -> int:
        messages = self.prompts.render(
            prompt_of(step), self.language, **self.values, chapter_text=""
        )
        answer_tokens = _answer_tokens(step, self.provider)
        return tokens_beside(self.provider, messages, answer_tokens, self._schema(step))

    def _schema(self, step: AnalysisStep) -> JsonSchema:
        return schema_for(step, _most_facts(self.provider), self.provider)

    async def ask_about(self, part: str) -> str | dict[str, Any]:
        """The answer as it is stored."""
        if self.step is AnalysisStep.SUMMARY:
            return await self._summary_of(part)
        answer, _usage = await ask(
            self.provider,
            self._messages(part),
            form_of(self.step, _most_facts(self.provider)),
            max_tokens=_answer_tokens(self.step, self.provider),
            schema=self._schema(self.step),
        )
        return answer.model_dump()

    async def _summary_of(self, part: str) -> str:
        # An author's own prompt may ask for a summary in words, as ours did once.
        is_own = self.prompts.is_own(_SUMMARY_PROMPT, self.language)
        schema = None if is_own else self._schema(self.step)
        request = ChatRequest(self._messages(part), SUMMARY_TOKENS, 0.3, schema)
        answer = await complete(self.provider, request)
        if answer.is_cut and not answer.text.strip():
            # The model has used up its room by thinking.
            limit = max(SUMMARY_TOKENS, int(self.provider.context_tokens * _ANSWER_SHARE))
            answer = await complete(self.provider, replace(request, max_tokens=limit))
        with telling(answer):
            return stored_summary(replace(answer, text=unwrapped_summary(answer.text)))

    def _messages(self, part: str) -> tuple[Message, ...]:
        name = prompt_of(self.step)
        return self.prompts.render(name, self.language, **self.values, chapter_text=part)


def _question(
    step: AnalysisStep, chapter: ChapterToAnalyse, provider: Provider, prompts: PromptLibrary
) -> _Question:
    return _Question(step, chapter.language, values_for(chapter, provider), provider, prompts)


def values_for(chapter: ChapterToAnalyse, provider: Provider) -> dict[str, object]:
    """Values for the placeholders of the prompts about a chapter, all but its text."""
    # What stands outside the fence must not look like a line of the prompt.
    values: dict[str, object] = {"chapter_title": one_line(chapter.title)}
    for name, kinds in KNOWN_LISTS.items():
        values[name] = known_entries(
            chapter.entries, kinds, chapter.text, chapter.language, provider
        )
    return values


def stored_summary(answer: Completion) -> str:
    """The summary to be kept; raises ``ProviderError`` for what is none."""
    # A small model may begin by copying the line above the chapter.
    summary = summary_in(replace(answer, text=_FENCE.sub("", answer.text)))
    return whole_sentences(summary) if answer.is_cut else summary


def _answer_tokens(step: AnalysisStep, provider: Provider) -> int:
    """The tokens that are kept free for an answer."""
    if step is AnalysisStep.SUMMARY:
        return SUMMARY_TOKENS
    return answer_budget(provider, _ANSWER_TOKENS, _ANSWER_SHARE)


def _most_facts(provider: Provider) -> int:
    """As many facts as an answer has room for."""
    return max(3, answer_budget(provider, _ANSWER_TOKENS, _ANSWER_SHARE) // _TOKENS_PER_FACT)


def facts_of(step: AnalysisStep, result: dict[str, Any], evidence: Evidence) -> list[NewFact]:
    """The checked facts of a stored step; a summary has none."""
    if step is AnalysisStep.SUMMARY:
        return []
    form = FACT_STEPS[step]
    found = (form.model_validate(stored).facts(evidence) for stored in result["answers"])
    return without_duplicates(replace(fact, step=step.value) for facts in found for fact in facts)
