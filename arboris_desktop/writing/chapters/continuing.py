"""Continuing from the author's cursor: the text before it is continued, the text after it is
known."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from arboris_desktop.domain.chapter_writers import WriterKind
from arboris_desktop.domain.kept_answers import AnswerKey, AnswerKind
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.novel import ChapterOverview, Language, NovelProject
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.llm.context_budget import (
    TOKENS_PER_WORD,
    answer_budget,
    tokens_beside,
    tokens_of,
    too_long,
)
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, Message
from arboris_desktop.storage.database import Database
from arboris_desktop.text.insertion import place_after
from arboris_desktop.text.number_labels import told_number
from arboris_desktop.text.prose import tail, whole_sentences
from arboris_desktop.writing.asking import BuildRequest, ModelCalls
from arboris_desktop.writing.call_events import CallEvent, CallText, PromptPreview
from arboris_desktop.writing.chapters.author_requests import render_with_wishes
from arboris_desktop.writing.chapters.growing_answer import GrowingAnswer
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.context import build_context, read_book_so_far
from arboris_desktop.writing.kept_answers import KeptAnswers, number_in, text_in

_PROMPT = "continue_from_cursor"
_BEFORE_CHARACTERS = {Language.ENGLISH: 5000, Language.CHINESE: 1800}
_AFTER_CHARACTERS = {Language.ENGLISH: 1600, Language.CHINESE: 600}
_NOTHING = {
    Language.ENGLISH: "(Nothing: the chapter goes no further yet.)",
    Language.CHINESE: "（没有：这一章目前就写到这里。）",
}
_BEGINNING = {
    Language.ENGLISH: "(The chapter begins here.)",
    Language.CHINESE: "（本章由此开头。）",
}
_ANSWER_SHARE = 0.45
_KEPT_CHARACTERS = 2000
"""Characters on either side that are stored with a proposal, to find the place again."""
_LEAST_AROUND = 200


@record
class CursorPlace:
    """A place in a chapter, by the text on both sides as the author sees them."""

    chapter_id: int
    before: str
    after: str


@record
class WaitingContinuation:
    """A proposal that the author has not decided on, with its request."""

    place: CursorPlace
    text: str
    words: int
    instruction: str


class Continuing:
    """Streams possible continuations; the author decides whether one is kept."""

    def __init__(self, database: Database, calls: ModelCalls, register: ChapterRegister) -> None:
        self._database = database
        self._calls = calls
        self._register = register
        self._kept = KeptAnswers(database)

    async def stream(
        self, place: CursorPlace, words: int, instruction: str = ""
    ) -> AsyncGenerator[CallEvent, None]:
        """Streams about ``words`` words that continue from a place; the chapter is not changed.

        The text is stored each second until ``forget``, so that a crash does not lose it. Close the
        generator, or cancel its task, to stop. Raises ``ProviderError``, ``ChapterBusyError`` and
        ``NotFoundError``.
        """
        async with self._register.reserve(place.chapter_id, WriterKind.CONTINUATION):
            purpose, build = await asyncio.to_thread(self._prepare, place, words, instruction)
            waiting = WaitingContinuation(place, "", words, instruction)
            coming = GrowingAnswer(lambda text: self.keep(replace(waiting, text=text)))
            async with (
                coming.kept(),
                aclosing(self._calls.stream(purpose, build, prose=True)) as events,
            ):
                async for event in events:
                    if isinstance(event, CallText):
                        coming.add(event.text)
                    yield event

    def waiting(self, chapter_id: int) -> WaitingContinuation | None:
        """Returns the undecided proposals for a chapter. Raises ``NotFoundError``."""
        kept = self._kept.find(self._key(chapter_id))
        if kept is None or not (proposal := text_in(kept.content, "text")).strip():
            return None
        with self._database.read() as transaction:
            version = transaction.chapters.selected_version(chapter_id)
        text = "" if version is None else version.content
        before = _before(kept.content, text)
        if _is_inserted(proposal, before, text):
            return None
        return WaitingContinuation(
            CursorPlace(chapter_id, before, text_in(kept.content, "after")),
            proposal,
            number_in(kept.content, "words"),
            text_in(kept.content, "instruction"),
        )

    def keep(self, waiting: WaitingContinuation) -> None:
        """Stores the present state of a proposal, which the author may have edited."""
        content = {
            "before": waiting.place.before[-_KEPT_CHARACTERS:],
            "offset": len(waiting.place.before),
            "after": waiting.place.after[:_KEPT_CHARACTERS],
            "text": waiting.text,
            "words": waiting.words,
            "instruction": waiting.instruction,
        }
        self._kept.keep(self._key(waiting.place.chapter_id), content)

    def forget(self, chapter_id: int) -> None:
        """Records that the author has accepted or discarded the proposal."""
        self._kept.forget(self._key(chapter_id))

    def _key(self, chapter_id: int) -> AnswerKey:
        with self._database.read() as transaction:
            project_id = transaction.chapters.overview(chapter_id).project_id
        return AnswerKey(project_id, AnswerKind.CONTINUATION, chapter_id)

    async def preview(self, place: CursorPlace, words: int, instruction: str = "") -> PromptPreview:
        """Returns exactly what ``stream`` would send, without sending it."""
        purpose, build = await asyncio.to_thread(self._prepare, place, words, instruction)
        return await self._calls.preview(purpose, build)

    def _prepare(
        self, place: CursorPlace, words: int, instruction: str
    ) -> tuple[CallPurpose, BuildRequest]:
        with self._database.read() as transaction:
            chapter = transaction.chapters.overview(place.chapter_id)
            project = transaction.projects.get(chapter.project_id)
            settings = transaction.settings.get(WritingSettings)
        purpose = CallPurpose(ModelTask.DRAFTING, _PROMPT, project.id, chapter.id)
        wanted = _Wanted(self._database, chapter, project, settings, place, words, instruction)
        return purpose, wanted.build


@record
class _Wanted:
    database: Database
    chapter: ChapterOverview
    project: NovelProject
    settings: WritingSettings
    place: CursorPlace
    words: int
    instruction: str

    def build(self, provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
        """Puts the text around the cursor first; notes on the story get the remaining room."""
        count, language = provider.count_tokens, self.project.language
        answer = answer_budget(provider, max(self.words * TOKENS_PER_WORD, 120), _ANSWER_SHARE)
        before, after = _BEFORE_CHARACTERS[language], _AFTER_CHARACTERS[language]
        while True:
            frame = self._messages(prompts, "", before, after)
            budget = tokens_beside(provider, frame, answer)
            if budget >= 0:
                break
            if before <= _LEAST_AROUND:
                raise too_long(provider, "outline and premise", tokens_of(provider, frame))
            before, after = before // 2, after // 2
        budget = min(budget, self.settings.book_tokens)
        context = build_context(read_book_so_far(self.database, self.chapter), budget, count)
        messages = self._messages(prompts, context.as_text(), before, after)
        return ChatRequest(messages, max_tokens=answer, temperature=self.settings.temperature)

    def _messages(
        self, prompts: PromptLibrary, context: str, before: int, after: int
    ) -> tuple[Message, Message]:
        language, place = self.project.language, self.place
        values: dict[str, object] = {
            "title": self.project.title,
            "premise": self.project.premise,
            "style": self.project.style,
            "context": context,
            "chapter_number": told_number(self.chapter.number, self.chapter.label),
            "chapter_title": self.chapter.labelled_title,
            "chapter_summary": self.chapter.outline or self.project.premise,
            "target_words": self.words,
            "before": tail(place.before, before) or _BEGINNING[language],
            "after": whole_sentences(place.after[:after]).strip() or _NOTHING[language],
        }
        return render_with_wishes(prompts, _PROMPT, language, (self.instruction,), values)


def _before(content: dict[str, Any], text: str) -> str:
    """Returns the text before the place: all of it if the chapter still has it there."""
    kept = text_in(content, "before")
    whole = text[: max(number_in(content, "offset"), 0)]
    return whole if whole.endswith(kept) else kept


def _is_inserted(proposal: str, before: str, text: str) -> bool:
    """True if a crash came between saving the accepted proposal and forgetting it."""
    place = place_after(text, before)
    return place is not None and text[place:].lstrip().startswith(proposal.strip())
