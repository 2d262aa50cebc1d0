"""Opens the author's novels: one at a time, and each is closed before another is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.novel import Language, ParagraphStyle
from arboris_desktop.domain.record import record
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import EVERYTHING, Changes
from arboris_desktop.ui.novels.novel_reader import NovelReader, NovelReading
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.novels.places import AuthorPlaces
from arboris_desktop.ui.widgets.dialogs import agreed, closed, confirm
from arboris_desktop.ui.work.desk import Desk, spawned, spawned_once
from arboris_desktop.ui.workspace import Stage
from arboris_desktop.writing.editing import SavedText
from arboris_desktop.writing.novels import NovelContents, Novels


@record
class _Wish:
    """A novel to open, and where."""

    project_id: str
    chapter_id: int | None = None
    stage: Stage | None = None
    by_hand: bool = False
    """The author starts writing at once."""


class Library(Desk):
    """The start page with all novels, and the one that is open."""

    shows = Changes(novel=True, outline=True, texts=True, tasks=True)

    novel_found = Signal()
    """The first novel was read, and is shown next."""

    novel_opened = Signal(object)
    """An ``OpenNovel``."""

    novel_changed = Signal(object)
    """The ``Changes`` of the open novel, which has been read again if they affect what it shows."""

    novel_ended = Signal()
    """The previous novel was closed: nothing of it may be shown or kept."""

    chapter_wanted = Signal(int)
    """A chapter of the already open novel."""

    def __init__(
        self,
        window: MainWindow,
        novels: Novels,
        operations: Operations,
        places: AuthorPlaces,
        read_ahead: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._read_ahead: Callable[[], None] | None = read_ahead
        self._places = places
        self._window = window
        self._novels = novels
        self._operations = operations
        self._novel: OpenNovel | None = None
        self._reader: NovelReader | None = None
        self._wish: _Wish | None = None
        start, actions = window.start_page, window.actions_
        start.new_novel_requested.connect(self.begin_novel)
        start.sample_requested.connect(self.open_sample)
        start.novel_opened.connect(self.open_novel)
        start.novel_removal_requested.connect(self._remove)
        actions.home.triggered.connect(self.show_novels)
        actions.new_novel.triggered.connect(self.begin_novel)
        actions.details.triggered.connect(self.describe_novel)
        actions.paragraphs.chosen.connect(self._choose_paragraphs)

    @property
    def novel(self) -> OpenNovel | None:
        """The open novel."""
        return self._novel

    @property
    def contents(self) -> NovelContents | None:
        """The open novel as last read."""
        return self._novel.contents if self._novel else None

    @property
    def project_id(self) -> str | None:
        """The id of the open novel."""
        return self._novel.id if self._novel else None

    # --- the start page ---

    @Slot()
    def show_novels(self) -> None:
        """Returns to the list of novels; what is being written continues."""
        self._wish = None
        self._window.flush_edits()
        self._window.show_start_page()
        self._list_novels()

    @spawned
    async def _list_novels(self) -> None:
        novels = await self._operations.call(self._novels.all)
        known = {novel.id: novel.title for novel in novels}
        last = self._places.last(known)
        page = self._window.start_page
        page.show_novels(novels)
        page.offer_to_continue(last, known[last.project_id] if last else "")
        if not self._window.is_in_studio:
            page.setFocus()

    @spawned_once
    async def begin_novel(self) -> None:
        """Asks for a new novel and opens it."""
        from arboris_desktop.ui.novels.new_novel_dialog import NewNovelDialog

        dialog = NewNovelDialog(self._window)
        if not await agreed(dialog):
            return
        if dialog.wants_import():
            self._window.actions_.import_novel.trigger()
            return
        novel, by_hand = dialog.novel(), dialog.begins_blank()
        stage = Stage.IDEA if dialog.begins_with_idea() else Stage.CHAPTERS if by_hand else None
        project_id = await self._operations.call(lambda: self._novels.create(novel))
        self._open(_Wish(project_id, stage=stage, by_hand=by_hand))

    @spawned_once
    async def open_sample(self, language: str) -> None:
        """Copies the sample novel and opens it."""
        self.open_novel(
            await self._operations.call(lambda: self._novels.create_sample(Language(language)))
        )

    @Slot()
    def describe_novel(self) -> None:
        """Asks for title, author and numbering of the open novel."""
        if self._novel is not None:
            self._novel.spawn(self._describe(self._novel))

    async def _describe(self, novel: OpenNovel) -> None:
        from arboris_desktop.ui.novels.details_dialog import DetailsDialog

        dialog = DetailsDialog(novel.contents.project, self._window)
        if await agreed(dialog):
            details = (dialog.title(), dialog.author(), dialog.numbering())
            await novel.call(lambda: self._novels.describe(novel.id, *details))
            self.refresh()

    @spawned_once
    async def _remove(self, project_id: str) -> None:
        sure = await confirm(
            self._window,
            self.tr("Delete this novel?"),
            self.tr("All its chapters, versions and findings are deleted for good."),
            yes=self.tr("Delete"),
            no=self.tr("Keep it"),
            destructive=True,
        )
        if sure:
            if project_id == self.project_id:
                self._end_novel()
            await self._operations.call(lambda: self._novels.remove(project_id))
            self.show_novels()

    # --- opening ---

    @Slot(str)
    def open_novel(self, project_id: str) -> None:
        """Opens a novel at its first chapter, or at a draft that a crash left."""
        self._open(_Wish(project_id))

    def go_to(self, project_id: str, chapter_id: int) -> None:
        """Shows a chapter of any novel, opening that first if necessary."""
        self._open(_Wish(project_id, chapter_id, Stage.CHAPTERS))

    def _open(self, wish: _Wish) -> None:
        """Waits for open dialogs: they may be about the novel, or contain typed text."""
        self._wish = wish
        is_at_rest = self._novel is None or self._novel.is_at_rest
        if is_at_rest and QApplication.activeModalWidget() is None:
            self._open_now(wish)
        else:
            self.spawn(self._open_later(wish))

    async def _open_later(self, wish: _Wish) -> None:
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            await closed(dialog)
        if self._novel is not None:
            await self._novel.rest()
        if self._wish is wish:
            self._open_now(wish)

    def _open_now(self, wish: _Wish) -> None:
        if self._novel is not None and self._novel.id == wish.project_id:
            self._come_back(self._novel, wish)
            return
        self._end_novel()
        self._read(wish)

    @spawned
    async def _read(self, wish: _Wish) -> None:
        reader = NovelReader(self._novels, wish.project_id)
        try:
            reading = await self._operations.call(reader.read)
            await self._make_ready()
        except Exception:
            if self._wish is wish:
                self.show_novels()
            raise
        if self._wish is wish:
            self._opened(wish, reader, reading)

    async def _make_ready(self) -> None:
        """Imports what shows a novel on another thread, and makes it in a separate turn of the
        event loop: together this would block the window for most of a second."""
        if (read_ahead := self._read_ahead) is None:
            return
        await self.in_background(read_ahead)
        if self._read_ahead is not None:
            self._read_ahead = None
            self.novel_found.emit()
            await asyncio.sleep(0)

    def _opened(self, wish: _Wish, reader: NovelReader, reading: NovelReading) -> None:
        contents, self._reader = reading.contents, reader
        self._novel = novel = OpenNovel(
            contents,
            self._operations,
            self.spawn,
            begins_at=wish.chapter_id,
            by_hand=wish.by_hand,
        )
        self._window.show_studio(contents.project.title)
        self._show_reading(reading)
        self.novel_opened.emit(novel)
        if wish.stage is not None:
            self._window.workspace.begin_at(wish.stage)

    def _come_back(self, novel: OpenNovel, wish: _Wish) -> None:
        self._window.show_studio(novel.contents.project.title)
        self.refresh()
        if wish.stage is not None:
            self._window.workspace.begin_at(wish.stage)
        shown = novel.chapter
        if wish.chapter_id is not None:
            self.chapter_wanted.emit(wish.chapter_id)
        elif shown is not None:
            self.chapter_wanted.emit(shown.id)

    def _end_novel(self) -> None:
        if self._novel is not None:
            self._novel.end()
            self._novel = self._reader = None
            self._window.forget_novel()
            self.novel_ended.emit()

    # --- what has changed ---

    @Slot(object)
    def tell(self, changes: Changes) -> None:
        """Reports a change of the open novel to the desks, after reading the novel again if
        necessary."""
        if self._novel is None or self._reader is None:
            return
        if not changes.touch(self.shows):
            self.novel_changed.emit(changes)
            return
        self._novel.spawn(self._read_again(self._novel, self._reader, changes))

    @Slot()
    def refresh(self) -> None:
        """Reads all of the open novel again: anything may have changed."""
        self.tell(EVERYTHING)

    @Slot()
    def look_again(self) -> None:
        """Reads again what is shown: the list of novels, or the open one."""
        if self._window.is_in_studio:
            self.refresh()
        else:
            self._list_novels()

    @Slot(object)
    def note_saved(self, saved: SavedText) -> None:
        """Updates a published chapter at its first change, from when on it is marked as changed
        since."""
        shown = self._novel and self._novel.chapter
        is_published = (
            shown and shown.id == saved.version.chapter_id and shown.published_at is not None
        )
        if shown and is_published and not shown.is_changed_since_published:
            self.refresh()

    async def _read_again(self, novel: OpenNovel, reader: NovelReader, changes: Changes) -> None:
        try:
            reading = await novel.call(reader.read)
        except NotFoundError:
            # Another window or command has deleted it.
            self._end_novel()
            self.show_novels()
            raise
        novel.contents = contents = reading.contents
        if self._window.is_in_studio:
            # Its title may have changed.
            self._window.show_studio(contents.project.title)
        self._show_reading(reading)
        self.novel_changed.emit(changes)

    @Slot(object)
    def _choose_paragraphs(self, style: ParagraphStyle) -> None:
        if self._novel is not None:
            self._window.show_paragraphs(style)
            self._novel.spawn(self._keep_paragraphs(self._novel, style))

    async def _keep_paragraphs(self, novel: OpenNovel, style: ParagraphStyle) -> None:
        await novel.call(lambda: self._novels.set_paragraphs(novel.id, style))
        self.refresh()

    def _show_reading(self, reading: NovelReading) -> None:
        contents, tree = reading.contents, self._window.project_tree
        self._window.show_paragraphs(contents.project.paragraphs)
        if reading.tree is None:
            tree.show_changes(contents.project, contents.chapters, reading.changed)
        else:
            tree.show_novel(contents.project, contents.volumes, contents.chapters, reading.tree)
