"""Connects the page of the idea: stores what the author says, and lets the model answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.concept import Conversation, Topic
from arboris_desktop.llm.partial_json import JsonStrings
from arboris_desktop.ui.asking.desk import AskingDesk, Tell
from arboris_desktop.ui.asking.prompt_preview_dialog import show_preview
from arboris_desktop.ui.concept.page import ConceptPage
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import confirm
from arboris_desktop.ui.workspace import Stage
from arboris_desktop.writing.call_events import CallEvent, CallText, PromptPreview
from arboris_desktop.writing.concept.dialogue import Concept

Change = Callable[[str], Conversation]
"""A change of a novel's dialogue; returns the dialogue after it."""


Preview = Callable[[str], Awaitable[PromptPreview]]


class ConceptDesk(AskingDesk):
    """One call at a time; what the author says is stored before the model is asked."""

    shows = Changes(novel=True, others=True)

    blueprint_requested = Signal()
    """The author has confirmed the brief and wants to continue."""

    def __init__(self, window: MainWindow, concept: Concept, operations: Operations) -> None:
        super().__init__(window, operations)
        self._page = page = ConceptPage()
        self._workspace = window.workspace
        self._workspace.add_page(Stage.IDEA, page)
        self._workspace.stage_changed.connect(self.refresh)
        self._concept = concept
        self._unsent: dict[str, str] = {}
        self._bar = page.call_bar
        self._again: Callable[[], None] = self._reply
        self._reader = JsonStrings()
        self._connect()

    def _connect(self) -> None:
        page, panel, bar = self._page, self._page.brief_panel, self._page.call_bar
        page.said.connect(self._say)
        page.skipped.connect(self._skip)
        page.reply_requested.connect(self._reply)
        page.undo_requested.connect(self._undo)
        page.start_over_requested.connect(self._ask_to_start_over)
        page.preview_requested.connect(lambda: self._preview(self._concept.preview_reply))
        panel.preview_requested.connect(lambda: self._preview(self._concept.preview_brief))
        bar.retry_requested.connect(self._repeat)
        bar.busy_changed.connect(self._on_busy)
        panel.edits.changed.connect(self._save)
        self._operations.settling.connect(self.flush)
        panel.skip_toggled.connect(self._skip_topic)
        panel.write_requested.connect(self._write_brief)
        panel.confirmed.connect(self._confirm)
        panel.blueprint_requested.connect(self.blueprint_requested)

    def open_novel(self, novel: OpenNovel) -> None:
        """Shows the dialogue of a novel, and an unfinished answer of the author's."""
        self._page.show_novel(novel.id)
        self._page.answer_box.set_text(self._unsent.pop(novel.id, ""))
        super().open_novel(novel)

    def end_novel(self) -> None:
        """Shows none; a running call ends, and can be repeated another time."""
        if self._novel is not None:
            self._unsent[self._novel.id] = self._page.answer_box.text()
        super().end_novel()
        self.drop_call(self._bar)
        self._again = self._reply
        self._page.show_novel("")

    @Slot()
    def refresh(self) -> None:
        """Reads the dialogue again while it is shown, unless a call is running."""
        if self._workspace.stage is not Stage.IDEA:
            # What was typed into the brief is not left waiting behind another stage.
            self.flush()
        elif not self.is_calling(self._bar):
            self._change(self._concept.open)

    def flush(self) -> None:
        """Saves what the author typed last."""
        self._page.brief_panel.edits.flush()

    async def stop(self) -> None:
        """Saves, and stops the running call."""
        self.flush()
        await super().stop()

    # The dialogue

    @Slot(str)
    def _say(self, text: str) -> None:
        if not text:
            self._reply()
            return
        if (novel := self._novel) is not None:
            self.begin_once(("say", novel.id), lambda: self._begin_saying(novel, text))

    def _begin_saying(self, novel: OpenNovel, text: str) -> asyncio.Task[None]:
        self._page.answer_box.note_sent()
        saying = self._operations.call(lambda: self._concept.say(novel.id, text))
        return self.spawn(self._said(novel, text, saying))

    async def _said(self, novel: OpenNovel, text: str, saying: Awaitable[Conversation]) -> None:
        """Clears the field only after the words are stored."""
        conversation = await saying
        if novel.is_open:
            self._page.answer_box.drop_sent()
            self._show(conversation)
            self._reply()
        elif self._unsent.get(novel.id) == text:
            del self._unsent[novel.id]

    @once_of_novel
    async def _skip(self, novel: OpenNovel) -> None:
        self._show(await novel.call(lambda: self._concept.skip_question(novel.id)))
        self._reply()

    @Slot()
    def _reply(self) -> None:
        novel = self._novel
        if self.is_calling(self._bar) or novel is None:
            return
        self._again = self._reply
        self._reader = JsonStrings()
        self.begin_call(self._bar, lambda tell: self._answer(novel, tell))
        self._page.begin_answer()

    async def _answer(self, novel: OpenNovel, tell: Tell) -> None:
        def hear(event: CallEvent) -> None:
            tell(event)
            if isinstance(event, CallText) and self._novel is novel:
                self._hear(event.text)

        answer = await self._concept.reply(novel.id, hear)
        tell(answer)
        self._show(answer.value)

    def _hear(self, text: str) -> None:
        if not text:
            self._reader = JsonStrings()
            self._page.conversation_view.start_over()
        for piece in self._reader.feed(text):
            if piece.path == ("message",):
                self._page.conversation_view.append(piece.text)

    @once_of_novel
    async def _undo(self, novel: OpenNovel) -> None:
        self._page.call_bar.clear()
        conversation, words = await novel.call(lambda: self._concept.undo(novel.id))
        self._show(conversation)
        if words:
            self._page.answer_box.set_text(words)

    @once_of_novel
    async def _ask_to_start_over(self, _novel: OpenNovel) -> None:
        sure = await confirm(
            self._page,
            self.tr("Start the dialogue over?"),
            self.tr("The whole dialogue and the brief are removed. A blueprint stays."),
            yes=self.tr("Start over"),
            no=self.tr("Keep it"),
            destructive=True,
        )
        if sure:
            self._page.brief_panel.give_up()
            self._page.call_bar.clear()
            self._change(self._concept.start_over)

    # The brief

    @Slot(object, object)
    def _save(self, place: tuple[str, str], text: str) -> None:
        project_id, key = place

        def save() -> Conversation:
            if not key:
                return self._concept.set_premise(project_id, text)
            return self._concept.settle(project_id, Topic(key), text)

        self.spawn(self._saved(place, text, self._operations.call(save)))

    async def _saved(
        self, place: tuple[str, str], text: str, saving: Awaitable[Conversation]
    ) -> None:
        conversation = await self._page.brief_panel.edits.follow(place, text, saving)
        is_shown = self._novel is not None and self._novel.id == place[0]
        if conversation is not None and is_shown and not self.is_calling(self._bar):
            self._show(conversation)

    @Slot(object, bool)
    def _skip_topic(self, topic: Topic, skipped: bool) -> None:
        self._change(lambda project_id: self._concept.skip(project_id, topic, skipped))

    @Slot()
    def _write_brief(self) -> None:
        novel = self._novel
        if self.is_calling(self._bar) or novel is None:
            return
        self._again = self._write_brief

        async def write(tell: Tell) -> None:
            answer = await self._concept.write_brief(novel.id, tell)
            tell(answer)
            self._show(answer.value)

        self.begin_call(self._bar, write)

    @Slot()
    def _confirm(self) -> None:
        self.flush()
        self._change(self._concept.confirm)

    # Running

    @Slot()
    def _repeat(self) -> None:
        self._again()

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        """Removes the arriving turn when a call failed or was stopped: it is not part of the
        dialogue."""
        if not busy:
            self._change(self._concept.open)

    @once_of_novel
    async def _preview(self, novel: OpenNovel, preview: Preview) -> None:
        await show_preview(lambda: preview(novel.id), self._operations, self._page)

    @of_novel
    async def _change(self, novel: OpenNovel, change: Change) -> None:
        self._show(await novel.call(lambda: change(novel.id)))

    def _show(self, conversation: Conversation) -> None:
        self._page.show_conversation(conversation)
