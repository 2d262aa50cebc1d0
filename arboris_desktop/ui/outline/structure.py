"""The structure of the outline: the author's changes of it, each of which can be undone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot

from arboris_desktop.domain.errors import NotFoundError, RuleError
from arboris_desktop.domain.outline import ChapterPlan, Outline
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
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.widgets.dialogs import confirm
from arboris_desktop.writing.outline.editing import Change, OutlineChange, OutlineEditing
from arboris_desktop.writing.outline.history import OutlineHistory


class OutlineStructure(NovelDesk):
    """Adds, moves, merges and removes chapters and volumes."""

    restructured = Signal()
    """The structure was changed, and is shown."""

    refused = Signal()
    """Nothing was changed: the outline is another one than what is shown."""

    def __init__(self, page: OutlinePage, window: MainWindow, editing: OutlineEditing) -> None:
        super().__init__(page)
        self._page = page
        self._window = window
        self._editing = editing
        self._history: OutlineHistory | None = None
        page.tree.outline_model().chapters_dropped.connect(self._move)
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

    def open_novel(self, novel: OpenNovel) -> None:
        """Begins a history of changes."""
        self._history = OutlineHistory(self._editing, novel.id)
        super().open_novel(novel)

    def end_novel(self) -> None:
        """Forgets the changes, which can no longer be undone."""
        super().end_novel()
        self._history = None
        self._page.set_can_undo(False)

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
        self._page.flush()

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
        self._show_changed(done.after)
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
                self._show_changed(outline)

    def _show_changed(self, outline: Outline) -> None:
        self._show_can_undo()
        self._page.show_outline(outline, self._page.language)
        self.restructured.emit()

    def _show_can_undo(self) -> None:
        self._page.set_can_undo(self._history is not None and self._history.can_undo)

    def _refused(self, error: Exception) -> None:
        self._show_can_undo()
        if isinstance(error, (RuleError, NotFoundError)):
            text = self.tr("Nothing was changed: the outline has changed meanwhile.")
            self._window.tell(text)
            self.refused.emit()
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
        if self._page.has_unsaved_edits:
            return  # The author has gone elsewhere and types there: the next key is meant for it.
        for chapter_id in done.added[:1]:
            self._page.tree.select_chapter(chapter_id)
            self._page.chapter_form.setFocus()

    @Slot(object)
    def _add_volume(self, after: int | None) -> None:
        def select(done: OutlineChange) -> None:
            if self._page.has_unsaved_edits:
                return
            known = {volume.id for volume in done.before.volumes}
            for volume in done.after.volumes:
                if volume.id not in known:
                    self._page.tree.select_volume(volume.id)

        self.change(lambda o: add_volume(o, after), select, once=("add", after))

    @Slot(object)
    def _remove_chapters(self, chapter_ids: tuple[int, ...]) -> None:
        known = self._page.outline.by_id
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
