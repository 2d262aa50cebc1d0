"""Opens the shown chapter in the form of a platform, and copies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.publishing import PublishingSettings
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.publishing.words import published_words
from arboris_desktop.ui.widgets.dialogs import agreed
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.preferences import Preferences

if TYPE_CHECKING:
    from arboris_desktop.ui.publishing.dialog import PublishingDialog


class PublishingDesk(NovelDesk):
    """Connects the dialog to the chapter, the clipboard, and the settings."""

    def __init__(
        self,
        window: MainWindow,
        preferences: Preferences,
        novels: Novels,
        read_again: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self._novels = novels
        self._read_again = read_again
        self._dialog: PublishingDialog | None = None
        window.actions_.publish.triggered.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Shows the text as it is in the window, saved or not."""
        text = self._window.chapter_view.stored_text() if self._chapter else ""
        if self._chapter is None or not text.strip():
            self._window.tell(self.tr("This chapter has no text yet."))
        else:
            self._show(self._chapter, text)

    @once_of_novel
    async def _show(self, novel: OpenNovel, chapter: ChapterOverview, text: str) -> None:
        from arboris_desktop.exchange.exporting import chapter_heading
        from arboris_desktop.text.scenes import is_scene_break
        from arboris_desktop.ui.publishing.dialog import PublishingDialog

        last = await novel.call(lambda: self._preferences.get(PublishingSettings))
        # The mark over a chapter without number and title belongs between chapters of a book.
        heading = chapter_heading(chapter.number, chapter.title, novel.language, chapter.label)
        heading = "" if is_scene_break(heading) else heading
        dialog = PublishingDialog(
            heading, text, last, self._window, published=published_words(chapter)
        )
        dialog.copied.connect(self._copy)
        dialog.marked.connect(lambda mark: self._mark(chapter, is_published=mark))
        self._dialog = dialog
        try:
            await agreed(dialog)
            chosen = dialog.settings()
        finally:
            self._dialog = None
        if chosen != last:
            await novel.call(lambda: self._preferences.set(chosen))

    @of_novel
    async def _mark(
        self, novel: OpenNovel, chapter: ChapterOverview, *, is_published: bool
    ) -> None:
        # What was typed is stored first: it is what is published.
        self._window.flush_edits()

        def mark() -> ChapterOverview:
            self._novels.mark_published(chapter.id, is_published=is_published)
            return self._novels.chapter(chapter.id)

        marked = await novel.call(mark)
        if self._dialog is not None:
            self._dialog.show_published(published_words(marked))
        self._read_again()

    @Slot(str)
    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._window.tell(self.tr("Copied."))
