"""The dialogs around candidates: comparing, merging, instructions, what is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.candidates import Candidate
from arboris_desktop.text.differences import TextSegment, text_diff
from arboris_desktop.ui.asking.prompt_preview_dialog import show_preview
from arboris_desktop.ui.candidates.compare_dialog import CompareCandidatesDialog
from arboris_desktop.ui.candidates.merge_dialog import MergeCandidatesDialog, MergeState
from arboris_desktop.ui.candidates.page import ShownRounds
from arboris_desktop.ui.candidates.regenerate_dialog import RegenerateCandidatesDialog
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import ask
from arboris_desktop.writing.asking import PromptPreview
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds

Decide = Callable[[Callable[[], Any]], None]
"""Runs what decides a round, once the author's edits are saved."""


class CandidateDialogs:
    """Opens one at a time and says what came of it; a merge that was left can be gone on with."""

    def __init__(
        self,
        window: MainWindow,
        rounds: CandidateRounds,
        operations: Operations,
    ) -> None:
        self._window = window
        self._operations = operations
        self._rounds = rounds
        self._novel: OpenNovel | None = None
        self._comparing: CompareCandidatesDialog | None = None
        self._merges: dict[tuple[int, ...], MergeState] = {}

    def open_novel(self, novel: OpenNovel) -> None:
        """The novel that the dialogs are about."""
        self._novel = novel

    def end_novel(self) -> None:
        """Nothing can be opened any more."""
        self._novel = None

    def compare(self, state: ShownRounds) -> None:
        """Shows what differs between two candidates."""
        points = self._window.chapter_view.font_points
        dialog = CompareCandidatesDialog(state.shown.stored, state.language, points, self._window)
        dialog.pair_selected.connect(partial(self._show_pair, dialog))
        self._comparing = dialog
        dialog.ask()
        self._spawn(self._until_closed(dialog))

    def _show_pair(self, dialog: CompareCandidatesDialog, one: Candidate, other: Candidate) -> None:
        def show(segments: tuple[TextSegment, ...]) -> None:
            if dialog is self._comparing and dialog.pair() == (one, other):
                dialog.show_difference(segments)

        if self._novel is not None:
            self._novel.run(lambda: text_diff(one.content, other.content), show)

    def merge(self, state: ShownRounds, decide: Decide) -> None:
        """Lets the author put a text together, which becomes the chapter's."""
        self._spawn(self._merge(state, decide))

    async def _merge(self, state: ShownRounds, decide: Decide) -> None:
        shown, stored = state.shown, state.shown.stored
        key = tuple(candidate.id for candidate in stored)
        best = None if state.evaluation is None else state.evaluation.recommended
        base = key.index(best.candidate_id) if best and best.candidate_id in key else 0
        dialog = MergeCandidatesDialog(
            stored,
            base,
            state.language,
            self._window,
            font_points=self._window.chapter_view.font_points,
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

    def ask_instruction(
        self, letter: str | None, instruction: str, then: Callable[[str], None]
    ) -> None:
        """Asks what new candidates should be like."""
        self._spawn(self._ask_instruction(letter, instruction, then))

    async def _ask_instruction(
        self, letter: str | None, instruction: str, then: Callable[[str], None]
    ) -> None:
        dialog = RegenerateCandidatesDialog(letter, instruction, self._window)
        try:
            if await ask(dialog) == QDialog.DialogCode.Accepted.value:
                then(dialog.instruction())
        finally:
            dialog.deleteLater()

    def preview(self, prepare: Callable[[], Awaitable[PromptPreview]]) -> None:
        """Shows exactly what is sent."""
        self._spawn(self._preview(prepare))

    async def _preview(self, prepare: Callable[[], Awaitable[PromptPreview]]) -> None:
        await show_preview(prepare, self._operations, self._window)

    def _spawn(self, dialog: Coroutine[Any, Any, None]) -> None:
        if self._novel is None:
            dialog.close()
        else:
            self._novel.spawn(dialog)

    async def _until_closed(self, dialog: QDialog) -> None:
        try:
            await ask(dialog)
        finally:
            if dialog is self._comparing:
                self._comparing = None
            dialog.deleteLater()
