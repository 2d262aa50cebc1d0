"""Opens the prompts of the novel, and stores the author's changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import agreed, confirm, is_open
from arboris_desktop.ui.wording import error_sentence
from arboris_desktop.writing.prompt_texts import PromptText, PromptTexts

if TYPE_CHECKING:
    from arboris_desktop.ui.prompts.dialog import PromptsDialog


class PromptsDesk(NovelDesk):
    """Connects the dialog to its use case."""

    def __init__(self, window: MainWindow, prompts: PromptTexts, operations: Operations) -> None:
        super().__init__(window)
        self._window = window
        self._prompts = prompts
        self._operations = operations
        window.actions_.prompts.triggered.connect(self.open)

    @once_of_novel
    async def open(self, novel: OpenNovel) -> None:
        """Opens the prompts of the novel."""
        prompts = await novel.call(lambda: self._prompts.all(novel.id))
        from arboris_desktop.ui.prompts.dialog import PromptsDialog

        dialog, project_id = PromptsDialog(prompts, self._window), novel.id
        spawn, editor = novel.spawn, dialog.editor
        editor.save_requested.connect(
            lambda prompt, text: spawn(
                self._change(dialog, lambda: self._prompts.save(project_id, prompt, text))
            )
        )
        editor.reset_requested.connect(
            lambda prompt: spawn(self._reset(dialog, project_id, prompt))
        )
        editor.preview_requested.connect(
            lambda prompt, text: spawn(self._preview(dialog, project_id, prompt, text))
        )
        dialog.leave_requested.connect(lambda: spawn(self._leave(dialog)))
        dialog.switch_requested.connect(lambda prompt: spawn(self._switch(dialog, prompt)))
        await agreed(dialog)

    async def _change(self, dialog: PromptsDialog, change: Callable[[], PromptText]) -> None:
        changed = await self._operations.call(change)
        if is_open(dialog):
            dialog.update_prompt(changed)

    async def _reset(self, dialog: PromptsDialog, project_id: str, prompt: PromptText) -> None:
        sure = await confirm(
            dialog,
            self.tr("Reset this prompt?"),
            self.tr("Your text of it is deleted, and ours is used again."),
            yes=self.tr("Reset"),
            no=self.tr("Keep mine"),
            destructive=True,
        )
        if sure:
            await self._change(dialog, lambda: self._prompts.reset(project_id, prompt))

    async def _preview(
        self, dialog: PromptsDialog, project_id: str, prompt: PromptText, text: str
    ) -> None:
        try:
            await self._operations.settled()
            preview = await self._prompts.preview(project_id, prompt, text)
            if is_open(dialog):
                dialog.editor.show_preview(prompt, preview)
        except ArborisError as error:
            words = error_sentence(error.kind)
            reason = in_a_row(words.what_happened, words.what_to_do)
            if is_open(dialog):
                dialog.editor.show_preview_failure(prompt, reason)

    async def _leave(self, dialog: PromptsDialog) -> None:
        if await self._gives_up(dialog):
            dialog.leave()

    async def _switch(self, dialog: PromptsDialog, prompt: PromptText) -> None:
        if await self._gives_up(dialog):
            dialog.select(prompt)

    async def _gives_up(self, dialog: PromptsDialog) -> bool:
        return await confirm(
            dialog,
            self.tr("Discard what you typed?"),
            self.tr("Your changes to this prompt are not saved."),
            yes=self.tr("Discard"),
            no=self.tr("Continue editing"),
            destructive=True,
        )
