"""Words for a run of the auto-writer: its progress, its cost, why it waits."""

from __future__ import annotations

from arboris_desktop.domain.auto_runs import AutoRun, AutoRunStatus, AutoStep, StopReason
from arboris_desktop.ui.costs.words import paid
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.wording import duration

_STEPS = {
    AutoStep.WRITING: QT_TRANSLATE_NOOP("Wording", "writing"),
    AutoStep.EVALUATING: QT_TRANSLATE_NOOP("Wording", "comparing the candidates"),
    AutoStep.ANALYSING: QT_TRANSLATE_NOOP("Wording", "waiting for the analysis"),
    AutoStep.WAITING: QT_TRANSLATE_NOOP("Wording", "trying again shortly"),
    AutoStep.UNJUDGED: QT_TRANSLATE_NOOP(
        "Wording", "the candidates could not be compared: the first is taken"
    ),
    AutoStep.STORED: QT_TRANSLATE_NOOP("Wording", "stored"),
}
_REASONS = {
    StopReason.AUTHOR: QT_TRANSLATE_NOOP("Wording", "Paused."),
    StopReason.INTERRUPTED: QT_TRANSLATE_NOOP(
        "Wording",
        "The program ended while it was running. Nothing is lost; continue when you like.",
    ),
    StopReason.CHOICE: QT_TRANSLATE_NOOP(
        "Wording", "The candidates are ready: choose one, then continue."
    ),
    StopReason.TOKENS: QT_TRANSLATE_NOOP(
        "Wording", "The token limit is reached. Continue with a higher one, or stop here."
    ),
    StopReason.COST: QT_TRANSLATE_NOOP(
        "Wording", "The cost limit is reached. Continue with a higher one, or stop here."
    ),
    StopReason.TIME: QT_TRANSLATE_NOOP(
        "Wording", "The time limit is reached. Continue with a higher one, or stop here."
    ),
    StopReason.CONTRADICTION: QT_TRANSLATE_NOOP(
        "Wording",
        "The last chapter contradicts the codex. Look at the codex's review list, then continue.",
    ),
    StopReason.ANALYSIS: QT_TRANSLATE_NOOP(
        "Wording",
        "The analysis of the last chapter failed. Look at the task panel; continue without it, or "
        "retry it first.",
    ),
    StopReason.SPENDING: QT_TRANSLATE_NOOP(
        "Wording",
        "The spending limit of Settings → Costs is reached. Raise it there, then continue.",
    ),
    StopReason.BUSY: QT_TRANSLATE_NOOP(
        "Wording",
        "The chapter cannot be written just now: another window or command may be writing it. "
        "Continue when that is done.",
    ),
    StopReason.PROVIDER: QT_TRANSLATE_NOOP(
        "Wording", "The model does not answer properly. What is written is safe."
    ),
    StopReason.STORAGE: QT_TRANSLATE_NOOP(
        "Wording", "The database cannot be written. What is written is safe."
    ),
}


def step_words(step: AutoStep) -> str:
    """Returns what a run is doing, in words."""
    return Wording.tr(_STEPS[step])


def reason_words(run: AutoRun) -> str:
    """Returns the reason why a run waits, and what to do, in words."""
    return Wording.tr(_REASONS[run.stop_reason or StopReason.AUTHOR])


def spending_words(run: AutoRun) -> str:
    """Returns the cost of a run so far, in words."""
    tokens = Wording.tr("{count} token(s)", "", run.spent.tokens)
    tokens = tokens.format(count=round_number(run.spent.tokens))
    parts = [tokens, paid(run.spent), duration(run.seconds)]
    return " · ".join(part for part in parts if part)


def ending_words(run: AutoRun) -> str:
    """Returns the words for a run that has ended."""
    if run.status is AutoRunStatus.COMPLETED:
        return Wording.tr("All %n chapter(s) of the run are written.", "", run.chapters)
    return Wording.tr("The run was ended after %n chapter(s).", "", run.done)
