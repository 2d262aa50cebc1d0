"""Watches the rules of the novel, whichever stage is shown."""

from __future__ import annotations

from PySide6.QtCore import Slot

from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.workspace import Stage, Workspace
from arboris_desktop.writing.reviews.reviewing import Reviews


class RuleDesk(NovelDesk):
    """Says on the tab of the reviews in how many chapters a rule is broken."""

    shows = Changes(outline=True, texts=True, others=True)

    def __init__(self, workspace: Workspace, reviews: Reviews) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._reviews = reviews

    @of_novel
    async def refresh(self, novel: OpenNovel) -> None:
        """Looks for chapters that break a rule."""
        found = await novel.call(lambda: self._reviews.broken_rules(novel.id))
        self._workspace.show_waiting(Stage.REVIEW, len(found))

    @Slot(object)
    def look(self, project_id: str) -> None:
        """Looks again, if this novel is the open one."""
        if self._novel is not None and self._novel.id == project_id:
            self.refresh()

    def end_novel(self) -> None:
        """Says nothing."""
        super().end_novel()
        self._workspace.show_waiting(Stage.REVIEW, 0)
