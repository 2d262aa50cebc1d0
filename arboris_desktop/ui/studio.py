"""The whole studio: joins the desks, the tray, the settings and the way out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox

from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.rescue import UnsavedTextError
from arboris_desktop.domain.tasks import QueueCounts
from arboris_desktop.ui.about_facts import AboutFacts
from arboris_desktop.ui.backups.desk import BackupDesk
from arboris_desktop.ui.backups.exchange import ExchangeNotice
from arboris_desktop.ui.chapter.desk import WritingDesk
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.codex.desk import CodexDesk
from arboris_desktop.ui.files.desk import FileDesk
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notices.tray_icon import TrayIcon
from arboris_desktop.ui.novels.library import Library
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.settings.desk import SettingsDesk
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.tasks.desk import TaskDesk
from arboris_desktop.ui.updates.desk import UpdateDesk
from arboris_desktop.ui.widgets.dialogs import ask, show_error
from arboris_desktop.ui.wording import kind_of, words_of
from arboris_desktop.ui.work.coroutines import Coroutines
from arboris_desktop.ui.writers.desk import WriterDesk
from arboris_desktop.writing.editing import SavedText


@dataclass(frozen=True, slots=True)
class Desks:
    """The desks that wire the panels to the use cases, one for each side of the studio."""

    library: Library
    writing: WritingDesk
    saving: SaveDesk
    tasks: TaskDesk
    settings: SettingsDesk
    codex: CodexDesk
    backups: BackupDesk
    files: FileDesk
    updates: UpdateDesk
    writers: WriterDesk
    exchange: ExchangeNotice
    of_novel: tuple[NovelDesk, ...] = ()


class Studio(QObject):
    """Runs the window from its first paint to its end."""

    leave_decided = Signal(object)
    """The author leaves, and everything is saved or they decided on it; ``stop`` is to be awaited
    next. With the path of the backup that is to be restored then, or ``None``."""

    def __init__(
        self,
        window: MainWindow,
        desks: Desks,
        tray: TrayIcon,
        status_bar: StudioStatusBar,
        processor: Processor,
        operations: Operations,
        about: AboutFacts,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = desks.library
        self._writing = desks.writing
        self._saving = desks.saving
        self._tasks = desks.tasks
        self._writers = desks.writers
        self._exchange = desks.exchange
        self._tray = tray
        self._status_bar = status_bar
        self._settings = desks.settings
        self._processor = processor
        self._operations = operations
        self._about_facts = about
        self._dialogs = Coroutines(self.report)
        self._is_leaving = False
        self._codex = desks.codex
        self.backups = desks.backups
        self.files = desks.files
        self._updates = desks.updates
        # The chapter comes last: who shows something of it knows the novel by then.
        self._novel_desks: tuple[NovelDesk, ...] = (desks.codex, *desks.of_novel, desks.writing)
        self._connect_desks()
        self._connect_tray()

    def _connect_desks(self) -> None:
        writing, tasks, window = self._writing, self._tasks, self._window
        library = self._library
        library.novel_opened.connect(self._open_novel)
        library.novel_ended.connect(self._end_novel)
        writing.task_queued.connect(self._processor.wake)
        writing.task_queued.connect(tasks.refresh)
        writing.chapter_shown.connect(self._show_words)
        writing.chapter_shown.connect(self._writers.show)
        self._writers.ended_elsewhere.connect(writing.show_written_elsewhere)
        self._processor.changed_elsewhere.connect(self._writers.look)
        self.files.imported.connect(library.open_novel)
        self.files.imported.connect(tasks.refresh)
        self.files.appended.connect(lambda _novel, _numbers: library.refresh())
        self.files.appended.connect(tasks.offer_analysis)
        tasks.chapter_requested.connect(self._go_to)
        self._saving.chapter_requested.connect(self._go_to)
        self._saving.saved.connect(self._tell_publishing)
        self._saving.draft_stored.connect(writing.show_written_elsewhere)
        self._exchange.quit_requested.connect(self.leave)
        self.backups.restore_decided.connect(self._leave_to_restore)
        tasks.novel_changed.connect(library.tell)
        for desk in self._novel_desks:
            desk.changed.connect(library.tell)
            library.novel_changed.connect(desk.follow)
        tasks.counts_changed.connect(self._show_counts)
        library.novel_changed.connect(self._show_words)
        for source in (
            library.failed,
            self._saving.failed,
            tasks.failed,
            self._writers.failed,
            self._settings.failed,
            self.backups.failed,
            self._updates.failed,
            self.files.failed,
            self._operations.failed,
            *(desk.failed for desk in self._novel_desks),
        ):
            source.connect(self.report)
        self._processor.storage_failed.connect(self.report)
        self._settings.codex_settings_changed.connect(self._codex.refresh)
        self._settings.update_settings_changed.connect(self._updates.look)
        self._codex.passage_opened.connect(writing.show_passage)
        window.queue_banner.settings_requested.connect(self._settings.open)
        window.queue_banner.limits_requested.connect(self._settings.open_limits)
        window.chapter_view.limits_requested.connect(self._settings.open_limits)
        window.actions_.settings.triggered.connect(self._settings.open)
        window.actions_.quit.triggered.connect(self.leave)
        window.actions_.about.triggered.connect(self._about)
        window.close_requested.connect(self._on_close)
        window.start_page_shown.connect(self._show_words)
        self._status_bar.settings_requested.connect(self._settings.open)
        self._status_bar.notifications_requested.connect(window.show_notifications)
        self._status_bar.tasks_requested.connect(window.show_tasks)

    def _connect_tray(self) -> None:
        tray = self._tray
        tray.open_requested.connect(self._window.raise_window)
        tray.pause_toggled.connect(self._tasks.set_paused)
        tray.notifications_requested.connect(self._open_notifications)
        tray.message_clicked.connect(self._open_notifications)
        tray.quit_requested.connect(self.leave)
        self._processor.paused_changed.connect(tray.show_paused)

    @property
    def library(self) -> Library:
        """The author's novels, and the one that is open."""
        return self._library

    @property
    def writing(self) -> WritingDesk:
        """The writing side."""
        return self._writing

    def pause_queue(self) -> None:
        """Lets what runs come to its end, and nothing new begin."""
        self._tasks.set_paused(True)

    @property
    def is_analysing(self) -> bool:
        """True if a task runs in this process."""
        return bool(self._processor.running_ids)

    def start(self) -> None:
        """Shows what there is, lets the queue work, and asks for a provider the first time."""
        self._settings.start()
        self._tray.show_paused(self._processor.is_paused)
        self._library.show_novels()
        self._writers.look()
        self._tasks.start()
        self.backups.start()
        self._saving.start()
        self._updates.start()

    # --- showing ---

    @Slot(object)
    def _open_novel(self, novel: OpenNovel) -> None:
        for desk in self._novel_desks:
            desk.open_novel(novel)
        self._show_words()

    @Slot()
    def _end_novel(self) -> None:
        for desk in self._novel_desks:
            desk.end_novel()
        self._writers.show()
        self._show_words()

    @Slot(object)
    def _tell_publishing(self, saved: SavedText) -> None:
        """A chapter that is published says that it was changed since, from the first change on."""
        shown = self._library.novel and self._library.novel.chapter
        is_published = (
            shown and shown.id == saved.version.chapter_id and shown.published_at is not None
        )
        if shown and is_published and not shown.is_changed_since_published:
            self._library.refresh()

    @Slot()
    def _show_words(self) -> None:
        contents = self._library.contents
        if contents is None or not self._window.is_in_studio:
            self._status_bar.show_words(None, None)
            return
        shown = self._window.chapter_view.chapter_id
        chapter = next((c.word_count for c in contents.chapters if c.id == shown), 0)
        self._status_bar.show_words(chapter, contents.project.word_count, contents.project.language)

    @Slot(object)
    def _show_counts(self, counts: QueueCounts) -> None:
        self._status_bar.show_queue(counts, self._processor.is_paused)
        self._tray.show_counts(counts)

    @Slot(int)
    def show_unread(self, unread: int) -> None:
        """Shows how many notifications are unread."""
        self._status_bar.show_unread(unread)
        self._tray.show_unread(unread)

    @Slot(str, int)
    def _go_to(self, project_id: str, chapter_id: int) -> None:
        self._window.raise_window()
        self._library.go_to(project_id, chapter_id)

    @Slot()
    def _open_notifications(self) -> None:
        self._window.raise_window()
        self._window.show_notifications()

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Tells the author what happened, what is safe and what to do."""
        kind = kind_of(error)
        if isinstance(error, UnsavedTextError):
            self._saving.keep_unstored(error)
        if kind is ErrorKind.DATABASE_EXCHANGED:
            self._exchange.tell(error)
        if isinstance(error, UnsavedTextError) or kind is ErrorKind.DATABASE_EXCHANGED:
            return
        words = words_of(error)
        advice = f"{words.what_is_safe} {words.what_to_do}"
        box = show_error(self._window, words.what_happened, str(error), advice)
        if kind is ErrorKind.SPEND_LIMIT:
            raise_it = box.addButton(self.tr("Raise the limit…"), QMessageBox.ButtonRole.ActionRole)
            raise_it.clicked.connect(self._settings.open_limits)

    @Slot()
    def _about(self) -> None:
        self._dialogs.spawn(self._show_about())

    async def _show_about(self) -> None:
        from arboris_desktop.ui.about_dialog import AboutDialog

        dialog = AboutDialog(self._about_facts, self._window)
        try:
            await ask(dialog)
        finally:
            dialog.deleteLater()

    # --- leaving ---

    def can_hide(self) -> bool:
        """True if a hidden window could be found again."""
        return self._tray.is_available()

    @Slot()
    def _on_close(self) -> None:
        if self._settings.keep_in_tray and self.can_hide():
            self._writing.flush()
            self._window.hide()
        else:
            self.leave()

    @Slot()
    def leave(self) -> None:
        """Quits, when everything is saved or the author does without."""
        self._begin_to_leave(None)

    @Slot(object)
    def _leave_to_restore(self, backup: Path) -> None:
        self._begin_to_leave(backup)

    def _begin_to_leave(self, backup: Path | None) -> None:
        if not self._is_leaving:
            self._is_leaving = True
            self._dialogs.spawn(self._leave(backup))

    async def _leave(self, backup: Path | None) -> None:
        try:
            if await self._saving.may_leave():
                self.leave_decided.emit(backup)
        finally:
            self._is_leaving = False

    @Slot()
    def end_session(self) -> None:
        """The system ends the session: nobody may be asked any more, and nothing may be lost."""
        self._saving.put_all_aside()
        self.leave_decided.emit(None)

    async def stop(self) -> None:
        """Saves, stops the streams, puts running tasks back and waits for what was begun."""
        self._window.save_state()
        self._window.hide()
        await self._dialogs.stop()
        await self._exchange.stop()
        await self._writers.stop()
        await self._updates.stop()
        await self._settings.stop()
        await self.backups.stop()
        await self.files.stop()
        await self._tasks.stop()
        await self._library.stop()
        for desk in self._novel_desks:
            await desk.stop()
        await self._saving.stop()
        self._tray.hide()
        self._processor.stop()
        await asyncio.to_thread(self._operations.finish)
