"""Words for the cost and the progress of a batch."""

from __future__ import annotations

from arboris_desktop.domain.batches import AnalysisBatch, BatchEstimate, BatchStatus
from arboris_desktop.ui.costs.words import money
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.numbers import round_number


def estimate_words(estimate: BatchEstimate) -> str:
    """Returns chapters, tokens, time and cost, one per line; unknown values are named as such."""
    if not estimate.chapters:
        return Wording.tr("There is nothing to analyse in this choice.")
    tokens = round_number(estimate.spent.tokens)
    lines = [
        Wording.tr("%n chapters", "", estimate.chapters),
        Wording.tr("About {tokens} tokens.").format(tokens=tokens),
        _time_words(estimate.seconds),
        _cost_words(estimate),
    ]
    return "\n".join(lines)


def progress_words(batch: AnalysisBatch) -> str:
    """Returns a line such as ``The Long Book: 17 of 120 chapters analysed, 1 failed, about 40 min
    left``."""
    text = Wording.tr("{title}: {done} of {total} chapters analysed").format(
        title=batch.project_title, done=batch.completed, total=batch.total
    )
    parts = [text]
    if batch.failed:
        parts.append(Wording.tr("%n failed", "", batch.failed))
    if batch.status is BatchStatus.PAUSED:
        parts.append(Wording.tr("paused"))
    elif batch.estimate.seconds and batch.total:
        left = batch.estimate.seconds * batch.unfinished / batch.total
        parts.append(Wording.tr("about {time} left").format(time=duration_words(left)))
    return Wording.tr(", ").join(parts)


def duration_words(seconds: float) -> str:
    """Returns a rough time: minutes up to an hour and a half, then hours."""
    minutes = max(1, round(seconds / 60))
    if minutes <= 90:
        return Wording.tr("%n min", "", minutes)
    return Wording.tr("%n h", "", round(minutes / 60))


def _time_words(seconds: float | None) -> str:
    if seconds is None:
        return Wording.tr("How long it takes is not known before the first analysis.")
    return Wording.tr("About {time}, by the last analyses.").format(time=duration_words(seconds))


def _cost_words(estimate: BatchEstimate) -> str:
    spent = estimate.spent
    if spent.unpriced and not spent.money:
        return Wording.tr("What it costs is not known: no prices are set.")
    return Wording.tr("About {cost}.").format(cost=money(spent))
