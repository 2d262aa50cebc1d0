"""The base of the desks that follow the open novel."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.novels.open_novel import OpenNovel


class NovelDesk(QObject):
    """A desk that works on whichever novel is open; what it keeps of one ends with it."""

    failed = Signal(object)
    """An exception that the author should be told about."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._novel: OpenNovel | None = None

    def open_novel(self, novel: OpenNovel) -> None:
        """This novel is open from now on."""
        self._novel = novel
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Reads again what is shown of the novel: something has changed in it."""

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Follows a chapter of the novel that is shown from now on, or again."""

    def end_novel(self) -> None:
        """The novel is not open any more: nothing of it is shown or kept."""
        self._novel = None

    async def stop(self) -> None:
        """Ends what runs, and waits for it."""

    @property
    def _chapter(self) -> ChapterOverview | None:
        """The chapter that is shown."""
        return None if self._novel is None else self._novel.chapter
