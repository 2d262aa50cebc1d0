"""Results of a benchmark: samples, the budget they are held against, and tables of both."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit for the median, by default the most that it may be."""

    limit: float
    at_least: bool = False

    def holds(self, median: float) -> bool:
        """True if the median keeps to it."""
        return median >= self.limit if self.at_least else median <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {_short(self.limit)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quantity, a sample for each run. Without samples, ``note`` says why."""

    name: str
    unit: str
    samples: tuple[float, ...]
    budget: Budget | None = None
    note: str = ""

    @property
    def median(self) -> float:
        """The middle sample; raises ``StatisticsError`` when there is none."""
        return statistics.median(self.samples)

    @property
    def verdict(self) -> str:
        """``pass`` or ``miss``, ``skipped`` without samples, empty without a budget."""
        if not self.samples:
            return "skipped"
        if self.budget is None:
            return ""
        return "pass" if self.budget.holds(self.median) else "miss"

    def to_json(self) -> dict[str, Any]:
        """All of it, for a program that compares runs."""
        measured = (
            {"median": self.median, "min": min(self.samples), "max": max(self.samples)}
            if self.samples
            else {}
        )
        return {
            "name": self.name,
            "unit": self.unit,
            "samples": list(self.samples),
            **measured,
            "budget": None if self.budget is None else str(self.budget),
            "verdict": self.verdict,
            "note": self.note,
        }


def skipped(name: str, reason: str) -> Figure:
    """A figure that could not be taken here."""
    return Figure(name, "", (), note=reason)


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, ...]:
    """Run by run, so that what slowed the machine for a while slowed both."""
    return tuple(our / their for our, their in zip(ours, theirs, strict=True))


def percentile(samples: Sequence[float], percent: float) -> float:
    """The smallest sample that at least ``percent`` of them do not exceed."""
    if not samples:
        raise ValueError("no samples")
    ranked = sorted(samples)
    rank = -(-len(ranked) * percent // 100)
    return ranked[max(int(rank), 1) - 1]


def markdown(figures: Sequence[Figure]) -> str:
    """The figures as a table."""
    head = ("what", "median", "min", "max", "unit", "budget", "verdict", "note")
    rows = [head, tuple("---" for _ in head), *(_row(figure) for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(figure: Figure) -> tuple[str, ...]:
    found = figure.samples
    measured = (figure.median, min(found), max(found)) if found else ()
    cells = tuple(_short(value) for value in measured) or ("", "", "")
    budget = "" if figure.budget is None else str(figure.budget)
    return (figure.name, *cells, figure.unit, budget, figure.verdict, figure.note)


def _short(value: float) -> str:
    """Three significant digits, and no more of a large number than its whole part."""
    if value != 0 and abs(value) < 0.001:
        return f"{value:.1e}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
