"""The request for a chapter, within the model's context."""

from __future__ import annotations

from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.novel import ChapterOverview, NovelProject
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.llm.context_budget import TOKENS_PER_WORD, answer_budget, tokens_left
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, Message, Provider
from arboris_desktop.storage.database import Database
from arboris_desktop.text.length import words_left
from arboris_desktop.text.number_labels import told_number
from arboris_desktop.text.prose import tail
from arboris_desktop.writing.chapters.author_requests import render_with_wishes
from arboris_desktop.writing.context import ContextReport, build_context, read_book_so_far

_ANSWER_SHARE = 0.45
"""The largest share of the model's context that is reserved for the chapter itself."""

_DRAFT_END_CHARACTERS = 1500


@record
class ChapterJob:
    """A chapter to be written; ``draft`` is the text that is continued, if any.

    ``wishes`` apply to this version of the chapter alone; ``auto_run_id`` is the run that requests
    it.
    """

    chapter: ChapterOverview
    project: NovelProject
    settings: WritingSettings
    draft: str = ""
    wishes: tuple[str, ...] = ()
    auto_run_id: int | None = None

    @property
    def purpose(self) -> CallPurpose:
        """The purpose of the call."""
        prompt = "continue_chapter" if self.draft else "draft_chapter"
        return CallPurpose(
            ModelTask.DRAFTING, prompt, self.project.id, self.chapter.id, self.auto_run_id
        )

    @property
    def words_wanted(self) -> int:
        """The desired length of the chapter, in the unit of its language."""
        return self.settings.words_in(self.project.language)

    @property
    def words_to_write(self) -> int:
        """The desired length of the answer, in the unit of the language."""
        wanted = self.words_wanted
        return words_left(self.draft, self.project.language, wanted) if self.draft else wanted


def read_job(database: Database, chapter_id: int) -> ChapterJob:
    """Reads what the request is built from. Raises ``NotFoundError``."""
    with database.read() as transaction:
        chapter = transaction.chapters.overview(chapter_id)
        return ChapterJob(
            chapter,
            transaction.projects.get(chapter.project_id),
            transaction.settings.get(WritingSettings),
        )


@record
class ChapterRequest:
    """A request for a chapter, and the context from which it was built."""

    request: ChatRequest
    context: ContextReport


def build_request(
    database: Database, job: ChapterJob, provider: Provider, prompts: PromptLibrary
) -> ChatRequest:
    """Builds the request: prompt and plan, then as much of the book as fits into the model's
    context.

    Raises ``ProviderError`` (CONTEXT_TOO_LONG) if not even the plan fits.
    """
    return prepare_request(database, job, provider, prompts).request


def prepare_request(
    database: Database, job: ChapterJob, provider: Provider, prompts: PromptLibrary
) -> ChapterRequest:
    """Like ``build_request``, with the report of what the model is told, and why."""
    answer = answer_budget(provider, max(job.words_to_write * TOKENS_PER_WORD, 200), _ANSWER_SHARE)
    frame = _messages(job, prompts, "")
    budget = tokens_left(provider, frame, answer, taken_by="outline and premise")
    book = read_book_so_far(database, job.chapter)
    budget = min(budget, job.settings.book_tokens)
    context = build_context(book, budget, provider.count_tokens)
    request = ChatRequest(
        messages=_messages(job, prompts, context.as_text()),
        max_tokens=answer,
        temperature=job.settings.temperature,
    )
    return ChapterRequest(request, context)


def _messages(job: ChapterJob, prompts: PromptLibrary, context: str) -> tuple[Message, ...]:
    values: dict[str, object] = {
        "title": job.project.title,
        "premise": job.project.premise,
        "style": job.project.style,
        "chapter_number": told_number(job.chapter.number, job.chapter.label),
        "chapter_title": job.chapter.labelled_title,
        "chapter_summary": job.chapter.outline or job.project.premise,
        "context": context,
        "target_words": job.words_to_write,
    }
    if job.draft:
        values["draft_end"] = tail(job.draft, _DRAFT_END_CHARACTERS)
    return render_with_wishes(prompts, job.purpose.prompt, job.project.language, job.wishes, values)
