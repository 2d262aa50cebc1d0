"""Keeps today's words visible, and opens the page of statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.domain.writing_days import WritingRecord, WritingTargets, local_day
from arboris_desktop.text.counts import count_words, published_length
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.widgets.dialogs import ask
from arboris_desktop.writing.editing import SavedText
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.writing_days import WritingDays

if TYPE_CHECKING:
    from arboris_desktop.ui.statistics.dialog import StatisticsDialog, Written

_MINUTE_MS = 60_000


class StatisticsDesk(NovelDesk):
    """Counts what is saved, reads the days again when a model has written, and updates each minute,
    since a day may end."""

    shows = Changes(others=True)

    def __init__(
        self,
        window: MainWindow,
        days: WritingDays,
        preferences: Preferences,
        operations: Operations,
        status_bar: StudioStatusBar,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._days, self._preferences = days, preferences
        self._operations = operations
        self._status_bar = status_bar
        self._clock = clock
        self._record = WritingRecord()
        self._usual = WritingSettings()
        """The target length of chapters without one of their own."""
        self._before: dict[str, int] = {}
        """The author's own words in each novel when it was first opened in this session."""
        self._dialog: StatisticsDialog | None = None
        self._minutes = QTimer(self)
        self._minutes.setInterval(_MINUTE_MS)
        self._minutes.timeout.connect(self._show)
        window.actions_.statistics.triggered.connect(self.open)
        status_bar.statistics_requested.connect(self.open)

    def open_novel(self, novel: OpenNovel) -> None:
        """Shows what was written in a novel today."""
        super().open_novel(novel)
        self._minutes.start()

    def end_novel(self) -> None:
        """Shows nothing."""
        super().end_novel()
        self._minutes.stop()
        self._record = WritingRecord()
        self._status_bar.show_today(None, 0)

    @of_novel
    async def refresh(self, novel: OpenNovel) -> None:
        """Reads the days again, and the usual target."""
        self._take(novel, await self._read(novel))

    async def _read(self, novel: OpenNovel) -> WritingRecord:
        def read() -> tuple[WritingRecord, WritingSettings]:
            return self._days.of_novel(novel.id), self._preferences.get(WritingSettings)

        record, self._usual = await novel.call(read)
        return record

    @Slot(object)
    def note_saved(self, saved: SavedText) -> None:
        """Counts what was saved, in the same way as the database."""
        novel = self._novel
        if novel is None or not (saved.own_words or saved.model_words):
            return
        # What was typed into another novel may be saved after this one was opened.
        if any(each.id == saved.version.chapter_id for each in novel.contents.chapters):
            today = local_day(self._clock())
            self._take(novel, self._record.with_words(today, saved.own_words, saved.model_words))

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Shows the progress of the chapter."""
        self._show()

    def _take(self, novel: OpenNovel, record: WritingRecord) -> None:
        self._record = record
        self._before.setdefault(novel.id, record.own_words)
        self._show()

    @Slot()
    def _show(self) -> None:
        if (novel := self._novel) is None:
            return
        today = self._record.on(local_day(self._clock()))
        target = self._record.targets.day
        self._status_bar.show_today(today.own_words, target, novel.language)
        self._window.chapter_view.header.show_target(self._chapter_target(novel.language))
        if self._dialog is not None:
            self._dialog.show_record(self._record, self._written(novel))

    def _chapter_target(self, language: Language) -> int:
        wanted = self._record.targets.chapter
        return wanted or self._usual.words_in(language)

    def _written(self, novel: OpenNovel) -> Written:
        from arboris_desktop.ui.statistics.dialog import Written

        view, language = self._window.chapter_view, novel.language
        text = view.current_text() if view.chapter_id is not None else None
        is_chinese = language is Language.CHINESE
        return Written(
            language=language,
            today=local_day(self._clock()),
            session=self._record.own_words - self._before.get(novel.id, 0),
            chapter=None if text is None else count_words(text, language),
            chapter_published=published_length(text) if text is not None and is_chinese else None,
            chapter_target=self._chapter_target(language),
            book=novel.contents.project.word_count,
        )

    @Slot()
    def open(self) -> None:
        """Opens the page."""
        self._window.flush_edits()
        self._show_page()

    @once_of_novel
    async def _show_page(self, novel: OpenNovel) -> None:
        # Imported when it is first shown.
        from arboris_desktop.ui.statistics.dialog import StatisticsDialog

        await self._operations.settled()
        self._record = await self._read(novel)
        self._dialog = dialog = StatisticsDialog(self._window)
        dialog.targets_changed.connect(self._aim_at)
        self._show()
        try:
            await ask(dialog)
        finally:
            if self._dialog is dialog:
                self._dialog = None
            dialog.deleteLater()

    @of_novel
    async def _aim_at(self, novel: OpenNovel, targets: WritingTargets) -> None:
        self._take(novel, await novel.call(lambda: self._days.aim_at(novel.id, targets)))
