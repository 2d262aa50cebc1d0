"""Opens the inspector for the chapter that is shown, and keeps the story's memory fresh."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal, Slot

from arboris_desktop.background.story_keeper import StoryKeeper
from arboris_desktop.domain.context import ContextChoice, ContextItem
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.context.inspector import ContextInspector
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import ask
from arboris_desktop.ui.work.coroutines import Coroutines
from arboris_desktop.writing.context.inspection import ContextInspection


class ContextDesk(QObject):
    """Wires the inspector to its use case."""

    failed = Signal(object)
    """An exception that the author should be told about."""

    def __init__(
        self, window: MainWindow, inspection: ContextInspection, keeper: StoryKeeper
    ) -> None:
        super().__init__(window)
        self._window = window
        self._inspection = inspection
        self._keeper = keeper
        self._project_id: str | None = None
        self._chapter_id: int | None = None
        self._coroutines = Coroutines(self.failed.emit)
        window.actions_.inspect.triggered.connect(self.open)
        window.chapter_view.inspection_requested.connect(self.open)

    def show_novel(self, project_id: str) -> None:
        """The novel that is open from now on."""
        self._project_id = project_id

    @Slot()
    def index_novel(self) -> None:
        """A chapter was stored: it is found by its words from now on."""
        if self._project_id is not None:
            self._keeper.index(self._project_id)

    @Slot(object)
    def show_chapter(self, chapter: ChapterOverview) -> None:
        """The chapter that is inspected from now on."""
        self._chapter_id = chapter.id

    @Slot()
    def open(self) -> None:
        """Shows what the model would be told for the chapter that is shown."""
        if self._chapter_id is not None:
            self._coroutines.spawn(self._open(self._chapter_id))

    async def stop(self) -> None:
        """Closes what is open, and ends the work in the background."""
        await self._coroutines.stop()
        await asyncio.to_thread(self._keeper.stop)

    async def _open(self, chapter_id: int) -> None:
        dialog = ContextInspector(self._window)

        def choose(item: ContextItem, choice: ContextChoice | None) -> None:
            self._coroutines.spawn(self._choose(dialog, chapter_id, item, choice))

        dialog.choice_made.connect(choose)
        reading = self._coroutines.spawn(self._read(dialog, chapter_id))
        try:
            await ask(dialog)
        finally:
            reading.cancel()
            dialog.deleteLater()

    async def _read(self, dialog: ContextInspector, chapter_id: int) -> None:
        try:
            dialog.show_inspection(await self._inspection.inspect(chapter_id))
        except Exception as error:
            # The dialog is where the author looks; nothing else is wrong.
            dialog.show_failure(error)

    async def _choose(
        self,
        dialog: ContextInspector,
        chapter_id: int,
        item: ContextItem,
        choice: ContextChoice | None,
    ) -> None:
        await asyncio.to_thread(self._inspection.choose, chapter_id, item.kind, item.key, choice)
        if dialog.isVisible():
            await self._read(dialog, chapter_id)
