"""Planning questions, each of which builds its request from the present state of the novel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from arboris_desktop.domain.book_brief import BookBrief
from arboris_desktop.domain.concept import TopicState
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.outline import ChapterPlan, Outline, ranges_of
from arboris_desktop.domain.outline_runs import OutlineRun, RunKind
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.structured import strict_schema
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.writing.outline.request import (
    TOKENS_PER_CHAPTER,
    PlanningNotes,
    build_planning_request,
    fitting_range,
    nearest_lines,
    outline_lines,
    volume_lines,
)

Build = Callable[[MeteredProvider, PromptLibrary], ChatRequest]

_SINGLE_TOKENS = 200
_VOLUME_TOKENS = 320
_SPLIT_TOKENS = 800


def planning_purpose(prompt: str, project_id: str) -> CallPurpose:
    """The purpose of the call."""
    return CallPurpose(ModelTask.PLANNING, prompt, project_id)


def outline_of_run(transaction: Transaction, run: OutlineRun) -> Outline:
    """Returns the outline that a run builds on: without what is being replanned, with what has
    arrived."""
    outline = transaction.outlines.read(run.project_id)
    if run.kind is RunKind.FILL:
        return outline
    # A run that is only previewed is not stored.
    stored = transaction.outline_runs.get(run.id).proposals if run.id else ()
    proposals = {proposal.number: proposal for proposal in stored}
    chapters: dict[int, ChapterPlan] = {}
    for chapter in outline.chapters:
        replaced = chapter.number in run.range and not chapter.has_text
        chapters[chapter.number] = replace(chapter, title="", plan="") if replaced else chapter
    for number, new in proposals.items():
        home = outline.volume_of(number)
        old = chapters.get(number, ChapterPlan(-number, number, home))
        if not old.has_text:
            chapters[number] = replace(old, title=new.title, plan=new.plan)
    return Outline(outline.volumes, tuple(chapters[number] for number in sorted(chapters)))


class RangeQuestion:
    """The plans of some consecutive chapters, as many of the missing ones as fit into an answer.

    Once the request has been built, ``asked`` and ``outline`` say which ones and on what basis.
    """

    prompt = "plan_chapters"

    def __init__(self, database: Database, run: OutlineRun, missing: Sequence[int]) -> None:
        self._database = database
        self._run = run
        self._missing = missing
        self.asked: tuple[int, ...] = ()
        self.outline = Outline()

    def build(self, provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
        """See ``writing.calls.BuildRequest``."""
        from arboris_desktop.writing.outline.forms import ChaptersForm

        notes = read_notes(self._database, self._run)
        self.outline = notes.outline
        size = fitting_range(provider.context_tokens, self._run.range_size)
        self.asked = _within_a_volume(self.outline, self._missing[:size])
        return build_planning_request(
            provider,
            prompts,
            self.prompt,
            notes,
            outline_lines(notes, self.asked),
            answer_tokens=TOKENS_PER_CHAPTER * len(self.asked) + 60,
            schema=strict_schema(ChaptersForm, self.prompt),
            numbers=", ".join(map(str, ranges_of(self.asked))),
            count=len(self.asked),
            total=notes.total,
        )


class ChapterQuestion:
    """The plan of one chapter in plain words, for models that cannot write JSON."""

    prompt = "plan_one_chapter"

    def __init__(self, database: Database, run: OutlineRun, number: int) -> None:
        self._database = database
        self._run = run
        self._number = number
        self.outline = Outline()

    def build(self, provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
        """See ``writing.calls.BuildRequest``."""
        notes = read_notes(self._database, self._run)
        self.outline = notes.outline
        return build_planning_request(
            provider,
            prompts,
            self.prompt,
            notes,
            nearest_lines(notes, self._number),
            answer_tokens=_SINGLE_TOKENS,
            temperature=0.8,
            numbers=self._number,
            total=notes.total,
        )


class VolumesQuestion:
    """Volumes for the whole book."""

    prompt = "plan_volumes"

    def __init__(
        self, database: Database, project_id: str, instruction: str, count: int, total: int
    ) -> None:
        self._database = database
        self._project_id = project_id
        self._instruction = instruction
        self._count = count
        self._total = total

    def build(self, provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
        """See ``writing.calls.BuildRequest``."""
        with self._database.read() as transaction:
            outline = transaction.outlines.read(self._project_id)
            brief = read_brief(transaction, self._project_id)
        notes = PlanningNotes(brief, outline, self._instruction, self._total)
        wanted = _VOLUME_TOKENS * self._count + 60
        return build_planning_request(
            provider,
            prompts,
            self.prompt,
            notes,
            volume_lines(outline, brief.language),
            answer_tokens=min(wanted, provider.context_tokens // 2),
            count=self._count,
            total=self._total,
        )


class SplitQuestion:
    """Two plans in place of one."""

    prompt = "split_chapter_plan"

    def __init__(
        self, database: Database, project_id: str, instruction: str, chapter_id: int
    ) -> None:
        self._database = database
        self._project_id = project_id
        self._instruction = instruction
        self._chapter_id = chapter_id

    def build(self, provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
        """See ``writing.calls.BuildRequest``; raises ``NotFoundError``."""
        with self._database.read() as transaction:
            outline = transaction.outlines.read(self._project_id)
            brief = read_brief(transaction, self._project_id)
            transaction.chapters.overview(self._chapter_id)
        chapter = outline.by_id[self._chapter_id]
        notes = PlanningNotes(brief, outline, self._instruction, outline.length)
        return build_planning_request(
            provider,
            prompts,
            self.prompt,
            notes,
            outline_lines(notes, [chapter.number]),
            answer_tokens=min(_SPLIT_TOKENS, provider.context_tokens // 3),
            chapter=f"{chapter.number}. {chapter.title}: {chapter.plan}",
        )


def read_brief(transaction: Transaction, project_id: str) -> BookBrief:
    """Returns the book in short, with what the dialogue about its idea has settled."""
    idea, _confirmed = transaction.concepts.brief(project_id)
    settled = (idea.note(topic).text for topic in idea.topics(TopicState.SETTLED))
    project = transaction.projects.get(project_id)
    return BookBrief.of(project, transaction.blueprints.get(project_id), tuple(settled))


def read_notes(database: Database, run: OutlineRun) -> PlanningNotes:
    """Reads the material for the requests of a run."""
    with database.read() as transaction:
        outline = outline_of_run(transaction, run)
        brief = read_brief(transaction, run.project_id)
    total = max(outline.length, run.range.last)
    return PlanningNotes(brief, outline, run.instruction, total)


def _within_a_volume(outline: Outline, numbers: Sequence[int]) -> tuple[int, ...]:
    """Returns the first numbers, up to the end of the volume of the first, whose plan is told."""
    home = outline.volume_of(numbers[0])
    end = next(
        (place for place, n in enumerate(numbers) if outline.volume_of(n) != home), len(numbers)
    )
    return tuple(numbers[:end])
