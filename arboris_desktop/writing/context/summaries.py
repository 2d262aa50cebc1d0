"""Rolling summaries: parts, volumes and the whole book, updated only where something changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial

from arboris_desktop.domain.errors import ArborisError, ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.novel import Language, NovelProject
from arboris_desktop.domain.record import record
from arboris_desktop.domain.story import ChapterNote, StorySummary, SummaryLevel
from arboris_desktop.domain.summary_plan import (
    Known,
    WantedSummary,
    known_by_key,
    wanted_book,
    wanted_parts,
    wanted_volumes,
)
from arboris_desktop.llm.context_budget import TOKENS_PER_WORD, shrink_context, tokens_beside
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, Message, complete
from arboris_desktop.llm.summaries import summary_in
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.text.prose import one_line, whole_sentences
from arboris_desktop.writing.asking import ModelCalls

log = logging.getLogger(__name__)

PROMPT = "summarise_story"

_WORDS = {
    SummaryLevel.PART: {Language.ENGLISH: 130, Language.CHINESE: 220},
    SummaryLevel.VOLUME: {Language.ENGLISH: 220, Language.CHINESE: 380},
    SummaryLevel.BOOK: {Language.ENGLISH: 320, Language.CHINESE: 550},
}
"""The length in words or Chinese characters, which does not depend on that of the book."""

_SCOPE = {
    Language.ENGLISH: "chapters {first} to {last}",
    Language.CHINESE: "第 {first} 至 {last} 章",
}
_LEAST_CONTEXT_TOKENS = 1024
_TEMPERATURE = 0.3

_LEVELS: tuple[Callable[[Sequence[ChapterNote], Known], list[WantedSummary]], ...] = (
    wanted_parts,
    wanted_volumes,
    wanted_book,
)
"""Each level is made from the one before."""


@record
class SummaryState:
    """The state of a novel's summaries: how many there are, how many are due, and why the last
    attempt failed, if it did."""

    made: int
    due: int
    failure: ErrorKind | None = None


class Summaries:
    """Keeps the summaries of novels up to date."""

    def __init__(self, database: Database, calls: ModelCalls) -> None:
        self._database = database
        self._calls = calls
        self._failures: dict[str, ErrorKind] = {}

    def state(self, project_id: str) -> SummaryState:
        """Returns the state of the summaries; blocks. Raises ``StorageError``."""
        notes, known = self._read(project_id)
        wanted: list[WantedSummary] = []
        for wanted_of in _LEVELS:
            wanted += wanted_of(notes, _without_other_parts(known, wanted))
        due = sum(each.is_due(known) for each in wanted)
        return SummaryState(len(known), due, self._failures.get(project_id))

    async def refresh(self, project_id: str) -> int:
        """Makes the summaries that are due, storing each; returns how many were made.

        Cancel it at any time. Raises ``ProviderError``, ``NotFoundError`` and ``StorageError``; the
        next call resumes from there.
        """
        try:
            made = await self._refresh(project_id)
        except ArborisError as error:
            self._failures[project_id] = error.kind
            raise
        self._failures.pop(project_id, None)
        return made

    async def _refresh(self, project_id: str) -> int:
        made = 0
        wanted: list[WantedSummary] = []
        for wanted_of in _LEVELS:
            notes, known = await asyncio.to_thread(self._read, project_id)
            level = wanted_of(notes, _without_other_parts(known, wanted))
            wanted += level
            due = [each for each in level if each.is_due(known)]
            if due:
                await self._make(project_id, due)
                made += len(due)
        await asyncio.to_thread(self._forget_others, project_id, wanted)
        return made

    def _read(self, project_id: str) -> tuple[list[ChapterNote], Known]:
        with self._database.read() as transaction:
            notes = transaction.story.notes(project_id)
            return notes, known_by_key(transaction.summaries.of_project(project_id))

    def _forget_others(self, project_id: str, wanted: list[WantedSummary]) -> None:
        """Reads the volumes again, since some may have been made, moved or removed."""
        keys = {each.key for each in wanted}
        with self._database.read() as transaction:
            known = known_by_key(transaction.summaries.of_project(project_id))
        if not known.keys() <= keys:
            with self._database.write() as transaction:
                transaction.summaries.keep_only(project_id, keys)

    async def _make(self, project_id: str, due: list[WantedSummary]) -> None:
        purpose = CallPurpose(ModelTask.SUMMARIES, PROMPT, project_id)
        project = await asyncio.to_thread(self._project, project_id)
        async with self._calls.opened(purpose, background=True) as (provider, prompts):
            for wanted in due:
                writer = _SummaryWriter(project, prompts, provider, wanted)
                content = await writer.write(list(wanted.sources))
                await patiently(partial(self._store, project_id, wanted, content))

    def _project(self, project_id: str) -> NovelProject:
        with self._database.read() as transaction:
            return transaction.projects.get(project_id)

    def _store(self, project_id: str, wanted: WantedSummary, content: str) -> None:
        summary = StorySummary(wanted.level, wanted.first, wanted.last, content, wanted.source_hash)
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            transaction.summaries.put(project_id, summary)


def _without_other_parts(known: Known, wanted: Sequence[WantedSummary]) -> Known:
    """Drops summaries of parts that no longer exist because the author has moved the volumes."""
    keys = {each.key for each in wanted}
    return {
        key: summary
        for key, summary in known.items()
        if key[0] is not SummaryLevel.PART or key in keys
    }


@record
class _SummaryWriter:
    """Writes one summary, in several steps if the model cannot read all of it at once."""

    project: NovelProject
    prompts: PromptLibrary
    provider: MeteredProvider
    wanted: WantedSummary

    async def write(self, sources: list[str]) -> str:
        while True:
            try:
                groups = self._groups(sources)
                if len(groups) == 1:
                    return await self._ask(groups[0])
                sources = [
                    await self._ask(group) if len(group) > 1 else group[0] for group in groups
                ]
            except ProviderError as refusal:
                shrink_context(self.provider, refusal, least=_LEAST_CONTEXT_TOKENS)

    def _groups(self, sources: list[str]) -> list[list[str]]:
        """Groups sources that can be read together, at least two, so that it terminates."""
        groups: list[list[str]] = [[]]
        for source in sources:
            if len(groups[-1]) > 1 and not self._fits([*groups[-1], source]):
                groups.append([])
            groups[-1].append(source)
        if not all(map(self._fits, groups)):
            raise ProviderError(
                ErrorKind.CONTEXT_TOO_LONG,
                f"{self.provider.context_tokens} tokens do not hold two summaries",
            )
        return groups

    def _fits(self, sources: list[str]) -> bool:
        return tokens_beside(self.provider, self._messages(sources), self._answer_tokens) >= 0

    @property
    def _target_words(self) -> int:
        return _WORDS[self.wanted.level][self.project.language]

    @property
    def _answer_tokens(self) -> int:
        return int(self._target_words * TOKENS_PER_WORD)

    async def _ask(self, sources: list[str]) -> str:
        request = ChatRequest(
            self._messages(sources), max_tokens=self._answer_tokens, temperature=_TEMPERATURE
        )
        answer = await complete(self.provider, request)
        text = summary_in(answer)
        return whole_sentences(text) if answer.is_cut else text

    def _messages(self, sources: list[str]) -> tuple[Message, ...]:
        language = self.project.language
        scope = _SCOPE[language].format(first=self.wanted.first, last=self.wanted.last)
        return self.prompts.render(
            PROMPT,
            language,
            title=one_line(self.project.title),
            scope=scope,
            summaries="\n\n".join(sources),
            target_words=self._target_words,
        )
