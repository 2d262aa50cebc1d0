"""The steps of an analysis, each from a chapter's text to a stored result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from arboris_desktop.analysis.answers import (
    MAX_FACTS,
    Answer,
    CharacterChanges,
    NewCharacters,
    Seeds,
    WorldEntries,
    with_room_for,
)
from arboris_desktop.analysis.checking import Evidence, facts_from, without_duplicates
from arboris_desktop.analysis.parts import split_into_parts
from arboris_desktop.domain.codex import CodexEntry, EntryKind, NewFact, Origin, SeedState
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.foreshadowing import ledger
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.tasks import AnalysisStep
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, Provider, complete
from arboris_desktop.llm.structured import ask

_ANSWERS: dict[AnalysisStep, type[Answer]] = {
    AnalysisStep.CHARACTER_TRACKING: CharacterChanges,
    AnalysisStep.NEW_CHARACTERS: NewCharacters,
    AnalysisStep.WORLD_EXPANSION: WorldEntries,
    AnalysisStep.FORESHADOWING: Seeds,
}
_KNOWN: dict[AnalysisStep, tuple[str, tuple[EntryKind, ...]]] = {
    AnalysisStep.CHARACTER_TRACKING: ("known_characters", (EntryKind.CHARACTER,)),
    AnalysisStep.NEW_CHARACTERS: ("known_characters", (EntryKind.CHARACTER,)),
    AnalysisStep.WORLD_EXPANSION: (
        "known_world",
        (EntryKind.LOCATION, EntryKind.FACTION, EntryKind.ITEM, EntryKind.RULE),
    ),
    AnalysisStep.FORESHADOWING: ("open_foreshadowing", (EntryKind.FORESHADOWING,)),
}
_NONE_KNOWN = {Language.ENGLISH: "(none yet)", Language.CHINESE: "（暂无）"}

SUMMARY_TOKENS = 300
_TOKENS_PER_FACT = 215
"""The longest fact that the schema allows; an answer must not be cut off amid its JSON."""

_ANSWER_TOKENS = _TOKENS_PER_FACT * MAX_FACTS
_ANSWER_SHARE = 0.2
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
        """What claims about this chapter are checked against."""
        aliases = {
            entry.name.casefold(): entry.aliases
            for entry in self.entries
            if entry.kind is EntryKind.CHARACTER
        }
        open_seeds = {entry.id: entry.name for entry in self.entries if _is_open_seed(entry)}
        return Evidence(self.text, self.threshold, aliases, open_seeds)


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """A finished step: its answer as stored, and what it cost."""

    result: dict[str, Any]
    usage: TokenUsage


async def run_step(
    step: AnalysisStep, chapter: ChapterToAnalyse, provider: Provider, prompts: PromptLibrary
) -> StepOutcome:
    """Runs one step over the whole chapter; raises ``ProviderError``."""
    if step is AnalysisStep.SUMMARY:
        return await _summarise(chapter, provider, prompts)
    return await _ask_for_facts(step, chapter, provider, prompts)


async def _summarise(
    chapter: ChapterToAnalyse, provider: Provider, prompts: PromptLibrary
) -> StepOutcome:
    values: dict[str, object] = {"chapter_title": chapter.title}
    usage = TokenUsage()
    summaries: list[str] = []
    for part in _parts("summarise_chapter", values, chapter, provider, prompts, SUMMARY_TOKENS):
        messages = prompts.render(
            "summarise_chapter", chapter.language, **values, chapter_text=part
        )
        answer = await complete(
            provider, ChatRequest(messages, max_tokens=SUMMARY_TOKENS, temperature=0.3)
        )
        usage += answer.usage
        if not answer.text.strip():
            raise ProviderError(ErrorKind.EMPTY_ANSWER, "the summary is empty")
        summaries.append(answer.text.strip())
    return StepOutcome({"summary": " ".join(summaries)}, usage)


async def _ask_for_facts(
    step: AnalysisStep, chapter: ChapterToAnalyse, provider: Provider, prompts: PromptLibrary
) -> StepOutcome:
    placeholder, kinds = _KNOWN[step]
    known = _known_entries(chapter, kinds, provider)
    values: dict[str, object] = {"chapter_title": chapter.title, placeholder: known}
    answer_tokens = min(_ANSWER_TOKENS, int(provider.context_tokens * _ANSWER_SHARE))
    usage = TokenUsage()
    answers: list[dict[str, Any]] = []
    for part in _parts(step.value, values, chapter, provider, prompts, answer_tokens):
        messages = prompts.render(step.value, chapter.language, **values, chapter_text=part)
        answer, spent = await ask(
            provider,
            messages,
            with_room_for(_ANSWERS[step], max(3, answer_tokens // _TOKENS_PER_FACT)),
            schema_name=step.value,
            max_tokens=answer_tokens,
        )
        usage += spent
        answers.append(answer.model_dump())
    return StepOutcome({"answers": answers}, usage)


def _parts(
    prompt: str,
    values: dict[str, object],
    chapter: ChapterToAnalyse,
    provider: Provider,
    prompts: PromptLibrary,
    answer_tokens: int,
) -> list[str]:
    frame = prompts.render(prompt, chapter.language, **values, chapter_text="")
    spent = sum(provider.count_tokens(message.content) for message in frame)
    room = provider.context_tokens - answer_tokens - spent - 64
    return split_into_parts(chapter.text, room, provider.count_tokens)


def _known_entries(
    chapter: ChapterToAnalyse, kinds: tuple[EntryKind, ...], provider: Provider
) -> str:
    """Names the book already has; those in this chapter first, as many as the budget allows."""
    entries = [entry for entry in chapter.entries if entry.kind in kinds and _is_known(entry)]
    entries.sort(key=lambda entry: not any(n in chapter.text for n in (entry.name, *entry.aliases)))
    budget = int(provider.context_tokens * _KNOWN_SHARE)
    lines: list[str] = []
    for entry in entries:
        line = _known_line(entry)
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
    read: Callable[[dict[str, Any]], Answer] = _ANSWERS[step].model_validate
    return without_duplicates(
        replace(fact, step=step.value)
        for answer in result["answers"]
        for fact in facts_from(read(answer), evidence)
    )
