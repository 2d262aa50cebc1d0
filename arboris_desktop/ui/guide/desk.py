"""Opens the guide of the novel and stores what the author changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.ui.guide.dialog import GuideDialog
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import ask
from arboris_desktop.ui.work.coroutines import Coroutines
from arboris_desktop.writing.chapters.guides import Guides


class GuideDesk(QObject):
    """Wires the guide's dialog to its use case."""

    failed = Signal(object)
    """An exception that the author should be told about."""

    def __init__(self, window: MainWindow, guides: Guides, operations: Operations) -> None:
        super().__init__(window)
        self._window = window
        self._guides = guides
        self._operations = operations
        self._project_id: str | None = None
        self._coroutines = Coroutines(self.failed.emit)
        window.actions_.guide.triggered.connect(self.open)

    def show_novel(self, project_id: str) -> None:
        """The novel whose guide is edited from now on."""
        self._project_id = project_id

    @Slot()
    def open(self) -> None:
        """Reads the guide and opens it for editing."""
        project_id = self._project_id
        if project_id is None:
            return
        self._operations.run(
            lambda: self._guides.get(project_id),
            lambda guide: self._edit(project_id, guide),
            self.failed.emit,
        )

    async def stop(self) -> None:
        """Closes what is open."""
        await self._coroutines.stop()

    def _edit(self, project_id: str, guide: WritingGuide) -> None:
        self._coroutines.spawn(self._ask(project_id, guide))

    async def _ask(self, project_id: str, guide: WritingGuide) -> None:
        dialog = GuideDialog(guide, self._window)
        try:
            accepted = await ask(dialog) == GuideDialog.DialogCode.Accepted.value
            if accepted and (changed := dialog.guide()) != guide:
                self._operations.run(
                    lambda: self._guides.save(project_id, changed), on_failure=self.failed.emit
                )
        finally:
            dialog.deleteLater()
