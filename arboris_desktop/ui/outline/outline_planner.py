"""Planning by the model from the stage of the outline: its dialogs, and one run at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.outline import ChapterPlan, ChapterRange
from arboris_desktop.domain.outline_changes import lay_out_volumes, split_chapter
from arboris_desktop.domain.outline_runs import OutlineRun, RunKind
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.asking.desk import AskingDesk, Tell
from arboris_desktop.ui.asking.prompt_preview_dialog import show_preview
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.outline.compare_dialog import ComparePlansDialog
from arboris_desktop.ui.outline.fill_dialog import FillDialog
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.outline.range_fields import RangeFields
from arboris_desktop.ui.outline.regenerate_dialog import RegeneratePlansDialog
from arboris_desktop.ui.outline.split_dialog import SplitDialog
from arboris_desktop.ui.outline.volumes_dialog import VolumesDialog
from arboris_desktop.ui.widgets.dialogs import ask, confirm
from arboris_desktop.ui.work.desk import spawned
from arboris_desktop.writing.call_events import CallEnded, PromptPreview
from arboris_desktop.writing.outline.answers import volumes_of
from arboris_desktop.writing.outline.outlining import Outlining
from arboris_desktop.writing.outline.planning_run import ChaptersPlanned
from arboris_desktop.writing.outline.regeneration import Regeneration, taken_over

if TYPE_CHECKING:
    from arboris_desktop.writing.outline.forms import SplitForm

ChangeOutline = Callable[..., None]
"""See ``OutlineStructure.change``."""


class OutlinePlanner(AskingDesk):
    """Asks the author what the model should plan, starts it, and shows the results."""

    chapters_planned = Signal()
    """New chapters were added to the outline."""

    def __init__(
        self,
        page: OutlinePage,
        window: MainWindow,
        outlining: Outlining,
        regeneration: Regeneration,
        operations: Operations,
        change: ChangeOutline,
    ) -> None:
        super().__init__(page, operations)
        self._page = page
        self._window = window
        self._outlining = outlining
        self._regeneration = regeneration
        self._change = change
        self._run: OutlineRun | None = None
        self._is_beginning = False
        self._bar = page.run_panel.call_bar
        page.fill_requested.connect(self._fill)
        page.regenerate_requested.connect(self._regenerate)
        page.plan_volumes_requested.connect(self._plan_volumes)
        page.chapter_form.split_requested.connect(self._split)
        page.run_panel.resume_requested.connect(self._resume)
        page.run_panel.compare_requested.connect(self._compare)
        page.run_panel.settle_requested.connect(self._settle)
        page.run_panel.call_bar.busy_changed.connect(self._follow_busy)

    def refresh(self) -> None:
        """Offers to resume an earlier run for the novel."""
        self._look_for_run()

    def end_novel(self) -> None:
        """Stops what runs for the novel; it can be resumed."""
        super().end_novel()
        self.drop_call(self._bar)
        self._show_run(None)

    # --- runs ---

    @of_novel
    async def _look_for_run(self, novel: OpenNovel) -> None:
        run = await novel.call(lambda: self._outlining.unfinished(novel.id))
        if not self.is_calling(self._bar):
            self._show_run(run)

    def _show_run(self, run: OutlineRun | None) -> None:
        self._run = run
        self._page.run_panel.show_run(run)

    async def _begin(self, novel: OpenNovel, kind: RunKind, fields: RangeFields) -> None:
        within, instruction = fields.range(), fields.instruction()
        if self._is_beginning or self.is_calling(self._bar):
            return
        self._is_beginning = True
        try:
            if self._run is not None and self._run.proposals and not await self._may_dismiss():
                return
            self._go(
                await novel.call(lambda: self._outlining.begin(novel.id, kind, within, instruction))
            )
        finally:
            self._is_beginning = False

    async def _may_dismiss(self) -> bool:
        return await confirm(
            self._window,
            self.tr("Dismiss the new plans?"),
            self.tr("Plans that the model made wait for your decision. They would be lost."),
            yes=self.tr("Dismiss them"),
            no=self.tr("Keep them"),
            destructive=True,
        )

    def _go(self, run: OutlineRun) -> None:
        self._show_run(run)
        self.begin_call(self._bar, lambda tell: self._plan(run, tell))

    async def _plan(self, run: OutlineRun, tell: Tell) -> None:
        """Passes call events to the bar, and steps to the panel."""
        async with aclosing(self._outlining.run(run.id)) as events:
            async for event in events:
                if not isinstance(event, ChaptersPlanned):
                    tell(event)
                    if isinstance(event, CallEnded):
                        self._ended()
                    continue
                self._page.run_panel.show_step(event)
                if run.kind is RunKind.FILL:
                    self.chapters_planned.emit()

    def _ended(self) -> None:
        if self._run is not None and self._run.kind is RunKind.REGENERATE:
            self._compare()

    @Slot(bool)
    def _follow_busy(self, busy: bool) -> None:
        self._page.actions_["fill"].setEnabled(not busy)
        self._page.actions_["regenerate"].setEnabled(not busy)
        if not busy and self._run is not None:
            self._look_for_run()

    @Slot()
    def _resume(self) -> None:
        if self._run is not None and not self._is_beginning:
            self._go(self._run)

    @Slot()
    def _settle(self) -> None:
        run = self._run
        self._show_run(None)
        self._bar.clear()
        if run is not None:
            self._settle_run(run)

    @of_novel
    async def _settle_run(self, novel: OpenNovel, run: OutlineRun) -> None:
        await novel.call(lambda: self._outlining.settle(run.id))

    # --- filling in and planning again ---

    @once_of_novel
    async def _fill(self, novel: OpenNovel, within: ChapterRange | None) -> None:
        dialog = FillDialog(self._page.outline, within, self._window)
        dialog.preview_requested.connect(
            lambda: self._preview_range(RunKind.FILL, dialog.fields.range(), dialog)
        )
        if await self._ask(dialog):
            await self._begin(novel, RunKind.FILL, dialog.fields)

    @once_of_novel
    async def _regenerate(self, novel: OpenNovel, within: ChapterRange | None) -> None:
        last = max(1, self._page.outline.last_number)
        dialog = RegeneratePlansDialog(
            within or ChapterRange(1, last), self._page.outline.chapters, self._window
        )
        dialog.impact_requested.connect(lambda chosen: self._tell_impact(dialog, chosen))
        dialog.preview_requested.connect(
            lambda: self._preview_range(RunKind.REGENERATE, dialog.fields.range(), dialog)
        )
        self._tell_impact(dialog, dialog.fields.range())
        if await self._ask(dialog):
            await self._begin(novel, RunKind.REGENERATE, dialog.fields)

    @of_novel
    async def _tell_impact(
        self, novel: OpenNovel, dialog: RegeneratePlansDialog, within: ChapterRange
    ) -> None:
        impact = await novel.call(lambda: self._regeneration.impact(novel.id, within))
        dialog.show_impact(impact)

    def _preview_range(
        self, kind: RunKind, within: ChapterRange, dialog: FillDialog | RegeneratePlansDialog
    ) -> None:
        words = dialog.fields.instruction()
        self._show_preview(lambda novel: self._outlining.preview(novel.id, kind, within, words))

    @once_of_novel
    async def _compare(self, novel: OpenNovel) -> None:
        if (run := self._run) is None:
            return
        result = await novel.call(lambda: self._regeneration.result(run.id))
        if not result.comparisons:
            return
        dialog = ComparePlansDialog(result, self._window)
        if await self._ask(dialog):
            chosen = dialog.chosen()
            self._change(taken_over(result, chosen), lambda _done: self._settle())

    # --- volumes ---

    @once_of_novel
    async def _plan_volumes(self, novel: OpenNovel) -> None:
        waiting = await self._operations.call(lambda: self._outlining.waiting_volumes(novel.id))
        outline = self._page.outline
        dialog = VolumesDialog(outline, self._window)
        if waiting is not None:
            dialog.show_question(waiting.count, waiting.total, waiting.instruction)
            dialog.show_volumes(volumes_of(waiting.form, outline, waiting.count, waiting.total))

        async def plan(tell: Tell) -> None:
            count, total, words = dialog.count, dialog.total, dialog.instruction()
            answer = await self._outlining.plan_volumes(novel.id, count, total, words, tell)
            tell(answer)
            dialog.show_volumes(volumes_of(answer.value, outline, count, total))

        dialog.plan_requested.connect(lambda: self.begin_call(dialog.call_bar, plan))
        dialog.preview_requested.connect(
            lambda: self._show_preview(
                lambda _novel: self._outlining.preview_volumes(
                    novel.id, dialog.count, dialog.total, dialog.instruction()
                )
            )
        )
        if await self._ask(dialog, dialog.call_bar):
            volumes = dialog.volumes()
            self._change(
                lambda present: lay_out_volumes(present, volumes),
                lambda _done: self._forget_volumes(novel),
            )
        else:
            self._forget_volumes(novel)

    @spawned
    async def _forget_volumes(self, novel: OpenNovel) -> None:
        await self._operations.call(lambda: self._outlining.forget_volumes(novel.id))

    # --- a chapter in two ---

    @once_of_novel
    async def _split(
        self, novel: OpenNovel, chapter: ChapterPlan, first_plan: str, second_plan: str
    ) -> None:
        chapter_id = chapter.id
        waiting = await self._operations.call(
            lambda: self._outlining.waiting_split(novel.id, chapter)
        )
        dialog = SplitDialog(chapter, first_plan, second_plan, self._window)
        words = dialog.instruction
        if waiting is not None:
            dialog.show_instruction(waiting.instruction)
            _show_split(dialog, waiting.form)

        async def divide(tell: Tell) -> None:
            answer = await self._outlining.propose_split(novel.id, chapter_id, words(), tell)
            tell(answer)
            _show_split(dialog, answer.value)

        dialog.divide_requested.connect(lambda: self.begin_call(dialog.call_bar, divide))
        dialog.preview_requested.connect(
            lambda: self._show_preview(
                lambda _novel: self._outlining.preview_split(novel.id, chapter_id, words())
            )
        )
        if await self._ask(dialog, dialog.call_bar):
            first, second = dialog.halves()
            self._change(
                lambda outline: split_chapter(outline, chapter_id, first, second),
                lambda _done: self._forget_split(novel, chapter_id),
            )
        else:
            self._forget_split(novel, chapter_id)

    @spawned
    async def _forget_split(self, novel: OpenNovel, chapter_id: int) -> None:
        await self._operations.call(lambda: self._outlining.forget_split(novel.id, chapter_id))

    # --- dialogs ---

    async def _ask(self, dialog: Any, bar: CallBar | None = None) -> bool:
        """Asks the author to agree; returns whether they did. A call of the dialog ends with it."""
        try:
            return bool(await ask(dialog))
        finally:
            if bar is not None:
                await self.finish_call(bar)
            dialog.deleteLater()

    @of_novel
    async def _show_preview(
        self, novel: OpenNovel, preview: Callable[[OpenNovel], Awaitable[PromptPreview]]
    ) -> None:
        await show_preview(lambda: preview(novel), self._operations, self._window)


def _show_split(dialog: SplitDialog, form: SplitForm) -> None:
    first, second = form.first, form.second
    dialog.show_halves((first.title, first.plan), (second.title, second.plan))
