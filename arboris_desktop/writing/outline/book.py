"""Planning a whole book unattended: volumes, then every missing chapter."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.outline import ChapterRange, Outline
from arboris_desktop.domain.outline_changes import lay_out_volumes
from arboris_desktop.domain.outline_runs import OutlineRun, RunKind
from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent
from arboris_desktop.writing.call_events import CallEnded
from arboris_desktop.writing.outline.answers import even_volumes, volumes_of
from arboris_desktop.writing.outline.editing import OutlineEditing
from arboris_desktop.writing.outline.outlining import RANGE_SIZE, Outlining
from arboris_desktop.writing.outline.planning_run import OutlineEvent

CHAPTERS_PER_VOLUME = 40
_SHORT_BOOK = 15
"""Chapters; a shorter book needs no volumes."""

_NO_PLAN = frozenset({ErrorKind.INVALID_ANSWER, ErrorKind.EMPTY_ANSWER})


@record
class BookOutlined:
    """The end of the planning of a book, and its total cost."""

    outline: Outline
    spent: Spent
    volumes_in_words: bool
    """True if the model planned the volumes; otherwise they have equal sizes and no plans."""


async def plan_whole_book(
    outlining: Outlining,
    editing: OutlineEditing,
    project_id: str,
    chapters: int,
    *,
    volumes: int | None = None,
    instruction: str = "",
    range_size: int = RANGE_SIZE,
    on_event: Callable[[OutlineEvent], None] = lambda _event: None,
) -> BookOutlined:
    """Plans the missing ones of the chapters 1 to ``chapters``, resuming an earlier run.

    ``volumes`` are planned only if the novel has none with a plan; by default a long book gets one
    for every forty chapters. Bounded like ``Outlining.run``. Raises ``ProviderError``,
    ``NotFoundError`` and ``RuleError``; what arrived is stored.
    """
    within = ChapterRange(1, chapters)
    outline = editing.open(project_id)
    count = volumes if volumes is not None else _volumes_for(chapters)
    spent, planned = Spent(), True
    if count and not any(volume.summary.strip() or volume.size for volume in outline.volumes):
        spent, planned = await _plan_volumes(
            outlining, editing, project_id, count, chapters, instruction, on_event
        )
    run = _run(outlining, project_id, within, instruction, range_size)
    end: CallEnded | None = None
    async with aclosing(outlining.run(run.id)) as events:
        async for event in events:
            on_event(event)
            end = event if isinstance(event, CallEnded) else end
    assert end is not None
    return BookOutlined(editing.open(project_id), spent + end.spent, planned)


def _run(
    outlining: Outlining, project_id: str, within: ChapterRange, instruction: str, size: int
) -> OutlineRun:
    """Returns the unfinished run for the same chapters, or a new one."""
    left = outlining.unfinished(project_id)
    if left and left.kind is RunKind.FILL and left.range == within:
        return left
    return outlining.begin(project_id, RunKind.FILL, within, instruction, size)


def _volumes_for(chapters: int) -> int:
    return 0 if chapters <= _SHORT_BOOK else max(2, round(chapters / CHAPTERS_PER_VOLUME))


async def _plan_volumes(
    outlining: Outlining,
    editing: OutlineEditing,
    project_id: str,
    count: int,
    chapters: int,
    instruction: str,
    on_event: Callable[[OutlineEvent], None],
) -> tuple[Spent, bool]:
    outline = editing.open(project_id)
    spent, planned = Spent(), True
    try:
        waiting = outlining.waiting_volumes(project_id)
        if waiting and (waiting.count, waiting.total, waiting.instruction) == (
            count,
            chapters,
            instruction,
        ):
            form = waiting.form  # Of a run that ended before it was of use.
        else:
            answer = await outlining.plan_volumes(
                project_id, count, chapters, instruction, on_event
            )
            form, spent = answer.value, answer.spent
        layout = volumes_of(form, outline, count, chapters)
    except ProviderError as error:
        if error.kind not in _NO_PLAN:
            raise
        spent = error.spent
        layout, planned = even_volumes(outline, count, chapters), False
    editing.change(project_id, lambda present: lay_out_volumes(present, layout))
    outlining.forget_volumes(project_id)
    return spent, planned
