"""Shows a chapter word by word while a run writes it, if the author is looking at it."""

from __future__ import annotations

from PySide6.QtCore import Slot

from arboris_desktop.ui.chapter.view import ChapterView
from arboris_desktop.ui.work.desk import Desk
from arboris_desktop.writing.chapters.auto_events import AutoText
from arboris_desktop.writing.chapters.drafting import (
    Drafting,
    DraftReplaced,
    DraftReserved,
    DraftStored,
    DraftText,
    DraftWaits,
)


class LiveChapter(Desk):
    """Passes the text of a run's drafts to the view; candidates have their own page."""

    def __init__(self, view: ChapterView, drafting: Drafting) -> None:
        super().__init__(view)
        self._view = view
        self._drafting = drafting
        self._chapter_id: int | None = None

    @Slot(object)
    def follow(self, grown: AutoText) -> None:
        """Shows what has arrived for a chapter."""
        event = grown.event
        if grown.candidate_id is not None:
            return
        if isinstance(event, DraftReserved):
            self._chapter_id = grown.chapter_id
            self._view.begin_writing(event.chapter, event.text, event.language)
        elif isinstance(event, DraftText):
            self._view.append(grown.chapter_id, event.text)
        elif isinstance(event, DraftReplaced):
            self._view.replace(grown.chapter_id, event.text)
        elif isinstance(event, DraftWaits):
            self._view.show_waiting(grown.chapter_id, event.phase)
        elif isinstance(event, DraftStored):
            self._chapter_id = None
            self._view.finish_writing(event.version)

    @Slot()
    def run_waits(self) -> None:
        """Offers an unfinished draft to the author once the run has stopped."""
        if (chapter_id := self._chapter_id) is not None:
            self._chapter_id = None
            self._view.writing_stopped(chapter_id)
            self.spawn(self._offer(chapter_id))

    async def _offer(self, chapter_id: int) -> None:
        draft = await self.in_background(lambda: self._drafting.draft(chapter_id))
        if draft is not None:
            self._view.offer_draft(draft)
        else:
            self._view.withdraw_draft(chapter_id)
