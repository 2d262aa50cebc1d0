"""The middle of the window: one chapter, read, edited, or watched while it is written."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import ChapterDraft, ChapterOverview, ChapterVersion, Language
from arboris_desktop.llm.provider import CallPhase
from arboris_desktop.ui.chapter.chapter_footer import SaveState
from arboris_desktop.ui.chapter.shown_chapter import ShownChapter
from arboris_desktop.ui.chapter.unfinished_chapters import WritingFailure
from arboris_desktop.ui.typed_edits import TypedEdits

_RECOUNT_MS = 250


class ChapterView(ShownChapter):
    """Shows one chapter, while any chapter may be growing.

    The author's changes are offered for saving by ``text_changed_by_author``; each offer is
    answered by ``text_saved`` or ``save_failed``.
    """

    generate_requested = Signal(int)
    text_changed_by_author = Signal(int, str)
    text_edited = Signal(int)
    """The author has changed the text of a chapter in this pane."""
    failed_to_save = Signal(int, str)
    """The text of a chapter could not be saved, for this reason."""
    inspection_requested = Signal()
    version_selected = Signal(int)
    draft_kept = Signal(int)
    draft_continued = Signal(int)
    draft_discarded = Signal(int)
    outline_requested = Signal()
    """The plan of the chapter should be changed."""
    cure_requested = Signal(object)
    """The ``Cure`` for what keeps the chapter from being written."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        font_points: int = 13,
        edits: TypedEdits | None = None,
    ) -> None:
        super().__init__(parent, font_points=font_points, edits=edits)
        self._connect()

    def begin_writing(
        self, overview: ChapterOverview, initial_text: str = "", language: Language | None = None
    ) -> None:
        """Starts showing a chapter that a model writes, after ``initial_text`` if a draft is
        continued."""
        self.flush_edits()
        self.model_changes_text.emit(overview.id)
        self._unfinished.begin(overview.id, initial_text, language or self._language)
        if overview.id == self.chapter_id:
            self._overview = overview
            self._refresh()

    def append(self, chapter_id: int, text: str) -> None:
        """Appends the model's text; does nothing after the writing has ended."""
        self._unfinished.append(chapter_id, text)

    def replace(self, chapter_id: int, text: str) -> None:
        """Replaces the text, some of which did not belong to the chapter."""
        if self._unfinished.replace(chapter_id, text):
            self._refresh_if_shown(chapter_id)

    def show_waiting(self, chapter_id: int, phase: CallPhase) -> None:
        """Shows the phase of the model while no words arrive."""
        live = self._unfinished.live(chapter_id)
        if live is not None:
            live.waiting.note(phase)
            if chapter_id == self.chapter_id:
                self._header.show_progress()

    def writing_stopped(self, chapter_id: int) -> None:
        """Ends the writing early. The text stays in view until the draft is decided on."""
        self._unfinished.stop(chapter_id)
        self._refresh_if_shown(chapter_id)

    def finish_writing(self, version: ChapterVersion) -> None:
        """Makes the complete, stored chapter editable."""
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
        """Shows the chapter itself again once a draft or a notice is settled."""
        self._unfinished.forget(chapter_id)
        if self._overview is not None and chapter_id == self._overview.id:
            self._overview = replace(self._overview, has_draft=False)
            self._refresh()

    def show_failure(
        self, chapter_id: int, kind: ErrorKind, detail: str, has_draft: bool, raw: str = ""
    ) -> None:
        """Shows that the writing failed; the notice waits even while another chapter is shown.

        ``raw`` is what the model sent, if that is more than the draft.
        """
        self._unfinished.fail(chapter_id, WritingFailure(kind, detail, has_draft, raw))
        self._refresh_if_shown(chapter_id)

    def has_unsaved_edits(self) -> bool:
        """True if any change of the author's may not be on disk yet."""
        return self._edits.is_any_pending

    def unsaved_texts(self) -> dict[int, str]:
        """The author's texts that may not be on disk yet, by chapter."""
        unsaved = self._edits.all_unsaved().items()
        return {cast(int, chapter_id): str(text) for chapter_id, text in unsaved}

    def text_saved(self, version: ChapterVersion) -> None:
        """Records that the author's text is stored in this version."""
        newest = self._edits.confirm(version.chapter_id, version.content)
        if version.chapter_id == self.chapter_id:
            self._adopt(version)
            self._footer.show_versions(self._versions, version.id)
            self._show_words()
            if newest:
                self._footer.show_save_state(SaveState.SAVED)

    def save_failed(self, chapter_id: int, reason: str) -> None:
        """Records that saving failed.

        The text stays here and is offered again, at the latest after some seconds, so do not show a
        dialog for each failure.
        """
        self._edits.fail(chapter_id)
        self.failed_to_save.emit(chapter_id, reason)
        if chapter_id == self.chapter_id:
            self._footer.show_save_state(SaveState.FAILED, reason)

    def give_up(self, chapter_id: int) -> None:
        """Discards the text of a chapter that was deleted."""
        self._edits.forget(chapter_id)

    def begin_by_hand(self, chapter_id: int) -> None:
        """Shows an empty page in place of the plan when the chapter is shown."""
        self._by_hand = chapter_id

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
        self._banner.cure_requested.connect(self.cure_requested)
        self._planned.write_requested.connect(self._write_by_hand)
        self._planned.typed.connect(self._begin_with)
        self._planned.inspection_requested.connect(self.inspection_requested)
        self._banner.keep_requested.connect(lambda: self._emit_for_chapter(self.draft_kept))
        self._banner.continue_requested.connect(
            lambda: self._emit_for_chapter(self.draft_continued)
        )
        self._banner.discard_requested.connect(lambda: self._emit_for_chapter(self.draft_discarded))
        self._editor.edited.connect(self._note_edit)
        self._editor.focus_left.connect(self._edits.flush_typed)
        self._edits.changed.connect(self._offer_edit)
        self._footer.version_selected.connect(self._choose_version)
        self._footer.zoom_reset.connect(lambda: self.set_zoom(100))

    @Slot()
    def _note_edit(self) -> None:
        if self._in_editor is not None:
            self._tell_undone()
            self._edits.touch(self._in_editor, self._editor.stored_text)
            self._recount.start()
            self.text_edited.emit(self._in_editor)

    @Slot(object, object)
    def _offer_edit(self, chapter_id: int, text: str) -> None:
        if chapter_id == self.chapter_id:
            self._footer.show_save_state(SaveState.SAVING)
        self.text_changed_by_author.emit(chapter_id, text)

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

    @Slot(str)
    def _begin_with(self, letters: str) -> None:
        self._write_by_hand()
        type_them = partial(self._editor.insertPlainText, letters)
        self._editor.typing_help.watch(letters, type_them)
