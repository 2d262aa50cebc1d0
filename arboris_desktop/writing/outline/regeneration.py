"""Replanning chapters: the effect, the result, and applying what the author selected."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from arboris_desktop.domain.foreshadowing import SeedState, ledger
from arboris_desktop.domain.outline import ChapterPlan, ChapterRange, Outline
from arboris_desktop.domain.outline_runs import OutlineRun, PlannedChapter
from arboris_desktop.domain.record import record
from arboris_desktop.domain.regeneration import (
    LostName,
    OpenThread,
    RegenerationImpact,
    lost_names,
    regeneration_impact,
)
from arboris_desktop.domain.settings import CodexSettings
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.writing.outline.outlining import check_range


@record
class Comparison:
    """An old plan beside the new one; ``old`` is ``None`` if there was no chapter."""

    old: ChapterPlan | None
    new: PlannedChapter


@record
class RegenerationResult:
    """The result of a regeneration so far, for the author to decide on."""

    run: OutlineRun
    comparisons: tuple[Comparison, ...]
    lost: tuple[LostName, ...]


class Regeneration:
    """Examines the effect of replanning. Reads only; ``OutlineEditing.change`` applies it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def impact(self, project_id: str, within: ChapterRange) -> RegenerationImpact:
        """Returns what replanning a range preserves, replaces, and might contradict.

        Raises ``NotFoundError`` and ``RuleError``.
        """
        check_range(within)
        with self._database.read() as transaction:
            return regeneration_impact(
                transaction.outlines.read(project_id),
                within,
                _seeds(transaction, project_id),
                _alerts(transaction, project_id),
            )

    def result(self, run_id: int) -> RegenerationResult:
        """Returns the new plans beside the old ones. Raises ``NotFoundError``."""
        with self._database.read() as transaction:
            run = transaction.outline_runs.get(run_id)
            outline = transaction.outlines.read(run.project_id)
            names = {e.name: e.names for e in transaction.codex.entries(run.project_id)}
            for character in transaction.blueprints.get(run.project_id).characters:
                names.setdefault(character.name, (character.name,))
        proposals = [p for p in run.proposals if _may_replace(outline, p.number)]
        plans = {p.number: f"{p.title}\n{p.plan}" for p in proposals}
        return RegenerationResult(
            run,
            tuple(Comparison(outline.by_number.get(p.number), p) for p in proposals),
            lost_names(outline, run.range, plans, names.values()),
        )


def taken_over(
    result: RegenerationResult, numbers: Collection[int]
) -> Callable[[Outline], Outline]:
    """Returns the change that replaces old plans by the selected new ones.

    What was written meanwhile, or edited since the comparison, is left alone.
    """
    chosen = {c.new.number: c for c in result.comparisons if c.new.number in numbers}

    def change(outline: Outline) -> Outline:
        chapters = [_replaced(chapter, chosen.get(chapter.number)) for chapter in outline.chapters]
        for number, each in chosen.items():
            if number not in outline.by_number and each.old is None:
                home = outline.volume_of(number)
                chapters.append(ChapterPlan(-number, number, home, each.new.title, each.new.plan))
        return Outline(outline.volumes, tuple(sorted(chapters, key=lambda c: c.number)))

    return change


def _replaced(chapter: ChapterPlan, comparison: Comparison | None) -> ChapterPlan:
    if comparison is None or chapter.has_text or comparison.old is None:
        return chapter
    old = comparison.old
    if (chapter.id, chapter.title, chapter.plan) != (old.id, old.title, old.plan):
        return chapter
    return replace(chapter, title=comparison.new.title or old.title, plan=comparison.new.plan)


def _may_replace(outline: Outline, number: int) -> bool:
    chapter = outline.by_number.get(number)
    return chapter is None or not chapter.has_text


def _seeds(transaction: Transaction, project_id: str) -> list[OpenThread]:
    """Returns the open seeds with the chapters that planted or touched them, or are to pay them
    off."""
    overdue = transaction.settings.get(CodexSettings).overdue_after_chapters
    return [
        OpenThread(
            seed.entry.name,
            tuple(
                sorted(
                    {fact.chapter_number for fact in seed.entry.facts if fact.counts}
                    | ({seed.due_chapter} if seed.due_chapter else set())
                )
            ),
        )
        for seed in ledger(transaction.codex.entries(project_id), 0, overdue)
        if seed.state is not SeedState.PAID_OFF
    ]


def _alerts(transaction: Transaction, project_id: str) -> list[OpenThread]:
    return [
        OpenThread(alert.entry_name, (alert.chapter_number,))
        for alert in transaction.alerts.of_project(project_id, open_only=True)
    ]
