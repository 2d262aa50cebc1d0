"""A desk of a page that few authors see in a session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.work.lazy import Lazy


class LazyDesk(NovelDesk):
    """Stands for a desk until its page is first shown, which makes both; the novel reaches it then.

    What a desk shows is what it reads as it is shown: it has missed nothing.
    """

    def __init__(self, parent: QObject, desk: Lazy[NovelDesk]) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.when_made(self._join)

    def _join(self, desk: NovelDesk) -> None:
        desk.changed.connect(self.changed)
        desk.failed.connect(self.failed)
        if self._novel is not None:
            desk.open_novel(self._novel)

    def open_novel(self, novel: OpenNovel) -> None:
        """This novel is open from now on."""
        super().open_novel(novel)
        if desk := self._desk.made:
            desk.open_novel(novel)

    def follow(self, changes: Changes) -> None:
        """Passes the news on."""
        if desk := self._desk.made:
            desk.follow(changes)

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """This chapter is shown from now on, or again."""
        if desk := self._desk.made:
            desk.show_chapter(chapter)

    def end_novel(self) -> None:
        """The novel is not open any more."""
        super().end_novel()
        if desk := self._desk.made:
            desk.end_novel()

    async def stop(self) -> None:
        """Ends what runs at the desk."""
        await super().stop()
        if desk := self._desk.made:
            await desk.stop()
