"""Stores the title and the plan that the author types above the text of a chapter."""

from __future__ import annotations

from collections.abc import Awaitable

from PySide6.QtCore import Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.wording import words_of
from arboris_desktop.writing.outline.editing import OutlineEditing


class ChapterPlanDesk(NovelDesk):
    """Saves the chapter's plan; what cannot be saved stays in the header and is retried."""

    def __init__(self, window: MainWindow, editing: OutlineEditing, operations: Operations) -> None:
        super().__init__(window)
        self._header = window.chapter_view.header
        self._editing, self._operations = editing, operations
        self._header.plan_edited.connect(self._save)
        operations.settling.connect(self._header.flush)

    def end_novel(self) -> None:
        """Saves what was typed."""
        self._header.flush()
        super().end_novel()

    async def stop(self) -> None:
        """Saves what was typed."""
        self._header.flush()
        await super().stop()

    @Slot(int, str, str)
    def _save(self, chapter_id: int, title: str, plan: str) -> None:
        saving = self._operations.call(
            lambda: self._editing.change_chapter(chapter_id, title, plan)
        )
        self.spawn(self._follow_save(chapter_id, title, plan, saving))

    async def _follow_save(
        self, chapter_id: int, title: str, plan: str, saving: Awaitable[None]
    ) -> None:
        try:
            await saving
        except NotFoundError:
            self._header.give_up(chapter_id)
        except Exception as error:
            self._header.plan_failed(chapter_id, words_of(error).what_happened)
        else:
            self._header.plan_saved(chapter_id, title, plan)
            self.changed.emit(Changes(outline=True))
