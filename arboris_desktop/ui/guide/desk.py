"""Opens the guide of the novel and stores what the author changed."""

from __future__ import annotations

from PySide6.QtCore import Slot

from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import agreed
from arboris_desktop.writing.chapters.guides import Guides


class GuideDesk(NovelDesk):
    """Wires the guide's dialog to its use case."""

    def __init__(self, window: MainWindow, guides: Guides) -> None:
        super().__init__(window)
        self._window = window
        self._guides = guides
        window.actions_.guide.triggered.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Reads the guide and opens it for editing."""
        if (novel := self._novel) is not None:
            novel.run(
                lambda: self._guides.get(novel.id),
                lambda guide: novel.spawn(self._ask(novel, guide)),
            )

    async def _ask(self, novel: OpenNovel, guide: WritingGuide) -> None:
        # Read when it is first shown.
        from arboris_desktop.ui.guide.dialog import GuideDialog

        dialog = GuideDialog(guide, self._window)
        if await agreed(dialog) and (changed := dialog.guide()) != guide:
            novel.run(lambda: self._guides.save(novel.id, changed))
