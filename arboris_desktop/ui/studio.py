"""The whole studio: start, error reports, and shutdown."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.background.story_keeper import StoryKeeper
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.record import record
from arboris_desktop.domain.rescue import UnsavedTextError
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.about_facts import AboutFacts
from arboris_desktop.ui.backups.desk import BackupDesk
from arboris_desktop.ui.backups.lost_library import LostLibraryNotice
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.files.desk import FileDesk
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notices.tray_icon import TrayIcon
from arboris_desktop.ui.novels.library import Library
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.settings.desk import SettingsDesk
from arboris_desktop.ui.tasks.desk import TaskDesk
from arboris_desktop.ui.updates.desk import UpdateDesk
from arboris_desktop.ui.widgets.dialogs import agreed, is_told, show_error
from arboris_desktop.ui.wording import kind_of, words_of
from arboris_desktop.ui.work.desk import Desk
from arboris_desktop.ui.work.lazy import Lazy
from arboris_desktop.ui.writers.desk import WriterDesk

if TYPE_CHECKING:
    from arboris_desktop.ui.chapter.desk import WritingDesk
    from arboris_desktop.ui.chapter.draft_desk import DraftDesk
    from arboris_desktop.ui.sharing.connection_desk import ConnectionDesk


log = logging.getLogger(__name__)


@record
class NovelDesks:
    """The desks that are made when the first novel is opened."""

    writing: WritingDesk
    drafts: DraftDesk
    others: tuple[NovelDesk, ...]


@record
class Desks:
    """The desks that connect the panels to the use cases, one for each part of the studio."""

    library: Library
    saving: SaveDesk
    tasks: TaskDesk
    settings: SettingsDesk
    backups: BackupDesk
    files: FileDesk
    updates: UpdateDesk
    writers: WriterDesk
    lost_library: LostLibraryNotice
    connection: ConnectionDesk | None
    """Only if the library is on a server."""
    of_any_novel: tuple[NovelDesk, ...]
    """The desks that follow the open novel and are needed without one."""
    of_open_novel: Lazy[NovelDesks]
    """The desks that are not needed until a novel is opened."""

    @property
    def following(self) -> tuple[NovelDesk, ...]:
        """The desks that follow the open novel, as far as they were made.

        The chapter comes last, so that those that show something of it know the novel by then.
        """
        if (made := self.of_open_novel.made) is None:
            return self.of_any_novel
        return (*made.others, *self.of_any_novel, made.drafts, made.writing)


class Studio(Desk):
    """Runs the window from its first paint to its end."""

    leave_decided = Signal(object)
    """The author quits, and everything is saved or they decided on it; await ``stop`` next.

    With the path of the backup that should then be restored, or ``None``.
    """

    def __init__(
        self,
        window: MainWindow,
        desks: Desks,
        tray: TrayIcon,
        processor: Processor,
        keeper: StoryKeeper,
        operations: Operations,
        about: AboutFacts,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desks = desks
        self._tray = tray
        self._processor = processor
        self._keeper = keeper
        self._operations = operations
        self._about_facts = about
        self._is_leaving = False

    @property
    def library(self) -> Library:
        """The author's novels, and the open one."""
        return self._desks.library

    @property
    def writing(self) -> WritingDesk:
        """The chapters, of which one is shown."""
        return self._desks.of_open_novel.get().writing

    @property
    def drafts(self) -> DraftDesk:
        """The chapters that are being written into the page."""
        return self._desks.of_open_novel.get().drafts

    @property
    def files(self) -> FileDesk:
        """Imports and exports."""
        return self._desks.files

    def pause_queue(self) -> None:
        """Lets running work finish, and starts nothing new."""
        self._desks.tasks.set_paused(True)

    @property
    def is_analysing(self) -> bool:
        """True if a task runs in this process."""
        return bool(self._processor.running_ids)

    def start(self) -> None:
        """Shows the library, starts the queue, and asks for a provider the first time."""
        desks = self._desks
        desks.settings.start()
        self._tray.show_paused(self._processor.is_paused)
        desks.library.show_novels()
        desks.writers.look()
        desks.tasks.start()
        desks.backups.start()
        desks.saving.start()
        desks.updates.start()

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Tells the author what happened, what is safe and what to do."""
        kind, desks = kind_of(error), self._desks
        if isinstance(error, UnsavedTextError):
            desks.saving.keep_unstored(error)
        if kind is ErrorKind.DATABASE_EXCHANGED:
            desks.lost_library.tell(error)
        if isinstance(error, UnsavedTextError) or kind is ErrorKind.DATABASE_EXCHANGED:
            return
        if kind is ErrorKind.DATABASE_UNREACHABLE and desks.connection is not None:
            desks.connection.note_lost()
            return
        if self._is_stopped:
            log.warning("not told, since the window closes: %s", error)
            return
        words = words_of(error)
        if is_told(self._window, words.what_happened):
            log.warning("told already: %s", error)
            return
        advice = in_a_row(words.what_is_safe, words.what_to_do)
        box = show_error(self._window, words.what_happened, str(error), advice)
        if kind is ErrorKind.SPEND_LIMIT:
            from PySide6.QtWidgets import QMessageBox

            raise_it = box.addButton(self.tr("Raise the limit…"), QMessageBox.ButtonRole.ActionRole)
            raise_it.clicked.connect(self._desks.settings.open_limits)

    @Slot()
    def show_about(self) -> None:
        """Shows what the program is, and whose work is in it."""
        self.spawn(self._show_about())

    async def _show_about(self) -> None:
        from arboris_desktop.ui.about_dialog import AboutDialog

        await agreed(AboutDialog(self._about_facts, self._window))

    # --- leaving ---

    def can_hide(self) -> bool:
        """True if a hidden window could be found again."""
        return self._tray.is_available()

    @Slot()
    def close(self) -> None:
        """Quits, or leaves the tray icon, as the author has chosen."""
        if self._desks.settings.keep_in_tray and self.can_hide():
            self._window.flush_edits()
            self._window.hide()
        else:
            self.leave()

    @Slot()
    def leave(self) -> None:
        """Quits once everything is saved or the author agrees to lose it."""
        self._begin_to_leave(None)

    @Slot(object)
    def leave_to_restore(self, backup: Path) -> None:
        """Quits, so that a backup can replace the open database."""
        self._begin_to_leave(backup)

    def _begin_to_leave(self, backup: Path | None) -> None:
        if not self._is_leaving:
            self._is_leaving = True
            self.spawn(self._leave(backup))

    async def _leave(self, backup: Path | None) -> None:
        try:
            if await self._desks.saving.may_leave():
                self.leave_decided.emit(backup)
        finally:
            self._is_leaving = False

    @Slot()
    def end_session(self) -> None:
        """Handles the end of the session: nobody can be asked any more, and nothing may be lost."""
        self._desks.saving.put_all_aside()
        self.leave_decided.emit(None)

    async def stop(self) -> None:
        """Saves, stops the streams, returns running tasks to the queue and waits for what was
        begun."""
        desks = self._desks
        self._window.save_state()
        self._window.hide()
        await super().stop()
        if desks.connection is not None:
            await desks.connection.stop()
        for desk in (
            desks.lost_library,
            desks.writers,
            desks.updates,
            desks.settings,
            desks.backups,
            desks.files,
            desks.tasks,
            desks.library,
            *desks.following,
            desks.saving,
        ):
            await desk.stop()
        await self.in_background(self._keeper.stop)
        self._tray.hide()
        self._processor.stop()
        await self.in_background(self._operations.finish)
