"""Connects the stage of reviews: those of the chapter, and the curves of the book."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.codex import BookPlace
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.reviews import Reader, ReviewKind
from arboris_desktop.ui.asking.desk import AskingDesk, Tell
from arboris_desktop.ui.asking.prompt_preview_dialog import show_preview
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.review.page import ReviewPage
from arboris_desktop.ui.workspace import Stage
from arboris_desktop.writing.call_events import Bill
from arboris_desktop.writing.reviews.reviewing import Reviews


class ReviewDesk(AskingDesk):
    """Requests one review at a time, and measures the book chapter by chapter."""

    shows = Changes(outline=True, texts=True, others=True)

    passage_opened = Signal(object)
    """A ``BookPlace`` that the author wants to see."""

    chapter_opened = Signal(int)
    """A chapter that the author wants to see."""

    reviewed = Signal(str)
    """The id of a novel that was reviewed."""

    def __init__(self, window: MainWindow, reviews: Reviews, operations: Operations) -> None:
        super().__init__(window, operations)
        self._window = window
        self._reviews = reviews
        self._again: Callable[[], None] = self._ask
        self.page = ReviewPage()
        window.workspace.add_page(Stage.REVIEW, self.page)
        self._bar = self.page.call_bar
        self._connect()

    def _connect(self) -> None:
        page = self.page
        page.chapter.review_requested.connect(self._ask)
        page.chapter.passage_requested.connect(self._open_passage)
        page.book.measure_requested.connect(self._measure)
        page.book.chapter_requested.connect(self.chapter_opened)
        page.call_bar.retry_requested.connect(self._try_again)
        page.call_bar.preview_requested.connect(self._preview)
        self._window.workspace.stage_changed.connect(self._follow_stage)

    def refresh(self) -> None:
        """Reads again what is shown."""
        if self._window.workspace.stage is Stage.REVIEW:
            self._show_stage()

    def end_novel(self) -> None:
        """Stops the running review, and shows none."""
        super().end_novel()
        self.drop_call(self._bar)
        self._again = self._ask
        self.page.show_nothing()

    @Slot(object)
    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Switches to another chapter."""
        if self._window.workspace.stage is Stage.REVIEW:
            self._show_stage()

    @Slot(object)
    def _follow_stage(self, stage: Stage) -> None:
        if stage is Stage.REVIEW:
            self.refresh()

    @of_novel
    async def _show_stage(self, novel: OpenNovel) -> None:
        if (chapter := novel.chapter) is not None:
            found = await novel.call(lambda: self._reviews.of_chapter(chapter.id))
            if novel.chapter is not None and novel.chapter.id == chapter.id:
                self.page.chapter.show_chapter(chapter, found)
        self.page.book.show_curves(await novel.call(lambda: self._reviews.curves(novel.id)))

    @Slot()
    def _try_again(self) -> None:
        self._again()

    @Slot()
    def _ask(self) -> None:
        """Requests what is chosen for the chapter whose reviews are shown: the author may have gone
        to another one, which is still being read."""
        chapter = self.page.chapter.shown
        if chapter is not None:
            kind, reader = self.page.chapter.chosen
            self._review(chapter.id, kind, reader or Reader.FAN)

    def _review(self, chapter_id: int, kind: ReviewKind, reader: Reader) -> None:
        if (novel := self._novel) is None or self._bar.is_busy:
            return
        self._again = partial(self._review, chapter_id, kind, reader)

        async def review(tell: Tell) -> None:
            tell(await self._reviews.review(chapter_id, kind, tell, reader=reader))
            self.refresh()
            self.reviewed.emit(novel.id)

        self.begin_call(self._bar, review)

    @Slot()
    def _measure(self) -> None:
        """Measures what is missing, chapter by chapter; finished results stay when it is
        stopped."""
        novel = self._novel
        if novel is None:
            return
        self._again = self._measure

        async def measure(tell: Tell) -> None:
            due = await self._operations.call(
                lambda: self._reviews.due(novel.id, ReviewKind.EMOTION)
            )
            bill = Bill()
            for chapter_id in due:
                bill.add(await self._reviews.review(chapter_id, ReviewKind.EMOTION, tell))
                self.refresh()
            tell(bill.answer(None))
            self.refresh()

        self.begin_call(self._bar, measure)

    @once_of_novel
    async def _preview(self, novel: OpenNovel) -> None:
        if (chapter := self.page.chapter.shown) is None:
            return
        kind, reader = self.page.chapter.chosen
        if self.page.shows_book:
            kind = ReviewKind.EMOTION
        await show_preview(
            lambda: self._reviews.preview(chapter.id, kind, reader or Reader.FAN),
            self._operations,
            self._window,
        )

    @Slot(int, int)
    def _open_passage(self, start: int, end: int) -> None:
        if (chapter := self.page.chapter.shown) is not None:
            self.passage_opened.emit(BookPlace(chapter.id, start, end))
