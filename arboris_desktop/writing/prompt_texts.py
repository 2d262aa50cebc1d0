"""The prompts of a novel as the author reads, changes and tests them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.novel import ChapterStatus, Language
from arboris_desktop.domain.record import record
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompt_check import check_prompt
from arboris_desktop.llm.prompts import PromptLibrary, parse_prompt, prompt_names
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.call_events import PromptPreview
from arboris_desktop.writing.chapters.chapter_request import prepare_request, read_job

_OF_A_CHAPTER = "draft_chapter"


@record
class PromptText:
    """A prompt in the novel's language: our text, and the author's replacement."""

    name: str
    language: Language
    ours: str
    own: str | None = None

    @property
    def text(self) -> str:
        """The text in force."""
        return self.ours if self.own is None else self.own


class PromptTexts:
    """Reads and changes the prompts of novels."""

    def __init__(self, database: Database, prompts: PromptLibrary, calls: ModelCalls) -> None:
        self._database = database
        self._prompts = prompts
        self._calls = calls

    def all(self, project_id: str) -> list[PromptText]:
        """Returns every prompt in the language of the novel. Raises ``NotFoundError``."""
        with self._database.read() as transaction:
            language = transaction.projects.get(project_id).language
            own = transaction.prompt_overrides.of_project(project_id)
        return [
            PromptText(
                name, language, self._prompts.our_text(name, language), own.get((name, language))
            )
            for name in prompt_names()
        ]

    def save(self, project_id: str, prompt: PromptText, text: str) -> PromptText:
        """Replaces our text by the author's; a text equal to ours restores it.

        Raises ``RuleError`` for a text that cannot be used.
        """
        _refuse_unusable(prompt, text)
        if text.strip() == prompt.ours.strip():
            return self.reset(project_id, prompt)
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            transaction.prompt_overrides.set(project_id, prompt.name, prompt.language, text)
        return replace(prompt, own=text)

    def reset(self, project_id: str, prompt: PromptText) -> PromptText:
        """Restores our text."""
        with self._database.write() as transaction:
            transaction.prompt_overrides.reset(project_id, prompt.name, prompt.language)
        return replace(prompt, own=None)

    async def preview(self, project_id: str, prompt: PromptText, text: str) -> PromptPreview:
        """Returns the request with this text, which need not be stored.

        For the prompt of chapters these are the exact messages for the next one; for others the
        placeholders stay in place of values. Raises ``ProviderError``, ``StorageError``, and
        ``RuleError`` for a text that cannot be used.
        """
        _refuse_unusable(prompt, text)
        chapter_id = None
        if prompt.name == _OF_A_CHAPTER:
            chapter_id = await asyncio.to_thread(self._next_chapter, project_id)
        if chapter_id is None:
            return _without_values(prompt, text)
        return await self._of_chapter(chapter_id, prompt, text)

    async def _of_chapter(self, chapter_id: int, prompt: PromptText, text: str) -> PromptPreview:
        job = await asyncio.to_thread(read_job, self._database, chapter_id)
        tried = self._prompts.with_overrides({(prompt.name, prompt.language): text})

        def build(provider: MeteredProvider, _prompts: PromptLibrary) -> ChatRequest:
            return prepare_request(self._database, job, provider, tried).request

        return await self._calls.preview(job.purpose, build)

    def _next_chapter(self, project_id: str) -> int | None:
        """Returns the first chapter without a text, or the last one."""
        with self._database.read() as transaction:
            chapters = transaction.chapters.of_project(project_id)
        planned = (each.id for each in chapters if each.status is ChapterStatus.PLANNED)
        return next(planned, chapters[-1].id if chapters else None)


def _refuse_unusable(prompt: PromptText, text: str) -> None:
    if any(not problem.is_warning for problem in check_prompt(text, prompt.ours)):
        raise RuleError(
            ErrorKind.PROMPT_UNUSABLE, f"the prompt {prompt.name} cannot be used as it is"
        )


def _without_values(prompt: PromptText, text: str) -> PromptPreview:
    library = PromptLibrary().with_overrides({(prompt.name, prompt.language): text})
    values = {name: f"⟨{name}⟩" for name in parse_prompt(prompt.ours).placeholders()}
    messages = library.render(prompt.name, prompt.language, **values)
    tokens = sum(estimate_tokens(message.content) for message in messages)
    return PromptPreview(messages, tokens, None, 0, "")
