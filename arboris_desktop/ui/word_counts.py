"""Counts in the status bar: of the shown chapter, and of the novel."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.library import Library
from arboris_desktop.ui.status_bar import StudioStatusBar


class WordCounts(QObject):
    """Counts of the novel as last read."""

    def __init__(self, window: MainWindow, library: Library, status_bar: StudioStatusBar) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._status_bar = status_bar

    @Slot()
    def show(self) -> None:
        """Shows the lengths of the chapter and the novel; nothing on the start page."""
        contents = self._library.contents
        if contents is None or not self._window.is_in_studio:
            self._status_bar.show_words(None, None)
            return
        shown = self._window.chapter_view.chapter_id
        chapter = next((c.word_count for c in contents.chapters if c.id == shown), 0)
        self._status_bar.show_words(chapter, contents.project.word_count, contents.project.language)
