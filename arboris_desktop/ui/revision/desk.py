"""Connects the revision of passages: from the selection to the accepted changes."""

from __future__ import annotations

from contextlib import aclosing

from PySide6.QtCore import Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.domain.revision import (
    Passage,
    PassageRevision,
    RevisionKind,
    RevisionStatus,
    find_passage,
)
from arboris_desktop.text.differences import text_diff
from arboris_desktop.ui.asking.desk import AskingDesk, Tell
from arboris_desktop.ui.asking.prompt_preview_dialog import show_preview
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.revision.in_place import RevisionInPlace
from arboris_desktop.ui.revision.selection_bar import SelectionBar
from arboris_desktop.ui.widgets.dialogs import show_error
from arboris_desktop.ui.work.desk import spawned
from arboris_desktop.writing.call_events import CallText
from arboris_desktop.writing.chapters.revision import Revision, RevisionReady, RevisionRequest


class RevisionDesk(AskingDesk):
    """Revises one passage at a time."""

    def __init__(self, window: MainWindow, revision: Revision, operations: Operations) -> None:
        super().__init__(window, operations)
        self._window = window
        self._view = window.chapter_view
        self._panel = window.revision_panel
        self._revision = revision
        self._waiting: PassageRevision | None = None
        self._bar = self._panel.call_bar
        self._panel.proposal_requested.connect(self._propose)
        self._panel.preview_requested.connect(self._preview)
        self._panel.applied.connect(self._apply)
        self._panel.rejected.connect(self._reject)
        window.revision_menu.kind_chosen.connect(self.begin)
        window.revision_menu.words_wanted.connect(self._ask_for_words)
        self._in_place = RevisionInPlace(window.chapter_view)
        self._in_place.kept.connect(lambda: self._apply(self._panel.result()))
        self._in_place.another_wanted.connect(self._panel.ask)
        self._in_place.dropped.connect(self._drop)
        self._panel.result_changed.connect(self._show_result)
        self._bar.busy_changed.connect(self._show_state)
        self._beside = SelectionBar()
        self._selection = window.chapter_view.beside_selection(self._beside)
        self._beside.wanted.connect(self._begin_beside)
        self._beside.escaped.connect(self._selection.hide)

    def end_novel(self) -> None:
        """Shows nothing; a waiting proposal returns with its chapter."""
        super().end_novel()
        self.drop_call(self._bar)
        self._waiting = None
        self._show_nothing()

    def _show_nothing(self) -> None:
        self._panel.show_nothing()
        self._in_place.end()

    @Slot()
    def _ask_for_words(self) -> None:
        """Asks for a wish about the selection; sends nothing."""
        if self._selection.show_now():
            self._beside.take_focus()
        else:
            self._window.show_revision()

    @Slot(object, str)
    def _begin_beside(self, kind: RevisionKind, instruction: str) -> None:
        self._selection.hide()
        self._beside.clear()
        self.begin(kind, instruction)

    @Slot(object)
    def begin(self, kind: RevisionKind, instruction: str = "") -> None:
        """Requests a revision of the selected passage; without a selection says what to do."""
        passage = self._view.selected_passage()
        self._window.show_revision()
        if passage is None or self._bar.is_busy:
            return
        self._waiting = None
        self._panel.show_passage(passage, self._view.language, kind, instruction)
        self._propose(kind, instruction)
        self._view.take_focus()

    @Slot(object, str)
    def _propose(self, kind: RevisionKind, instruction: str) -> None:
        request = self._request(kind, instruction)
        if request is None:
            self._tell_changed()
            return
        self._waiting = None
        self._panel.begin_proposal()
        self._in_place.begin(request.passage)
        self.begin_call(self._bar, lambda tell: self._revise(request, tell))

    async def _revise(self, request: RevisionRequest, tell: Tell) -> None:
        async with aclosing(self._revision.propose(request)) as events:
            async for event in events:
                if isinstance(event, RevisionReady):
                    self._compare(event.revision, self._view.language)
                    continue
                tell(event)
                if isinstance(event, CallText):
                    self._panel.append(event.text)
                    self._in_place.append(event.text)

    @once_of_novel
    async def _preview(self, _novel: OpenNovel, kind: RevisionKind, instruction: str) -> None:
        request = self._request(kind, instruction)
        if request is not None:
            await show_preview(
                lambda: self._revision.preview(request), self._operations, self._window
            )

    def _request(self, kind: RevisionKind, instruction: str) -> RevisionRequest | None:
        """Returns the request for the passage at its present position; ``None`` if it is gone."""
        passage = self._panel.passage
        if passage is None or passage.chapter_id != self._view.chapter_id:
            return None
        text = self._view.current_text()
        start = find_passage(text, passage)
        if start is None:
            return None
        passage = Passage(passage.chapter_id, start, passage.text)
        return RevisionRequest(passage, kind, instruction, text)

    @of_novel
    async def show_chapter(self, novel: OpenNovel, chapter: ChapterOverview) -> None:
        """Shows a waiting proposal again with its chapter."""
        chapter_id = chapter.id
        is_shown = self._waiting and self._waiting.passage.chapter_id == chapter_id
        if self.is_calling(self._bar) or is_shown:
            return
        found = await novel.call(lambda: self._revision.waiting(chapter_id))
        if chapter_id != self._view.chapter_id or self.is_calling(self._bar):
            return
        if found is not None:
            self._compare(found, novel.language)
        elif self._panel.passage is not None and self._panel.passage.chapter_id != chapter_id:
            self._show_nothing()

    @of_novel
    async def _compare(
        self, novel: OpenNovel, revision: PassageRevision, language: Language
    ) -> None:
        self._waiting = revision
        passage, proposal = revision.passage.text, revision.proposal
        segments = await novel.call(lambda: text_diff(passage, proposal))
        if self._waiting is revision:
            self._panel.set_prose_look(self._view.prose_look)
            self._panel.show_proposal(revision, language, segments)
            self._show_in_place(revision.passage)

    def _show_in_place(self, passage: Passage) -> None:
        start = find_passage(self._view.current_text(), passage)
        if passage.chapter_id == self._view.chapter_id and start is not None:
            self._in_place.show(Passage(passage.chapter_id, start, passage.text))
            self._show_result()

    @Slot()
    def _show_result(self) -> None:
        if self._waiting is not None:
            self._in_place.show_words(self._panel.result())
            self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self._in_place.show_state(ready=self._waiting is not None, busy=self._bar.is_busy)

    @Slot()
    def _drop(self) -> None:
        if self._waiting is None:
            self.drop_call(self._bar)
        self._end(RevisionStatus.REJECTED)

    @Slot(str)
    def _apply(self, text: str) -> None:
        revision = self._waiting
        if revision is None:
            return
        if revision.passage.chapter_id != self._view.chapter_id:
            return
        start = find_passage(self._view.current_text(), revision.passage)
        self._in_place.end()
        if start is None or not self._view.replace_passage(start, revision.passage.text, text):
            self._tell_changed()
            return
        self._end(RevisionStatus.APPLIED)

    @Slot()
    def _reject(self) -> None:
        self._end(RevisionStatus.REJECTED)

    def _end(self, status: RevisionStatus) -> None:
        if (revision := self._waiting) is not None:
            self._waiting = None
            self._decide(revision, status)
        focus = self._window.focusWidget()
        is_in_panel = self._panel.isAncestorOf(focus)
        self._show_nothing()
        if is_in_panel:
            # The pressed button is gone, so the focus moves to the text.
            self._view.take_focus()

    @spawned
    async def _decide(self, revision: PassageRevision, status: RevisionStatus) -> None:
        await self._operations.call(lambda: self._revision.decide(revision.id, status))

    def _tell_changed(self) -> None:
        show_error(
            self._window,
            self.tr("The passage is no longer there."),
            "",
            self.tr(
                "It was changed after it was selected, or occurs more than once. The chapter "
                "is as you left it, and the proposal is kept. Select the passage again, or "
                "copy what you want from the proposal."
            ),
        )
