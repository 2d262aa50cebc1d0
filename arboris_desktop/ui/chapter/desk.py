"""Connects the chapters, of which one is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.codex import BookPlace
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.chapter.draft_desk import WRITTEN
from arboris_desktop.ui.chapter.editor.document_cache import TextPlace
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.library import Library
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.novels.places import AuthorPlace, AuthorPlaces
from arboris_desktop.ui.wording import overview_name
from arboris_desktop.writing.chapters.drafting import Drafting
from arboris_desktop.writing.editing import Editing, OpenChapter, SavedText
from arboris_desktop.writing.novels import Novels


class WritingDesk(NovelDesk):
    """Shows the chapters of the open novel; ``DraftDesk`` lets them be written."""

    shows = Changes(novel=True, outline=True, texts=True, tasks=True)

    task_queued = Signal()
    """A chapter was stored with its analysis task."""

    chapter_shown = Signal(object)
    """A ``ChapterOverview`` is in the view."""

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        novels: Novels,
        editing: Editing,
        drafting: Drafting,
        operations: Operations,
        *,
        saving: SaveDesk,
        places: AuthorPlaces,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._view = window.chapter_view
        self._library = library
        self._novels = novels
        self._editing = editing
        self._drafting = drafting
        self._operations = operations
        self._saving = saving
        self._places = places
        self._wanted_chapter: int | None = None
        self._reveal: BookPlace | None = None
        self._facts_moved = False
        self._just_opened = self._takes_keyboard = False
        self._connect()

    def _connect(self) -> None:
        window, view, actions = self._window, self._view, self._window.actions_
        self._library.chapter_wanted.connect(self.open_chapter)
        tree = window.project_tree
        tree.chapter_opened.connect(self.open_chapter)
        tree.chapter_entered.connect(self._take_keyboard)
        tree.add_chapter_requested.connect(self.add_chapter)
        view.without_chapter.chapter_opened.connect(self.begin_chapter)
        self._saving.saved.connect(self._on_saved)
        view.version_selected.connect(self._select_version)
        window.start_page_shown.connect(self._note_place)
        window.start_page_shown.connect(self._update_actions)
        actions.add_chapter.triggered.connect(self.add_chapter)
        self._operations.settling.connect(self.flush)

    # --- the novel ---

    def open_novel(self, novel: OpenNovel) -> None:
        """Starts at the requested chapter, at a draft that a crash left, where the author was, or
        at the first."""
        super().open_novel(novel)
        self._just_opened = True
        self._begin()

    @of_novel
    async def _begin(self, novel: OpenNovel) -> None:
        drafts = await novel.call(self._drafting.left_behind)
        for draft in drafts:
            self._view.offer_draft(draft)
        if self._wanted_chapter is not None:
            return
        own = {draft.chapter_id for draft in drafts if draft.project_id == novel.id}
        ids = [chapter.id for chapter in novel.contents.chapters]
        place = self._places.of_novel(novel.id)
        left = (chapter_id for chapter_id in ids if chapter_id in own)
        wishes = (novel.begins_at, *left, place and place.chapter_id, *ids[:1])
        begins_at = next((each for each in wishes if each in ids), None)
        if begins_at is not None:
            if novel.by_hand:
                self._view.begin_by_hand(begins_at)
            self.open_chapter(begins_at)
        elif self._view.isVisible():
            self._view.take_focus()

    def refresh(self) -> None:
        """Updates the shown chapter; one that was deleted is not shown."""
        if self._novel is None:
            return
        self._view.without_chapter.show_chapters(self._novel.contents.chapters)
        if (shown := self._view.chapter_id) is None:
            return
        chapters = {chapter.id: chapter for chapter in self._novel.contents.chapters}
        if shown in chapters:
            self._novel.chapter = chapters[shown]
            self._view.update_overview(chapters[shown])
            return
        self._view.show_nothing()
        self._novel.chapter = None
        wanted = self._wanted_chapter
        if chapters:
            self.open_chapter(wanted if wanted in chapters else next(iter(chapters)))

    def end_novel(self) -> None:
        """Saves what was typed; no chapter of the novel is shown any more."""
        self._note_place()
        super().end_novel()
        self._wanted_chapter = self._reveal = None
        self._view.end_novel()
        self._update_actions()

    # --- chapters ---

    @once_of_novel
    async def add_chapter(self, novel: OpenNovel) -> None:
        """Plans one more chapter at the end of the open novel and shows it."""
        asked_at = self._wanted_chapter
        overview = await novel.call(lambda: self._novels.add_chapter(novel.id))
        self.changed.emit(Changes(outline=True))
        if self._wanted_chapter == asked_at:  # The author may have gone elsewhere since.
            self._take_keyboard()
            self.open_chapter(overview.id)

    @Slot(int)
    def begin_chapter(self, chapter_id: int) -> None:
        """Shows a chapter of the open novel and gives it focus."""
        self._take_keyboard()
        self.open_chapter(chapter_id)

    @Slot()
    def _take_keyboard(self) -> None:
        """Gives focus to the chapter that is shown next."""
        self._takes_keyboard = True

    @Slot(int)
    def open_chapter(self, chapter_id: int) -> None:
        """Shows a chapter of the open novel; ignores chapters of other novels."""
        if self._novel is not None:
            self._wanted_chapter = chapter_id
            self._view.flush_edits()
            self._read_chapter(chapter_id)

    @of_novel
    async def _read_chapter(self, novel: OpenNovel, chapter_id: int) -> None:
        try:
            chapter = await novel.call(lambda: self._editing.open(chapter_id))
        except Exception:
            self._forget_request(chapter_id)
            raise
        if not novel.owns(chapter.overview):
            self._forget_request(chapter_id)
        self._show_chapter(chapter)

    def _forget_request(self, chapter_id: int) -> None:
        """Stays at the shown chapter: the requested one cannot be shown."""
        if self._wanted_chapter == chapter_id:
            self._wanted_chapter = self._view.chapter_id

    def _read_again(self, chapter_id: int) -> None:
        """Shows the new text of a chapter, unless the author has requested another one."""
        if self._wanted_chapter == chapter_id:
            self.open_chapter(chapter_id)

    @Slot(int)
    def lead_to(self, chapter_id: int) -> None:
        """Shows a chapter that waits for the author, unless they have requested another one."""
        asked = self._novel is None or self._novel.begins_at or self._wanted_chapter
        if asked is None:
            self.open_chapter(chapter_id)

    def show_passage(self, passage: BookPlace) -> None:
        """Opens the chapter and marks the passage."""
        self._reveal = passage
        self._window.show_chapters()
        self.open_chapter(passage.chapter_id)

    def _show_chapter(self, chapter: OpenChapter) -> None:
        novel, overview = self._novel, chapter.overview
        if novel is None or not novel.owns(overview) or overview.id != self._wanted_chapter:
            return
        novel.chapter = overview
        self._saving.note_chapter(novel.contents.project.title, overview)
        if not self._view.edits.is_pending(overview.id):
            # What was typed while this was read is based on the text before it.
            self._saving.note_base(overview.id, chapter.version)
        if not (overview.outline.strip() or novel.contents.project.premise.strip()):
            # A model would have no material.
            self._view.begin_by_hand(overview.id)
        self._view.show_chapter(overview, chapter.version, novel.language, chapter.versions)
        self._window.project_tree.select_chapter(overview.id)
        if self._just_opened:
            self._go_back(overview)
        if self._just_opened or self._takes_keyboard:
            self._view.take_focus()
        self._just_opened = self._takes_keyboard = False
        self._show_reveal(chapter)
        self._note_place()
        self._update_actions()
        self.chapter_shown.emit(overview)

    def _show_reveal(self, chapter: OpenChapter) -> None:
        place, self._reveal = self._reveal, None
        # The author may have requested another chapter since.
        if place is None or place.chapter_id != chapter.overview.id or chapter.version is None:
            return
        if place.start is not None and place.end is not None:
            self._view.reveal(place.start, place.end, chapter.version.content)

    @of_novel
    async def _select_version(self, novel: OpenNovel, version_id: int) -> None:
        version = await novel.call(lambda: self._editing.select(version_id))
        self._read_again(version.chapter_id)
        self.changed.emit(Changes(texts=True, codex=True))

    @Slot(int)
    def show_replaced(self, chapter_id: int) -> None:
        """Handles a new text of a chapter, whose analysis is queued."""
        self._read_again(chapter_id)
        self.changed.emit(WRITTEN)
        self.task_queued.emit()

    @Slot(object)
    def _on_saved(self, saved: SavedText) -> None:
        """Updates the rest of the window when the author pauses: reading the novel would delay the
        next save."""
        self._facts_moved |= saved.facts_moved
        if not self._view.has_unsaved_edits():
            self._note_place()
            self.changed.emit(Changes(texts=True, codex=self._facts_moved))
            self._facts_moved = False

    def _go_back(self, chapter: ChapterOverview) -> None:
        """Returns to the author's place in the chapter at which the novel opens."""
        place = self._places.of_novel(chapter.project_id)
        if place is not None and place.chapter_id == chapter.id:
            self._view.go_to(TextPlace(place.position, place.position, place.scroll))

    @Slot()
    def _note_place(self) -> None:
        novel, chapter = self._novel, self._chapter
        if novel is not None and chapter is not None and chapter.id == self._view.chapter_id:
            at = self._view.place()
            self._places.remember(
                AuthorPlace(novel.id, chapter.id, overview_name(chapter), at.position, at.scroll)
            )

    @Slot()
    def _update_actions(self) -> None:
        actions = self._window.actions_
        shown = self._view.chapter_id if self._window.is_in_studio else None
        actions.analyse.setEnabled(shown is not None)

    # --- running things ---

    def flush(self) -> None:
        """Saves what the author typed last."""
        self._view.flush_edits()

    async def stop(self) -> None:
        """Saves what is unsaved."""
        self._note_place()
        self._view.flush_edits()
        await super().stop()
