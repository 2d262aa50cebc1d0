"""From an idea to a brief: a dialogue in which the model asks and the author decides."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from arboris_desktop.domain.concept import (
    Brief,
    Conversation,
    Question,
    Speaker,
    Topic,
    TopicState,
    Turn,
)
from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.writing.asking import BuildRequest, ModelCalls
from arboris_desktop.writing.call_events import Bill, CallAnswer, PromptPreview, TellEvent
from arboris_desktop.writing.concept.request import (
    BRIEF_PROMPT,
    DIALOGUE_PROMPT,
    build_request,
    skipping_words,
)

if TYPE_CHECKING:
    from arboris_desktop.writing.concept.forms import BriefForm

_UNREADABLE = (ErrorKind.INVALID_ANSWER, ErrorKind.EMPTY_ANSWER)


class Concept:
    """The inspiration dialogues of novels, stored turn by turn.

    Unknown novels raise ``NotFoundError``; calls raise ``ProviderError``.
    """

    def __init__(self, database: Database, calls: ModelCalls) -> None:
        self._database = database
        self._calls = calls

    def open(self, project_id: str) -> Conversation:
        """The dialogue as it stands."""
        with self._database.read() as transaction:
            return _conversation(transaction, project_id)

    # What the author does

    def say(self, project_id: str, text: str) -> Conversation:
        """Stores what the author says; the first words are the idea. Raises ``RuleError``."""
        text = text.strip()
        if not text:
            raise RuleError(ErrorKind.WORDS_MISSING, "nothing was said")
        with self._database.write() as transaction:
            conversation = _conversation(transaction, project_id)
            transaction.concepts.add_words(project_id, text)
            if not conversation.turns and not conversation.brief.premise:
                transaction.concepts.set_brief(
                    project_id, replace(conversation.brief, premise=text)
                )
            return _conversation(transaction, project_id)

    def skip_question(self, project_id: str) -> Conversation:
        """Stores that the author leaves the question open.

        Raises ``RuleError`` if there is none.
        """
        with self._database.write() as transaction:
            conversation = _conversation(transaction, project_id)
            if conversation.question is None:
                raise RuleError(ErrorKind.NOTHING_ASKED, "nothing is asked")
            topic = conversation.question.topic
            words = skipping_words(conversation.language)
            transaction.concepts.add_words(project_id, words, topic)
            if topic is not None:
                transaction.concepts.set_brief(
                    project_id, conversation.brief.with_skipped(topic, True)
                )
            return _conversation(transaction, project_id)

    def set_premise(self, project_id: str, premise: str) -> Conversation:
        """Puts the author's words for the idea in the brief."""
        return self._change(project_id, lambda brief: replace(brief, premise=premise.strip()))

    def settle(self, project_id: str, topic: Topic, text: str) -> Conversation:
        """Puts the author's words on a topic in the brief; an empty text reopens it."""
        return self._change(project_id, lambda brief: brief.with_text(topic, text))

    def skip(self, project_id: str, topic: Topic, skipped: bool) -> Conversation:
        """Skips a topic, or reopens it."""
        return self._change(project_id, lambda brief: brief.with_skipped(topic, skipped))

    def _change(self, project_id: str, change: Callable[[Brief], Brief]) -> Conversation:
        with self._database.write() as transaction:
            before = _conversation(transaction, project_id)
            if (brief := change(before.brief)) != before.brief:
                transaction.concepts.set_brief(project_id, brief)
            return _conversation(transaction, project_id)

    def undo(self, project_id: str) -> tuple[Conversation, str]:
        """Takes the author's last words and the answer to them back, and returns those words.

        Without any, the model's first question is taken back. What the author has typed into the
        brief meanwhile stays.
        """
        with self._database.write() as transaction:
            conversation = _conversation(transaction, project_id)
            gone = _last_exchange(conversation.turns)
            brief = conversation.brief
            for turn in reversed(gone):
                if turn.question is not None:
                    brief = brief.without(turn.question.settled, turn.before)
                if turn.skips is not None:
                    brief = brief.with_skipped(turn.skips, False)
            if gone:
                transaction.concepts.remove_from(project_id, gone[0].number)
                transaction.concepts.set_brief(project_id, brief)
            words = [turn.text for turn in gone if turn.question is None and turn.skips is None]
            return _conversation(transaction, project_id), "".join(words)

    def start_over(self, project_id: str) -> Conversation:
        """Removes the dialogue and the brief."""
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            transaction.concepts.remove_from(project_id, 0)
            transaction.concepts.set_brief(project_id, Brief())
            return _conversation(transaction, project_id)

    def confirm(self, project_id: str) -> Conversation:
        """Confirms the brief. Raises ``RuleError`` if it is empty."""
        with self._database.write() as transaction:
            conversation = _conversation(transaction, project_id)
            if conversation.brief.is_empty:
                raise RuleError(ErrorKind.WORDS_MISSING, "the brief is empty")
            transaction.concepts.set_brief(project_id, conversation.brief, confirmed=True)
            return _conversation(transaction, project_id)

    # What the model does

    async def reply(self, project_id: str, tell: TellEvent) -> CallAnswer[Conversation]:
        """Lets the model answer the author's last words, or open the dialogue, and stores its turn.

        Words outside the form are kept without choices.
        """
        from arboris_desktop.writing.concept.forms import QuestionForm, saved_question

        asked = await asyncio.to_thread(self.open, project_id)
        answer = await self._calls.answer(
            _purpose(project_id, DIALOGUE_PROMPT),
            self._dialogue_request(project_id),
            QuestionForm,
            on_event=tell,
            salvage=saved_question,
        )
        question = answer.value.question()
        return answer.giving(await patiently(lambda: self._add_question(asked, question)))

    def _add_question(self, asked: Conversation, question: Question) -> Conversation:
        """Stores an answer, unless the dialogue has changed while it was awaited."""
        with self._database.write() as transaction:
            now = _conversation(transaction, asked.project_id)
            if now.turns != asked.turns:
                return now
            before = {topic: now.brief.note(topic).text for topic in question.settled}
            transaction.concepts.add_question(asked.project_id, question, before)
            merged = now.brief.merged(question.settled)
            if merged != now.brief:
                transaction.concepts.set_brief(asked.project_id, merged)
            return _conversation(transaction, asked.project_id)

    async def write_brief(self, project_id: str, tell: TellEvent) -> CallAnswer[Conversation]:
        """Lets the model fill in open topics from everything that was said."""
        answer = await self._ask_for_brief(project_id, tell)
        return answer.giving(await patiently(lambda: self._fill_in(project_id, answer.value)))

    def _fill_in(self, project_id: str, form: BriefForm) -> Conversation:
        with self._database.write() as transaction:
            conversation = _conversation(transaction, project_id)
            brief = conversation.brief
            open_topics = brief.topics(TopicState.OPEN)
            found = {t: text for t, text in form.by_topic().items() if t in open_topics}
            brief = replace(brief.merged(found), premise=brief.premise or form.premise)
            transaction.concepts.set_brief(project_id, brief)
            return _conversation(transaction, project_id)

    async def unattended(
        self, project_id: str, premise: str = "", tell: TellEvent = lambda _event: None
    ) -> CallAnswer[Conversation]:
        """Makes a confirmed brief of a premise with one call, without asking anybody.

        If the model cannot answer in the form, the brief consists of the premise. Without a
        premise, the novel's own is used. Raises ``RuleError`` if there is none.
        """
        if premise.strip():
            await asyncio.to_thread(self.set_premise, project_id, premise)
        if (await asyncio.to_thread(self.open, project_id)).brief.is_empty:
            raise RuleError(ErrorKind.WORDS_MISSING, "a premise is needed")
        bill = Bill()
        try:
            bill.add(await self.write_brief(project_id, tell))
        except ProviderError as error:
            if error.kind not in _UNREADABLE:
                raise
            bill.add_lost(error)
        return bill.answer(await asyncio.to_thread(self.confirm, project_id))

    async def preview_reply(self, project_id: str) -> PromptPreview:
        """Returns the request that ``reply`` would send."""
        return await self._calls.preview(
            _purpose(project_id, DIALOGUE_PROMPT), self._dialogue_request(project_id)
        )

    async def preview_brief(self, project_id: str) -> PromptPreview:
        """Returns the request that ``write_brief`` would send."""
        return await self._calls.preview(
            _purpose(project_id, BRIEF_PROMPT), self._brief_request(project_id)
        )

    async def _ask_for_brief(self, project_id: str, tell: TellEvent) -> CallAnswer[BriefForm]:
        from arboris_desktop.writing.concept.forms import BriefForm, saved_brief

        return await self._calls.answer(
            _purpose(project_id, BRIEF_PROMPT),
            self._brief_request(project_id),
            BriefForm,
            on_event=tell,
            salvage=saved_brief,
        )

    def _dialogue_request(self, project_id: str) -> BuildRequest:
        return self._request(project_id, DIALOGUE_PROMPT)

    def _brief_request(self, project_id: str) -> BuildRequest:
        return self._request(project_id, BRIEF_PROMPT)

    def _request(self, project_id: str, prompt: str) -> BuildRequest:
        def build(provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
            return build_request(self.open(project_id), prompt, provider, prompts)

        return build


def _last_exchange(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Returns the author's last turn and what follows it; the first question if that is all there
    is."""
    for place in range(len(turns) - 1, -1, -1):
        if turns[place].speaker is Speaker.AUTHOR:
            return turns[place:]
    return turns


def _conversation(transaction: Transaction, project_id: str) -> Conversation:
    project = transaction.projects.get(project_id)
    brief, confirmed_at = transaction.concepts.brief(project_id)
    if not brief.premise:
        brief = replace(brief, premise=project.premise)
    turns = tuple(transaction.concepts.turns(project_id))
    return Conversation(project_id, project.language, turns, brief, confirmed_at)


def _purpose(project_id: str, prompt: str) -> CallPurpose:
    return CallPurpose(ModelTask.PLANNING, prompt, project_id)
