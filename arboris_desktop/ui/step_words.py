"""The words for the steps of an analysis, with all texts of a step in one place."""

from __future__ import annotations

from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import AnalysisStep
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP


@record
class StepWords:
    """Source texts of the context ``Wording``: the step's name in lists and as a prompt.

    ``switch`` is the check box that disables it, if it can be disabled.
    """

    name: str
    prompt: str
    switch: str = ""


STEP_WORDS = {
    AnalysisStep.SUMMARY: StepWords(
        QT_TRANSLATE_NOOP("Wording", "Summary"),
        QT_TRANSLATE_NOOP("Wording", "Sum up a chapter"),
    ),
    AnalysisStep.CHARACTER_TRACKING: StepWords(
        QT_TRANSLATE_NOOP("Wording", "Changes in characters"),
        QT_TRANSLATE_NOOP("Wording", "Find changes in characters"),
        QT_TRANSLATE_NOOP("Wording", "How characters &change"),
    ),
    AnalysisStep.NEW_CHARACTERS: StepWords(
        QT_TRANSLATE_NOOP("Wording", "New characters"),
        QT_TRANSLATE_NOOP("Wording", "Find new characters"),
        QT_TRANSLATE_NOOP("Wording", "Who is &new"),
    ),
    AnalysisStep.WORLD_EXPANSION: StepWords(
        QT_TRANSLATE_NOOP("Wording", "The world"),
        QT_TRANSLATE_NOOP("Wording", "Find what the world gains"),
        QT_TRANSLATE_NOOP("Wording", "What the &world gains"),
    ),
    AnalysisStep.FORESHADOWING: StepWords(
        QT_TRANSLATE_NOOP("Wording", "Foreshadowing"),
        QT_TRANSLATE_NOOP("Wording", "Find foreshadowing"),
        QT_TRANSLATE_NOOP("Wording", "Which seeds are &planted"),
    ),
}
