"""Connects the search in the book, which runs off the GUI thread; the newest query wins."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import StorageError
from arboris_desktop.text.finding import PatternError, PatternTooSlowError, Wanted
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.writing.book_replacing import BookReplacement, BookReplacing
from arboris_desktop.writing.book_search import BookHits, BookSearch

_SETTLE_MS = 300
"""Milliseconds after a change of the text."""


class BookSearchDesk(NovelDesk):
    """Searches as the author types; an older search stops when the query changes."""

    shows = Changes(outline=True, texts=True)

    place_opened = Signal(object)
    """A ``BookPlace`` that the author wants to see."""
    chapter_replaced = Signal(int)
    """The texts of some chapters have changed, perhaps including the shown one."""

    def __init__(
        self,
        window: MainWindow,
        search: BookSearch,
        replacing: BookReplacing,
        operations: Operations,
    ) -> None:
        super().__init__(window)
        self._window, self._panel = window, window.search_panel
        self._search, self._replacing = search, replacing
        self._operations = operations
        self._wish = self._answered = 0
        self._is_looking = False
        self._last: BookReplacement | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_SETTLE_MS)
        self._again.timeout.connect(self.look)
        self._connect()

    def _connect(self) -> None:
        window, panel = self._window, self._panel
        window.edit_menu.find_in_book.triggered.connect(self.open)
        panel.wanted_changed.connect(self.look)
        panel.place_opened.connect(self.place_opened)
        panel.replace_requested.connect(self._replace)
        panel.take_back_requested.connect(self._take_back)
        panel.left.connect(window.chapter_view.setFocus)
        window.chapter_view.text_changed_by_author.connect(self._note_change)

    @Slot()
    def open(self) -> None:
        """Shows the panel, with the selected text if it is on one line."""
        passage = self._window.chapter_view.selected_passage()
        self.open_for("" if passage is None or "\n" in passage.text else passage.text)

    @Slot(str)
    def open_for(self, words: str) -> None:
        """Shows the panel, and searches for some words."""
        self._window.show_search()
        self._panel.open(words)

    @Slot(str, str)
    def offer_to_rename(self, old: str, new: str) -> None:
        """Offers to replace a name that was changed in the codex, if it occurs in the text."""
        if self._novel is not None:
            self._novel.spawn(self._offer_to_rename(self._novel, old, new))

    async def _offer_to_rename(self, novel: OpenNovel, old: str, new: str) -> None:
        wanted, unsaved = whole_name(old), self._window.chapter_view.unsaved_texts()
        hits = await self.in_background(lambda: self._search.find(novel.id, wanted, unsaved))
        if hits is not None and hits.count:
            self._window.show_search()
            self._panel.begin_to_rename(old, new)

    def refresh(self) -> None:
        """Looks again: chapters may have come, gone, or been written."""
        self._note_change()

    def end_novel(self) -> None:
        """Shows nothing of the novel any more."""
        super().end_novel()
        self._wish += 1
        self._last = None
        self._panel.show_nothing()

    @Slot()
    def _note_change(self) -> None:
        if self._panel.words.text():
            self._again.start()

    @Slot()
    def look(self) -> None:
        """Searches for the current query."""
        self._again.stop()
        self._wish += 1
        if self._novel is None:
            return
        self._panel.show_searching()
        if not self._is_looking:
            self._novel.spawn(self._look(self._novel))

    async def _look(self, novel: OpenNovel) -> None:
        self._is_looking = True
        try:
            while self._answered != self._wish:
                await self._look_once(novel, self._wish)
        finally:
            self._is_looking = False

    async def _look_once(self, novel: OpenNovel, wish: int) -> None:
        wanted, unsaved = self._panel.wanted(), self._window.chapter_view.unsaved_texts()
        trouble, hits = "", None
        try:
            hits = await self.in_background(
                lambda: self._search.find(novel.id, wanted, unsaved, lambda: wish != self._wish)
            )
        except PatternError:
            trouble = self.tr("Incomplete pattern")
        except PatternTooSlowError:
            trouble = self.tr("This pattern takes too long")
        except StorageError:
            self._panel.show_hits(BookHits(wanted))
            self._panel.show_trouble(self.tr("The book could not be searched"))
            raise
        self._answered = wish
        if wish != self._wish:
            return
        if hits is not None:
            self._panel.show_hits(hits)
        elif trouble:
            self._panel.show_hits(BookHits(wanted))
            self._panel.show_trouble(trouble)

    # --- replacing ---

    @Slot(str)
    def _replace(self, template: str) -> None:
        if self._novel is not None:
            self._novel.spawn(self._replace_all(self._novel, template))

    async def _replace_all(self, novel: OpenNovel, template: str) -> None:
        hits, chosen = self._panel.model.hits, self._panel.model.chosen()
        await self._operations.settled()
        try:
            done = await self._operations.call(
                lambda: self._replacing.replace(novel.id, hits, template, chosen)
            )
        except PatternError:
            self._panel.show_trouble(
                self.tr("The replacement refers to a group that the pattern does not have")
            )
            return
        except PatternTooSlowError:
            self._panel.show_trouble(self.tr("This pattern takes too long"))
            return
        self._last = done
        self._tell(self.tr("%Ln place(s) replaced", "", done.count), done)
        self._panel.offer_to_take_back(bool(done.chapters))

    @Slot()
    def _take_back(self) -> None:
        if self._novel is not None and self._last is not None:
            self._novel.spawn(self._take_all_back(self._last))

    async def _take_all_back(self, last: BookReplacement) -> None:
        await self._operations.settled()
        back = await self._operations.call(lambda: self._replacing.take_back(last))
        self._last = None
        self._panel.offer_to_take_back(False)
        self._tell(self.tr("%Ln chapter(s) as before", "", back.count), back)

    def _tell(self, words: str, outcome: BookReplacement) -> None:
        left = len(outcome.left_alone)
        if left:
            words += self.tr("; %Ln chapter(s) had changed and were left alone", "", left)
        self._panel.show_done(words)
        changed = [each.chapter_id for each in outcome.chapters]
        if changed:
            shown = self._chapter
            is_shown = shown is not None and shown.id in changed
            self.chapter_replaced.emit(shown.id if shown and is_shown else changed[0])
        self.look()


def whole_name(name: str) -> Wanted:
    """Returns a query for a whole name."""
    return Wanted(name, exact=True, whole_word=True)
