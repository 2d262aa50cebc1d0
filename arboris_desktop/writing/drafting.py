"""Writing a chapter with the model: streamed, checkpointed, and stored together with its task."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace

from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError, StorageError
from arboris_desktop.domain.novel import (
    ChapterDraft,
    ChapterVersion,
    VersionOrigin,
)
from arboris_desktop.domain.tasks import DEFAULT_PRIORITY, GenerationConfig
from arboris_desktop.domain.text import count_words
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import Provider, StreamEnd, TextDelta
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.instances import Instance
from arboris_desktop.storage.patience import patiently
from arboris_desktop.writing.chapter_request import ChapterJob, build_request, read_job

log = logging.getLogger(__name__)

CHECKPOINT_SECONDS = 1.0
"""A crash costs at most this much of a streamed chapter."""


@dataclass(frozen=True, slots=True)
class DraftStarted:
    """The request is under way; ``text`` is the draft that is being continued, if any."""

    text: str
    provider: str
    prompt_tokens: int


@dataclass(frozen=True, slots=True)
class DraftText:
    """Some more of the chapter."""

    text: str


@dataclass(frozen=True, slots=True)
class DraftStored:
    """The chapter is on the disk, and its analysis is queued.

    ``cut``: the model reached its token limit, so that the end may be missing.
    """

    version: ChapterVersion
    task_id: int
    usage: TokenUsage
    cut: bool = False


DraftEvent = DraftStarted | DraftText | DraftStored


class Drafting:
    """Writes chapters, and decides what becomes of drafts that were not finished."""

    def __init__(
        self, database: Database, source: ProviderSource, prompts: PromptLibrary, instance: Instance
    ) -> None:
        self._database = database
        self._source = source
        self._prompts = prompts
        self._instance = instance

    async def write(
        self, chapter_id: int, *, resume: bool = False
    ) -> AsyncGenerator[DraftEvent, None]:
        """Streams a chapter, saving the draft each second and the whole at the end.

        Close the iterator, or cancel its task, to stop: what came is kept as a draft. With
        ``resume`` the stored draft is continued instead of begun anew. Raises
        ``ProviderError`` (the draft is kept too), ``StorageError`` and ``NotFoundError``.
        """
        job = await asyncio.to_thread(self._prepare, chapter_id, resume)
        provider = await asyncio.to_thread(self._source.open, job.purpose)
        try:
            request = await asyncio.to_thread(build_request, self._database, job, provider)
            tokens = sum(provider.count_tokens(message.content) for message in request.messages)
            yield DraftStarted(job.draft, _label(provider), tokens)
            checkpoint = _Checkpoint(self._database, job, _label(provider), self._instance.owner)
            end = StreamEnd("", TokenUsage())
            try:
                async with aclosing(provider.stream_chat(request)) as stream:
                    async for event in stream:
                        if isinstance(event, TextDelta):
                            await checkpoint.add(event.text)
                            yield DraftText(event.text)
                        else:
                            end = event
                _refuse_incomplete(end, checkpoint.text, job.draft)
            finally:
                # Runs on success, on failure and on stop alike; shielded, since a second
                # cancellation must not cost the text.
                await asyncio.shield(patiently(checkpoint.save))
            yield await patiently(lambda: self._store(job, checkpoint.text, provider, end))
        finally:
            await provider.aclose()

    def _prepare(self, chapter_id: int, resume: bool) -> ChapterJob:
        job = read_job(self._database, self._prompts, chapter_id)
        with self._database.read() as transaction:
            draft = transaction.drafts.get(chapter_id)
        if draft is not None and self._is_growing_elsewhere(draft.owner):
            raise RuleError("another window or command is writing this chapter now")
        if resume and draft is None:
            raise RuleError("there is no draft to continue")
        return replace(job, draft=draft.content) if resume and draft else job

    def _is_growing_elsewhere(self, owner: str) -> bool:
        return owner != self._instance.owner and owner in self._instance.live_owners()

    def _store(self, job: ChapterJob, text: str, provider: Provider, end: StreamEnd) -> DraftStored:
        label = _label(provider)
        metadata: dict[str, object] = {
            "finish_reason": end.finish_reason,
            "usage": end.usage.to_json(),
        }
        version, task_id = store_chapter(
            self._database, job.chapter.id, text, provider=label, metadata=metadata
        )
        return DraftStored(version, task_id, end.usage, cut=end.finish_reason == "length")

    def draft(self, chapter_id: int) -> ChapterDraft | None:
        """The stored draft of a chapter, or ``None``."""
        with self._database.read() as transaction:
            return transaction.drafts.get(chapter_id)

    def left_behind(self) -> list[ChapterDraft]:
        """Drafts for the author to decide about: no other living process writes them."""
        with self._database.read() as transaction:
            drafts = transaction.drafts.all()
        live = set(self._instance.live_owners()) if drafts else set()
        return [d for d in drafts if d.owner not in live or d.owner == self._instance.owner]

    def keep(self, chapter_id: int) -> ChapterVersion:
        """Makes the draft the chapter's text and queues its analysis; raises ``RuleError``."""
        with self._database.read() as transaction:
            draft = transaction.drafts.get(chapter_id)
        if draft is None or not draft.content.strip():
            raise RuleError("there is no draft to keep")
        return store_chapter(self._database, chapter_id, draft.content, provider=draft.provider)[0]

    def discard(self, chapter_id: int) -> None:
        """Forgets the draft of a chapter."""
        with self._database.write() as transaction:
            transaction.drafts.remove(chapter_id)


