"""Wires the writing side: novels, chapters, and streams that go on while the author reads on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.chapter_writers import ChapterBusyError
from arboris_desktop.domain.codex import BookPlace
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.novel import ChapterDraft, ChapterOverview, ChapterVersion, Language
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.new_novel_dialog import NewNovelDialog
from arboris_desktop.ui.widgets.dialogs import ask, confirm
from arboris_desktop.ui.work.coroutines import Coroutines
from arboris_desktop.ui.workspace import Stage
from arboris_desktop.writing.chapters.drafting import (
    DraftEvent,
    Drafting,
    DraftReserved,
    DraftStored,
    DraftText,
)
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.editing import Editing, OpenChapter
from arboris_desktop.writing.novels import NovelContents, Novels


class WritingDesk(QObject):
    """Opens novels and chapters, saves edits, and runs the streams of chapters being written."""

    task_queued = Signal()
    """A chapter was stored with its analysis task."""

    novel_changed = Signal(object)
    """The ``NovelContents`` of the open novel were read anew."""

    chapter_shown = Signal(object)
    """A ``ChapterOverview`` is in the view."""

    candidates_requested = Signal(int)
    """Several versions of a chapter are wanted, side by side."""

    failed = Signal(object)
    """An exception that the author should be told about."""

    def __init__(
        self,
        window: MainWindow,
        novels: Novels,
        editing: Editing,
        drafting: Drafting,
        register: ChapterRegister,
        operations: Operations,
        *,
        saving: SaveDesk,
        wants_candidates: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._view = window.chapter_view
        self._novels = novels
        self._editing = editing
        self._drafting = drafting
        self._register = register
        self._operations = operations
        self._saving = saving
        self._wants_candidates = wants_candidates
        self._contents: NovelContents | None = None
        self._wanted_chapter: int | None = None
        self._reveal: tuple[int, int] | None = None
        self._begun: set[int] = set()
        self._coroutines = Coroutines(self.failed.emit)
        self._connect()

    def _connect(self) -> None:
        window, view, actions = self._window, self._view, self._window.actions_
        start = window.start_page
        start.new_novel_requested.connect(self.begin_novel)
        start.sample_requested.connect(self.open_sample)
        start.novel_opened.connect(self.open_novel)
        start.novel_removal_requested.connect(self._ask_to_remove)
        tree = window.project_tree
        tree.chapter_opened.connect(self.open_chapter)
        tree.generate_requested.connect(self.generate)
        tree.add_chapter_requested.connect(self.add_chapter)
        view.generate_requested.connect(self.generate)
        self._saving.saved.connect(lambda _version: self.refresh())
        view.version_selected.connect(self._select_version)
        view.draft_kept.connect(self._keep_draft)
        view.draft_continued.connect(self._continue_draft)
        view.draft_discarded.connect(self._discard_draft)
        actions.home.triggered.connect(self.show_novels)
        actions.new_novel.triggered.connect(self.begin_novel)
        actions.add_chapter.triggered.connect(self.add_chapter)
        actions.generate.triggered.connect(self._generate_shown)

    # --- novels ---

    @property
    def contents(self) -> NovelContents | None:
        """The open novel as it was last read."""
        return self._contents

    @property
    def project_id(self) -> str | None:
        """The open novel."""
        return self._contents.project.id if self._contents else None

    @Slot()
    def show_novels(self) -> None:
        """Goes back to the list of novels; what is being written goes on."""
        self._view.flush_edits()
        self._window.show_start_page()
        self._update_actions()
        self._run(self._novels.all, self._window.start_page.show_novels)

    @Slot()
    def begin_novel(self) -> None:
        """Asks for a new novel and opens it."""
        self._coroutines.spawn(self._begin_novel())

    async def _begin_novel(self) -> None:
        dialog = NewNovelDialog(self._window)
        try:
            if await ask(dialog) == NewNovelDialog.DialogCode.Accepted.value:
                novel = dialog.novel()
                then = self._open_at_idea if dialog.begins_with_idea() else self.open_novel
                self._run(lambda: self._novels.create(novel), then)
        finally:
            dialog.deleteLater()

    def _open_at_idea(self, project_id: str) -> None:
        self.open_novel(project_id)
        self._window.workspace.show_stage(Stage.IDEA)

    @Slot(str)
    def open_sample(self, language: str) -> None:
        """Makes a copy of the sample novel and opens it."""
        self._run(lambda: self._novels.create_sample(Language(language)), self.open_novel)

    @Slot(str)
    def open_novel(self, project_id: str) -> None:
        """Opens a novel at its first chapter, or at a draft that a crash left."""
        self._view.show_nothing()
        self._run(lambda: self._read(project_id), self._opened)

    def _read(self, project_id: str) -> tuple[NovelContents, list[ChapterDraft]]:
        return self._novels.open(project_id), self._drafting.left_behind()

    def _opened(self, found: tuple[NovelContents, list[ChapterDraft]]) -> None:
        contents, drafts = found
        self._window.show_studio(contents.project.title)
        self._show_contents(contents)
        for draft in drafts:
            self._view.offer_draft(draft)
        own = {draft.chapter_id for draft in drafts if draft.project_id == contents.project.id}
        first = next(
            (chapter.id for chapter in contents.chapters if not own or chapter.id in own), None
        )
        if first is not None:
            self.open_chapter(self._wanted_chapter or first)

    def _show_contents(self, contents: NovelContents) -> None:
        self._contents = contents
        self._window.project_tree.show_novel(contents.project, contents.volumes, contents.chapters)
        shown = self._view.chapter_id
        for overview in contents.chapters:
            if overview.id == shown:
                self._view.update_overview(overview)
        self.novel_changed.emit(contents)

    def refresh(self) -> None:
        """Reads the open novel anew: a task or another process changed something."""
        if self._contents is not None:
            project_id = self._contents.project.id
            self._run(lambda: self._novels.open(project_id), self._refreshed)

    def _refreshed(self, contents: NovelContents) -> None:
        if contents.project.id == self.project_id:
            if self._window.is_in_studio:
                # It may be called something else now.
                self._window.show_studio(contents.project.title)
            self._show_contents(contents)
            self._leave_deleted(contents)

    def _leave_deleted(self, contents: NovelContents) -> None:
        """A chapter that the outline has lost is not shown any longer."""
        shown, ids = self._view.chapter_id, [chapter.id for chapter in contents.chapters]
        if shown is not None and shown not in ids:
            self._view.show_nothing()
            if ids:
                self.open_chapter(ids[0])

    @Slot(str)
    def _ask_to_remove(self, project_id: str) -> None:
        self._coroutines.spawn(self._remove(project_id))

    async def _remove(self, project_id: str) -> None:
        sure = await confirm(
            self._window,
            self.tr("Delete this novel?"),
            self.tr("All its chapters, versions and findings are deleted for good."),
            yes=self.tr("Delete"),
            no=self.tr("Keep it"),
            destructive=True,
        )
        if sure:
            if project_id == self.project_id:
                self._view.show_nothing()
                self._contents = None
            self._run(lambda: self._novels.remove(project_id), lambda _none: self.show_novels())

    # --- chapters ---

    @Slot()
    def add_chapter(self) -> None:
        """Plans one more chapter at the end of the open novel and shows it."""
        if (project_id := self.project_id) is not None:
            self._run(
                lambda: self._novels.add_chapter(project_id),
                self._chapter_added,
            )

    def _chapter_added(self, overview: ChapterOverview) -> None:
        self.refresh()
        self.open_chapter(overview.id)

    @Slot(int)
    def open_chapter(self, chapter_id: int) -> None:
        """Shows a chapter of the open novel."""
        self._wanted_chapter = chapter_id
        self._view.flush_edits()
        self._run(lambda: self._editing.open(chapter_id), self._show_chapter)

    def go_to(self, project_id: str, chapter_id: int) -> None:
        """Shows a chapter of any novel, opening that first if needed."""
        self._window.show_chapters()
        self._wanted_chapter = chapter_id
        if project_id == self.project_id and self._window.is_in_studio:
            self.open_chapter(chapter_id)
        else:
            self.open_novel(project_id)

    def show_passage(self, passage: BookPlace) -> None:
        """Opens the chapter and marks the words there."""
        if passage.start is not None and passage.end is not None:
            self._reveal = (passage.start, passage.end)
        self._window.show_chapters()
        self.open_chapter(passage.chapter_id)

    def _show_chapter(self, chapter: OpenChapter) -> None:
        if chapter.overview.id != self._wanted_chapter or self._contents is None:
            return
        project = self._contents.project
        language = project.language
        self._saving.note_chapter(project.title, chapter.overview)
        self._saving.note_base(chapter.overview.id, chapter.version)
        self._view.show_chapter(chapter.overview, chapter.version, language, chapter.versions)
        self._window.project_tree.select_chapter(chapter.overview.id)
        self._show_reveal(chapter)
        self._update_actions()
        self.chapter_shown.emit(chapter.overview)

    def _show_reveal(self, chapter: OpenChapter) -> None:
        if self._reveal is not None and chapter.version is not None:
            self._view.reveal(*self._reveal)
        self._reveal = None

    @Slot(int)
    def _select_version(self, version_id: int) -> None:
        self._run(
            lambda: self._editing.select(version_id),
            self._version_chosen,
        )

    def _version_chosen(self, version: ChapterVersion) -> None:
        self.open_chapter(version.chapter_id)
        self.refresh()

    @Slot(int)
    def show_replaced(self, chapter_id: int) -> None:
        """A chapter has another text, and its analysis is queued."""
        if self._view.chapter_id == chapter_id:
            self.open_chapter(chapter_id)
        self.refresh()
        self.task_queued.emit()

    # --- writing ---

    @Slot()
    def _generate_shown(self) -> None:
        if self._view.chapter_id is not None:
            self.generate(self._view.chapter_id)

    @Slot(int)
    def generate(self, chapter_id: int) -> None:
        """Lets the model write a chapter; an existing text stays as an older version."""
        self._coroutines.spawn(self._generate(chapter_id))

    async def _generate(self, chapter_id: int) -> None:
        self._view.flush_edits()
        if await asyncio.to_thread(self._wants_candidates):
            self.candidates_requested.emit(chapter_id)
            return
        await asyncio.to_thread(self._register.refuse_busy, chapter_id)
        chapter = await asyncio.to_thread(self._editing.open, chapter_id)
        if chapter.version is not None or chapter.overview.has_draft:
            sure = await confirm(
                self._window,
                self.tr("Write this chapter anew?"),
                self.tr(
                    "The present text stays among the versions. An unfinished draft is replaced."
                ),
                yes=self.tr("Write anew"),
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
            self._coroutines.spawn(self._stream(chapter_id, resume=resume))

    async def _stream(self, chapter_id: int, *, resume: bool) -> None:
        try:
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
            has_draft = await asyncio.to_thread(self._has_own_draft, chapter_id)
            self._view.show_failure(chapter_id, error.kind, error.message, has_draft)
        except Exception as error:
            # Whatever it was, the author must not be left before a text that stands still.
            self._view.show_failure(chapter_id, ErrorKind.INTERNAL, str(error), False)
            raise
        finally:
            self._begun.discard(chapter_id)
            self.refresh()

    def _has_own_draft(self, chapter_id: int) -> bool:
        """Whether a draft is left that no other window or command is writing."""
        return any(draft.chapter_id == chapter_id for draft in self._drafting.left_behind())

    def _on_event(self, chapter_id: int, event: DraftEvent) -> None:
        if isinstance(event, DraftReserved):
            self._view.begin_writing(event.chapter, event.text, event.language)
        elif isinstance(event, DraftText):
            self._view.append(chapter_id, event.text)
        elif isinstance(event, DraftStored):
            self._saving.note_base(chapter_id, event.version)
            self._view.finish_writing(event.version)
            self.task_queued.emit()

    async def _offer_own_draft(self, chapter_id: int) -> None:
        draft = await asyncio.to_thread(self._drafting.draft, chapter_id)
        if draft is not None:
            self._view.offer_draft(draft)
        else:
            self._view.withdraw_draft(chapter_id)

    @Slot(int)
    def show_written_elsewhere(self, chapter_id: int) -> None:
        """Another process wrote a chapter, and has ended: shows its text, or offers its draft."""
        self._coroutines.spawn(self._show_written(chapter_id))

    async def _show_written(self, chapter_id: int) -> None:
        draft = await asyncio.to_thread(self._drafting.draft, chapter_id)
        if draft is not None:
            self._view.offer_draft(draft)
            self.refresh()
        else:
            self.show_replaced(chapter_id)

    @Slot(int)
    def _keep_draft(self, chapter_id: int) -> None:
        self._run(lambda: self._drafting.keep(chapter_id), self._kept)

    def _kept(self, version: ChapterVersion) -> None:
        self._saving.note_base(version.chapter_id, version)
        self._view.finish_writing(version)
        self.refresh()
        self.task_queued.emit()

    @Slot(int)
    def _discard_draft(self, chapter_id: int) -> None:
        self._run(
            lambda: self._drafting.discard(chapter_id),
            lambda _none: self._draft_gone(chapter_id),
        )

    def _draft_gone(self, chapter_id: int) -> None:
        self._view.withdraw_draft(chapter_id)
        self.refresh()

    def _update_actions(self) -> None:
        actions = self._window.actions_
        shown = self._view.chapter_id if self._window.is_in_studio else None
        actions.analyse.setEnabled(shown is not None)

    # --- running things ---

    def _run(self, work: Callable[[], Any], then: Callable[[Any], Any] = lambda _r: None) -> None:
        self._operations.run(work, then, self.failed.emit)

    def flush(self) -> None:
        """Saves what the author typed last."""
        self._view.flush_edits()

    async def stop(self) -> None:
        """Saves what is unsaved and stops every stream, keeping the drafts."""
        self._view.flush_edits()
        await self._coroutines.stop()
