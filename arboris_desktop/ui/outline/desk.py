"""Connects the stage of the outline: edits, structural changes with undo, and the model."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import NotFoundError, RuleError
from arboris_desktop.domain.outline import ChapterPlan, Outline, VolumePlan
from arboris_desktop.domain.outline_changes import (
    OutlinePlace,
    add_volume,
    insert_chapter,
    merge_chapters,
    move_chapters,
    move_volume,
    remove_chapters,
    remove_volume,
    remove_written,
    renumber,
    shift_chapters,
)
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.outline.chapter_plan_form import ChapterPlanForm
from arboris_desktop.ui.outline.outline_planner import OutlinePlanner
from arboris_desktop.ui.outline.outline_rows import ChapterRow, VolumeRow
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.outline.volume_form import VolumeForm
from arboris_desktop.ui.widgets.dialogs import confirm
from arboris_desktop.ui.wording import words_of
from arboris_desktop.ui.workspace import Stage
from arboris_desktop.writing.outline.editing import Change, OutlineChange, OutlineEditing
from arboris_desktop.writing.outline.history import OutlineHistory
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
        self._history: OutlineHistory | None = None
        self.page = OutlinePage()
        window.workspace.add_page(Stage.OUTLINE, self.page)
        self._planner = OutlinePlanner(
            self.page, window, outlining, regeneration, operations, self.change
        )
        self._connect()

    def _connect(self) -> None:
        page, model = self.page, self.page.tree.outline_model()
        page.insert_requested.connect(self._insert)
        page.add_volume_requested.connect(self._add_volume)
        page.remove_chapters_requested.connect(self._remove_chapters)
        page.remove_volume_requested.connect(
            lambda volume_id: self.change(
                lambda o: remove_volume(o, volume_id), once=("remove", volume_id)
            )
        )
        page.merge_requested.connect(
            lambda ids: self.change(lambda o: merge_chapters(o, ids), once=("merge", ids))
        )
        page.shift_chapters_requested.connect(
            lambda ids, step: self.change(lambda o: shift_chapters(o, ids, step))
        )
        page.shift_volume_requested.connect(
            lambda volume_id, step: self.change(lambda o: move_volume(o, volume_id, step))
        )
        page.notice.renumber_requested.connect(lambda: self.change(renumber))
        page.undo_requested.connect(self.undo)
        model.chapters_dropped.connect(self._move)
        model.title_typed.connect(self._rename)
        page.chapter_form.edited.connect(self._save_chapter)
        page.volume_form.edited.connect(self._save_volume)
        page.chapter_form.open_requested.connect(self._open_chapter)
        page.tree.chapter_opened.connect(self._open_chapter)
        page.next_step.chapter_wanted.connect(self._begin_chapter)
        self._planner.chapters_planned.connect(self._refresh_all)
        self._window.workspace.stage_changed.connect(self._follow_stage)
        self._operations.settling.connect(page.flush)

    # --- showing ---

    def open_novel(self, novel: OpenNovel) -> None:
        """Shows the outline of a novel, and a resumable run of the model."""
        self._history = OutlineHistory(self._editing, novel.id)
        self._planner.open_novel(novel)
        super().open_novel(novel)

    def end_novel(self) -> None:
        """Shows none; a run of the model can be resumed another time."""
        super().end_novel()
        self._history = None
        self.page.set_can_undo(False)
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

    # --- structure ---

    def change(
        self,
        change: Change,
        then: Callable[[OutlineChange], Any] | None = None,
        *,
        may_lose_text: bool = False,
        once: tuple[object, ...] = (),
    ) -> None:
        """Makes a structural change, after saving what was typed, and remembers it for undo.

        ``once`` names a request that the author must not make twice before the first is stored.
        """
        novel, history = self._novel, self._history
        if novel is None or history is None:
            return
        self.page.flush()

        def begin() -> asyncio.Task[None]:
            make = partial(history.change, change, may_lose_text=may_lose_text)
            return novel.spawn(self._make_change(novel, make, then))

        if once:
            self.begin_once((novel.id, *once), begin)
        else:
            begin()

    async def _make_change(
        self,
        novel: OpenNovel,
        make: Callable[[], OutlineChange],
        then: Callable[[OutlineChange], Any] | None,
    ) -> None:
        try:
            done = await novel.call(make)
        except Exception as error:
            self._refused(error)
            return
        self._changed(done.after)
        if then is not None:
            then(done)

    @of_novel
    async def undo(self, novel: OpenNovel) -> None:
        """Undoes the last structural change, also one that is still being stored."""
        if (history := self._history) is None:
            return
        try:
            outline = await novel.call(history.undo)
        except Exception as error:
            self._refused(error)
        else:
            if outline is not None:
                self._changed(outline)

    def _changed(self, outline: Outline) -> None:
        self._show_can_undo()
        self.page.show_outline(outline, self.page.language)
        self.changed.emit(Changes(outline=True, initiator=self))

    def _show_can_undo(self) -> None:
        self.page.set_can_undo(self._history is not None and self._history.can_undo)

    def _refused(self, error: Exception) -> None:
        self._show_can_undo()
        if isinstance(error, (RuleError, NotFoundError)):
            text = self.tr("Nothing was changed: the outline has changed meanwhile.")
            self._window.tell(text)
            self._read()
        else:
            self.failed.emit(error)

    @Slot(object, object)
    def _move(self, chapter_ids: tuple[int, ...], place: OutlinePlace) -> None:
        self.change(lambda o: move_chapters(o, chapter_ids, place), self._say_moved)

    def _say_moved(self, done: OutlineChange) -> None:
        if done.moved_written:
            self._window.tell(
                self.tr(
                    "Written chapters have other numbers now. Their texts, versions and facts moved"
                    " with them; analyse them again if the order of events changed."
                )
            )

    @Slot(object)
    def _insert(self, place: OutlinePlace) -> None:
        self.change(lambda o: insert_chapter(o, place), self._select_added, once=("insert", place))

    def _select_added(self, done: OutlineChange) -> None:
        for chapter_id in done.added[:1]:
            self.page.tree.select_chapter(chapter_id)
            self.page.chapter_form.setFocus()

    @Slot(object)
    def _add_volume(self, after: int | None) -> None:
        def select(done: OutlineChange) -> None:
            known = {volume.id for volume in done.before.volumes}
            for volume in done.after.volumes:
                if volume.id not in known:
                    self.page.tree.select_volume(volume.id)

        self.change(lambda o: add_volume(o, after), select, once=("add", after))

    @Slot(object)
    def _remove_chapters(self, chapter_ids: tuple[int, ...]) -> None:
        known = self.page.outline.by_id
        written = [known[each] for each in chapter_ids if each in known and known[each].has_text]
        if not written:
            self.change(lambda o: remove_chapters(o, chapter_ids), once=("remove", chapter_ids))
            return
        self._remove_written(chapter_ids, written)

    @of_novel
    async def _remove_written(
        self, _novel: OpenNovel, chapter_ids: tuple[int, ...], written: list[ChapterPlan]
    ) -> None:
        text = self.tr(
            "Chapter(s) {numbers} have text. It is lost for good, with all versions and drafts,"
            " and what the analysis found in it. This cannot be undone."
        )
        sure = await confirm(
            self._window,
            self.tr("Delete chapters that have text?"),
            text.format(numbers=", ".join(str(each.number) for each in written)),
            yes=self.tr("Delete for good"),
            no=self.tr("Keep them"),
            destructive=True,
        )
        if sure:
            named = {each.id for each in written}
            self.change(lambda o: remove_written(o, chapter_ids, named), may_lose_text=True)
