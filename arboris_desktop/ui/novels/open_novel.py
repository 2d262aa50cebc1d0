"""The open novel, and everything that ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.ui.work.desk import Work
from arboris_desktop.writing.novels import NovelContents

Result = TypeVar("Result")


class OpenNovel:
    """Everything that a desk shows or requests of a novel goes through this object and ends with
    it.

    Work started by ``spawn`` is cancelled when the novel is closed, so that its result cannot
    appear in the next one. What the author typed is saved in any case: it does not go through here
    (see ``TypedEdits``).
    """

    def __init__(
        self,
        contents: NovelContents,
        operations: Operations,
        spawn: Callable[[Work], asyncio.Task[None]],
        *,
        begins_at: int | None = None,
        by_hand: bool = False,
    ) -> None:
        self.contents = contents
        """The novel as last read."""
        self.begins_at = begins_at
        """The chapter at which it was opened."""
        self.by_hand = by_hand
        """True if the author starts writing its first chapter at once."""
        self.chapter: ChapterOverview | None = None
        """The shown chapter."""
        self._operations = operations
        self._spawn = spawn
        self._tasks: set[asyncio.Task[None]] = set()
        self._reading: set[asyncio.Task[Any] | None] = set()
        self._moved = asyncio.Event()
        self._is_open = True

    @property
    def id(self) -> str:
        """The id of the novel."""
        return self.contents.project.id

    @property
    def language(self) -> Language:
        """The language in which it is written."""
        return self.contents.project.language

    @property
    def is_open(self) -> bool:
        """True if it is still open."""
        return self._is_open

    def owns(self, chapter: ChapterOverview) -> bool:
        """True if a chapter may be shown now: it belongs to this novel, which is open."""
        return self._is_open and chapter.project_id == self.id

    async def call(self, work: Callable[[], Result]) -> Result:
        """Runs work in the order of operations, for a coroutine that was spawned here.

        If the novel is closed meanwhile, the coroutine is cancelled. A failure is reported in any
        case.
        """
        task = asyncio.current_task()
        self._reading.add(task)
        self._moved.set()
        try:
            return await self._operations.call(work)
        finally:
            self._reading.discard(task)

    def spawn(self, work: Work) -> asyncio.Task[None]:
        """Runs a coroutine, such as a dialog, that is cancelled when the novel is closed."""
        task = self._spawn(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        if not self._is_open:
            task.cancel()
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._moved.set()

    @property
    def is_at_rest(self) -> bool:
        """True if no dialog of it is open and nothing spawned runs, except reading."""
        return self._tasks <= self._reading

    async def rest(self) -> None:
        """Waits until it is at rest."""
        while not self.is_at_rest:
            self._moved.clear()
            await self._moved.wait()

    def end(self) -> None:
        """Ends everything about it; its dialogs close."""
        self._is_open = False
        self.chapter = None
        for task in self._tasks:
            task.cancel()
