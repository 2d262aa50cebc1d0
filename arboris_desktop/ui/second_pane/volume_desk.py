"""Connects the volume that is read in the second pane."""

from __future__ import annotations

from PySide6.QtCore import Slot

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.second_pane.pane import SecondPane
from arboris_desktop.ui.second_pane.places import PaneContent
from arboris_desktop.ui.second_pane.volume_reader import VolumeReader
from arboris_desktop.writing.editing import Editing


class VolumeDesk(NovelDesk):
    """Reads the texts of a volume as they come into view, including unsaved ones."""

    def __init__(self, window: MainWindow, editing: Editing) -> None:
        super().__init__(window)
        self._window, self._view = window, window.chapter_view
        self._editing = editing
        self._made: VolumeReader | None = None

    @property
    def _reader(self) -> VolumeReader:
        """Returns the reader, which is made when a volume is first read."""
        if self._made is None:
            self._made = reader = VolumeReader(self._view.lend_look)
            reader.text_wanted.connect(self._read)
            reader.chapter_opened.connect(self._window.project_tree.chapter_opened)
            self._view.look_changed.connect(self._take_look)
            self._take_look()
        return self._made

    def show_around(self, chapter: ChapterOverview, pane: SecondPane) -> None:
        """Shows the volume of a chapter in the pane, from that chapter on."""
        if self._novel is None:
            return
        chapters = self._novel.contents.chapters
        of_volume = [each for each in chapters if each.volume_id == chapter.volume_id]
        pane.show_page(PaneContent.VOLUME, self._reader)
        self._reader.show_chapters(of_volume, self._novel.language, chapter.id)

    @Slot()
    def _take_look(self) -> None:
        self._reader.take_look(self._view.prose_look.page)

    @Slot()
    def clear(self) -> None:
        """Shows no volume, and keeps no text."""
        if self._made is not None:
            self._made.clear()

    def end_novel(self) -> None:
        """Shows nothing of the novel any more."""
        self.clear()
        super().end_novel()

    @of_novel
    async def _read(self, novel: OpenNovel, chapter_id: int) -> None:
        unsaved = self._view.edits.unsaved(chapter_id)
        version = await novel.call(lambda: self._editing.selected(chapter_id))
        stored = None if version is None else version.content
        self._reader.show_text(chapter_id, stored if unsaved is None else str(unsaved))
