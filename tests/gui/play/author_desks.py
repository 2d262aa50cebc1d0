"""Deeds that concern the book as a whole: structure, search, older texts, tasks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QListView, QListWidget

from arboris_desktop.domain.outline import Outline
from arboris_desktop.domain.outline_changes import OutlinePlace, move_chapters
from arboris_desktop.ui.outline.structure import OutlineStructure
from arboris_desktop.ui.snapshots.panel import SnapshotPanel
from arboris_desktop.ui.workspace import Stage
from tests.gui.play.author_models import ModelAuthor
from tests.support.studio_stage import child, task_button


class BookAuthor(ModelAuthor):
    """Does that too."""

    # --- the outline ---

    def _outline_structure(self) -> Any:
        if not self._window.findChildren(OutlineStructure):
            # It is made when its stage is first shown.
            self._window.workspace.show_stage(Stage.OUTLINE)
            self._window.workspace.show_stage(Stage.CHAPTERS)
        (structure,) = self._window.findChildren(OutlineStructure)
        return structure

    async def _move_chapter(self, which: int, how: int) -> None:
        contents = self.stage.studio.library.contents
        if contents is None or not self._window.is_in_studio:
            return
        ids = [chapter.id for chapter in contents.chapters]
        moved = (ids[which % len(ids)],)
        outline: Outline = self.stage.services.outline_editing.open(contents.project.id)
        volume = how % len(outline.groups)
        self._outline_structure().change(
            lambda o: move_chapters(o, moved, OutlinePlace(volume, how % 3))
        )

    async def _undo_outline(self, _which: int, _how: int) -> None:
        if self._window.is_in_studio and self.stage.studio.library.contents is not None:
            self._outline_structure().undo()

    async def _add_chapter(self, _which: int, how: int) -> None:
        if not self._window.is_in_studio or self.stage.studio.library.contents is None:
            return
        if len(self.ledger.chapters) > 14:
            return
        project_id = self.stage.studio.library.contents.project.id
        self._window.actions_.add_chapter.trigger()
        await self._until_settled()
        self.ledger.begin(self.stage.services, project_id)

    async def _rename(self, which: int, how: int) -> None:
        contents = self.stage.studio.library.contents
        if contents is None or not self._window.is_in_studio:
            return
        chapter = contents.chapters[which % len(contents.chapters)]
        self.stage.services.outline_editing.rename_chapter(chapter.id, f"Renamed {how}")
        self.stage.studio.library.refresh()

    # --- the whole book ---

    async def _replace_in_book(self, which: int, how: int) -> None:
        if not self._window.is_in_studio or self.stage.studio.library.contents is None:
            return
        self._window.show_search()
        panel = self._window.search_panel
        panel.words.setText("lamp")
        if not panel._choose.isChecked():
            panel._choose.click()
        panel.replacement.setText(("lamp", "lampe", "xlamp")[which % 3])
        if how % 3:
            await self._until_settled()
        if how % 2 and panel._replace.isEnabled() and panel._replace.isVisible():
            self.ledger.free(*self._all_of_open())
            self.count("replaced")
            QTest.mouseClick(panel._replace, Qt.MouseButton.LeftButton)

    async def _undo_replacement(self, _which: int, _how: int) -> None:
        panel = self._window.search_panel if self._window.is_in_studio else None
        if panel is not None and panel._take_back.isVisible() and panel._take_back.isEnabled():
            self.ledger.free(*self._all_of_open())
            self.count("replacement undone")
            QTest.mouseClick(panel._take_back, Qt.MouseButton.LeftButton)

    async def _take_snapshot(self, _which: int, _how: int) -> None:
        if self._shown() is None or not self._window.actions_.take_snapshot.isEnabled():
            return
        self._window.actions_.take_snapshot.trigger()
        await self._until_settled()
        for dialog in self._window.findChildren(QInputDialog):
            if dialog.isVisible():
                self.count("snapshot")
                dialog.setTextValue("Named")
                dialog.accept()

    async def _restore(self, which: int, how: int) -> None:
        chapter_id = self._shown()
        if chapter_id is None:
            return
        self._window.show_snapshots()
        await self._until_settled()
        panel = child(self._window, SnapshotPanel)
        rows = child(panel, QListWidget)
        if not rows.count():
            return
        rows.setCurrentRow(which % rows.count())
        await self._until_settled()
        if self._shown() == chapter_id and how % 2 and panel._restore.isEnabled():
            self.ledger.free(chapter_id)
            self.count("restored")
            QTest.mouseClick(panel._restore, Qt.MouseButton.LeftButton)

    # --- tasks ---

    async def _task(self, which: int, how: int) -> None:
        self._window.show_tasks()
        tasks = child(self._window.task_panel, QListView)
        rows = tasks.model().rowCount()
        if rows:
            place = task_button(tasks, which % rows)
            self.count("task")
            QTest.mouseClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=place)

    async def _pause(self, _which: int, _how: int) -> None:
        self._window.actions_.pause_queue.trigger()

    async def _analyse(self, _which: int, _how: int) -> None:
        if self._shown() is not None and self._window.actions_.analyse.isEnabled():
            self._window.actions_.analyse.trigger()
