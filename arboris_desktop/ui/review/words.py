"""Words for reviews."""

from __future__ import annotations

from arboris_desktop.domain.reviews import Dimension, Reader, Severity
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording

_DIMENSIONS = {
    Dimension.PLAN: QT_TRANSLATE_NOOP("Wording", "Plan followed"),
    Dimension.CONSISTENCY: QT_TRANSLATE_NOOP("Wording", "Consistent"),
    Dimension.CONTINUITY: QT_TRANSLATE_NOOP("Wording", "Fits what came before"),
    Dimension.RULES: QT_TRANSLATE_NOOP("Wording", "Rules kept"),
    Dimension.STYLE: QT_TRANSLATE_NOOP("Wording", "Style"),
    Dimension.TENSION: QT_TRANSLATE_NOOP("Wording", "Tension"),
}
_SEVERITIES = {
    Severity.PRAISE: QT_TRANSLATE_NOOP("Wording", "Praise"),
    Severity.HINT: QT_TRANSLATE_NOOP("Wording", "Hint"),
    Severity.PROBLEM: QT_TRANSLATE_NOOP("Wording", "Problem"),
}
_READERS = {
    Reader.FAN: QT_TRANSLATE_NOOP("Wording", "A fan of the genre"),
    Reader.IMPATIENT: QT_TRANSLATE_NOOP("Wording", "An impatient reader"),
    Reader.CAREFUL: QT_TRANSLATE_NOOP("Wording", "A careful reader"),
}


def dimension(value: Dimension) -> str:
    """Returns the heading for a dimension."""
    return Wording.tr(_DIMENSIONS[value])


def severity(value: Severity) -> str:
    """Returns the word for the severity of a remark."""
    return Wording.tr(_SEVERITIES[value])


def reader(value: Reader) -> str:
    """Returns the name of the reader that the model plays."""
    return Wording.tr(_READERS[value])
