"""The middle of the window: one chapter, read, edited, or watched while it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import (
    ChapterDraft,
    ChapterOverview,
    ChapterStatus,
    ChapterVersion,
    Language,
)
from arboris_desktop.llm.provider import CallPhase
from arboris_desktop.text.counts import count_words
from arboris_desktop.ui.chapter.chapter_footer import SaveState
from arboris_desktop.ui.chapter.surface import ChapterSurface
from arboris_desktop.ui.chapter.unfinished_chapters import UnfinishedChapters, WritingFailure
from arboris_desktop.ui.typed_edits import TypedEdits

_RECOUNT_MS = 250


class ChapterView(ChapterSurface):
    """Shows one chapter, while any chapter may be growing.

    What a model writes is kept here for every chapter that is being written: the author may
    look at another one meanwhile and come back. The author's changes are offered for saving in
    ``text_changed_by_author``; each offer is answered by ``text_saved`` or ``save_failed``.
    """

    generate_requested = Signal(int)
    stop_requested = Signal(int)
    text_changed_by_author = Signal(int, str)
    inspection_requested = Signal()
    version_selected = Signal(int)
    draft_kept = Signal(int)
    draft_continued = Signal(int)
    draft_discarded = Signal(int)
    outline_requested = Signal()
    """The plan of the chapter is to be changed."""
    limits_requested = Signal()
    """A limit on spending keeps the chapter from being written, and is to be raised."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        font_points: int = 13,
        edits: TypedEdits | None = None,
    ) -> None:
        super().__init__(parent, font_points=font_points, edits=edits)
        self._version: ChapterVersion | None = None
        self._versions: list[ChapterVersion] = []
        self._unfinished = UnfinishedChapters(self)
        self._in_editor: int | None = None
        self._by_hand: int | None = None
        self._recount = QTimer(self)
        self._recount.setSingleShot(True)
        self._recount.setInterval(_RECOUNT_MS)
        self._measure = QTimer(self)
        self._measure.setSingleShot(True)
        self._measure.setInterval(_RECOUNT_MS)
        self._connect()

    @property
    def version(self) -> ChapterVersion | None:
        """The version that is shown, as it was loaded or last saved."""
        return self._version

    @property
    def is_streaming(self) -> bool:
        """True if the chapter that is shown is being written."""
        return self.chapter_id is not None and self._unfinished.live(self.chapter_id) is not None

    def show_chapter(
        self,
        overview: ChapterOverview,
        version: ChapterVersion | None,
        language: Language,
        versions: Sequence[ChapterVersion] = (),
    ) -> None:
        """Shows a chapter, with its growing text if it is being written.

        Showing the same text again leaves cursor, scroll position and undo as they are.
        """
        self.flush_edits()
        if overview.id != self.chapter_id:
            self._footer.show_save_state(SaveState.UNCHANGED)
            # What this one took is told later; until then it is not what the other took.
            self._footer.show_cost("")
        self._overview, self._version = overview, version
        self._versions, self._language = list(versions), language
        self._editor.set_language(language)
        self._refresh()

    def show_nothing(self) -> None:
        """Goes back to the empty page; growing chapters go on growing."""
        self.flush_edits()
        self._give_editor_to(None)
        self._editor.set_text("", read_only=True)
        self._header.show_nothing()
        self._planned.show_plan("", self._language, self._font_points)
        self._footer.show_versions((), None)
        self._footer.show_cost("")
        self._page.set_notice_visible(False)
        self._overview, self._version, self._versions = None, None, []
        self._pages.setCurrentWidget(self._empty)

    def end_novel(self) -> None:
        """Nothing of the novel that was open is shown any more."""
        self._by_hand = None
        self.show_nothing()
        self._editor.forget_chapters()

    def update_overview(self, overview: ChapterOverview) -> None:
        """Shows a changed title, plan or state of the chapter that is shown; ignores others."""
        if overview.id == self.chapter_id:
            self._overview = overview
            self._show_header()

    def begin_writing(
        self, overview: ChapterOverview, initial_text: str = "", language: Language | None = None
    ) -> None:
        """A model begins to write a chapter, after ``initial_text`` if a draft is continued."""
        self.flush_edits()
        self.model_changes_text.emit(overview.id)
        self._unfinished.begin(overview.id, initial_text, language or self._language)
        if overview.id == self.chapter_id:
            self._overview = overview
            self._refresh()

    def append(self, chapter_id: int, text: str) -> None:
        """Adds what the model wrote. After the writing has ended, the call does nothing."""
        self._unfinished.append(chapter_id, text)

    def replace(self, chapter_id: int, text: str) -> None:
        """Some of what the model wrote was not the chapter: shows the text as it is now."""
        if self._unfinished.replace(chapter_id, text):
            self._refresh_if_shown(chapter_id)

    def show_waiting(self, chapter_id: int, phase: CallPhase) -> None:
        """Says what the model is at while no words come."""
        live = self._unfinished.live(chapter_id)
        if live is not None:
            live.waiting.note(phase)
            if chapter_id == self.chapter_id:
                self._header.show_progress()

    def writing_stopped(self, chapter_id: int) -> None:
        """The writing ended early. What came stays in view until its draft's fate is decided."""
        self._unfinished.stop(chapter_id)
        self._refresh_if_shown(chapter_id)

    def finish_writing(self, version: ChapterVersion) -> None:
        """The chapter is complete and stored: it can be edited from now on."""
        chapter_id = version.chapter_id
        self._unfinished.forget(chapter_id)
        if self._overview is not None and chapter_id == self._overview.id:
            self._adopt(version)
            self._overview = replace(self._overview, has_draft=False)
            self._refresh()

    def offer_draft(self, draft: ChapterDraft) -> None:
        """Offers to keep, continue or discard an unfinished draft, and shows its text."""
        self._unfinished.offer(draft)
        self._refresh_if_shown(draft.chapter_id)

    def withdraw_draft(self, chapter_id: int) -> None:
        """The draft is gone, or a notice was settled: shows the chapter itself again."""
        self._unfinished.forget(chapter_id)
        if self._overview is not None and chapter_id == self._overview.id:
            self._overview = replace(self._overview, has_draft=False)
            self._refresh()

    def show_cost(self, chapter_id: int, words: str) -> None:
        """Says what the chapter took until now, if it is the one that is shown."""
        if chapter_id == self.chapter_id:
            self._footer.show_cost(words)

    def cost_text(self) -> str:
        """The words about the chapter's cost."""
        return self._footer.cost_text()

    def show_failure(self, chapter_id: int, kind: ErrorKind, detail: str, has_draft: bool) -> None:
        """The writing failed. The notice waits for the author also while another is shown."""
        self._unfinished.fail(chapter_id, WritingFailure(kind, detail, has_draft))
        self._refresh_if_shown(chapter_id)

    def has_unsaved_edits(self) -> bool:
        """True if any change of the author's is not known to be on the disk."""
        return self._edits.is_any_pending

    def unsaved_texts(self) -> dict[int, str]:
        """The author's texts that are not known to be on the disk, by chapter."""
        unsaved = self._edits.all_unsaved().items()
        return {cast(int, chapter_id): str(text) for chapter_id, text in unsaved}

    def text_saved(self, version: ChapterVersion) -> None:
        """The author's text is on the disk, in this version."""
        newest = self._edits.confirm(version.chapter_id, version.content)
        if version.chapter_id == self.chapter_id:
            self._adopt(version)
            self._footer.show_versions(self._versions, version.id)
            self._show_words()
            if newest:
                self._footer.show_save_state(SaveState.SAVED)

    def save_failed(self, chapter_id: int, reason: str) -> None:
        """The author's text could not be saved. It stays here and is offered again, at the
        latest after some seconds: show no dialog for each failure."""
        self._edits.fail(chapter_id)
        if chapter_id == self.chapter_id:
            self._footer.show_save_state(SaveState.FAILED, reason)

    def give_up(self, chapter_id: int) -> None:
        """The chapter is gone: its text is not offered for saving any more."""
        self._edits.forget(chapter_id)

    def set_can_generate(self, possible: bool, reason: str = "") -> None:
        """Enables or disables the ways to start writing; the reason becomes their tooltip."""
        self._planned.set_can_generate(possible, reason)

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush_edits()
        super().hideEvent(event)

    def _connect(self) -> None:
        self._header.outline_requested.connect(self.outline_requested)
        self._planned.generate_requested.connect(self._ask_to_generate)
        self._banner.retry_requested.connect(self._ask_to_generate)
        self._banner.limits_requested.connect(self.limits_requested)
        self._planned.write_requested.connect(self._write_by_hand)
        self._planned.inspection_requested.connect(self.inspection_requested)
        self._header.stop_requested.connect(lambda: self._emit_for_chapter(self.stop_requested))
        self._banner.keep_requested.connect(lambda: self._emit_for_chapter(self.draft_kept))
        self._banner.continue_requested.connect(
            lambda: self._emit_for_chapter(self.draft_continued)
        )
        self._banner.discard_requested.connect(lambda: self._emit_for_chapter(self.draft_discarded))
        self._editor.edited.connect(self._note_edit)
        self._editor.focus_left.connect(self._edits.flush_typed)
        self._unfinished.grew.connect(self._grow)
        self._edits.changed.connect(self._offer_edit)
        self._footer.version_selected.connect(self._choose_version)
        self._footer.zoom_reset.connect(lambda: self.set_zoom(100))
        self._recount.timeout.connect(self._show_words)
        self._editor.selectionChanged.connect(self._measure.start)
        self._measure.timeout.connect(self._show_selection)

    def _refresh_if_shown(self, chapter_id: int) -> None:
        if chapter_id == self.chapter_id:
            self._refresh()

    def _refresh(self) -> None:
        assert self._overview is not None
        self._pages.setCurrentWidget(self._page)
        self._show_text(self._overview.id)
        self._show_header()
        self._show_notice(self._overview.id)
        shown = None if self._version is None else self._version.id
        self._footer.show_versions(self._versions, shown)

    def _show_text(self, chapter_id: int) -> None:
        live = self._unfinished.live(chapter_id)
        draft = self._unfinished.draft(chapter_id)
        if live is not None:
            self._show_read_only(chapter_id, live.text)
        elif draft is not None:
            self._show_read_only(chapter_id, draft)
        else:
            text = self._text_of_author(chapter_id)
            self._show_editable(chapter_id, text or "")
            if text is None:
                self._show_plan()

    def _text_of_author(self, chapter_id: int) -> str | None:
        unsaved = self._edits.unsaved(chapter_id)
        if unsaved is not None:
            return str(unsaved)
        if self._version is not None:
            return self._version.content
        return "" if self._by_hand == chapter_id else None

    def _show_read_only(self, chapter_id: int, text: str) -> None:
        shown = self._in_editor == chapter_id and self._editor.isReadOnly()
        if not shown or not self._editor.shows(text):
            self._give_editor_to(chapter_id)
            self._editor.begin_stream(text)
        self._page.show_text()

    def _show_editable(self, chapter_id: int, text: str) -> None:
        same = self._in_editor == chapter_id
        is_read = self._editor.isReadOnly()
        if same and is_read:
            self._editor.end_stream()
        if not same or is_read or not self._editor.shows(text):
            self._give_editor_to(chapter_id)
            self._editor.show_chapter(chapter_id, text, keep_place=same)
        self._page.show_text()

    def _give_editor_to(self, chapter_id: int | None) -> None:
        """Gives the editor to another text; what was typed into it until now is taken out first."""
        self._edits.flush_typed()
        self._in_editor = chapter_id

    def _show_plan(self) -> None:
        assert self._overview is not None
        self._planned.show_plan(self._overview.outline, self._language, self._font_points)
        self._page.show_plan()

    def _show_header(self) -> None:
        assert self._overview is not None
        chapter_id = self._overview.id
        live = self._unfinished.live(chapter_id)
        has_draft = self._overview.has_draft or self._unfinished.draft(chapter_id) is not None
        count = count_words(self._editor.text(), self._language) if live is None else 0
        self._header.show_chapter(
            replace(self._overview, has_draft=has_draft), self._language, count
        )
        if live is not None:
            self._header.show_writing(live)

    def _show_notice(self, chapter_id: int) -> None:
        notice = self._unfinished.notice(chapter_id)
        if isinstance(notice, ChapterDraft):
            self._banner.show_draft(notice, self._language)
        elif notice is not None:
            self._banner.show_failure(notice.kind, notice.detail, has_draft=notice.has_draft)
        self._page.set_notice_visible(notice is not None)

    @Slot(int, str)
    def _grow(self, chapter_id: int, text: str) -> None:
        live = self._unfinished.live(chapter_id)
        if live is not None and chapter_id == self.chapter_id:
            self._editor.append_stream(text)
            self._header.show_words(live.word_count)

    def _adopt(self, version: ChapterVersion) -> None:
        assert self._overview is not None
        known = [other for other in self._versions if other.id != version.id]
        self._versions = sorted([*known, version], key=lambda each: each.id)
        self._version = version
        self._overview = replace(
            self._overview, status=ChapterStatus.WRITTEN, selected_version_id=version.id
        )

    @Slot()
    def _note_edit(self) -> None:
        if self._in_editor is not None:
            self._edits.touch(self._in_editor, self._editor.stored_text)
            self._recount.start()

    @Slot(object, object)
    def _offer_edit(self, chapter_id: int, text: str) -> None:
        if chapter_id == self.chapter_id:
            self._footer.show_save_state(SaveState.SAVING)
        self.text_changed_by_author.emit(chapter_id, text)

    @Slot()
    def _show_words(self) -> None:
        if not self.is_streaming and self._overview is not None:
            self._show_header()

    @Slot()
    def _show_selection(self) -> None:
        self._footer.show_selection(self._editor.selected_text(), self._language)

    @Slot(int)
    def _choose_version(self, version_id: int) -> None:
        self.flush_edits()
        self.version_selected.emit(version_id)

    @Slot()
    def _ask_to_generate(self) -> None:
        self.flush_edits()
        self._emit_for_chapter(self.generate_requested)

    @Slot()
    def _write_by_hand(self) -> None:
        self._by_hand = self.chapter_id
        self._refresh()
        self._editor.setFocus()