def store_chapter(
    database: Database,
    chapter_id: int,
    text: str,
    *,
    provider: str,
    metadata: dict[str, object] | None = None,
) -> tuple[ChapterVersion, int]:
    """Stores a written chapter and queues its analysis in one transaction, and ends its draft.

    Returns the version and the task's id: both exist together, or neither.
    """
    with database.write() as transaction:
        overview = transaction.chapters.overview(chapter_id)
        language = transaction.projects.get(overview.project_id).language
        version = transaction.chapters.add_version(
            chapter_id,
            content=text,
            word_count=count_words(text, language),
            origin=VersionOrigin.MODEL,
            provider=provider,
            metadata=metadata,
        )
        task_id = transaction.queue.add(
            project_id=overview.project_id,
            chapter_id=chapter_id,
            version_id=version.id,
            revision=version.revision,
            priority=DEFAULT_PRIORITY,
            config=transaction.settings.get(GenerationConfig),
        )
        transaction.codex.anchor_facts(chapter_id, text)
        transaction.drafts.remove(chapter_id)
    return version, task_id


class _Checkpoint:
    """The growing draft, written to the disk once a second off the event loop's thread."""

    def __init__(self, database: Database, job: ChapterJob, provider: str, owner: str) -> None:
        self._database = database
        self._chapter_id = job.chapter.id
        self._provider = provider
        self._owner = owner
        self._pieces = [job.draft]
        self._saved_characters = len(job.draft)
        self._tried_at = time.monotonic()
        self._saving = threading.Lock()

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    async def add(self, text: str) -> None:
        self._pieces.append(text)
        if time.monotonic() - self._tried_at < CHECKPOINT_SECONDS:
            return
        try:
            await asyncio.to_thread(self.save)
        except StorageError as error:
            # The stream goes on, since it is paid for: the next second may be a better one.
            if not error.retryable:
                raise
            log.warning("the draft of chapter %d is not saved yet: %s", self._chapter_id, error)
        self._tried_at = time.monotonic()

    def save(self) -> None:
        """Stores what has come by now, if that is more than is stored; for any thread."""
        with self._saving:
            text = self.text
            if len(text) == self._saved_characters:
                return
            with self._database.write() as transaction:
                transaction.drafts.save(self._chapter_id, text, self._provider, self._owner)
            self._saved_characters = len(text)


def _refuse_incomplete(end: StreamEnd, text: str, draft: str) -> None:
    end.refuse_withheld()
    if not text[len(draft) :].strip():
        raise ProviderError(ErrorKind.EMPTY_ANSWER, f"finish_reason {end.finish_reason}")


def _label(provider: Provider) -> str:
    return f"{provider.name}/{provider.model}"
