"""Opens the inspector for the shown chapter, and keeps the search index and the summaries up to
date."""

from __future__ import annotations

from PySide6.QtCore import Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.background.story_keeper import StoryKeeper
from arboris_desktop.domain.context import ContextChoice, ContextItem
from arboris_desktop.ui.context.inspector import ContextInspector
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import agreed, is_open
from arboris_desktop.writing.context.inspection import ContextInspection


class ContextDesk(NovelDesk):
    """Connects the inspector to its use case."""

    def __init__(
        self,
        window: MainWindow,
        inspection: ContextInspection,
        keeper: StoryKeeper,
        operations: Operations,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._inspection = inspection
        self._keeper = keeper
        self._operations = operations
        window.actions_.inspect.triggered.connect(self.open)
        window.chapter_view.inspection_requested.connect(self.open)

    @Slot()
    def index_novel(self) -> None:
        """Indexes a newly stored chapter."""
        if self._novel is not None:
            self._keeper.index(self._novel.id)

    @once_of_novel
    async def open(self, novel: OpenNovel) -> None:
        """Shows what the model would be told for the shown chapter."""
        if (chapter := novel.chapter) is None:
            return
        chapter_id, dialog = chapter.id, ContextInspector(self._window)

        def choose(item: ContextItem, choice: ContextChoice | None) -> None:
            novel.spawn(self._choose(dialog, chapter_id, item, choice))

        dialog.choice_made.connect(choose)
        reading = novel.spawn(self._read(dialog, chapter_id))
        try:
            await agreed(dialog)
        finally:
            reading.cancel()

    async def _read(self, dialog: ContextInspector, chapter_id: int) -> None:
        try:
            await self._operations.settled()
            dialog.show_inspection(await self._inspection.inspect(chapter_id))
        except Exception as error:
            # The error is shown in the dialog, where the author looks.
            dialog.show_failure(error)

    async def _choose(
        self,
        dialog: ContextInspector,
        chapter_id: int,
        item: ContextItem,
        choice: ContextChoice | None,
    ) -> None:
        await self._operations.call(
            lambda: self._inspection.choose(chapter_id, item.kind, item.key, choice)
        )
        if is_open(dialog):
            await self._read(dialog, chapter_id)
