"""Who hears of what: the connections between the desks, the panels, the tray and the queue."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from arboris_desktop.background.notifier import Notifier
from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.tasks import QueueCounts
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notices.tray_icon import TrayIcon
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.studio import Desks, Studio
from arboris_desktop.ui.word_counts import WordCounts


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
        self._follow_the_novel()
        self._count_words()
        self._go_where_asked()
        self._queue_and_show()
        self._settings()
        self._leave_and_report(studio)

    def _follow_the_novel(self) -> None:
        """News of the open novel go through the library, to whoever shows what has changed."""
        desks, library = self._desks, self._desks.library
        for desk in desks.following:
            library.novel_opened.connect(desk.open_novel)
            library.novel_changed.connect(desk.follow)
            library.novel_ended.connect(desk.end_novel)
            desk.changed.connect(library.tell)
        desks.tasks.novel_changed.connect(library.tell)
        desks.files.imported.connect(library.open_novel)
        desks.files.appended.connect(library.refresh)
        desks.saving.saved.connect(library.note_saved)
        library.novel_ended.connect(desks.writers.show)
        desks.writing.chapter_shown.connect(desks.writers.show)
        desks.writers.ended_elsewhere.connect(desks.writing.show_written_elsewhere)
        desks.saving.draft_stored.connect(desks.writing.show_written_elsewhere)
        self._processor.changed_elsewhere.connect(desks.writers.look)

    def _count_words(self) -> None:
        desks, library = self._desks, self._desks.library
        counts = WordCounts(self._window, library, self._status_bar)
        for told in (
            library.novel_opened,
            library.novel_changed,
            library.novel_ended,
            desks.writing.chapter_shown,
            self._window.start_page_shown,
        ):
            told.connect(counts.show)

    def _go_where_asked(self) -> None:
        desks, window, tray = self._desks, self._window, self._tray
        for source in (desks.tasks, desks.saving):
            source.chapter_requested.connect(window.raise_window)
            source.chapter_requested.connect(desks.library.go_to)
        desks.codex.passage_opened.connect(desks.writing.show_passage)
        self._status_bar.notifications_requested.connect(window.show_notifications)
        self._status_bar.tasks_requested.connect(window.show_tasks)
        tray.open_requested.connect(window.raise_window)
        for asked in (tray.notifications_requested, tray.message_clicked):
            asked.connect(window.raise_window)
            asked.connect(window.show_notifications)

    def _queue_and_show(self) -> None:
        desks, tray = self._desks, self._tray
        desks.writing.task_queued.connect(self._processor.wake)
        desks.writing.task_queued.connect(desks.tasks.refresh)
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
        settings.codex_settings_changed.connect(desks.codex.refresh)
        settings.update_settings_changed.connect(desks.updates.look)
        window.queue_banner.settings_requested.connect(settings.open)
        window.queue_banner.limits_requested.connect(settings.open_limits)
        window.chapter_view.limits_requested.connect(settings.open_limits)
        window.candidate_page.limits_requested.connect(settings.open_limits)
        window.candidate_page.settings_requested.connect(settings.open)
        window.actions_.settings.triggered.connect(settings.open)
        self._status_bar.settings_requested.connect(settings.open)

    def _leave_and_report(self, studio: Studio) -> None:
        desks, window = self._desks, self._window
        window.close_requested.connect(studio.close)
        window.actions_.about.triggered.connect(studio.show_about)
        for asked in (
            window.actions_.quit.triggered,
            self._tray.quit_requested,
            desks.exchange.quit_requested,
        ):
            asked.connect(studio.leave)
        desks.backups.restore_decided.connect(studio.leave_to_restore)
        for failed in (
            studio.failed,
            desks.library.failed,
            desks.exchange.failed,
            desks.saving.failed,
            desks.tasks.failed,
            desks.writers.failed,
            desks.settings.failed,
            desks.backups.failed,
            desks.updates.failed,
            desks.files.failed,
            self._operations.failed,
            self._processor.storage_failed,
            *(desk.failed for desk in desks.following),
        ):
            failed.connect(studio.report)
