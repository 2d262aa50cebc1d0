"""The dialogs around candidates: comparing, merging, instructions, preview."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.candidates import Candidate
from arboris_desktop.text.differences import paragraph_anchors, text_diff
from arboris_desktop.ui.asking.prompt_preview_dialog import show_preview
from arboris_desktop.ui.candidates.page import ShownRounds
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import agreed, ask
from arboris_desktop.writing.call_events import PromptPreview
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds

if TYPE_CHECKING:
    from arboris_desktop.ui.candidates.compare_dialog import CompareCandidatesDialog
    from arboris_desktop.ui.candidates.merge_dialog import MergeState

Decide = Callable[[Callable[[], Any]], None]
"""Runs what decides a round, once the author's edits are saved."""


class CandidateDialogs(NovelDesk):
    """Opens one at a time and reports its result; an abandoned merge can be continued."""

    def __init__(self, window: MainWindow, rounds: CandidateRounds, operations: Operations) -> None:
        super().__init__(window)
        self._window = window
        self._operations = operations
        self._rounds = rounds
        self._merges: dict[tuple[int, ...], MergeState] = {}

    @of_novel
    async def compare(self, novel: OpenNovel, state: ShownRounds) -> None:
        """Shows the differences of two candidates."""
        # The dialogs are imported when they are first shown.
        from arboris_desktop.ui.candidates.compare_dialog import CompareCandidatesDialog

        look = self._window.chapter_view.prose_look
        dialog = CompareCandidatesDialog(state.shown.stored, look, self._window)
        dialog.pair_selected.connect(
            lambda one, other: self.spawn_newest("pair", self._show_pair(novel, dialog, one, other))
        )
        dialog.ask()
        try:
            await agreed(dialog)
        finally:
            self.drop("pair")

    async def _show_pair(
        self, novel: OpenNovel, dialog: CompareCandidatesDialog, one: Candidate, other: Candidate
    ) -> None:
        texts = one.content, other.content
        dialog.show_difference(
            *await novel.call(lambda: (text_diff(*texts), paragraph_anchors(*texts)))
        )

    @of_novel
    async def merge(self, _novel: OpenNovel, state: ShownRounds, decide: Decide) -> None:
        """Lets the author assemble a text, which becomes the chapter's."""
        from arboris_desktop.ui.candidates.merge_dialog import MergeCandidatesDialog

        shown, stored = state.shown, state.shown.stored
        key = tuple(candidate.id for candidate in stored)
        best = None if state.evaluation is None else state.evaluation.recommended
        base = key.index(best.candidate_id) if best and best.candidate_id in key else 0
        dialog = MergeCandidatesDialog(
            stored,
            base,
            self._window.chapter_view.prose_look,
            self._window,
            typing=self._window.chapter_view.typing_settings,
            left=self._merges.get(key),
        )
        try:
            accepted = await ask(dialog) == QDialog.DialogCode.Accepted.value
        finally:
            self._merges[key] = dialog.state()
            dialog.deleteLater()
        if accepted:
            text = self._merges.pop(key).text
            decide(lambda: self._rounds.store_merged(shown.chapter_id, shown.number, text))

    @of_novel
    async def ask_instruction(
        self, _novel: OpenNovel, letter: str | None, instruction: str, then: Callable[[str], None]
    ) -> None:
        """Asks what new candidates should be like."""
        from arboris_desktop.ui.candidates.regenerate_dialog import RegenerateCandidatesDialog

        dialog = RegenerateCandidatesDialog(letter, instruction, self._window)
        if await agreed(dialog):
            then(dialog.wish())

    @of_novel
    async def preview(
        self, _novel: OpenNovel, prepare: Callable[[], Awaitable[PromptPreview]]
    ) -> None:
        """Shows exactly what is sent."""
        await show_preview(prepare, self._operations, self._window)
