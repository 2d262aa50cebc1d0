"""Connects the page of the blueprint: creates it, stores what the author types, requests
changes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.blueprint import BlueprintField, BlueprintPart, Value, part_of
from arboris_desktop.ui.asking.desk import AskingDesk, Tell
from arboris_desktop.ui.asking.prompt_preview_dialog import show_preview
from arboris_desktop.ui.blueprint.adopt_dialog import AdoptDialog
from arboris_desktop.ui.blueprint.change_dialog import ChangeDialog
from arboris_desktop.ui.blueprint.codex_entries import add_entries
from arboris_desktop.ui.blueprint.page import BlueprintPage
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import agreed, ask
from arboris_desktop.ui.workspace import Stage
from arboris_desktop.writing.blueprint.blueprints import Blueprints


class BlueprintDesk(AskingDesk):
    """One run at a time; each part is stored as soon as it is there."""

    shows = Changes(novel=True, others=True)

    def __init__(
        self, window: MainWindow, blueprints: Blueprints, codex: Codex, operations: Operations
    ) -> None:
        super().__init__(window, operations)
        self._page = page = BlueprintPage()
        self._workspace = window.workspace
        self._workspace.add_page(Stage.BLUEPRINT, page)
        self._workspace.stage_changed.connect(self.refresh)
        self._blueprints = blueprints
        self._codex = codex
        self._making: BlueprintPart | None = None
        self._bar = page.call_bar
        self._connect()

    def _connect(self) -> None:
        page = self._page
        page.make_requested.connect(self.make)
        page.call_bar.retry_requested.connect(self.make)
        page.call_bar.busy_changed.connect(self._on_busy)
        page.edits.changed.connect(self._save)
        self._operations.settling.connect(self.flush)
        page.remake_requested.connect(self._change)
        page.preview_requested.connect(self._preview)
        page.adopt_requested.connect(self._adopt)
        page.codex_requested.connect(self._add_to_codex)
        page.outline_requested.connect(partial(self._workspace.begin_at, Stage.OUTLINE))

    def open_novel(self, novel: OpenNovel) -> None:
        """Shows the blueprint of a novel."""
        self._page.show_novel(novel.id)
        super().open_novel(novel)

    def end_novel(self) -> None:
        """Shows none; a running request ends, and can be resumed another time."""
        super().end_novel()
        self.drop_call(self._bar)
        self._making = None
        self._page.show_novel("")

    @Slot()
    def refresh(self) -> None:
        """Reads the blueprint again while its page is shown, unless it is just being made."""
        if self._workspace.stage is not Stage.BLUEPRINT:
            # What was typed is not left waiting behind another stage.
            self.flush()
        elif not self.is_calling(self._bar):
            self._read()

    def flush(self) -> None:
        """Saves what the author typed last."""
        self._page.edits.flush()

    async def stop(self) -> None:
        """Saves, and stops what is running."""
        self.flush()
        await super().stop()

    # Making

    @Slot()
    def make(self) -> None:
        """Lets the model create what is missing."""
        novel = self._novel
        if self.is_calling(self._bar) or novel is None:
            return

        def fill(field: BlueprintField, text: str) -> None:
            if novel.is_open:
                self._follow(part_of(field))
                self._page.fill(field, text)

        self._making = None

        async def make(tell: Tell) -> None:
            answer = await self._blueprints.complete(novel.id, tell, fill)
            tell(answer)
            self._page.show_blueprint(answer.value)

        self.begin_call(self._bar, make)

    def _follow(self, part: BlueprintPart) -> None:
        """Follows the creation: when a part begins, those before it are stored and editable
        again."""
        if part is not self._making:
            self._making = part
            self._read()

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        """Shows the stored state when a call failed or was stopped."""
        if not busy:
            self._read()

    @of_novel
    async def _read(self, novel: OpenNovel) -> None:
        opened = await novel.call(lambda: self._blueprints.open(novel.id))
        making = self._making if self._page.call_bar.is_busy else None
        self._page.show_blueprint(opened.blueprint, making=making)

    @once_of_novel
    async def _preview(self, novel: OpenNovel) -> None:
        await show_preview(lambda: self._blueprints.preview(novel.id), self._operations, self._page)

    # Typing

    @Slot(object, object)
    def _save(self, place: tuple[str, BlueprintField], value: Value) -> None:
        project_id, field = place
        saving = self._operations.call(lambda: self._blueprints.set(project_id, field, value))
        self.spawn(self._page.edits.follow(place, value, saving))

    # Making again

    @once_of_novel
    async def _change(self, novel: OpenNovel, field: BlueprintField) -> None:
        self.flush()
        # After the save that was just requested: the comparison is with what the author sees.
        present, waiting = await novel.call(
            lambda: (
                self._blueprints.present_text(novel.id, field),
                self._blueprints.waiting(novel.id, field),
            )
        )
        dialog = ChangeDialog(field, present, self._page)
        if waiting is not None:
            dialog.show_proposal(waiting)

        async def propose(instruction: str, tell: Tell) -> None:
            answer = await self._blueprints.propose(
                novel.id, field, instruction, tell, dialog.show_arriving
            )
            tell(answer)
            dialog.show_proposal(answer.value)

        dialog.proposal_requested.connect(
            lambda words: self.begin_call(dialog.call_bar, partial(propose, words))
        )
        dialog.preview_requested.connect(
            lambda words: novel.spawn(self._preview_change(novel, field, words))
        )
        try:
            accepted = await ask(dialog) == ChangeDialog.DialogCode.Accepted.value
            proposal = dialog.proposal
            if accepted and proposal is not None:
                self._page.field(field).accept(proposal.new)
                self.flush()
        finally:
            await self.finish_call(dialog.call_bar)
            dialog.deleteLater()
        # The author has decided: a dialog that ends with its novel does not come here.
        await self._operations.call(lambda: self._blueprints.forget(novel.id, field))

    async def _preview_change(self, novel: OpenNovel, field: BlueprintField, words: str) -> None:
        await show_preview(
            lambda: self._blueprints.preview_proposal(novel.id, field, words),
            self._operations,
            self._page,
        )

    # What follows from it

    @once_of_novel
    async def _adopt(self, novel: OpenNovel) -> None:
        self.flush()
        dialog = AdoptDialog(await novel.call(lambda: self._blueprints.open(novel.id)), self._page)
        if await agreed(dialog):
            title, premise = dialog.wants_title(), dialog.wants_premise()
            await novel.call(lambda: self._blueprints.adopt(novel.id, title=title, premise=premise))
            self._page.show_notice(self.tr("The novel follows the blueprint."))
            self.changed.emit(Changes(novel=True, initiator=self))

    @once_of_novel
    async def _add_to_codex(self, novel: OpenNovel) -> None:
        self.flush()
        count = await novel.call(
            lambda: add_entries(self._codex, novel.id, self._blueprints.open(novel.id))
        )
        added = self.tr("%n entry(s) added to the codex.", "", count)
        self._page.show_notice(added if count else self.tr("The codex already has all of them."))
        self.changed.emit(Changes(codex=True))
