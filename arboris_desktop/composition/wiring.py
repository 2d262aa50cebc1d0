"""Connections between the desks, the panels, the tray and the queue: who hears of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from arboris_desktop.background.notifier import Notifier
from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.tasks import QueueCounts
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notices.tray_icon import TrayIcon
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.studio import Desks, Studio
from arboris_desktop.ui.word_counts import WordCounts

if TYPE_CHECKING:
    from arboris_desktop.ui.chapter.desk import WritingDesk
    from arboris_desktop.ui.chapter.draft_desk import DraftDesk


_LOOK_MILLISECONDS = 1500
"""The time for which changes of others are gathered before the novel is read again."""


class Wiring(QObject):
    """Connects what was built; each part knows its own signals only."""

    def __init__(
        self,
        window: MainWindow,
        desks: Desks,
        tray: TrayIcon,
        status_bar: StudioStatusBar,
        processor: Processor,
        operations: Operations,
        notifier: Notifier,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desks = desks
        self._tray = tray
        self._status_bar = status_bar
        self._processor = processor
        self._operations = operations
        self._notifier = notifier

    def wire(self, studio: Studio) -> None:
        """Makes all connections."""
        self._report = studio.report
        self._follow_the_novel()
        self._follow_others()
        self._count_words()
        self._go_where_asked()
        self._queue_and_show()
        self._settings()
        self._leave_and_report(studio)

    def _follow_the_novel(self) -> None:
        """News of the open novel go through the library, to whoever shows what has changed."""
        desks, library = self._desks, self._desks.library
        library.novel_found.connect(self._make_desks)
        library.novel_opened.connect(self._open_novel)
        library.novel_changed.connect(self._follow)
        library.novel_ended.connect(self._end_novel)
        desks.tasks.novel_changed.connect(library.tell)
        desks.files.imported.connect(library.open_novel)
        desks.files.appended.connect(library.refresh)
        desks.saving.saved.connect(library.note_saved)
        library.novel_ended.connect(desks.writers.show)
        self._processor.changed_elsewhere.connect(desks.writers.look)

    def _follow_others(self) -> None:
        """Others work the queue and write; on a server, one look takes in what comes in a row."""
        desks, processor = self._desks, self._processor
        work = Changes(outline=True, tasks=True, codex=True)
        processor.recovered.connect(lambda: desks.library.tell(work))
        if (connection := desks.connection) is None:
            processor.changed_elsewhere.connect(lambda: desks.library.tell(work))
            return
        soon = QTimer(self)
        soon.setSingleShot(True)
        soon.setInterval(_LOOK_MILLISECONDS)
        soon.timeout.connect(desks.library.look_again)
        processor.changed_elsewhere.connect(lambda: None if soon.isActive() else soon.start())
        for look in (desks.library.look_again, desks.tasks.look_again, desks.writers.look):
            connection.regained.connect(look)

    def _count_words(self) -> None:
        library = self._desks.library
        self._counts = WordCounts(self._window, library, self._status_bar)
        for told in (
            library.novel_opened,
            library.novel_changed,
            library.novel_ended,
            self._window.start_page_shown,
        ):
            told.connect(self._counts.show)

    def _go_where_asked(self) -> None:
        desks, window, tray = self._desks, self._window, self._tray
        for source in (desks.tasks, desks.saving):
            source.chapter_requested.connect(window.raise_window)
            source.chapter_requested.connect(desks.library.go_to)
        self._status_bar.notifications_requested.connect(window.show_notifications)
        self._status_bar.tasks_requested.connect(window.show_tasks)
        tray.open_requested.connect(window.raise_window)
        for asked in (tray.notifications_requested, tray.message_clicked):
            asked.connect(window.raise_window)
            asked.connect(window.show_notifications)

    def _queue_and_show(self) -> None:
        desks, tray = self._desks, self._tray
        desks.files.imported.connect(desks.tasks.refresh)
        desks.files.appended.connect(desks.tasks.offer_analysis)
        desks.tasks.counts_changed.connect(self._show_counts)
        tray.pause_toggled.connect(desks.tasks.set_paused)
        self._processor.paused_changed.connect(tray.show_paused)
        self._notifier.unread_changed.connect(self._status_bar.show_unread)
        self._notifier.unread_changed.connect(tray.show_unread)

    @Slot(object)
    def _show_counts(self, counts: QueueCounts) -> None:
        self._status_bar.show_queue(counts, self._processor.is_paused)
        self._tray.show_counts(counts)

    def _settings(self) -> None:
        desks, window, settings = self._desks, self._window, self._desks.settings
        settings.update_settings_changed.connect(desks.updates.look)
        window.queue_banner.cure_requested.connect(settings.lead_to)
        window.chapter_parts.when_made(
            lambda made: made.view.cure_requested.connect(settings.lead_to)
        )
        window.actions_.settings.triggered.connect(settings.open)
        self._status_bar.settings_requested.connect(settings.open)

    def _leave_and_report(self, studio: Studio) -> None:
        desks, window = self._desks, self._window
        window.close_requested.connect(studio.close)
        window.actions_.about.triggered.connect(studio.show_about)
        for asked in (
            window.actions_.quit.triggered,
            self._tray.quit_requested,
            desks.lost_library.quit_requested,
        ):
            asked.connect(studio.leave)
        desks.backups.restore_decided.connect(studio.leave_to_restore)
        for failed in (
            studio.failed,
            desks.library.failed,
            desks.lost_library.failed,
            desks.saving.failed,
            desks.tasks.failed,
            desks.writers.failed,
            desks.settings.failed,
            desks.backups.failed,
            desks.updates.failed,
            desks.files.failed,
            self._operations.failed,
            self._processor.storage_failed,
        ):
            failed.connect(self._report)
        self._join(desks.following)

    def _join(self, following: tuple[NovelDesk, ...]) -> None:
        """Listens to desks that follow the novel."""
        for desk in following:
            desk.changed.connect(self._desks.library.tell)
            desk.failed.connect(self._report)

    @Slot()
    def _make_desks(self) -> None:
        """The first novel is about to be shown: makes who has waited for one."""
        self._desks.library.novel_found.disconnect(self._make_desks)
        made = self._desks.of_open_novel.get()
        self._join((*made.others, made.drafts, made.writing))
        self._join_writing(made.writing, made.drafts)

    def _join_writing(self, writing: WritingDesk, drafts: DraftDesk) -> None:
        desks = self._desks
        shown = (desks.writers.show, self._counts.show)
        for follow in (*shown, *(desk.show_chapter for desk in desks.of_any_novel)):
            writing.chapter_shown.connect(follow)
        desks.writers.ended_elsewhere.connect(drafts.show_written_elsewhere)
        desks.saving.draft_stored.connect(drafts.show_written_elsewhere)
        writing.task_queued.connect(self._processor.wake)
        writing.task_queued.connect(desks.tasks.refresh)

    @Slot(object)
    def _open_novel(self, novel: OpenNovel) -> None:
        for desk in self._desks.following:
            desk.open_novel(novel)

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        for desk in self._desks.following:
            desk.follow(changes)

    @Slot()
    def _end_novel(self) -> None:
        for desk in self._desks.following:
            desk.end_novel()
