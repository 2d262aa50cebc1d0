"""Writes chapters into the page: streams continue while the author reads elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.chapter_writers import ChapterBusyError
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.novel import ChapterDraft
from arboris_desktop.domain.rescue import UnsavedTextError
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.widgets.dialogs import agreed, confirm
from arboris_desktop.ui.wording import overview_name
from arboris_desktop.ui.work.desk import spawned, spawned_once
from arboris_desktop.writing.chapters.drafting import (
    DraftEvent,
    Drafting,
    DraftReplaced,
    DraftReserved,
    DraftStored,
    DraftText,
    DraftWaits,
)
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.editing import Editing

WRITTEN = Changes(texts=True, tasks=True, codex=True, candidates=True)
"""The text, the draft or the task of a chapter may have changed."""


class DraftDesk(NovelDesk):
    """Runs the streams of chapters being written, and handles leftover drafts."""

    task_queued = Signal()
    """A chapter was stored with its analysis task."""

    candidates_requested = Signal(int, str)
    """Candidates are wanted, with an optional wish beyond the plan."""

    replaced = Signal(int)
    """A chapter has a new text by somebody else."""

    def __init__(
        self,
        window: MainWindow,
        editing: Editing,
        drafting: Drafting,
        register: ChapterRegister,
        operations: Operations,
        *,
        saving: SaveDesk,
        wants_candidates: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._view = window.chapter_view
        self._editing = editing
        self._drafting = drafting
        self._register = register
        self._operations = operations
        self._saving = saving
        self._wants_candidates = wants_candidates
        self._begun: set[int] = set()
        window.project_tree.generate_requested.connect(self.generate)
        self._view.generate_requested.connect(self.generate)
        self._view.draft_kept.connect(self._keep_draft)
        self._view.draft_continued.connect(self._continue_draft)
        self._view.draft_discarded.connect(self._discard_draft)
        window.actions_.generate.triggered.connect(self._ask_to_generate)

    @once_of_novel
    async def _ask_to_generate(self, novel: OpenNovel) -> None:
        """Asks first: the shortcut is next to that of finding, and an answer costs money."""
        if (chapter := novel.chapter) is None:
            return
        from arboris_desktop.ui.chapter.generate_dialog import GenerateDialog

        has_text = bool(self._view.current_text().strip())
        dialog = GenerateDialog(overview_name(chapter), has_text=has_text, parent=self._window)
        if await agreed(dialog):
            await self._generate(novel, chapter.id, dialog.wish(), is_sure=True)

    @once_of_novel
    async def generate(self, novel: OpenNovel, chapter_id: int) -> None:
        """Lets the model write a chapter; an existing text stays as an older version."""
        await self._generate(novel, chapter_id)

    async def _generate(
        self, novel: OpenNovel, chapter_id: int, wish: str = "", *, is_sure: bool = False
    ) -> None:
        await self._operations.settled()
        chapter = await self._operations.call(lambda: self._editing.open(chapter_id))
        if not novel.owns(chapter.overview):
            return
        several = await self._operations.call(self._wants_candidates)
        if several or wish:
            self.candidates_requested.emit(chapter_id, wish)
            return
        await self._operations.call(lambda: self._register.refuse_busy(chapter_id))
        if not is_sure and (chapter.version is not None or chapter.overview.has_draft):
            sure = await confirm(
                self._window,
                self.tr("Write this chapter again?"),
                self.tr(
                    "The present text stays among the versions. An unfinished draft is replaced."
                ),
                yes=self.tr("Write again"),
                no=self.tr("Cancel"),
            )
            if not sure:
                return
        self._begin_stream(chapter_id, resume=False)

    @Slot(int)
    def _continue_draft(self, chapter_id: int) -> None:
        self._begin_stream(chapter_id, resume=True)

    def _begin_stream(self, chapter_id: int, *, resume: bool) -> None:
        if chapter_id not in self._begun:
            self._begun.add(chapter_id)
            self.spawn(self._stream(chapter_id, resume=resume))

    async def _stream(self, chapter_id: int, *, resume: bool) -> None:
        try:
            await self._operations.settled()
            async with aclosing(self._drafting.write(chapter_id, resume=resume)) as events:
                async for event in events:
                    self._on_event(chapter_id, event)
        except asyncio.CancelledError:
            self._view.writing_stopped(chapter_id)
            await self._offer_own_draft(chapter_id)
        except ChapterBusyError:
            # Nothing has begun, and the view may show what the other one writes.
            raise
        except ArborisError as error:
            draft = await self._operations.call(lambda: self._own_draft(chapter_id))
            raw = draft.raw_answer if draft else ""
            self._view.show_failure(chapter_id, error.kind, error.message, draft is not None, raw)
            if isinstance(error, UnsavedTextError):
                self.failed.emit(error)
        except Exception as error:
            # Whatever happened, the author must not be left with a text that stands still.
            self._view.show_failure(chapter_id, ErrorKind.INTERNAL, str(error), False)
            raise
        finally:
            self._begun.discard(chapter_id)
            self.changed.emit(WRITTEN)

    def _own_draft(self, chapter_id: int) -> ChapterDraft | None:
        """Returns a leftover draft that no other window or command is writing."""
        left = self._drafting.left_behind()
        return next((draft for draft in left if draft.chapter_id == chapter_id), None)

    def _on_event(self, chapter_id: int, event: DraftEvent) -> None:
        if isinstance(event, DraftReserved):
            self._view.begin_writing(event.chapter, event.text, event.language)
        elif isinstance(event, DraftText):
            self._view.append(chapter_id, event.text)
        elif isinstance(event, DraftReplaced):
            self._view.replace(chapter_id, event.text)
        elif isinstance(event, DraftWaits):
            self._view.show_waiting(chapter_id, event.phase)
        elif isinstance(event, DraftStored):
            self._saving.note_base(chapter_id, event.version)
            self._view.finish_writing(event.version)
            self.task_queued.emit()
            if event.only_read:
                self._tell_partly_read(event.only_read)

    def _tell_partly_read(self, tokens: int) -> None:
        words = self.tr(
            "The server has read only {tokens} tokens of what was sent, and left out the rest. From"
            " now on no more is sent. For more, give the model a larger context there, then enter"
            " it in the settings of the model."
        )
        self._window.tell(words.format(tokens=round_number(tokens)))

    async def _offer_own_draft(self, chapter_id: int) -> None:
        draft = await self._operations.call(lambda: self._drafting.draft(chapter_id))
        if draft is not None:
            self._view.offer_draft(draft)
        else:
            self._view.withdraw_draft(chapter_id)

    @spawned
    async def show_written_elsewhere(self, chapter_id: int) -> None:
        """Shows the text, or offers the draft, after another process has stopped writing the
        chapter."""
        draft = await self._operations.call(lambda: self._drafting.draft(chapter_id))
        if draft is not None:
            self._view.offer_draft(draft)
            self.changed.emit(WRITTEN)
        else:
            self.replaced.emit(chapter_id)

    @spawned_once
    async def _keep_draft(self, chapter_id: int) -> None:
        version = await self._operations.call(lambda: self._drafting.keep(chapter_id).version)
        self._saving.note_base(chapter_id, version)
        self._view.finish_writing(version)
        self.changed.emit(WRITTEN)
        self.task_queued.emit()

    @spawned_once
    async def _discard_draft(self, chapter_id: int) -> None:
        await self._operations.call(lambda: self._drafting.discard(chapter_id))
        self._view.withdraw_draft(chapter_id)
        self.changed.emit(Changes(texts=True))
