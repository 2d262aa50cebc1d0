"""The inspiration dialogue: what is asked, what it has settled, and the resulting brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record

MOST_CHOICES = 5


class Topic(StrEnum):
    """A matter to settle before a novel can be planned, in the order in which it is asked."""

    GENRE = "genre"
    THEME = "theme"
    PROTAGONIST = "protagonist"
    CONFLICT = "conflict"
    WORLD = "world"
    ENDING = "ending"


class TopicState(StrEnum):
    """The progress of a topic."""

    OPEN = "open"
    SETTLED = "settled"
    SKIPPED = "skipped"


class Speaker(StrEnum):
    """The speaker of a turn. The values are those of Arboris-Novel."""

    AUTHOR = "user"
    MODEL = "assistant"


@record
class TopicNote:
    """The words settled on a topic; ``is_authors`` once the author has put it in their words."""

    text: str = ""
    is_authors: bool = False
    is_skipped: bool = False

    @property
    def state(self) -> TopicState:
        """The progress of the topic; words count even where it was skipped before."""
        if self.text:
            return TopicState.SETTLED
        return TopicState.SKIPPED if self.is_skipped else TopicState.OPEN


@record
class Brief:
    """The plan of a novel: the idea in the author's words, and a note on each topic."""

    premise: str = ""
    notes: Mapping[Topic, TopicNote] = field(default_factory=dict)

    def note(self, topic: Topic) -> TopicNote:
        """The note on a topic."""
        return self.notes.get(topic, TopicNote())

    def topics(self, state: TopicState) -> list[Topic]:
        """The topics in a state, in their order."""
        return [topic for topic in Topic if self.note(topic).state is state]

    @property
    def is_empty(self) -> bool:
        """True if it is too empty to plan anything from."""
        return not self.premise and not self.topics(TopicState.SETTLED)

    def with_text(self, topic: Topic, text: str) -> Brief:
        """The brief with the author's words on a topic; without words, it is open again."""
        text = text.strip()
        return self._with(topic, TopicNote(text, is_authors=bool(text)))

    def with_skipped(self, topic: Topic, skipped: bool) -> Brief:
        """The brief with a topic set aside, or open again; what is settled stays."""
        return self._with(topic, replace(self.note(topic), is_skipped=skipped))

    def merged(self, settled: Mapping[Topic, str]) -> Brief:
        """The brief with what the model took from the dialogue.

        The author's own words on a topic stay, and an empty text says nothing.
        """
        brief = self
        for topic, text in settled.items():
            if text.strip() and not self.note(topic).is_authors:
                brief = brief._with(topic, TopicNote(text.strip()))
        return brief

    def without(self, settled: Mapping[Topic, str], before: Mapping[Topic, str]) -> Brief:
        """The brief from before a turn: what the author has changed since stays as it is."""
        brief = self
        for topic, text in settled.items():
            note = self.note(topic)
            if note.text == text.strip() and not note.is_authors:
                brief = brief._with(topic, TopicNote(before.get(topic, "")))
        return brief

    def _with(self, topic: Topic, note: TopicNote) -> Brief:
        return replace(self, notes={**self.notes, topic: note})


@record
class Question:
    """The model's side of a turn: words, choices beside them, and what is now settled."""

    text: str
    topic: Topic | None = None
    choices: tuple[str, ...] = ()
    settled: Mapping[Topic, str] = field(default_factory=dict)


@record
class Turn:
    """One turn of the dialogue. ``number`` counts within the novel.

    Of the model's: its ``question``, and what stood in the brief ``before`` on the topics that it
    settled. ``skips``: the author set the topic aside instead of answering.
    """

    number: int
    speaker: Speaker
    text: str
    question: Question | None = None
    before: Mapping[Topic, str] = field(default_factory=dict)
    skips: Topic | None = None


@record
class Conversation:
    """The dialogue about a novel, and its brief; ``confirmed_at`` once the author has agreed."""

    project_id: str
    language: Language
    turns: tuple[Turn, ...]
    brief: Brief
    confirmed_at: datetime | None = None

    @property
    def awaits_answer(self) -> bool:
        """True if the author's last words have no answer yet."""
        return bool(self.turns) and self.turns[-1].speaker is Speaker.AUTHOR

    @property
    def question(self) -> Question | None:
        """The question that the author is asked now."""
        return self.turns[-1].question if self.turns else None
