"""The register of chapters that are being written, by this process or any other.

Whoever lets a model write a chapter reserves it first, so that nobody pays for a chapter that
another is about to store. Within the process a reservation is an entry here, which also knows what
to cancel; for other processes it is a row, which counts only while this process lives, so that a
killed process holds nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from arboris_desktop.domain.chapter_writers import (
    ChapterBusyError,
    ChapterWriter,
    Program,
    WriterKind,
)
from arboris_desktop.domain.errors import StorageError
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.retrying_store import to_its_end

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Part:
    """A block that holds a chapter, and the task that ``stop`` cancels for it, if any."""

    writer: ChapterWriter
    task: asyncio.Task[Any] | None


class ChapterRegister:
    """Reserves chapters, reports who writes which, and stops what this process writes.

    To be used on the thread of one event loop, except ``settle``, ``elsewhere`` and
    ``refuse_busy``, which access the database.
    """

    def __init__(
        self, database: Database, instance: Instance, program: Program = Program.WINDOW
    ) -> None:
        self._database = database
        self._instance = instance
        self._program = program
        self._parts: dict[int, list[_Part]] = {}
        self._unreleased: set[int] = set()
        self._listeners: list[Callable[[], None]] = []

    # --- reserving ---

    @asynccontextmanager
    async def reserve(
        self, chapter_id: int, kind: WriterKind, run_id: int | None = None
    ) -> AsyncIterator[None]:
        """Holds a chapter for the work in the block, which ``stop`` cancels.

        Parts of one work share it: candidates, and the steps of a run. Raises ``ChapterBusyError``,
        ``NotFoundError``, and ``StorageError`` if it cannot be recorded.
        """
        part = self._enter(self._writer(chapter_id, kind, run_id))
        try:
            await asyncio.to_thread(self._hold, part.writer)
            yield
        finally:
            await self._leave(part)

    def _writer(self, chapter_id: int, kind: WriterKind, run_id: int | None) -> ChapterWriter:
        return ChapterWriter(chapter_id, kind, self._program, self._instance.owner, run_id)

    def _enter(self, writer: ChapterWriter) -> _Part:
        parts = self._parts.get(writer.chapter_id, [])
        if parts and not writer.joins(parts[0].writer):
            raise ChapterBusyError(parts[0].writer, is_here=True)
        # A run ends its own parts; candidates have no parent.
        is_part_of_run = bool(parts) and writer.kind is WriterKind.AUTO
        part = _Part(writer, None if is_part_of_run else asyncio.current_task())
        self._parts[writer.chapter_id] = [*parts, part]
        self._tell()
        return part

    def _hold(self, writer: ChapterWriter) -> None:
        with self._database.write() as transaction:
            transaction.chapters.overview(writer.chapter_id)
            present = transaction.writers.of_chapter(writer.chapter_id)
            if present is not None and self._counts(present):
                raise ChapterBusyError(present, is_here=False)
            transaction.writers.hold(writer)

    async def _leave(self, part: _Part) -> None:
        chapter_id = part.writer.chapter_id
        left = [other for other in self._parts[chapter_id] if other is not part]
        if left:
            self._parts[chapter_id] = left
        else:
            del self._parts[chapter_id]
            self._unreleased.add(chapter_id)
        self._tell()
        # A second cancellation must not leave the row behind.
        await to_its_end(asyncio.to_thread(self.settle))

    def settle(self) -> None:
        """Releases what could not be released when its writing ended. Thread-safe."""
        ended = self._unreleased - self._parts.keys()
        if not ended:
            return
        try:
            with self._database.write() as transaction:
                # If it was reserved again meanwhile, its row must stay.
                for chapter_id in ended - self._parts.keys():
                    transaction.writers.release(chapter_id, self._instance.owner)
        except StorageError as error:
            log.warning("chapters are not released yet: %s", error)
        else:
            self._unreleased -= ended

    # --- looking ---

    @property
    def owner(self) -> str:
        """This process."""
        return self._instance.owner

    @property
    def is_writing(self) -> bool:
        """True if a model is writing any chapter in this process."""
        return bool(self._parts)

    @property
    def has_unsettled(self) -> bool:
        """True if the end of a reservation could not be recorded yet: see ``settle``."""
        return bool(self._unreleased - self._parts.keys())

    def here(self) -> tuple[ChapterWriter, ...]:
        """The chapters that this process is writing."""
        return tuple(parts[0].writer for parts in self._parts.values())

    def writer_here(self, chapter_id: int) -> ChapterWriter | None:
        """Returns the writer of a chapter in this process."""
        parts = self._parts.get(chapter_id)
        return parts[0].writer if parts else None

    def elsewhere(self) -> tuple[ChapterWriter, ...]:
        """Returns the chapters that other processes are writing."""
        with self._database.read() as transaction:
            found = transaction.writers.all()
        return tuple(writer for writer in found if self._counts(writer))

    def everywhere(self) -> tuple[ChapterWriter, ...]:
        """Returns the chapters that any process is writing."""
        return (*self.here(), *self.elsewhere())

    def refuse_busy_here(
        self, chapter_id: int, kind: WriterKind | None = None, run_id: int | None = None
    ) -> None:
        """Raises ``ChapterBusyError`` while other work of this process is writing the chapter."""
        here = self.writer_here(chapter_id)
        is_own = here and kind and self._writer(chapter_id, kind, run_id).joins(here)
        if here is not None and not is_own:
            raise ChapterBusyError(here, is_here=True)

    def refuse_busy(
        self, chapter_id: int, kind: WriterKind | None = None, run_id: int | None = None
    ) -> None:
        """Raises ``ChapterBusyError`` while any other work, of whatever process, is writing the
        chapter."""
        self.refuse_busy_here(chapter_id, kind, run_id)
        with self._database.read() as transaction:
            present = transaction.writers.of_chapter(chapter_id)
        if present is not None and self._counts(present):
            raise ChapterBusyError(present, is_here=False)

    def _counts(self, writer: ChapterWriter) -> bool:
        """True if a row belongs to another living process; this one knows its own."""
        is_own = writer.owner == self._instance.owner
        return not is_own and self._instance.is_live(writer.owner)

    # --- stopping ---

    def stop(self, chapter_id: int) -> None:
        """Stops what this process is writing of a chapter; the text so far is kept."""
        for part in self._parts.get(chapter_id, []):
            if part.task is not None:
                part.task.cancel()

    def stop_all(self) -> None:
        """Stops everything that this process is writing; the text so far is kept."""
        for chapter_id in list(self._parts):
            self.stop(chapter_id)

    async def finish(self) -> None:
        """Stops everything, and returns once the text so far is stored."""
        tasks = {part.task for parts in self._parts.values() for part in parts if part.task}
        self.stop_all()
        if tasks:
            await asyncio.wait(tasks)

    # --- listening ---

    def on_change(self, listener: Callable[[], None]) -> None:
        """Calls ``listener`` on the loop's thread when a chapter is reserved or released here."""
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
