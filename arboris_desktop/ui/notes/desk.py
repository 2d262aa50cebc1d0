"""Connects the author's status and scratchpad of chapters."""

from __future__ import annotations

from PySide6.QtCore import Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.chapter_notes import ChapterNotes, OwnStatus
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.writing.chapter_notes import Notebook


class NotesDesk(NovelDesk):
    """Each chapter's scratchpad is a field of its own: typed text goes to the chapter for which it
    was typed, whatever is shown by then."""

    shows = Changes(outline=True)

    def __init__(self, window: MainWindow, notes: Notebook, operations: Operations) -> None:
        super().__init__(window)
        self._window, self._notes, self._operations = window, notes, operations
        self._shown: int | None = None
        self._has_panel = False
        self._edits = TypedEdits(self)
        self._edits.changed.connect(self._save)
        operations.settling.connect(self._edits.flush)
        window.side.changed.connect(self._look_for_panel)
        window.project_tree.own_status_chosen.connect(self.set_status)

    @Slot()
    def refresh(self) -> None:
        """Reads the notes of the shown chapter, if they are visible."""
        self._read()

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Shows the notes of another chapter."""
        super().show_chapter(chapter)
        self.refresh()

    @of_novel
    async def _read(self, novel: OpenNovel) -> None:
        chapter = self._chapter
        if chapter is None or self._window.side.shown is not Panel.NOTES:
            return
        if chapter.id != self._shown:
            # Until its notes have arrived, nothing may be typed into those of the other.
            self._show(None, None)
        notes = await novel.call(lambda: self._notes.of_chapter(chapter.id))
        if self._chapter is not None and self._chapter.id == chapter.id:
            self._show(chapter.id, notes)

    def _show(self, chapter_id: int | None, notes: ChapterNotes | None) -> None:
        self._shown = chapter_id
        unsaved = None if chapter_id is None else self._edits.unsaved(chapter_id)
        typed = None if unsaved is None else str(unsaved)
        self._window.notes_panel.show_notes(notes, typed)

    def end_novel(self) -> None:
        """Stores what was typed, and shows nothing of the novel any more."""
        self._edits.flush()
        super().end_novel()
        if self._has_panel:
            self._show(None, None)

    async def stop(self) -> None:
        """Stores what was typed."""
        self._edits.flush()
        await super().stop()

    @Slot(object)
    def _look_for_panel(self, shown: Panel | None) -> None:
        if shown is not Panel.NOTES:
            return
        if not self._has_panel:
            self._has_panel = True
            self._window.notes_panel.typed.connect(self._note_typed)
            self._window.notes_panel.status_chosen.connect(self._choose)
        self.refresh()

    @Slot(str)
    def _note_typed(self, text: str) -> None:
        if self._shown is not None:
            self._edits.touch(self._shown, lambda: text)

    @Slot(object, object)
    def _save(self, chapter_id: int, text: str) -> None:
        saving = self._operations.call(lambda: self._notes.set_scratchpad(chapter_id, text))
        self.spawn(self._edits.follow(chapter_id, text, saving))

    @Slot(object)
    def _choose(self, status: OwnStatus) -> None:
        if self._shown is not None:
            self.set_status(self._shown, status)

    @of_novel
    async def set_status(self, novel: OpenNovel, chapter_id: int, status: OwnStatus) -> None:
        """Sets the status of a chapter."""
        await novel.call(lambda: self._notes.set_status(chapter_id, status))
        self.changed.emit(Changes(outline=True))
        self.refresh()
