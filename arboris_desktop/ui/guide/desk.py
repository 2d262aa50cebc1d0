"""Opens the writing guide of the novel and stores the author's changes."""

from __future__ import annotations

from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import agreed
from arboris_desktop.writing.chapters.guides import Guides


class GuideDesk(NovelDesk):
    """Connects the guide's dialog to its use case."""

    def __init__(self, window: MainWindow, guides: Guides) -> None:
        super().__init__(window)
        self._window = window
        self._guides = guides
        window.actions_.guide.triggered.connect(self.open)

    @once_of_novel
    async def open(self, novel: OpenNovel) -> None:
        """Reads the guide and opens it for editing."""
        # Imported when it is first shown.
        from arboris_desktop.ui.guide.dialog import GuideDialog

        guide = await novel.call(lambda: self._guides.get(novel.id))
        dialog = GuideDialog(guide, self._window)
        if await agreed(dialog) and (changed := dialog.guide()) != guide:
            await novel.call(lambda: self._guides.save(novel.id, changed))
