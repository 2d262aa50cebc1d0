"""Shows throughout the window which chapters are being written, and stops those of this window."""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtCore import QTimer, Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.chapter_writers import ChapterWriter
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.error_words import what_to_do, who_writes
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.wording import chapters_in_words, written_in_words
from arboris_desktop.ui.work.desk import Desk, spawned
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import Novels, WrittenNow

_LOOK_MS = 2000
"""Milliseconds between checks of other processes' writers, while there are any: a killed one does
not notify anybody.

That one has begun is noticed by its write to the database.
"""


class WriterDesk(Desk):
    """Updates *Generate*, *Stop* and the marks in the tree from the register, and nothing else."""

    ended_elsewhere = Signal(int)
    """Another process has stopped writing a chapter: there may be a text, or a draft."""

    def __init__(
        self,
        window: MainWindow,
        register: ChapterRegister,
        novels: Novels,
        operations: Operations,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._novels = novels
        self._register = register
        self._operations = operations
        self._elsewhere: dict[int, ChapterWriter] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        register.on_change(self.show)
        window.actions_.stop.triggered.connect(register.stop_all)
        window.start_page_shown.connect(self.show)
        window.chapter_parts.when_made(lambda _made: self.show())
        window.project_tree.stop_requested.connect(register.stop)

    # --- looking ---

    @spawned
    async def look(self) -> None:
        """Checks which chapters other processes are writing."""
        self._seen(await self._operations.call(self._read))

    def _read(self) -> tuple[ChapterWriter, ...]:
        self._register.settle()
        return self._register.elsewhere()

    def _seen(self, writers: tuple[ChapterWriter, ...]) -> None:
        before, self._elsewhere = self._elsewhere, {each.chapter_id: each for each in writers}
        if writers or self._register.has_unsettled:
            self._timer.start()
        if before != self._elsewhere:
            self.show()
        for chapter_id in before.keys() - self._elsewhere.keys():
            self.ended_elsewhere.emit(chapter_id)

    # --- showing ---

    @Slot()
    def show(self) -> None:
        """Updates actions, buttons and marks."""
        here = {writer.chapter_id for writer in self._register.here()}
        self._window.project_tree.set_writing(here | self._elsewhere.keys())
        if chapters := self._window.chapter_parts.made:
            chapters.view.set_writing(here | self._elsewhere.keys())
        self._window.actions_.stop.setEnabled(bool(here))
        self._show_generate()
        self.spawn_newest("names", self._show_names(here, here | self._elsewhere.keys()))
        if self._register.has_unsettled and not self._timer.isActive():
            self._timer.start()

    async def _show_names(self, here: Set[int], everywhere: Set[int]) -> None:
        """Says which chapters are written, and what *Stop* would stop."""
        found: list[WrittenNow] = []
        if everywhere:
            found = await self._operations.call(lambda: self._novels.written_now(everywhere))
        stoppable = [each for each in found if each.chapter.id in here]
        self._window.actions_.say_what_stops(written_in_words(stoppable))
        self._window.start_page.show_writing(
            {
                each.chapter.project_id: chapters_in_words(
                    other.chapter
                    for other in found
                    if other.chapter.project_id == each.chapter.project_id
                )
                for each in found
            }
        )

    def _show_generate(self) -> None:
        chapters = self._window.chapter_parts.made
        chapter_id = chapters.view.chapter_id if chapters and self._window.is_in_studio else None
        reason = "" if chapter_id is None else self._why_not(chapter_id)
        action = self._window.actions_.generate
        action.setEnabled(chapter_id is not None and not reason)
        action.setToolTip(reason)
        if chapters:
            chapters.view.set_can_generate(not reason, reason)

    def _why_not(self, chapter_id: int) -> str:
        """Returns who prevents a chapter from being written; empty if nobody does."""
        here = self._register.writer_here(chapter_id)
        writer = here or self._elsewhere.get(chapter_id)
        if writer is None:
            return ""
        is_here = here is not None
        return in_a_row(who_writes(writer, is_here=is_here), what_to_do(is_here=is_here))

    async def stop(self) -> None:
        """Stops everything that is written here; returns once the texts are stored."""
        self._timer.stop()
        await super().stop()
        await self._register.finish()
