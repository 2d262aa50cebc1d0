"""The page of a chapter: its text for editing, a growing text, a draft, or its plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from arboris_desktop.domain.novel import (
    ChapterDraft,
    ChapterOverview,
    ChapterStatus,
    ChapterVersion,
    Language,
)
from arboris_desktop.text.counts import count_words
from arboris_desktop.ui.chapter.chapter_footer import SaveState
from arboris_desktop.ui.chapter.surface import ChapterSurface
from arboris_desktop.ui.chapter.unfinished_chapters import UnfinishedChapters
from arboris_desktop.ui.typed_edits import TypedEdits

_RECOUNT_MS = 250


class ShownChapter(ChapterSurface):
    """Shows a chapter in any state.

    The text of every chapter that is being written is kept here: the author may look at another one
    meanwhile and return.
    """

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
        self._being_written: frozenset[int] = frozenset()
        self._recount = QTimer(self)
        self._recount.setSingleShot(True)
        self._recount.setInterval(_RECOUNT_MS)
        self._measure = QTimer(self)
        self._measure.setSingleShot(True)
        self._measure.setInterval(_RECOUNT_MS)
        self._unfinished.grew.connect(self._grow)
        self._recount.timeout.connect(self._show_words)
        self._editor.selectionChanged.connect(self._measure.start)
        self._measure.timeout.connect(self._show_selection)

    @property
    def version(self) -> ChapterVersion | None:
        """The shown version, as loaded or last saved."""
        return self._version

    @property
    def unfinished(self) -> UnfinishedChapters:
        """The chapters that are being written, and those whose writing ended early."""
        return self._unfinished

    @property
    def edits(self) -> TypedEdits:
        """Typed text that is not saved yet, by chapter."""
        return self._edits

    @property
    def shows_text(self) -> bool:
        """True if an editable text is shown."""
        return self._can_edit() and self._in_editor == self.chapter_id

    def follow_edit(self, chapter_id: int, text: str) -> None:
        """Applies what the author typed of a chapter in another pane, if it is shown."""
        if chapter_id != self.chapter_id:
            return
        if self.shows_text:
            self._editor.follow_text(text)
            self._recount.start()
        else:
            self._refresh()

    @property
    def is_streaming(self) -> bool:
        """True if the shown chapter is being written."""
        return self.chapter_id is not None and self._unfinished.live(self.chapter_id) is not None

    def show_chapter(
        self,
        overview: ChapterOverview,
        version: ChapterVersion | None,
        language: Language,
        versions: Sequence[ChapterVersion] = (),
    ) -> None:
        """Shows a chapter, with its growing text if it is being written.

        Showing the same text again keeps cursor, scroll position and undo history.
        """
        self.flush_edits()
        if overview.id != self.chapter_id:
            # Before the other pane can be typed in: it may show the text that is replaced.
            self.text_left.emit()
            self._footer.show_save_state(SaveState.UNCHANGED)
            # What this pane took is reported later; until then it is not what the other one took.
            self._footer.show_cost(str)
        self._overview, self._version = overview, version
        self._versions, self._language = list(versions), language
        self._editor.set_language(language)
        self._refresh()

    def show_nothing(self) -> None:
        """Returns to the empty page; growing chapters continue."""
        self.flush_edits()
        self.text_left.emit()
        self._give_editor_to(None)
        self._editor.set_text("", read_only=True)
        self._header.show_nothing()
        self._planned.show_plan("", self._language, self._font_points)
        self._footer.show_versions((), None)
        self._footer.show_cost(str)
        self._page.set_notice_visible(False)
        self._overview, self._version, self._versions = None, None, []
        self._show_page(self.without_chapter)

    def end_novel(self) -> None:
        """Shows nothing of the previous novel any more."""
        self._by_hand = None
        self.without_chapter.show_chapters(())
        self.show_nothing()
        self._editor.forget_chapters()

    def update_overview(self, overview: ChapterOverview) -> None:
        """Updates title, plan or state of the shown chapter; ignores others."""
        if overview.id == self.chapter_id:
            self._overview = overview
            self._show_header()

    def set_writing(self, chapter_ids: Collection[int]) -> None:
        """Records that these chapters are being written, possibly elsewhere."""
        before, self._being_written = self._being_written, frozenset(chapter_ids)
        if self.chapter_id in before ^ self._being_written and not self.is_streaming:
            self._show_header()

    def show_cost(self, chapter_id: int, words: Callable[[], str]) -> None:
        """Shows the cost of the chapter so far, if it is the shown one."""
        if chapter_id == self.chapter_id:
            self._footer.show_cost(words)

    def cost_text(self) -> str:
        """The words about the chapter's cost."""
        return self._footer.cost_text()

    def _refresh_if_shown(self, chapter_id: int) -> None:
        if chapter_id == self.chapter_id:
            self._refresh()

    def _refresh(self) -> None:
        assert self._overview is not None
        self._show_page(self._page)
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
        """Replaces the text of the editor, after collecting what was typed."""
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
            replace(self._overview, has_draft=has_draft),
            self._language,
            count,
            is_written=chapter_id in self._being_written,
        )
        if live is not None:
            self._header.show_writing(live)

    def _show_notice(self, chapter_id: int) -> None:
        notice = self._unfinished.notice(chapter_id)
        if isinstance(notice, ChapterDraft):
            self._banner.show_draft(notice, self._language)
        elif notice is not None:
            self._banner.show_failure(
                notice.kind, notice.detail, has_draft=notice.has_draft, raw=notice.raw
            )
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
    def _show_words(self) -> None:
        if not self.is_streaming and self._overview is not None:
            self._show_header()

    @Slot()
    def _show_selection(self) -> None:
        self._footer.show_selection(self._editor.selected_text(), self._language)
