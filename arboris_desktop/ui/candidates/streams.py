"""The candidates being written: each is a stream that continues while the author reads
elsewhere."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.candidates import Candidate
from arboris_desktop.domain.errors import ArborisError, NotFoundError, RuleError
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.rescue import UnsavedTextError
from arboris_desktop.ui.chapter.live_text import LiveText
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.work.desk import Desk
from arboris_desktop.writing.chapters.candidates import CandidateEvent, Candidates
from arboris_desktop.writing.chapters.drafting import (
    DraftContinued,
    DraftReplaced,
    DraftText,
    DraftWaits,
)


class CandidateStreams(Desk):
    """Passes each stream to its column of the page, also for chapters that are not shown."""

    ended = Signal()
    """A stream has ended; its row says how."""

    def __init__(self, window: MainWindow, candidates: Candidates, operations: Operations) -> None:
        super().__init__(window)
        self._page = window.candidate_page
        self._candidates = candidates
        self._operations = operations
        self.live: dict[int, LiveText] = {}
        """The growing texts, by candidate."""
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._writing: dict[int, int] = {}

    @property
    def any_run(self) -> bool:
        """True if anything is being written here."""
        return bool(self._tasks)

    def runs(self, candidate_id: int) -> bool:
        """True if the candidate is being written here."""
        return candidate_id in self._tasks

    def writes(self, chapter_id: int) -> bool:
        """True if candidates of the chapter are being written here."""
        return chapter_id in self._writing.values()

    def begin(self, candidate: Candidate, language: Language, *, resume: bool) -> None:
        """Lets the model write a candidate from its beginning, or continue it."""
        text = candidate.content if resume else ""
        self.live[candidate.id] = LiveText(text, language)
        self._writing[candidate.id] = candidate.chapter_id
        work = self._stream(candidate.id, resume=resume)
        self._tasks[candidate.id] = self.spawn(work)

    async def _stream(self, candidate_id: int, *, resume: bool) -> None:
        try:
            await self._operations.settled()
            async with aclosing(self._candidates.write(candidate_id, resume=resume)) as events:
                async for event in events:
                    self._follow(candidate_id, event)
        except RuleError as refusal:
            # It was not begun, so no row says why.
            self.failed.emit(refusal)
        except NotFoundError:
            # The novel was deleted meanwhile.
            pass
        except UnsavedTextError as error:
            self.failed.emit(error)
        except ArborisError:
            # Its row says why, and so does its column.
            pass
        finally:
            self._tasks.pop(candidate_id, None)
            self.live.pop(candidate_id, None)
            self._writing.pop(candidate_id, None)
            self.ended.emit()

    def _follow(self, candidate_id: int, event: CandidateEvent) -> None:
        if isinstance(event, DraftText):
            self.live[candidate_id].append(event.text)
            self._page.append(candidate_id, event.text)
        elif isinstance(event, DraftReplaced):
            self.live[candidate_id].replace(event.text)
            self._page.replace(candidate_id, event.text)
        elif isinstance(event, DraftWaits):
            self.live[candidate_id].waiting.note(event.phase)
        elif isinstance(event, DraftContinued):
            self._page.tell_continued(candidate_id, event.number)

    @Slot(int)
    def stop_candidate(self, candidate_id: int) -> None:
        """Stops one candidate; its text is kept."""
        if task := self._tasks.get(candidate_id):
            task.cancel()
