"""Connects continuing from the cursor: from the position to the accepted text."""

from __future__ import annotations

from collections.abc import Awaitable
from contextlib import aclosing, suppress
from dataclasses import replace

from PySide6.QtCore import Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.text.insertion import as_proposed, place_after
from arboris_desktop.ui.asking.desk import AskingDesk, Tell
from arboris_desktop.ui.asking.prompt_preview_dialog import show_preview
from arboris_desktop.ui.chapter.stream_buffer import StreamBuffer
from arboris_desktop.ui.continuation.bar import ContinuationBar
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.writing.call_events import CallEnded, CallText
from arboris_desktop.writing.chapters.continuing import Continuing, CursorPlace, WaitingContinuation


class ContinuationDesk(AskingDesk):
    """One proposal at a time; each waits with its chapter until the author decides.

    It is displayed in the text without being part of it. ``Continuing`` stores it as well, so that
    it is offered again after a crash.
    """

    def __init__(self, window: MainWindow, continuing: Continuing, operations: Operations) -> None:
        super().__init__(window, operations)
        self._window = window
        self._view = window.chapter_view
        self._continuing = continuing
        self._place: CursorPlace | None = None
        self._came = ""
        self._decided = 0
        self._edits = TypedEdits(self)
        self._edits.changed.connect(self._keep)
        self._buffer = StreamBuffer(self)
        self._buffer.flushed.connect(self._grow)
        self.proposal_bar = ContinuationBar()
        self._bar = self.proposal_bar.call_bar
        self._shown = self._view.proposal
        self._shown.add_bar(self.proposal_bar)
        self._connect()

    def _connect(self) -> None:
        view, bar = self._view, self.proposal_bar
        bar.another_wanted.connect(self._propose)
        bar.preview_requested.connect(self._preview)
        bar.kept.connect(self._accept)
        bar.dropped.connect(self._drop)
        view.text_changed_by_author.connect(self._follow_place)
        self._window.actions_.continue_here.triggered.connect(self.begin)

    def end_novel(self) -> None:
        """Stops the call; the proposal waits for its chapter to be shown again."""
        super().end_novel()
        self._edits.flush_typed()
        self.stop_call(self._bar)

    @of_novel
    async def show_chapter(self, novel: OpenNovel, chapter: ChapterOverview) -> None:
        """Shows a proposal only with its own chapter; looks for stored ones."""
        if (
            self._place is not None
            and not self.proposal_bar.was_asked
            and not self._is_for(chapter.id)
        ):
            # Nothing was requested there yet.
            self._place = None
        if self._is_for(chapter.id):
            if not self.proposal_bar.isVisible():
                self._show()
            return
        decided = self._decided
        try:
            waiting = await novel.call(lambda: self._continuing.waiting(chapter.id))
        except NotFoundError:
            return  # The chapter was deleted.
        # What was read before a decision may be what was decided on.
        if waiting is not None and decided == self._decided:
            self._offer(waiting)

    @Slot()
    def begin(self) -> None:
        """Asks for the author's wish at the cursor, if the text can be edited; sends nothing."""
        around, chapter_id = self._view.text_around_cursor(), self._view.chapter_id
        if around is None or chapter_id is None:
            return
        if not self._is_for(chapter_id):
            if self.is_calling(self._bar):
                self._tell_busy()
                return
            self._edits.flush_typed()
            self._place, self._came = CursorPlace(chapter_id, *around), ""
            self.proposal_bar.ask()
        if not self.proposal_bar.isVisible():
            self._show()
        self.proposal_bar.take_focus()

    async def stop(self) -> None:
        """Stops the running call; the text so far is kept."""
        self._edits.flush_typed()
        await super().stop()

    @Slot()
    def _propose(self) -> None:
        place = self._place_now()
        if place is None or self._bar.is_busy:
            return
        self._edits.forget(place.chapter_id)
        self._place, self._came = place, ""
        self.proposal_bar.begin()
        self._show_words()
        self._view.take_focus()
        words, instruction = self.proposal_bar.words(), self.proposal_bar.instruction()
        self.begin_call(self._bar, lambda tell: self._continue(place, words, instruction, tell))

    async def _continue(self, place: CursorPlace, words: int, instruction: str, tell: Tell) -> None:
        decided = self._decided
        try:
            async with aclosing(self._continuing.stream(place, words, instruction)) as events:
                async for event in events:
                    if decided != self._decided:
                        break
                    tell(event)
                    if isinstance(event, CallText):
                        self._take(event.text)
                    elif isinstance(event, CallEnded) and event.is_whole:
                        # The text shows it already; the cost is among the others.
                        self._bar.clear()
        finally:
            if decided == self._decided:
                self._buffer.finish()
                if self._place is not place:
                    self._touch()
            else:
                # The decision came before the end of the call, which then stored its last text.
                self._forget(place.chapter_id)

    def _take(self, text: str) -> None:
        if text:
            self._buffer.add(text)
        else:
            # What came before did not belong to it.
            self._buffer.finish()
            self._came = ""

    @Slot(str)
    def _grow(self, text: str) -> None:
        self._came += text
        self._show_words()

    @once_of_novel
    async def _preview(self, _novel: OpenNovel) -> None:
        if (place := self._place_now()) is not None:
            words, instruction = self.proposal_bar.words(), self.proposal_bar.instruction()
            await show_preview(
                lambda: self._continuing.preview(place, words, instruction),
                self._operations,
                self._window,
            )

    @Slot()
    def _accept(self) -> None:
        self._buffer.finish()
        if not self._shown.keep(self._proposal()):
            return
        # In this order, so that it is always either in the chapter or stored.
        self._edits.flush_typed()
        self._view.flush_edits()
        self._end()

    @Slot()
    def _drop(self) -> None:
        self._end()

    def _end(self) -> None:
        self.stop_call(self._bar)
        self._buffer.finish()
        if self._place is not None and self.proposal_bar.was_asked:
            self._forget(self._place.chapter_id)
        self._decided += 1
        self._place, self._came = None, ""
        self._shown.end()
        self._view.take_focus()

    # What is shown

    def _show(self) -> None:
        """Shows the proposal where the text before it ends now, or at the end of the text."""
        place = self._place
        if place is None or self._view.text_around_cursor() is None:
            return
        text = self._view.current_text()
        start = place_after(text, place.before)
        self._shown.begin(len(text) if start is None else start, self.proposal_bar)
        self._show_words()

    def _show_words(self) -> None:
        proposal = self._proposal()
        self.proposal_bar.show_words(bool(proposal))
        if self._place is not None and self._is_for(self._view.chapter_id):
            self._shown.show_words(proposal)

    def _proposal(self) -> str:
        return as_proposed(self._came, self._view.language)

    def _place_now(self) -> CursorPlace | None:
        """Returns the place of the proposal, with the text around it as it is now."""
        place = self._place
        if place is None or place.chapter_id != self._view.chapter_id:
            return place
        at, text = self._shown.place(), self._view.current_text()
        return place if at is None else replace(place, before=text[:at], after=text[at:])

    # What is kept

    def _is_for(self, chapter_id: int | None) -> bool:
        return self._place is not None and self._place.chapter_id == chapter_id

    def _offer(self, waiting: WaitingContinuation) -> None:
        if self.is_calling(self._bar):
            return
        chapter_id = waiting.place.chapter_id
        if chapter_id == self._view.chapter_id and not self._is_for(chapter_id):
            self._edits.flush_typed()
            self._place, self._came = waiting.place, waiting.text
            self.proposal_bar.ask_again(waiting.words, waiting.instruction)
            self._show()

    @Slot(int)
    def _follow_place(self, chapter_id: int) -> None:
        """Updates the stored position after the text around the proposal has changed."""
        if not self._is_for(chapter_id) or not self.proposal_bar.isVisible():
            return
        self._place = self._place_now()
        if self.proposal_bar.was_asked and not self.is_calling(self._bar):
            self._touch()

    def _touch(self) -> None:
        if (place := self._place) is not None and self._came.strip():
            words, instruction = self.proposal_bar.words(), self.proposal_bar.instruction()
            waits = WaitingContinuation(place, self._came, words, instruction)
            self._edits.touch(place.chapter_id, lambda: waits)

    @Slot(object, object)
    def _keep(self, chapter_id: int, waiting: WaitingContinuation) -> None:
        keeping = self._operations.call(lambda: self._continuing.keep(waiting))
        self.spawn(self._edits.follow(chapter_id, waiting, keeping))

    def _forget(self, chapter_id: int) -> None:
        self._edits.forget(chapter_id)
        self.spawn(self._gone(self._operations.call(lambda: self._continuing.forget(chapter_id))))

    async def _gone(self, forgetting: Awaitable[None]) -> None:
        with suppress(NotFoundError):  # Its chapter was deleted, and the proposal with it.
            await forgetting

    def _tell_busy(self) -> None:
        self._window.tell(
            self.tr(
                "Another continuation is being written. Stop it first, or wait until it is "
                "finished."
            )
        )
