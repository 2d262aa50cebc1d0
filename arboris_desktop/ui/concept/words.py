"""Translated words for the topics of the dialogue."""

from __future__ import annotations

from arboris_desktop.domain.concept import Topic, TopicState
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording
from arboris_desktop.ui.widgets.theme import Tone

_NAME = {
    Topic.GENRE: QT_TRANSLATE_NOOP("Wording", "Genre and readers"),
    Topic.THEME: QT_TRANSLATE_NOOP("Wording", "Theme"),
    Topic.PROTAGONIST: QT_TRANSLATE_NOOP("Wording", "Protagonist"),
    Topic.CONFLICT: QT_TRANSLATE_NOOP("Wording", "Conflict"),
    Topic.WORLD: QT_TRANSLATE_NOOP("Wording", "World"),
    Topic.ENDING: QT_TRANSLATE_NOOP("Wording", "Ending"),
}
_HINT = {
    Topic.GENRE: QT_TRANSLATE_NOOP("Wording", "What kind of book, and for whom"),
    Topic.THEME: QT_TRANSLATE_NOOP("Wording", "What it is about beneath the plot"),
    Topic.PROTAGONIST: QT_TRANSLATE_NOOP("Wording", "Who it is about, and what they want"),
    Topic.CONFLICT: QT_TRANSLATE_NOOP("Wording", "What stands in the way"),
    Topic.WORLD: QT_TRANSLATE_NOOP("Wording", "Where and when, and its rules"),
    Topic.ENDING: QT_TRANSLATE_NOOP("Wording", "Where it leads"),
}
_STATE = {
    TopicState.OPEN: (QT_TRANSLATE_NOOP("Wording", "Still open"), Tone.NEUTRAL),
    TopicState.SETTLED: (QT_TRANSLATE_NOOP("Wording", "Settled"), Tone.GOOD),
    TopicState.SKIPPED: (QT_TRANSLATE_NOOP("Wording", "Left open"), Tone.WARNING),
}


def topic_name(topic: Topic) -> str:
    """Returns the name of a topic."""
    return Wording.tr(_NAME[topic])


def topic_hint(topic: Topic) -> str:
    """Returns a hint at what a topic is about."""
    return Wording.tr(_HINT[topic])


def topic_state(state: TopicState) -> tuple[str, Tone]:
    """Returns the state of a topic, in words and in colour."""
    text, tone = _STATE[state]
    return Wording.tr(text), tone
