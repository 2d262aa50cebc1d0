"""Connects imports and exports, and files that the desktop opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.novel import NovelProject
from arboris_desktop.exchange.novel_file import NOVEL_SUFFIX, is_novel_file
from arboris_desktop.exchange.progress import Progress, StoppedError
from arboris_desktop.ui.files.cancellable_work import CancellableWork, shortened
from arboris_desktop.ui.files.drops import FileDrops
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import answered, chosen_file, confirm, tell
from arboris_desktop.ui.widgets.file_dialog import dialog_to_open, endings_of
from arboris_desktop.ui.wording import words
from arboris_desktop.ui.work.desk import Desk, spawned_once
from arboris_desktop.ui.work.lazy import Lazy
from arboris_desktop.writing.preferences import Preferences

# Formats, their readers and their dialogs are imported at the first import or export.
if TYPE_CHECKING:
    from arboris_desktop.exchange.book_files import BookFiles
    from arboris_desktop.exchange.correction import Correction
    from arboris_desktop.exchange.multi_novel_results import FoundNovels
    from arboris_desktop.exchange.preview import FilePreview
    from arboris_desktop.ui.files.exports import FileExports


class FileDesk(Desk):
    """Asks for files, processes them one after the other, and reports the results."""

    imported = Signal(str)
    """The id of an imported novel."""

    appended = Signal(str, object)
    """The id of a novel that got chapters from a file, and the numbers of those with a text."""

    def __init__(
        self,
        window: MainWindow,
        files: Lazy[BookFiles],
        preferences: Preferences,
        operations: Operations,
        open_novel: Callable[[], NovelProject | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._late_files = files
        self._preferences = preferences
        self._open_novel = open_novel
        self._operations = operations
        self._work = CancellableWork(window, operations)
        self._just_imported = ""
        window.start_page.import_requested.connect(self.import_novel)
        window.actions_.import_novel.triggered.connect(self.import_novel)
        window.actions_.import_folder.triggered.connect(self.import_folder)
        window.actions_.append_chapters.triggered.connect(self.append_chapters)
        window.actions_.export_novel.triggered.connect(self.export_novel)
        window.actions_.export_all.triggered.connect(self.export_library)
        self._drops = FileDrops(window)
        self._drops.dropped.connect(self._open_dropped)

    @property
    def _files(self) -> BookFiles:
        """The use cases of import and export, imported when first used."""
        return self._late_files.get()

    # --- importing ---

    @spawned_once
    async def import_novel(self) -> None:
        """Asks for one or more files, and imports them as new novels, or as one."""
        from arboris_desktop.exchange.arboris_novel import SUFFIXES
        from arboris_desktop.exchange.importing import IMPORT_SUFFIXES
        from arboris_desktop.exchange.library_file import LIBRARY_SUFFIX

        ours = endings_of((NOVEL_SUFFIX, LIBRARY_SUFFIX))
        dialog = dialog_to_open(
            self._window,
            self.tr("Import a novel"),
            self.tr("Novels and texts ({endings})").format(
                endings=f"{ours} {endings_of((*IMPORT_SUFFIXES, *SUFFIXES))}"
            ),
            self.tr("Arboris novels ({endings})").format(endings=ours),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        await self._choose(dialog)

    @spawned_once
    async def import_folder(self) -> None:
        """Asks for a folder whose files are the chapters of a novel."""
        dialog = dialog_to_open(self._window, self.tr("Import the files of a folder as a novel"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        await self._choose(dialog)

    async def _choose(self, dialog: QFileDialog) -> None:
        if paths := await answered(dialog, lambda chosen: chosen.selectedFiles()):
            async with self._work.turn:
                await self._bring_all([Path(path) for path in paths], is_chosen=True)

    @Slot(object)
    def _open_dropped(self, paths: list[Path]) -> None:
        self.spawn(self._open_all(paths))

    async def _open_all(self, paths: list[Path]) -> None:
        async with self._work.turn:
            await self._bring_all(paths, is_chosen=False)

    async def _bring_all(self, paths: list[Path], *, is_chosen: bool) -> None:
        """Imports one file after the other; several texts as the chapters of one novel, if
        wanted."""
        from arboris_desktop.exchange.reading.collection import in_order, is_document
        from arboris_desktop.ui.files.combine_question import ask_whether_to_combine

        if len(paths) > 1 and all(path.is_file() and is_document(path) for path in paths):
            paths = in_order(paths)
            is_one = await ask_whether_to_combine(self._window, [path.name for path in paths])
            if is_one is None:
                return
            if is_one:
                await self._bring_as_one(paths)
                return
        refused = []
        for path in paths:
            try:
                await self._bring(path, is_chosen=is_chosen)
            except ArborisError as error:  # the other files are as good as they were
                refused.append(error)
        for refusal in refused:
            self.tell_failure(refusal)

    async def _bring_as_one(self, paths: list[Path]) -> None:
        from arboris_desktop.exchange.preview import BookFile
        from arboris_desktop.ui.files.import_preview.desk import correct

        file = BookFile(paths[0], tuple(paths[1:]))
        correction = await correct(file, self._operations, self._window)
        if correction is not None:
            await self._store(
                file.stem, lambda told: self._files.import_as_one(paths, told, correction)
            )

    @Slot(object)
    def open_file(self, path: Path) -> None:
        """Previews a file that was opened outside, and imports it if the author agrees."""
        self.spawn(self._open(path))

    async def _open(self, path: Path) -> None:
        async with self._work.turn:
            await self._bring(path, is_chosen=False)

    async def _bring(self, path: Path, *, is_chosen: bool) -> None:
        """Imports a file: a text as corrected, a novel if it was chosen or confirmed."""
        from arboris_desktop.exchange.preview import BookFile
        from arboris_desktop.ui.files.import_preview.desk import correct

        several = await self._operations.call(lambda: self._files.look_into_several(path))
        if several is not None:
            await self._bring_several(several)
        elif not await self._operations.call(lambda: is_novel_file(path)):
            correction = await correct(BookFile(path), self._operations, self._window)
            if correction is not None:
                await self._import(path, correction)
        elif is_chosen or await self._is_wanted(
            await self._operations.call(lambda: self._files.look_into(path))
        ):
            await self._import(path)

    async def _bring_several(self, found: FoundNovels) -> None:
        from arboris_desktop.ui.files.multi_novel_words import notes_in_words, several_in_words

        name = found.path.name
        is_wanted = await confirm(
            self._window,
            self.tr("Import as new novels?"),
            several_in_words(found),
            yes=self.tr("Import"),
            no=self.tr("Cancel"),
        )
        if not is_wanted:
            return
        doing = self.tr("Importing {name}…").format(name=shortened(name))
        brought = await self._work.run(
            doing, lambda told: self._files.import_several(found.path, told)
        )
        self._window.tell(self.tr("Imported {name}.").format(name=shortened(name)))
        if notes := tuple(note for note in brought.notes if note not in found.notes):
            await tell(self._window, self.tr("Imported"), notes_in_words(notes))
        self._tell_import(brought.project_ids[0])

    # --- appending ---

    @Slot()
    def append_chapters(self) -> None:
        """Asks for a text whose chapters are appended to the open novel."""
        if (novel := self._open_novel()) is not None:
            self._append(novel.id)

    @spawned_once
    async def _append(self, project_id: str) -> None:
        from arboris_desktop.exchange.importing import IMPORT_SUFFIXES
        from arboris_desktop.exchange.preview import BookFile
        from arboris_desktop.ui.files.import_preview.desk import correct

        dialog = dialog_to_open(
            self._window,
            self.tr("Append the chapters of a file"),
            self.tr("Texts ({endings})").format(endings=endings_of(IMPORT_SUFFIXES)),
        )
        if (path := await chosen_file(dialog)) is None:
            return
        async with self._work.turn:
            correction = await correct(BookFile(path), self._operations, self._window, appends=True)
            if correction is None:
                return
            self._window.flush_edits()
            doing = self.tr("Appending {name}…").format(name=shortened(path.name))
            added = await self._work.run(
                doing,
                lambda told: self._files.append_book(project_id, path, told, correction),
            )
        self._window.tell(self.tr("%n chapter(s) added.", "", len(added.numbers)))
        self.appended.emit(project_id, () if correction.as_plans else added.numbers)

    async def _is_wanted(self, preview: FilePreview) -> bool:
        length = words(preview.words, preview.language)
        contents = self.tr("%n chapter(s)", "", preview.chapters)
        return await confirm(
            self._window,
            self.tr("Import as a new novel?"),
            self.tr("{title}\n{chapters}, {words}").format(
                title=shortened(preview.title), chapters=contents, words=length
            ),
            yes=self.tr("Import"),
            no=self.tr("Cancel"),
        )

    async def _import(self, path: Path, correction: Correction | None = None) -> None:
        await self._store(path.name, lambda told: self._files.import_book(path, told, correction))

    async def _store(self, name: str, work: Callable[[Progress], str]) -> None:
        doing = self.tr("Importing {name}…").format(name=shortened(name))
        project_id = await self._work.run(doing, work)
        self._window.tell(self.tr("Imported {name}.").format(name=shortened(name)))
        self._tell_import(project_id)

    def _tell_import(self, project_id: str) -> None:
        self._just_imported = project_id
        self.imported.emit(project_id)

    def take_import(self, project_id: str) -> bool:
        """Returns true once for the novel that was imported last."""
        if project_id != self._just_imported:
            return False
        self._just_imported = ""
        return True

    # --- exporting ---

    @cached_property
    def _exports(self) -> FileExports:
        """The exports, imported when first used."""
        from arboris_desktop.ui.files.exports import FileExports

        exports = FileExports(
            self._window, self._files, self._preferences, self._operations, self._work
        )
        exports.failed.connect(self.failed)
        return exports

    @Slot()
    def export_novel(self) -> None:
        """Asks for a location and exports the open novel."""
        if (novel := self._open_novel()) is not None:
            self._exports.export_novel(novel)

    @Slot()
    def export_library(self) -> None:
        """Asks for a location and exports every novel into one file."""
        self._exports.export_library()

    # --- the end ---

    def tell_failure(self, error: BaseException) -> None:
        """Reports failures, but not cancellation by the author."""
        if not isinstance(error, StoppedError):
            super().tell_failure(error)
