"""Exports: asking for a place and a form, and writing a novel or all of them there."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.novel import NovelProject
from arboris_desktop.domain.settings import ExportSettings
from arboris_desktop.exchange.book_files import BookFiles
from arboris_desktop.exchange.library_file import LIBRARY_SUFFIX
from arboris_desktop.exchange.novel_file import NOVEL_FORM
from arboris_desktop.exchange.progress import StoppedError
from arboris_desktop.exchange.writing.formats import PROJECT_FORM
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.ui.files.export_dialog import ExportDialog
from arboris_desktop.ui.files.export_options_dialog import ExportOptionsDialog
from arboris_desktop.ui.files.steady_work import SteadyWork, shortened
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import agreed, ask, chosen_file
from arboris_desktop.ui.widgets.file_dialog import dialog_to_save, endings_of
from arboris_desktop.ui.work.desk import Desk
from arboris_desktop.writing.preferences import Preferences


class FileExports(Desk):
    """Asks, writes one file after the other, and tells where it is."""

    def __init__(
        self,
        window: MainWindow,
        files: BookFiles,
        preferences: Preferences,
        operations: Operations,
        work: SteadyWork,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._files = files
        self._preferences = preferences
        self._operations = operations
        self._work = work

    def export_novel(self, novel: NovelProject) -> None:
        """Asks for a place and writes a novel there."""
        self.spawn(self._export(ExportDialog(novel.title, self._window), novel.id))

    async def _export(self, dialog: ExportDialog, project_id: str) -> None:
        if not await agreed(dialog):
            return
        form, path = dialog.form(), dialog.path()
        options = ExportOptions() if form == NOVEL_FORM else await self._choose_options(form)
        if options is None:
            return
        if options.file_per_chapter or form == PROJECT_FORM:
            path = path.with_suffix("")
        self._window.flush_edits()
        doing = self.tr("Exporting {name}…").format(name=shortened(path.name))
        async with self._work.turn:
            await self._work.run(
                doing,
                # The dialog has asked.
                lambda told: self._files.export_book(
                    project_id, form, path, overwrite=True, options=options, progress=told
                ),
            )
        self._window.tell(self.tr("Exported to {name}.").format(name=shortened(path.name)))

    def export_library(self) -> None:
        """Asks for a place and writes every novel there, in one file."""
        dialog = dialog_to_save(
            self._window,
            self.tr("Export all novels"),
            self.tr("Library of Arboris ({endings})").format(endings=endings_of((LIBRARY_SUFFIX,))),
            LIBRARY_SUFFIX.removeprefix("."),
            self.tr("My novels"),
        )
        self.spawn(self._export_library(dialog))

    async def _export_library(self, dialog: QFileDialog) -> None:
        if (path := await chosen_file(dialog)) is None:
            return
        self._window.flush_edits()
        doing = self.tr("Exporting {name}…").format(name=shortened(path.name))
        async with self._work.turn:
            await self._work.run(doing, lambda told: self._files.export_library(path, told))
        self._window.tell(self.tr("Exported to {name}.").format(name=shortened(path.name)))

    async def _choose_options(self, form: str) -> ExportOptions | None:
        """The author's choices, which are offered again next time; all chapters are."""
        stored = await self._operations.call(lambda: self._preferences.get(ExportSettings))
        presets = {name: ExportOptions.from_preset(one) for name, one in stored.presets.items()}
        last = ExportOptions.from_preset(stored.last)
        dialog = ExportOptionsDialog(form, last, self._window, presets)
        try:
            chosen = dialog.options() if await ask(dialog) else None
            kept = {name: one.to_preset() for name, one in dialog.presets().items()}
        finally:
            dialog.deleteLater()
        settings = ExportSettings(chosen.to_preset() if chosen else stored.last, kept)
        if settings != stored:
            await self._operations.call(lambda: self._preferences.set(settings))
        return chosen

    def tell_failure(self, error: BaseException) -> None:
        """Tells of what failed, and not of what the author stopped."""
        if not isinstance(error, StoppedError):
            super().tell_failure(error)
