"""Exports: asking for a location and options, and writing a novel or all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QUrl

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.novel import NovelProject
from arboris_desktop.domain.settings import ExportSettings
from arboris_desktop.exchange.book_files import BookFiles
from arboris_desktop.exchange.library_file import LIBRARY_SUFFIX
from arboris_desktop.exchange.new_folder import free_name
from arboris_desktop.exchange.novel_file import NOVEL_FORM
from arboris_desktop.exchange.progress import Progress, StoppedError
from arboris_desktop.exchange.writing.cover import read_cover
from arboris_desktop.exchange.writing.options import PROJECT_FORM, ExportContent, ExportOptions
from arboris_desktop.ui.files.cancellable_work import CancellableWork, shortened
from arboris_desktop.ui.files.export_dialog import ExportDialog
from arboris_desktop.ui.files.export_options_dialog import ExportOptionsDialog
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notices.toast import Toasts
from arboris_desktop.ui.widgets.dialogs import agreed, ask, chosen_file
from arboris_desktop.ui.widgets.file_dialog import begin_in_folder, dialog_to_save, endings_of
from arboris_desktop.ui.widgets.open_address import open_address
from arboris_desktop.ui.work.desk import Desk, spawned_once
from arboris_desktop.writing.preferences import Preferences

_LONGEST_NAME = 36
"""Of a file's name that is told in a corner of the window."""
_TOLD_FOR_MS = 12_000


class FileExports(Desk):
    """Asks, writes one file after the other, and reports where it is."""

    def __init__(
        self,
        window: MainWindow,
        files: BookFiles,
        preferences: Preferences,
        operations: Operations,
        work: CancellableWork,
        opening: Callable[[QUrl], bool] = open_address,
    ) -> None:
        super().__init__(window)
        self._open_address = opening
        self._window = window
        self._files = files
        self._preferences = preferences
        self._operations = operations
        self._work = work

    @spawned_once
    async def export_novel(self, novel: NovelProject) -> None:
        """Asks for a location and exports a novel."""
        stored = await self._operations.call(lambda: self._preferences.get(ExportSettings))
        dialog = ExportDialog(novel.title, self._window)
        begin_in_folder(dialog, stored.folder)
        if not await agreed(dialog):
            return
        form, path = dialog.form(), dialog.path()
        stored = replace(stored, folder=str(path.parent))
        options: ExportOptions | None = ExportOptions()
        if form != NOVEL_FORM:
            options, stored = await self._choose_options(form, novel.id, stored)
        await self._operations.call(lambda: self._preferences.set(stored))
        if options is not None:
            await self._write(novel, form, path, options.effective(form))

    async def _write(
        self, novel: NovelProject, form: str, path: Path, options: ExportOptions
    ) -> None:
        is_folder = options.file_per_chapter or form == PROJECT_FORM
        self._window.flush_edits()

        def write(told: Progress) -> Path:
            target = free_name(path.with_suffix("")) if is_folder else path
            # The dialog has asked.
            self._files.export_book(
                novel.id, form, target, overwrite=True, options=options, progress=told
            )
            return target

        doing = self.tr("Exporting {name}…").format(name=shortened(path.name))
        async with self._work.turn:
            written = await self._work.run(doing, write)
        self._tell(written)

    @spawned_once
    async def export_library(self) -> None:
        """Asks for a location and exports every novel into one file."""
        dialog = dialog_to_save(
            self._window,
            self.tr("Export all novels"),
            self.tr("Library of Arboris ({endings})").format(endings=endings_of((LIBRARY_SUFFIX,))),
            LIBRARY_SUFFIX.removeprefix("."),
            self.tr("My novels"),
        )
        if (path := await chosen_file(dialog)) is None:
            return
        self._window.flush_edits()
        doing = self.tr("Exporting {name}…").format(name=shortened(path.name))
        async with self._work.turn:
            await self._work.run(doing, lambda told: self._files.export_library(path, told))
        self._tell(path)

    def _tell(self, written: Path) -> None:
        """Says where it is, and leads there."""
        words = self.tr("Exported to {name}.").format(name=shortened(written.name, _LONGEST_NAME))
        folder = written if written.is_dir() else written.parent
        toast = self._toasts.show_message(
            words, self.tr("Click here to open the folder."), shown_ms=_TOLD_FOR_MS
        )
        toast.clicked.connect(lambda: self._open_folder(folder))

    def _open_folder(self, folder: Path) -> None:
        if not self._open_address(QUrl.fromLocalFile(str(folder))):
            self._window.tell(self.tr("The folder is {folder}").format(folder=folder))

    @cached_property
    def _toasts(self) -> Toasts:
        return Toasts(self._window.centre.pages)

    async def _choose_options(
        self, form: str, project_id: str, stored: ExportSettings
    ) -> tuple[ExportOptions | None, ExportSettings]:
        """The author's choices, and what is kept of them for the next time; all chapters are."""
        presets = {name: ExportOptions.from_preset(one) for name, one in stored.presets.items()}
        # Whoever took out the codex once does not want it in place of the book the next time.
        last = replace(ExportOptions.from_preset(stored.last), content=ExportContent.TEXT)
        if stored.last_novel != project_id:
            last = replace(last, front="", cover=None)
        volumes = await self._operations.call(lambda: self._files.volumes(project_id))
        dialog = ExportOptionsDialog(form, last, self._window, presets, volumes)
        try:
            chosen = await self._answer_of(dialog)
            kept = {name: one.to_preset() for name, one in dialog.presets().items()}
        finally:
            dialog.deleteLater()
        stored = replace(stored, presets=kept)
        if chosen is not None:
            stored = replace(stored, last=chosen.to_preset(), last_novel=project_id)
        return chosen, stored

    async def _answer_of(self, dialog: ExportOptionsDialog) -> ExportOptions | None:
        """The choices, once a picture that is named for the cover is one."""
        while await ask(dialog):
            options = dialog.options()
            if not dialog.has_cover or await self.in_background(partial(_is_cover, options.cover)):
                return options
            dialog.tell_cover_unusable()
        return None

    def tell_failure(self, error: BaseException) -> None:
        """Reports failures, but not cancellation by the author."""
        if not isinstance(error, StoppedError):
            super().tell_failure(error)


def _is_cover(picture: Path | None) -> bool:
    try:
        return picture is not None and bool(read_cover(picture))
    except ArborisError:
        return False
