"""Writing a chapter with a model: streamed, checkpointed, and stored together with its task."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from arboris_desktop.domain.chapter_writers import WriterKind
from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.domain.novel import (
    RAW_ANSWER,
    ChapterDraft,
    ChapterOverview,
    ChapterVersion,
    Language,
    VersionOrigin,
)
from arboris_desktop.domain.record import record
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.storage.backups.rescue import RescueFiles
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.tasks.enqueuing import enqueue
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.normal_form import normalised_input
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.chapter_request import ChapterJob, read_job
from arboris_desktop.writing.chapters.chapter_stream import ChapterStream
from arboris_desktop.writing.chapters.checkpoint import Checkpoint
from arboris_desktop.writing.chapters.draft_events import (
    ChapterWritten,
    DraftContinued,
    DraftReplaced,
    DraftStarted,
    DraftText,
    DraftWaits,
    WritingEvent,
)
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.chapters.rescue_copy import RescueCopy

__all__ = [
    "DraftContinued",
    "DraftEvent",
    "DraftReplaced",
    "DraftReserved",
    "DraftStarted",
    "DraftStored",
    "DraftText",
    "DraftWaits",
    "Drafting",
    "metadata_of",
    "store_chapter",
]


@record
class DraftReserved:
    """The chapter is reserved, and the model is asked next, to continue ``text`` if any."""

    chapter: ChapterOverview
    language: Language
    text: str


@record
class DraftStored:
    """The chapter is stored and its analysis is queued.

    ``doubtful`` are its last words if they may be the model's own; ``only_read`` is the number of
    prompt tokens that the server has read, if it left out the rest.
    """

    version: ChapterVersion
    task_id: int
    usage: TokenUsage
    doubtful: str = ""
    only_read: int = 0


DraftEvent = DraftReserved | WritingEvent | DraftStored


class Drafting:
    """Writes chapters, and decides what happens to unfinished drafts."""

    def __init__(self, database: Database, calls: ModelCalls, register: ChapterRegister) -> None:
        self._database = database
        self._calls = calls
        self._register = register

    async def write(
        self, chapter_id: int, *, resume: bool = False, auto_run_id: int | None = None
    ) -> AsyncGenerator[DraftEvent, None]:
        """Streams a chapter, saving the draft each second and the whole at the end.

        Close the iterator, or cancel its task, to stop: the text so far is kept as a draft. With
        ``resume`` the stored draft is continued instead of restarted; ``auto_run_id`` is the run
        that requests it. Raises ``ChapterBusyError`` before anything is requested;
        ``ProviderError``, also for an incomplete chapter (``NOT_WHOLE``), whose draft is kept with
        the reason; ``UnsavedTextError``, with the text kept elsewhere; ``StorageError`` and
        ``NotFoundError``.
        """
        kind = WriterKind.DRAFT if auto_run_id is None else WriterKind.AUTO
        async with (
            self._register.reserve(chapter_id, kind, auto_run_id),
            aclosing(self._write(chapter_id, resume, auto_run_id)) as events,
        ):
            async for event in events:
                yield event

    async def _write(
        self, chapter_id: int, resume: bool, auto_run_id: int | None
    ) -> AsyncGenerator[DraftEvent, None]:
        job = await asyncio.to_thread(self._prepare, chapter_id, resume)
        job = replace(job, auto_run_id=auto_run_id)
        yield DraftReserved(job.chapter, job.project.language, job.draft)

        def save(text: str, provider: str) -> None:
            with self._database.write() as transaction:
                if text.strip():
                    transaction.drafts.save(chapter_id, text, provider, self._register.owner)
                else:
                    transaction.drafts.remove(chapter_id)

        rescue_copy = RescueCopy(RescueFiles(self._database.paths), job)
        checkpoint = Checkpoint(job.draft, save, rescue_copy)
        stream = ChapterStream(self._database, self._calls, job, checkpoint)
        try:
            async with aclosing(stream.events()) as events:
                async for event in events:
                    if isinstance(event, ChapterWritten):
                        yield await checkpoint.conclude(partial(self._store, chapter_id, event))
                        return
                    yield event
        except ProviderError as error:
            await patiently(partial(self._note_end, chapter_id, error, stream.raw))
            raise

    def _note_end(self, chapter_id: int, error: ProviderError, raw: str) -> None:
        with self._database.write() as transaction:
            transaction.drafts.note_end(chapter_id, error.kind, error.message, raw)

    def _prepare(self, chapter_id: int, resume: bool) -> ChapterJob:
        job = read_job(self._database, chapter_id)
        if not resume:
            return job
        with self._database.read() as transaction:
            draft = transaction.drafts.get(chapter_id)
        if draft is None:
            raise RuleError(ErrorKind.DRAFT_GONE, "there is no draft to continue")
        return replace(job, draft=draft.content)

    def _store(self, chapter_id: int, written: ChapterWritten) -> DraftStored:
        version, task_id = store_chapter(
            self._database,
            chapter_id,
            written.text,
            provider=written.provider,
            metadata=metadata_of(written),
        )
        return DraftStored(
            version, task_id, written.spent.usage, written.doubtful, written.only_read
        )

    def draft(self, chapter_id: int) -> ChapterDraft | None:
        """Returns the stored draft of a chapter, or ``None``."""
        with self._database.read() as transaction:
            return transaction.drafts.get(chapter_id)

    def left_behind(self) -> list[ChapterDraft]:
        """Returns drafts that nobody is writing, for the author to decide about."""
        with self._database.read() as transaction:
            drafts = transaction.drafts.all()
        busy = {writer.chapter_id for writer in self._register.everywhere()} if drafts else set()
        return [draft for draft in drafts if draft.chapter_id not in busy]

    def keep(self, chapter_id: int) -> DraftStored:
        """Makes the draft the chapter's text and queues its analysis.

        Raises ``RuleError``, and ``ChapterBusyError`` while the chapter is being written.
        """
        self._register.refuse_busy(chapter_id)
        # At once: another window or command may keep it, too.
        with self._database.write() as transaction:
            draft = transaction.drafts.get(chapter_id)
            if draft is None or not draft.content.strip():
                raise RuleError(ErrorKind.DRAFT_GONE, "there is no draft to keep")
            kept = _store(transaction, chapter_id, draft.content, provider=draft.provider)
        return DraftStored(*kept, TokenUsage())

    def discard(self, chapter_id: int) -> None:
        """Discards the draft of a chapter.

        Raises ``ChapterBusyError`` while it is being written.
        """
        self._register.refuse_busy(chapter_id)
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
    """Stores a normalised chapter, queues its analysis and deletes its draft in one transaction.

    Returns the version and the task's id: both exist together, or neither.
    """
    with database.write() as transaction:
        return _store(transaction, chapter_id, text, provider=provider, metadata=metadata)


def _store(
    transaction: Transaction,
    chapter_id: int,
    text: str,
    *,
    provider: str,
    metadata: dict[str, object] | None = None,
) -> tuple[ChapterVersion, int]:
    overview = transaction.chapters.overview(chapter_id)
    language = transaction.projects.get(overview.project_id).language
    stored = add_as_text(
        transaction,
        chapter_id,
        normalised_input(text, language),
        language,
        origin=VersionOrigin.MODEL,
        provider=provider,
        metadata=metadata,
    )
    transaction.drafts.remove(chapter_id)
    return stored


def add_as_text(
    transaction: Transaction,
    chapter_id: int,
    text: str,
    language: Language,
    *,
    origin: VersionOrigin,
    provider: str = "",
    metadata: dict[str, object] | None = None,
) -> tuple[ChapterVersion, int]:
    """Adds a version as the chapter's text, counts the model's words, and queues its analysis.

    Returns the version and the task's id.
    """
    words = count_words(text, language)
    count_for_model(transaction, chapter_id, words)
    version = transaction.chapters.add_version(
        chapter_id,
        content=text,
        word_count=words,
        origin=origin,
        provider=provider,
        metadata=metadata,
    )
    return version, enqueue(transaction, version)


def count_for_model(transaction: Transaction, chapter_id: int, words: int) -> None:
    """Counts towards the day what a model's text adds to the one it replaces."""
    overview = transaction.chapters.overview(chapter_id)
    transaction.writing_days.add(overview.project_id, by_model=words - overview.word_count)


def metadata_of(written: ChapterWritten) -> dict[str, object]:
    """Returns the record of how a version was written."""
    usage = written.spent.usage
    metadata: dict[str, object] = {"finish_reason": written.word, "usage": usage.to_json()}
    return metadata | ({RAW_ANSWER: written.raw} if written.raw else {})
