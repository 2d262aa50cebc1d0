"""Stores the title and the plan that the author types above the text of a chapter."""

from __future__ import annotations

from PySide6.QtCore import Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.wording import words_of
from arboris_desktop.writing.outline.editing import OutlineEditing


class ChapterPlanDesk(NovelDesk):
    """What cannot be saved stays in the header and is offered again."""

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
        header = self._header

        def saved(_none: None) -> None:
            header.plan_saved(chapter_id, title, plan)
            self.changed.emit(Changes(outline=True))

        def failed(error: Exception) -> None:
            if isinstance(error, NotFoundError):
                header.give_up(chapter_id)
            else:
                header.plan_failed(chapter_id, words_of(error).what_happened)

        self._operations.run(
            lambda: self._editing.change_chapter(chapter_id, title, plan), saved, failed
        )
