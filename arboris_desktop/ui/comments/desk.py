"""Connects the comments: from the selection to the panel, and back to the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.codex import BookPlace
from arboris_desktop.domain.comments import Comment
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.revision import Passage
from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.wording import overview_name
from arboris_desktop.writing.comments import Comments
from arboris_desktop.writing.editing import Editing

if TYPE_CHECKING:
    from arboris_desktop.ui.second_pane.pane import SecondPane


class CommentDesk(NovelDesk):
    """Adds, shows and stores comments. The panel is made when it is first opened."""

    shows = Changes(outline=True, texts=True)

    passage_opened = Signal(object)
    """The ``BookPlace`` that a comment is about."""

    def __init__(
        self, window: MainWindow, comments: Comments, editing: Editing, operations: Operations
    ) -> None:
        super().__init__(window)
        self._window, self._view = window, window.chapter_view
        self._comments, self._editing, self._operations = comments, editing, operations
        self._pane: SecondPane | None = None
        self._known: Sequence[Comment] = ()
        self._removed: Comment | None = None
        self._has_panel = False
        self._edits = TypedEdits(self)
        self._edits.changed.connect(self._save)
        operations.settling.connect(self._edits.flush)
        window.actions_.comment.triggered.connect(self._begin)
        window.side.changed.connect(self._look_for_panel)
        self._view.comment_entered.connect(self._point_at)

    # --- what is shown ---

    @Slot(object)
    def follow_pane(self, pane: SecondPane) -> None:
        """Handles comments in the second pane, too."""
        self._pane = pane
        pane.text_shown.connect(self.refresh)
        pane.editor.comment_entered.connect(self._point_at)
        pane.editor.add_to_context_menu(self._window.actions_.comment)

    async def _read(self, novel: OpenNovel) -> None:
        chapter_id = None if self._chapter is None else self._chapter.id
        beside_id = None if self._pane is None else self._pane.editor.chapter_id
        shown = {each for each in (chapter_id, beside_id) if each is not None}

        def read() -> tuple[list[Comment], dict[int, str]]:
            versions = ((each, self._editing.open(each).version) for each in shown)
            texts = {each: "" if version is None else version.content for each, version in versions}
            return self._comments.of_novel(novel.id), texts

        try:
            comments, texts = await novel.call(read)
        except NotFoundError:
            return  # The chapter was deleted: the next one is shown soon.
        if self._chapter is None or self._chapter.id == chapter_id:
            self._show(comments, chapter_id, texts)

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Reads again what an edit may have moved; nothing without comments.

        Another process may have added some.
        """
        if self._known or changes.others:
            super().follow(changes)

    @Slot()
    def refresh(self) -> None:
        """Reads the comments of the novel again."""
        if self._novel is not None:
            self._novel.spawn(self._read(self._novel))

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Marks the comments of another chapter."""
        super().show_chapter(chapter)
        self.refresh()

    def _show(
        self, comments: Sequence[Comment], chapter_id: int | None, texts: Mapping[int, str]
    ) -> None:
        self._known = comments
        for each, stored in texts.items():
            if self._view.chapter_id == each:
                self._view.show_comments(stored, self._places_in(each))
            if self._pane is not None and self._pane.editor.chapter_id == each:
                self._pane.editor.show_stored_comments(stored, self._places_in(each))
        if self._has_panel:
            self._window.comment_panel.show_comments(comments, chapter_id)

    def _places_in(self, chapter_id: int) -> dict[int, Span]:
        """Returns the ranges to mark in a chapter, by the numbers of their comments."""
        return {
            each.id: Span(each.start, each.end)
            for each in self._known
            if each.chapter_id == chapter_id and not (each.is_resolved or each.is_stale)
        }

    def end_novel(self) -> None:
        """Stores what was typed, and shows nothing of the novel any more."""
        self._edits.flush()
        super().end_novel()
        self._known, self._removed = (), None
        if self._has_panel:
            self._window.comment_panel.show_comments((), None)
            self._window.comment_panel.show_removed(False)

    async def stop(self) -> None:
        """Stores what was typed."""
        self._edits.flush()
        await super().stop()

    @Slot(object)
    def _look_for_panel(self, shown: Panel | None) -> None:
        if shown is not Panel.COMMENTS or self._has_panel:
            return
        self._has_panel = True
        panel = self._window.comment_panel
        panel.know(self._chapter_name, self._edits.is_pending)
        panel.add_requested.connect(self._begin)
        panel.passage_requested.connect(self._lead_to)
        panel.typed.connect(self._note_typed)
        panel.resolved.connect(self._resolve)
        panel.removed.connect(self._remove)
        panel.undo_requested.connect(self._put_back)
        panel.show_comments(self._known, None if self._chapter is None else self._chapter.id)

    def _chapter_name(self, chapter_id: int) -> str:
        chapters = () if self._novel is None else self._novel.contents.chapters
        return next((overview_name(each) for each in chapters if each.id == chapter_id), "")

    @Slot(object)
    def _point_at(self, comment_id: int | None) -> None:
        if comment_id is not None and self._window.side.shown is Panel.COMMENTS:
            self._window.comment_panel.point_at(comment_id)

    @Slot(object)
    def _lead_to(self, comment: Comment) -> None:
        known = next((each for each in self._known if each.id == comment.id), comment)
        is_there = not known.is_stale
        place = (known.start, known.end) if is_there else (None, None)
        self.passage_opened.emit(BookPlace(known.chapter_id, *place))

    # --- what is done ---

    @Slot()
    def _begin(self) -> None:
        """Comments on the selection, or opens the comment at the cursor."""
        if self._pane is not None and self._window.chapter_parts.get().is_in_second_pane:
            passage = self._pane.selected_passage()
            here = self._pane.editor.comment_at_cursor()
        else:
            passage, here = self._view.selected_passage(), self._view.comment_at_cursor()
        if passage is not None:
            self._add(passage)
        elif here is not None:
            self._open(here)
        else:
            self._window.tell(self.tr("Select the words first that you want to comment on."))

    @once_of_novel
    async def _add(self, novel: OpenNovel, passage: Passage) -> None:
        # The passage is located in the stored text.
        self._view.flush_edits()
        made = await novel.call(lambda: self._comments.add(passage))
        await self._read(novel)
        self._open(made.id)

    def _open(self, comment_id: int) -> None:
        self._window.show_comments()
        self._window.comment_panel.point_at(comment_id, edit=True)

    @Slot(int, str)
    def _note_typed(self, comment_id: int, text: str) -> None:
        self._edits.touch(comment_id, lambda: text)

    @Slot(object, object)
    def _save(self, comment_id: int, text: str) -> None:
        saving = self._operations.call(lambda: self._comments.edit(comment_id, text))
        self.spawn(self._edits.follow(comment_id, text, saving))

    @Slot(int, bool)
    def _resolve(self, comment_id: int, resolved: bool) -> None:
        self._do(lambda: self._comments.resolve(comment_id, resolved=resolved))

    @Slot(int)
    def _remove(self, comment_id: int) -> None:
        self._edits.flush()
        self._edits.forget(comment_id)
        self._take_away(comment_id)

    @once_of_novel
    async def _take_away(self, novel: OpenNovel, comment_id: int) -> None:
        self._removed = await novel.call(lambda: self._comments.remove(comment_id))
        self._window.comment_panel.show_removed(True)
        self.refresh()

    @Slot()
    def _put_back(self) -> None:
        if (removed := self._removed) is not None:
            self._removed = None
            self._window.comment_panel.show_removed(False)
            self._do(lambda: self._comments.put_back(removed))

    @of_novel
    async def _do(self, novel: OpenNovel, work: Callable[[], object]) -> None:
        await novel.call(work)
        self.refresh()
