"""Planning by the model, from the stage of the outline: its dialogs, and one run at a time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.outline import ChapterPlan, ChapterRange
from arboris_desktop.domain.outline_changes import lay_out_volumes, split_chapter
from arboris_desktop.domain.outline_runs import OutlineRun, RunKind
from arboris_desktop.ui.asking.call_run import CallRun
from arboris_desktop.ui.asking.prompt_preview_dialog import show_preview
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.outline.compare_dialog import ComparePlansDialog
from arboris_desktop.ui.outline.fill_dialog import FillDialog
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.outline.range_fields import RangeFields
from arboris_desktop.ui.outline.regenerate_dialog import RegeneratePlansDialog
from arboris_desktop.ui.outline.split_dialog import SplitDialog
from arboris_desktop.ui.outline.volumes_dialog import VolumesDialog
from arboris_desktop.ui.widgets.dialogs import ask, confirm
from arboris_desktop.writing.asking import CallEnded, CallEvent, PromptPreview
from arboris_desktop.writing.outline.answers import volumes_of
from arboris_desktop.writing.outline.outlining import Outlining
from arboris_desktop.writing.outline.regeneration import (
    Regeneration,
    taken_over,
)
from arboris_desktop.writing.outline.work import ChaptersPlanned

if TYPE_CHECKING:
    from arboris_desktop.writing.outline.forms import SplitForm

ChangeOutline = Callable[..., None]
"""See ``OutlineDesk.change``."""


class OutlinePlanner(NovelDesk):
    """Asks the author what the model shall plan, lets it, and shows what comes."""

    chapters_planned = Signal()
    """The outline has chapters more than before."""

    def __init__(
        self,
        page: OutlinePage,
        window: MainWindow,
        outlining: Outlining,
        regeneration: Regeneration,
        operations: Operations,
        change: ChangeOutline,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._window = window
        self._outlining = outlining
        self._regeneration = regeneration
        self._operations = operations
        self._change = change
        self._run: OutlineRun | None = None
        self._calls = CallRun(page.run_panel.call_bar, operations)
        page.fill_requested.connect(self._fill)
        page.regenerate_requested.connect(self._regenerate)
        page.plan_volumes_requested.connect(self._plan_volumes)
        page.chapter_form.split_requested.connect(self._split)
        page.run_panel.resume_requested.connect(self._resume)
        page.run_panel.compare_requested.connect(self._compare)
        page.run_panel.settle_requested.connect(self._settle)
        page.run_panel.call_bar.busy_changed.connect(self._follow_busy)

    def refresh(self) -> None:
        """Offers to go on with what the model was planning for the novel."""
        self._look_for_run()

    def end_novel(self) -> None:
        """Stops what runs for the novel; it can be gone on with there."""
        super().end_novel()
        self._calls.drop()
        self._show_run(None)

    async def stop(self) -> None:
        """Ends what is under way; what came is kept."""
        await self._calls.finish()

    # --- runs ---

    @of_novel
    async def _look_for_run(self, novel: OpenNovel) -> None:
        run = await novel.call(lambda: self._outlining.unfinished(novel.id))
        if not self._calls.is_running:
            self._show_run(run)

    def _show_run(self, run: OutlineRun | None) -> None:
        self._run = run
        self._page.run_panel.show_run(run)

    async def _begin(self, novel: OpenNovel, kind: RunKind, fields: RangeFields) -> None:
        within, instruction = fields.range(), fields.instruction()
        if self._calls.is_running:
            return
        if self._run is not None and self._run.proposals and not await self._may_dismiss():
            return
        self._go(
            await novel.call(lambda: self._outlining.begin(novel.id, kind, within, instruction))
        )

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
        self._calls.stream(lambda: self._events(run), lambda _text: None, self._ended)

    async def _events(self, run: OutlineRun) -> AsyncGenerator[CallEvent, None]:
        """The events that the call bar understands; the steps go to the panel."""
        async with aclosing(self._outlining.run(run.id)) as events:
            async for event in events:
                if not isinstance(event, ChaptersPlanned):
                    yield event
                    continue
                self._page.run_panel.show_step(event)
                if run.kind is RunKind.FILL:
                    self.chapters_planned.emit()

    def _ended(self, _end: CallEnded) -> None:
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
        if self._run is not None:
            self._go(self._run)

    @Slot()
    def _settle(self) -> None:
        run = self._run
        self._show_run(None)
        self._page.run_panel.call_bar.clear()
        if run is not None and self._novel is not None:
            self._novel.run(lambda: self._outlining.settle(run.id))

    # --- filling in and planning again ---

    @of_novel
    async def _fill(self, novel: OpenNovel, within: ChapterRange | None) -> None:
        dialog = FillDialog(self._page.outline, within, self._window)
        dialog.preview_requested.connect(
            lambda: self._preview_range(RunKind.FILL, dialog.fields.range(), dialog)
        )
        if await self._ask(dialog):
            await self._begin(novel, RunKind.FILL, dialog.fields)

    @of_novel
    async def _regenerate(self, novel: OpenNovel, within: ChapterRange | None) -> None:
        last = max(1, self._page.outline.last_number)
        dialog = RegeneratePlansDialog(within or ChapterRange(1, last), self._window)
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

    @of_novel
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

    @of_novel
    async def _plan_volumes(self, novel: OpenNovel) -> None:
        waiting = await self._operations.call(lambda: self._outlining.waiting_volumes(novel.id))
        outline = self._page.outline
        dialog = VolumesDialog(outline, self._window)
        if waiting is not None:
            dialog.show_question(waiting.count, waiting.total, waiting.instruction)
            dialog.show_volumes(volumes_of(waiting.form, outline, waiting.count, waiting.total))
        calls = CallRun(dialog.call_bar, self._operations)

        def plan() -> None:
            count, total, words = dialog.count, dialog.total, dialog.instruction()
            calls.answer(
                lambda tell: self._outlining.plan_volumes(novel.id, count, total, words, tell),
                lambda form: dialog.show_volumes(volumes_of(form, outline, count, total)),
            )

        dialog.plan_requested.connect(plan)
        dialog.preview_requested.connect(
            lambda: self._show_preview(
                lambda _novel: self._outlining.preview_volumes(
                    novel.id, dialog.count, dialog.total, dialog.instruction()
                )
            )
        )
        if await self._ask(dialog, calls):
            volumes = dialog.volumes()
            self._change(
                lambda present: lay_out_volumes(present, volumes),
                lambda _done: self._forget_volumes(novel),
            )
        else:
            self._forget_volumes(novel)

    def _forget_volumes(self, novel: OpenNovel) -> None:
        self._operations.run(lambda: self._outlining.forget_volumes(novel.id))

    # --- a chapter in two ---

    @of_novel
    async def _split(
        self, novel: OpenNovel, chapter: ChapterPlan, first_plan: str, second_plan: str
    ) -> None:
        chapter_id = chapter.id
        waiting = await self._operations.call(
            lambda: self._outlining.waiting_split(novel.id, chapter)
        )
        dialog = SplitDialog(chapter, first_plan, second_plan, self._window)
        calls = CallRun(dialog.call_bar, self._operations)
        words = dialog.instruction
        if waiting is not None:
            dialog.show_instruction(waiting.instruction)
            _show_split(dialog, waiting.form)
        dialog.divide_requested.connect(
            lambda: calls.answer(
                lambda tell: self._outlining.propose_split(novel.id, chapter_id, words(), tell),
                lambda form: _show_split(dialog, form),
            )
        )
        dialog.preview_requested.connect(
            lambda: self._show_preview(
                lambda _novel: self._outlining.preview_split(novel.id, chapter_id, words())
            )
        )
        if await self._ask(dialog, calls):
            first, second = dialog.halves()
            self._change(
                lambda outline: split_chapter(outline, chapter_id, first, second),
                lambda _done: self._forget_split(novel, chapter_id),
            )
        else:
            self._forget_split(novel, chapter_id)

    def _forget_split(self, novel: OpenNovel, chapter_id: int) -> None:
        self._operations.run(lambda: self._outlining.forget_split(novel.id, chapter_id))

    # --- dialogs ---

    async def _ask(self, dialog: Any, calls: CallRun | None = None) -> bool:
        """Asks the author to agree, and tells whether they did; a call of the dialog ends with
        it."""
        try:
            return bool(await ask(dialog))
        finally:
            if calls is not None:
                await calls.finish()
            dialog.deleteLater()

    @of_novel
    async def _show_preview(
        self, novel: OpenNovel, preview: Callable[[OpenNovel], Awaitable[PromptPreview]]
    ) -> None:
        await show_preview(lambda: preview(novel), self._operations, self._window)


def _show_split(dialog: SplitDialog, form: SplitForm) -> None:
    first, second = form.first, form.second
    dialog.show_halves((first.title, first.plan), (second.title, second.plan))
