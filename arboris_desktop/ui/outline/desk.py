"""Connects the stage of the outline: what is shown and typed; its parts restructure and plan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.outline import VolumePlan
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.outline.chapter_plan_form import ChapterPlanForm
from arboris_desktop.ui.outline.outline_planner import OutlinePlanner
from arboris_desktop.ui.outline.outline_rows import ChapterRow, VolumeRow
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.outline.structure import OutlineStructure
from arboris_desktop.ui.outline.volume_form import VolumeForm
from arboris_desktop.ui.wording import words_of
from arboris_desktop.ui.workspace import Stage
from arboris_desktop.writing.outline.editing import OutlineEditing
from arboris_desktop.writing.outline.outlining import Outlining
from arboris_desktop.writing.outline.regeneration import Regeneration


class OutlineDesk(NovelDesk):
    """Reads the outline when its stage is shown, and stores the author's changes at once."""

    shows = Changes(novel=True, outline=True, texts=True, tasks=True)

    chapter_opened = Signal(int)
    chapter_begun = Signal(int)
    """The author goes on to write this chapter."""

    def __init__(
        self,
        window: MainWindow,
        editing: OutlineEditing,
        outlining: Outlining,
        regeneration: Regeneration,
        operations: Operations,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._editing = editing
        self._operations = operations
        self.page = OutlinePage()
        window.workspace.add_page(Stage.OUTLINE, self.page)
        self._structure = OutlineStructure(self.page, window, editing)
        self._planner = OutlinePlanner(
            self.page, window, outlining, regeneration, operations, self._structure.change
        )
        self._connect()

    def _connect(self) -> None:
        page = self.page
        page.tree.outline_model().title_typed.connect(self._rename)
        page.chapter_form.edited.connect(self._save_chapter)
        page.volume_form.edited.connect(self._save_volume)
        page.chapter_form.open_requested.connect(self._open_chapter)
        page.tree.chapter_opened.connect(self._open_chapter)
        page.next_step.chapter_wanted.connect(self._begin_chapter)
        self._structure.restructured.connect(self._tell_changed)
        self._structure.refused.connect(self._read)
        self._structure.failed.connect(self.failed)
        self._planner.chapters_planned.connect(self._refresh_all)
        self._window.workspace.stage_changed.connect(self._follow_stage)
        self._operations.settling.connect(page.flush)

    # --- showing ---

    def open_novel(self, novel: OpenNovel) -> None:
        """Shows the outline of a novel, and a resumable run of the model."""
        self._structure.open_novel(novel)
        self._planner.open_novel(novel)
        super().open_novel(novel)

    def end_novel(self) -> None:
        """Shows none; a run of the model can be resumed another time."""
        super().end_novel()
        self._structure.end_novel()
        self.page.show_nothing()
        self._planner.end_novel()

    @Slot()
    def refresh(self) -> None:
        """Reads the outline again while its stage is shown."""
        if self._window.workspace.stage is Stage.OUTLINE:
            self._read()

    @of_novel
    async def _read(self, novel: OpenNovel) -> None:
        self.page.show_outline(
            *await novel.call(lambda: self._editing.open_with_language(novel.id))
        )

    @Slot()
    def show_plan(self) -> None:
        """Goes to the stage of the outline, at the shown chapter."""
        self._window.workspace.show_stage(Stage.OUTLINE)
        novel, shown = self._novel, self._chapter
        if novel is not None and shown is not None:
            novel.spawn(self._select(novel, shown.id))

    async def _select(self, novel: OpenNovel, chapter_id: int) -> None:
        # After the outline was read for the stage.
        await novel.call(lambda: None)
        self.page.tree.select_chapter(chapter_id)

    async def stop(self) -> None:
        """Saves what was typed, and stops what is running; results so far are kept."""
        self.page.flush()
        await self._planner.stop()
        await super().stop()

    @Slot(object)
    def _follow_stage(self, stage: Stage) -> None:
        self.refresh()

    @Slot()
    def _refresh_all(self) -> None:
        self._read()
        self._tell_changed()

    @Slot()
    def _tell_changed(self) -> None:
        self.changed.emit(Changes(outline=True, initiator=self))

    @Slot(int)
    def _open_chapter(self, chapter_id: int) -> None:
        self.page.flush()
        self.chapter_opened.emit(chapter_id)

    @Slot(int)
    def _begin_chapter(self, chapter_id: int) -> None:
        self.page.flush()
        self.chapter_begun.emit(chapter_id)

    # --- what the author types ---

    @Slot(int, str, str)
    def _save_chapter(self, chapter_id: int, title: str, plan: str) -> None:
        form = self.page.chapter_form
        saving = self._operations.call(
            lambda: self._editing.change_chapter(chapter_id, title, plan)
        )
        show_saved = partial(form.show_saved, chapter_id, title, plan)
        self.spawn(self._follow_save(form, chapter_id, show_saved, saving))

    @Slot(object)
    def _save_volume(self, volume: VolumePlan) -> None:
        form = self.page.volume_form
        saving = self._operations.call(lambda: self._editing.change_volume(volume))
        self.spawn(self._follow_save(form, volume.id, partial(form.show_saved, volume), saving))

    async def _follow_save(
        self,
        form: ChapterPlanForm | VolumeForm,
        row_id: int,
        show_saved: Callable[[], None],
        saving: Awaitable[None],
    ) -> None:
        try:
            await saving
        except NotFoundError:
            form.give_up(row_id)
        except Exception as error:
            form.show_failure(row_id, words_of(error).what_happened)
        else:
            show_saved()
            # Continued typing delays nothing: the rest of the window is updated in a pause.
            if not self.page.has_unsaved_edits:
                self._refresh_all()

    @Slot(object, str)
    def _rename(self, row: ChapterRow | VolumeRow, title: str) -> None:
        # After saving what was typed beside it, so that only the title differs.
        self.page.flush()
        if isinstance(row, ChapterRow):
            chapter_id = row.chapter.id
            rename = partial(self._editing.rename_chapter, chapter_id, title)
        elif row.volume is not None:
            rename = partial(self._editing.rename_volume, row.volume.id, title)
        else:
            return
        self._change_title(rename)

    @of_novel
    async def _change_title(self, novel: OpenNovel, rename: Callable[[], None]) -> None:
        await novel.call(rename)
        self._refresh_all()
