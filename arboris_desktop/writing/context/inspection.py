"""Inspecting what the model is told for a chapter, and overriding the selection."""

from __future__ import annotations

import asyncio

from arboris_desktop.domain.context import ContextChoice, ItemKind
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.record import record
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.call_events import PromptPreview
from arboris_desktop.writing.chapters.chapter_request import (
    ChapterRequest,
    prepare_request,
    read_job,
)
from arboris_desktop.writing.context import ContextReport
from arboris_desktop.writing.context.summaries import Summaries, SummaryState


@record
class Inspection:
    """The request that would be sent if the chapter were written now, and the reasons for it.

    ``preview`` is the exact message with its length, ``context`` the part of it that is about the
    book.
    """

    chapter: ChapterOverview
    preview: PromptPreview
    context: ContextReport
    summaries: SummaryState

    @property
    def prompt_tokens(self) -> int:
        """The length of everything else that is sent: instructions, premise and plan."""
        return max(self.preview.tokens - self.context.tokens, 0)


class ContextInspection:
    """Builds the request for a chapter as ``Drafting`` does, without sending it."""

    def __init__(self, database: Database, calls: ModelCalls, summaries: Summaries) -> None:
        self._database = database
        self._calls = calls
        self._summaries = summaries

    async def inspect(self, chapter_id: int) -> Inspection:
        """Returns what the model would be told now.

        Raises ``ProviderError`` (no model is set up, or not even the plan fits), ``NotFoundError``
        and ``StorageError``.
        """
        job = await asyncio.to_thread(read_job, self._database, chapter_id)
        prepared: list[ChapterRequest] = []

        def build(provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
            prepared.append(prepare_request(self._database, job, provider, prompts))
            return prepared[0].request

        preview = await self._calls.preview(job.purpose, build)
        state = await asyncio.to_thread(self._summaries.state, job.project.id)
        return Inspection(job.chapter, preview, prepared[0].context, state)

    def choose(
        self, chapter_id: int, kind: ItemKind, key: str, choice: ContextChoice | None
    ) -> None:
        """Stores the author's choice about a piece in this chapter; ``None`` returns to the
        rules."""
        with self._database.write() as transaction:
            transaction.context_choices.set(chapter_id, kind, key, choice)
