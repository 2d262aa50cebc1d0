"""Wires continuing from the cursor: from the place to the accepted text."""

from __future__ import annotations

from collections.abc import Awaitable
from contextlib import aclosing, suppress

from PySide6.QtCore import Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.text.insertion import fitted_in, place_after
from arboris_desktop.ui.asking.desk import AskingDesk, Tell
from arboris_desktop.ui.asking.prompt_preview_dialog import show_preview
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.widgets.dialogs import show_error
from arboris_desktop.writing.asking import CallEnded, CallText
from arboris_desktop.writing.chapters.continuing import (
    Continuing,
    CursorPlace,
    WaitingContinuation,
)


class ContinuationDesk(AskingDesk):
    """One proposal at a time; each waits with its chapter until the author decides.

    What came is kept by ``Continuing`` as well, and what the author makes of it: it is offered
    again after a crash.
    """

    def __init__(self, window: MainWindow, continuing: Continuing, operations: Operations) -> None:
        super().__init__(window, operations)
        self._window = window
        self._view = window.chapter_view
        self._panel = window.chapter_stage.continuation
        self._continuing = continuing
        self._place: CursorPlace | None = None
        self._decided = 0
        self._edits = TypedEdits(self)
        self._edits.changed.connect(self._keep)
        self._bar = self._panel.call_bar
        self._panel.edited.connect(self._note_edit)
        self._panel.proposal_requested.connect(self._propose)
        self._panel.preview_requested.connect(self._preview)
        self._panel.accepted.connect(self._accept)
        self._panel.rejected.connect(self._reject)
        window.actions_.continue_here.triggered.connect(self.begin)

    def end_novel(self) -> None:
        """Ends the call; what came waits for its chapter to be shown again."""
        super().end_novel()
        self._edits.flush_typed()
        self.stop_call(self._bar)
        self._panel.hide()

    @of_novel
    async def show_chapter(self, novel: OpenNovel, chapter: ChapterOverview) -> None:
        """A proposal is seen with its own chapter only; one of another day is looked for."""
        self._panel.setVisible(self._is_for(chapter.id))
        if self._is_for(chapter.id):
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
        """Asks for what could come next at the cursor, if the text can be edited."""
        around, chapter_id = self._view.text_around_cursor(), self._view.chapter_id
        if around is None or chapter_id is None or self.is_calling(self._bar):
            return
        self._place = CursorPlace(chapter_id, *around)
        self._propose()

    async def stop(self) -> None:
        """Ends the call that is under way; what came is kept."""
        self._edits.flush_typed()
        await super().stop()

    @Slot()
    def _propose(self) -> None:
        place = self._place
        if place is None or self.is_calling(self._bar):
            return
        self._edits.forget(place.chapter_id)
        self._panel.begin(self._view.language, self._view.font_points)
        words, instruction = self._panel.words(), self._panel.instruction()
        self.begin_call(self._bar, lambda tell: self._continue(place, words, instruction, tell))

    async def _continue(self, place: CursorPlace, words: int, instruction: str, tell: Tell) -> None:
        try:
            async with aclosing(self._continuing.stream(place, words, instruction)) as events:
                async for event in events:
                    tell(event)
                    if isinstance(event, CallText):
                        self._panel.append(event.text)
                    elif isinstance(event, CallEnded):
                        self._panel.end()
        finally:
            if self._place is not place:
                # Decided before the call had ended, which kept what came last.
                self._forget(place.chapter_id)

    @of_novel
    async def _preview(self, _novel: OpenNovel) -> None:
        if (place := self._place) is not None:
            words, instruction = self._panel.words(), self._panel.instruction()
            await show_preview(
                lambda: self._continuing.preview(place, words, instruction),
                self._operations,
                self._window,
            )

    @Slot(str)
    def _accept(self, proposal: str) -> None:
        place = self._place
        if place is None or place.chapter_id != self._view.chapter_id:
            return
        text = self._view.current_text()
        start = place_after(text, place.before)
        if start is None:
            self._tell_gone()
            return
        inserted = fitted_in(proposal, text[:start], text[start:], self._view.language)
        if not self._view.replace_passage(start, "", inserted):
            self._tell_gone()
            return
        self._view.reveal(start, start + len(inserted))
        # In this order: at no moment is it neither in the chapter nor kept.
        self._edits.flush_typed()
        self._view.flush_edits()
        self._end()

    @Slot()
    def _reject(self) -> None:
        self.stop_call(self._bar)
        self._end()

    def _end(self) -> None:
        if self._place is not None:
            self._forget(self._place.chapter_id)
        self._decided += 1
        self._place = None
        self._panel.hide()
        self._view.setFocus()

    # What is kept

    def _is_for(self, chapter_id: int) -> bool:
        return self._place is not None and self._place.chapter_id == chapter_id

    def _offer(self, waiting: WaitingContinuation) -> None:
        if self.is_calling(self._bar):
            return
        chapter_id = waiting.place.chapter_id
        if chapter_id == self._view.chapter_id and not self._is_for(chapter_id):
            self._edits.flush_typed()
            self._place = waiting.place
            self._panel.show_waiting(waiting, self._view.language, self._view.font_points)

    @Slot()
    def _note_edit(self) -> None:
        if (place := self._place) is not None:
            self._edits.touch(place.chapter_id, lambda: self._shown(place))

    def _shown(self, place: CursorPlace) -> WaitingContinuation:
        panel = self._panel
        return WaitingContinuation(place, panel.text(), panel.words(), panel.instruction())

    @Slot(object, object)
    def _keep(self, chapter_id: int, edited: WaitingContinuation) -> None:
        keeping = self._operations.call(lambda: self._continuing.keep(edited))
        self.spawn(self._edits.follow(chapter_id, edited, keeping))

    def _forget(self, chapter_id: int) -> None:
        self._edits.forget(chapter_id)
        self.spawn(self._gone(self._operations.call(lambda: self._continuing.forget(chapter_id))))

    async def _gone(self, forgetting: Awaitable[None]) -> None:
        with suppress(NotFoundError):  # Its chapter was deleted, and it as well.
            await forgetting

    def _tell_gone(self) -> None:
        show_error(
            self._window,
            self.tr("The place is no longer there."),
            "",
            self.tr(
                "The text before the cursor was changed after the proposal was asked for. The "
                "chapter is as you left it, and the proposal is kept: copy what you want from it."
            ),
        )
