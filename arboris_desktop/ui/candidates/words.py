"""Words for candidates: their angles, and the criteria of judgement."""

from __future__ import annotations

from arboris_desktop.domain.candidates import Angle, Criterion
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording

_ANGLES = {
    Angle.PLAN: QT_TRANSLATE_NOOP("Wording", "as planned"),
    Angle.ACTION: QT_TRANSLATE_NOOP("Wording", "led by action"),
    Angle.DIALOGUE: QT_TRANSLATE_NOOP("Wording", "led by dialogue"),
    Angle.SENSES: QT_TRANSLATE_NOOP("Wording", "place and senses"),
    Angle.INNER_LIFE: QT_TRANSLATE_NOOP("Wording", "inner life"),
}
_CRITERIA = {
    Criterion.PLAN: QT_TRANSLATE_NOOP("Wording", "Plan"),
    Criterion.CONTINUITY: QT_TRANSLATE_NOOP("Wording", "Continuity"),
    Criterion.CHARACTERS: QT_TRANSLATE_NOOP("Wording", "Characters"),
    Criterion.STYLE: QT_TRANSLATE_NOOP("Wording", "Style"),
    Criterion.LANGUAGE: QT_TRANSLATE_NOOP("Wording", "Language"),
}


def angle_name(angle: Angle) -> str:
    """Returns the name of the angle of a candidate."""
    return Wording.tr(_ANGLES[angle])


def criterion_name(criterion: Criterion) -> str:
    """Returns the name of a criterion."""
    return Wording.tr(_CRITERIA[criterion])
