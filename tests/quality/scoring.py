"""Precision and recall of what an analysis found, against the labels.

A found fact is right if a labelled fact of the same step and about the same entry has one of its
passages where the found one's quotation stands (the two overlap). Each labelled fact is matched
once. Precision is the share of accepted facts that are right, recall the share of labelled facts
that were found; F1 is their harmonic mean (van Rijsbergen, Information Retrieval, 1979).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from arboris_desktop.domain.codex import CodexEntry, CodexFact, EntryKind
from arboris_desktop.domain.tasks import AnalysisStep
from arboris_desktop.text.quotations import Span
from tests.quality.labelled import LabelledChapter, LabelledFact

FOUND_STEPS = (
    AnalysisStep.CHARACTER_TRACKING,
    AnalysisStep.NEW_CHARACTERS,
    AnalysisStep.WORLD_EXPANSION,
    AnalysisStep.FORESHADOWING,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A fact of the codex, with the names of its entry."""

    step: AnalysisStep
    names: tuple[str, ...]
    is_seed: bool
    fact: CodexFact


@dataclass(slots=True)
class Score:
    """Counts of one step, and what follows from them; a ratio of nothing is 1."""

    labelled: int = 0
    accepted: int = 0
    right: int = 0
    apart: int = 0

    @property
    def precision(self) -> float:
        """The share of the accepted facts that are right."""
        return self.right / self.accepted if self.accepted else 1.0

    @property
    def recall(self) -> float:
        """The share of the labelled facts that were found."""
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(
    chapters: Iterable[LabelledChapter], entries: Iterable[CodexEntry]
) -> dict[AnalysisStep, Score]:
    """The scores by step. Facts that do not count (unsupported, unsure) are only ``apart``."""
    scores = {step: Score() for step in FOUND_STEPS}
    found = list(_found(entries))
    for chapter in chapters:
        here = [item for item in found if item.fact.chapter_number == chapter.number]
        for step, total in scores.items():
            labels = [fact for fact in chapter.facts if fact.step is step]
            of_step = [item for item in here if item.step is step]
            accepted = [item for item in of_step if item.fact.counts]
            total.labelled += len(labels)
            total.accepted += len(accepted)
            total.apart += len(of_step) - len(accepted)
            total.right += _matches(labels, accepted, chapter.text)
    return scores


def _found(entries: Iterable[CodexEntry]) -> Iterable[Found]:
    for entry in entries:
        for fact in entry.facts:
            is_seed = entry.kind is EntryKind.FORESHADOWING
            yield Found(AnalysisStep(fact.step), entry.names, is_seed, fact)


def _matches(labels: list[LabelledFact], accepted: list[Found], text: str) -> int:
    """The number of labels that can be matched with a found fact each (augmenting paths, Kuhn
    1955)."""
    candidates = [
        [n for n, item in enumerate(accepted) if _is_right(item, label, text)] for label in labels
    ]
    taken: dict[int, int] = {}

    def place(label: int, tried: set[int]) -> bool:
        for item in candidates[label]:
            if item not in tried:
                tried.add(item)
                if item not in taken or place(taken[item], tried):
                    taken[item] = label
                    return True
        return False

    return sum(place(label, set()) for label in range(len(labels)))


def _is_right(item: Found, label: LabelledFact, text: str) -> bool:
    same_entry = item.is_seed or bool(
        {name.casefold() for name in item.names}
        & {name.casefold() for name in (label.name, *label.aliases)}
    )
    return same_entry and any(_overlap(item.fact, span) for span in label.spans(text))


def _overlap(fact: CodexFact, span: Span) -> bool:
    if fact.start is None or fact.end is None:
        return False
    return fact.start < span.end and span.start < fact.end
