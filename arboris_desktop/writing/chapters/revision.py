"""Revising a passage with a model; the proposal waits for the author's decision."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from arboris_desktop.domain.chapter_writers import WriterKind
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.novel import Language, NovelProject
from arboris_desktop.domain.record import record
from arboris_desktop.domain.revision import (
    Passage,
    PassageRevision,
    RevisionKind,
    RevisionStatus,
    fitted,
)
from arboris_desktop.llm.context_budget import tokens_beside, too_long
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.text.prose import tail
from arboris_desktop.writing.asking import BuildRequest, ModelCalls
from arboris_desktop.writing.call_events import CallEnded, CallEvent, PromptPreview
from arboris_desktop.writing.chapters.guides import guide_lines
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.chapters.revision_tasks import REVISION_TASKS

_PROMPT = "revise_passage"
_AROUND_CHARACTERS = {Language.ENGLISH: 1600, Language.CHINESE: 600}
"""Characters of the chapter before the passage that are shown; half as many after it."""

_LEAST_ANSWER_TOKENS = 200
_GROWTH = {RevisionKind.EXPAND: 3.0, RevisionKind.CONDENSE: 1.2}
"""The limit of the answer as a multiple of the passage; 1.8 for the other kinds."""


@record
class RevisionRequest:
    """A request to revise a passage. ``text`` is the whole chapter as the author sees it."""

    passage: Passage
    kind: RevisionKind
    instruction: str
    text: str


@record
class RevisionReady:
    """The proposal is stored and waits for the author."""

    revision: PassageRevision


class Revision:
    """Requests revised passages, and stores proposals until they are decided on."""

    def __init__(self, database: Database, calls: ModelCalls, register: ChapterRegister) -> None:
        self._database = database
        self._calls = calls
        self._register = register

    async def propose(
        self, request: RevisionRequest
    ) -> AsyncGenerator[CallEvent | RevisionReady, None]:
        """Streams the revised passage; the last event carries the stored proposal.

        Raises ``ProviderError``, ``StorageError``, ``ChapterBusyError`` and ``NotFoundError``.
        """
        async with self._register.reserve(request.passage.chapter_id, WriterKind.REVISION):
            purpose, build = await asyncio.to_thread(self._prepare, request)
            async with aclosing(self._calls.stream(purpose, build, prose=True)) as stream:
                async for event in stream:
                    yield event
                    if isinstance(event, CallEnded):
                        revision = await patiently(lambda end=event: self._store(request, end))  # type: ignore[misc]
                        yield RevisionReady(revision)

    async def preview(self, request: RevisionRequest) -> PromptPreview:
        """Returns exactly what ``propose`` would send."""
        return await self._calls.preview(*await asyncio.to_thread(self._prepare, request))

    def waiting(self, chapter_id: int) -> PassageRevision | None:
        """Returns the newest undecided proposal for the chapter."""
        with self._database.read() as transaction:
            return transaction.revisions.newest_open(chapter_id)

    def decide(self, revision_id: int, status: RevisionStatus) -> None:
        """Records that a proposal was applied or rejected."""
        with self._database.write() as transaction:
            transaction.revisions.decide(revision_id, status)

    def _prepare(self, request: RevisionRequest) -> tuple[CallPurpose, BuildRequest]:
        with self._database.read() as transaction:
            chapter = transaction.chapters.overview(request.passage.chapter_id)
            project = transaction.projects.get(chapter.project_id)
            guide = guide_lines(transaction.guides.get(project.id), project.language)
        purpose = CallPurpose(ModelTask.DRAFTING, _PROMPT, project.id, chapter.id)
        return purpose, _RequestBuilder(request, project, guide)

    def _store(self, request: RevisionRequest, end: CallEnded) -> PassageRevision:
        proposal = fitted(end.text, request.passage.text)
        with self._database.write() as transaction:
            return transaction.revisions.add(
                request.passage, request.kind, request.instruction, proposal, end.provider
            )


@record
class _RequestBuilder:
    request: RevisionRequest
    project: NovelProject
    guide: str

    def __call__(self, provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
        passage = self.request.passage
        growth = _GROWTH.get(self.request.kind, 1.8)
        length = provider.count_tokens(passage.text)
        answer = max(_LEAST_ANSWER_TOKENS, int(length * growth))
        around = _AROUND_CHARACTERS[self.project.language]
        while True:
            messages = prompts.render(_PROMPT, self.project.language, **self._values(around))
            if tokens_beside(provider, messages, answer) >= 0:
                return ChatRequest(messages, max_tokens=answer, temperature=0.7)
            if around < 50:
                raise too_long(provider, "the words of the passage", length)
            around //= 2

    def _values(self, around: int) -> dict[str, object]:
        request, language = self.request, self.project.language
        after = request.text[request.passage.end :]
        return {
            "title": self.project.title,
            "style": self.project.style,
            "guide": self.guide,
            "before": tail(request.text[: request.passage.start], around),
            "passage": request.passage.text,
            "after": after[: around // 2],
            "task": REVISION_TASKS[language][request.kind],
            "instruction": request.instruction,
        }
