"""Connects the second pane, whose edits are saved in the same way as those of the first."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.novel import ChapterOverview, ChapterVersion
from arboris_desktop.ui.chapter.editor.document_cache import TextPlace
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.second_pane.pane import SecondPane
from arboris_desktop.ui.second_pane.places import PaneContent, SecondPanePlace, SecondPanePlaces
from arboris_desktop.ui.second_pane.shared_text import SharedText
from arboris_desktop.ui.second_pane.volume_desk import VolumeDesk
from arboris_desktop.ui.wording import overview_name
from arboris_desktop.writing.editing import Editing, OpenChapter, SavedText


class SecondPaneDesk(NovelDesk):
    """Shows another chapter beside the one in the first pane, or the same one twice.

    A text has only one way to the disk, that of the first pane: whichever pane it is typed in, it
    is one field of ``TypedEdits``, which knows what is not saved yet.
    """

    shows = Changes(novel=True, outline=True, texts=True)

    pane_made = Signal(object)
    """The ``SecondPane``, for desks that handle text in either pane."""

    def __init__(
        self,
        window: MainWindow,
        editing: Editing,
        saving: SaveDesk,
        places: SecondPanePlaces,
        volume: VolumeDesk,
    ) -> None:
        super().__init__(window)
        self._window, self._view = window, window.chapter_view
        self._editing, self._saving, self._places = editing, saving, places
        self._volume = volume
        self._wanted: SecondPanePlace | None = None
        self._opened: OpenChapter | None = None
        self._planned: ChapterOverview | None = None
        self._made: SecondPane | None = None
        self._shared: SharedText | None = None
        window.actions_.second_pane.triggered.connect(self._switch)
        window.project_tree.second_pane_requested.connect(self.open_chapter)
        window.start_page_shown.connect(self._note_place)

    @property
    def _pane(self) -> SecondPane:
        """Returns the pane, which is made and connected when it is first opened."""
        if self._made is None:
            self._made = pane = self._window.second_pane
            pane.closed.connect(self.close)
            pane.stepped.connect(self._step)
            pane.wished.connect(self._turn_to)
            pane.left.connect(self._leave_pane)
            pane.plan_typed.connect(self._note_plan)
            view = self._view
            self._shared = SharedText(view, pane.editor)
            view.look_changed.connect(self._take_look)
            view.failed_to_save.connect(self._tell_trouble)
            self._saving.saved.connect(self._end_trouble)
            view.unfinished.changed.connect(self._follow_model)
            view.unfinished.grew.connect(self._grow)
            self._take_look()
            self.pane_made.emit(pane)
        return self._made

    # --- the novel ---

    def open_novel(self, novel: OpenNovel) -> None:
        """Restores the second pane of this novel."""
        super().open_novel(novel)
        place = self._places.of_novel(novel.id)
        if place is not None:
            self._window.two_panes.set_share(place.share)
        if place is not None and place.is_open and self._owned(place.chapter_id) is not None:
            self._show(place)

    def refresh(self) -> None:
        """Reads the chapter again; one that was deleted is not shown."""
        if self._wanted is None or self._novel is None:
            return
        if self._owned(self._wanted.chapter_id) is None:
            self._end()
        else:
            self._read()

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Follows the first pane if it shows the same chapter."""
        if self._wanted is not None and chapter.id == self._wanted.chapter_id:
            self._read()

    def end_novel(self) -> None:
        """Saves what was typed, and shows nothing of the novel any more."""
        self._note_place()
        self._end()
        super().end_novel()

    async def stop(self) -> None:
        """Saves what was typed."""
        self._note_place()
        self._leave_pane()
        await super().stop()

    # --- what the author wants to see ---

    @Slot(int)
    def open_chapter(self, chapter_id: int) -> None:
        """Shows a chapter in the second pane: its text, or its plan if it has none."""
        chapter = self._owned(chapter_id)
        if chapter is not None and self._novel is not None:
            has_text = chapter.selected_version_id is not None
            shows = PaneContent.TEXT if has_text else PaneContent.PLAN
            self._window.show_chapters()
            self._show(SecondPanePlace(self._novel.id, chapter.id, shows))
            self._pane.setFocus()

    @Slot(bool)
    def _switch(self, is_open: bool) -> None:
        if not is_open:
            self.close()
        elif self._wanted is not None:
            self._window.show_chapters()
            self._pane.setFocus()
        elif self._novel is not None:
            place = self._places.of_novel(self._novel.id)
            if place is not None and self._owned(place.chapter_id) is not None:
                self._window.show_chapters()
                self._show(replace(place, is_open=True))
                self._pane.setFocus()
            elif (other := self._neighbour(-1) or self._neighbour(1)) is not None:
                self.open_chapter(other.id)

    @Slot()
    def close(self) -> None:
        """Closes the second pane."""
        self._note_place(is_open=False)
        focus: QWidget | None = self._window.focusWidget()
        had_keyboard = focus is not None and self._pane.isAncestorOf(focus)
        self._end()
        if had_keyboard:
            self._view.take_focus()

    @Slot(object, object)
    def _turn_to(self, shows: PaneContent, version_id: int | None) -> None:
        if self._wanted is not None:
            self._show(replace(self._wanted, shows=shows, version_id=version_id))

    @Slot(int)
    def _step(self, by: int) -> None:
        if (other := self._neighbour(by)) is not None:
            self.open_chapter(other.id)

    def _neighbour(self, by: int) -> ChapterOverview | None:
        """Returns the chapter at a distance from the one in this pane, or in the first."""
        if self._novel is None:
            return None
        here = self._wanted.chapter_id if self._wanted is not None else self._view.chapter_id
        chapters = self._novel.contents.chapters
        place = next((n for n, each in enumerate(chapters) if each.id == here), 0) + by
        return chapters[place] if 0 <= place < len(chapters) else None

    def _owned(self, chapter_id: int) -> ChapterOverview | None:
        if self._novel is None:
            return None
        chapters = self._novel.contents.chapters
        return next((each for each in chapters if each.id == chapter_id), None)

    # --- showing ---

    def _show(self, place: SecondPanePlace) -> None:
        self._leave_pane()
        self._wanted, self._opened = place, None
        self._window.open_second_pane(self._pane)
        self._read()

    @of_novel
    async def _read(self, novel: OpenNovel) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        try:
            opened = await novel.call(lambda: self._editing.open(wanted.chapter_id))
        except NotFoundError:
            self._end()
            return
        if self._wanted is not None and self._wanted.chapter_id == opened.overview.id:
            self._show_opened(novel, opened)

    def _show_opened(self, novel: OpenNovel, opened: OpenChapter) -> None:
        is_first = self._opened is None
        self._opened = opened
        if is_first:
            # Typed until now into what is about to be replaced.
            self._leave_pane()
        self._saving.note_chapter(novel.contents.project.title, opened.overview)
        names = [(_version_name(each), each.id) for each in opened.versions]
        self._pane.show_head(overview_name(opened.overview), novel.language, names)
        self._show_content()
        if is_first and self._wanted is not None and self._pane.shows is PaneContent.TEXT:
            at = self._wanted
            if at.position or at.scroll:
                self._pane.editor.go_to(TextPlace(at.position, at.position, at.scroll))

    def _show_content(self) -> None:
        wanted, opened = self._wanted, self._opened
        if wanted is None or opened is None:
            return
        self._pane.show_note("")
        version = next((each for each in opened.versions if each.id == wanted.version_id), None)
        if wanted.shows is PaneContent.VOLUME:
            self._volume.show_around(opened.overview, self._pane)
        elif wanted.shows is PaneContent.PLAN:
            self._planned = opened.overview
            self._pane.show_plan(self._view.header.plan_of(opened.overview))
        elif wanted.shows is PaneContent.VERSION and version is not None:
            self._pane.show_version(version.id, version.content)
            self._pane.show_note(_version_name(version))
        else:
            self._show_text(opened)

    def _show_text(self, opened: OpenChapter) -> None:
        self._settle()
        chapter_id, unfinished = opened.overview.id, self._view.unfinished
        if (live := unfinished.live(chapter_id)) is not None:
            self._pane.show_growing(live.text)
            self._pane.show_note(self.tr("A model is writing this chapter."))
        elif (draft := unfinished.draft(chapter_id)) is not None:
            self._pane.show_growing(draft)
            self._pane.show_note(self.tr("An unfinished draft: open the chapter to decide on it."))
        elif self._is_in_view and self._view.shows_text:
            self._pane.show_text(chapter_id, self._view.stored_text())
        else:
            self._pane.show_text(chapter_id, self._text_of(opened))

    def _text_of(self, opened: OpenChapter) -> str:
        """Returns the text as typed or as stored; in the latter case the author's edits are based
        on it."""
        chapter_id, version = opened.overview.id, opened.version
        unsaved = self._view.edits.unsaved(chapter_id)
        if unsaved is not None:
            return str(unsaved)
        if not self._is_in_view:
            self._saving.note_base(chapter_id, version)
        return "" if version is None else version.content

    @property
    def _is_in_view(self) -> bool:
        """True if both panes show the same chapter."""
        return self._wanted is not None and self._view.chapter_id == self._wanted.chapter_id

    def _end(self) -> None:
        self._leave_pane()
        self._wanted = self._opened = self._planned = None
        self._volume.clear()
        if self._made is not None:
            self._made.editor.forget_chapters()
        self._window.close_second_pane()

    @Slot()
    def _note_place(self, *, is_open: bool = True) -> None:
        if self._wanted is None or self._made is None:
            return
        share = self._window.two_panes.share
        place = replace(self._wanted, is_open=is_open, share=share)
        if self._made.shows is PaneContent.TEXT:
            at = self._made.editor.place()
            place = replace(place, position=at.position, scroll=at.scroll)
        self._places.remember(place)

    @Slot()
    def _take_look(self) -> None:
        self._view.lend_look(self._pane.editor)
        self._view.lend_aids(self._pane.editor)

    # --- typing ---

    def _settle(self) -> None:
        if self._shared is not None:
            self._shared.settle()

    @Slot()
    def _leave_pane(self) -> None:
        """Collects what was typed before the pane shows something else or loses focus."""
        self._settle()
        self._view.edits.flush_typed()
        self._view.header.flush()

    @Slot()
    def _note_plan(self) -> None:
        if self._planned is not None:
            self._view.header.take_plan(self._planned, self._pane.plan_text)

    @Slot(int, str)
    def _tell_trouble(self, chapter_id: int, reason: str) -> None:
        if self._wanted is not None and self._wanted.chapter_id == chapter_id:
            self._pane.show_note(self.tr("Could not save: {reason}").format(reason=reason))

    @Slot(object)
    def _end_trouble(self, saved: SavedText) -> None:
        if saved.version.chapter_id == self._pane.editor.chapter_id:
            self._pane.show_note("")

    # --- models ---

    @Slot(int)
    def _follow_model(self, chapter_id: int) -> None:
        """Follows a model that writes the chapter.

        Nothing can be typed from its first moment on; its result is read once the first pane knows
        it.
        """
        if self._wanted is None or self._wanted.chapter_id != chapter_id:
            return
        if self._opened is not None and self._view.unfinished.live(chapter_id) is not None:
            self._show_content()
        else:
            self._read()

    @Slot(int, str)
    def _grow(self, chapter_id: int, text: str) -> None:
        is_shown = self._wanted is not None and self._wanted.chapter_id == chapter_id
        if is_shown and self._pane.is_growing:
            self._pane.editor.append_stream(text)


def _version_name(version: ChapterVersion) -> str:
    from arboris_desktop.domain.clock import utc_now
    from arboris_desktop.ui.snapshots.words import moment_words, version_name

    return f"{version_name(version)}, {moment_words(version.created_at, utc_now())}"
