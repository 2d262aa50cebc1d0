"""The forms in which a model answers in the inspiration dialogue.

Imported where they are used, so that pydantic does not delay the window. Only the message is
required: a small model that forgets the rest still keeps the dialogue going.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from arboris_desktop.domain.concept import MOST_CHOICES, Question, Topic
from arboris_desktop.llm.cleaning.thoughts import without_thinking
from arboris_desktop.llm.forms import BaseModel, BeforeValidator, Field, StringConstraints
from arboris_desktop.llm.partial_json import strings_of
from arboris_desktop.text.prose import one_line

_TOPICS = {topic.value: topic for topic in Topic}


def _words(value: object) -> object:
    """Accepts null or a list in place of a text, as models write them."""
    if isinstance(value, list):
        return "; ".join(str(each) for each in value if isinstance(each, str | int | float))
    return "" if value is None else value


def _first(value: object) -> object:
    """Drops topics beyond the maximum."""
    return value[: len(Topic)] if isinstance(value, list) else value or []


def _choices(value: object) -> object:
    """Drops choices that say nothing or are too long, and those beyond the maximum."""
    if not isinstance(value, list):
        return [] if value is None else value
    texts = [one_line(each) for each in value if isinstance(each, str)]
    told = [text for text in dict.fromkeys(texts) if len(text) <= _CHOICE and text.strip(".… ")]
    return told[:MOST_CHOICES]


def _at_most(characters: int) -> BeforeValidator:
    """Cuts a longer text: a server that ignores the schema may exceed a limit."""
    return BeforeValidator(lambda value: str(_words(value)).strip()[:characters])


# The limits are in the schema, too, where they keep a small model from rambling.
_CHOICE = 200
OfferedChoice = Annotated[str, StringConstraints(max_length=_CHOICE)]
Topics = Annotated[str, StringConstraints(max_length=20), _at_most(20)]
Text = Annotated[str, StringConstraints(max_length=500), _at_most(500)]
SpokenMessage = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500), _at_most(1500)
]


class SettledForm(BaseModel):
    """A topic that is settled now."""

    topic: Topics = ""
    text: Text = ""


class QuestionForm(BaseModel):
    """A turn of the model. The message comes first, so that it can be read at once."""

    message: SpokenMessage
    choices: Annotated[
        list[OfferedChoice], Field(max_length=MOST_CHOICES), BeforeValidator(_choices)
    ] = []
    topic: Topics = ""
    settled: Annotated[
        list[SettledForm], Field(max_length=len(Topic)), BeforeValidator(_first)
    ] = []

    def question(self) -> Question:
        """Returns the model's question, without unknown topics."""
        settled = {
            _TOPICS[each.topic]: each.text
            for each in self.settled
            if each.topic in _TOPICS and each.text
        }
        return Question(self.message, _TOPICS.get(self.topic), tuple(self.choices), settled)


class BriefForm(BaseModel):
    """The idea of the novel, in a sentence or two on each topic."""

    premise: Text = ""
    genre: Text = ""
    theme: Text = ""
    protagonist: Text = ""
    conflict: Text = ""
    world: Text = ""
    ending: Text = ""

    def by_topic(self) -> dict[Topic, str]:
        """Returns the statements of the brief by topic."""
        return {topic: str(getattr(self, topic.value)) for topic in Topic}


def saved_question(answer: str) -> QuestionForm | None:
    """Returns the part of a malformed answer that can still be shown: its message, if any."""
    found = strings_of(answer)
    message = found.get("message")
    if not isinstance(message, str) or not message.strip():
        # A model that writes no JSON may nevertheless have asked a good question.
        said = without_thinking(answer).strip()
        return QuestionForm(message=said) if said and "{" not in said else None
    return QuestionForm(message=message, choices=_list(found), settled=_settled(found))


def saved_brief(answer: str) -> BriefForm | None:
    """Returns the part of a malformed brief that can be read."""
    texts = {key: text for key, text in strings_of(answer).items() if isinstance(text, str)}
    known = {key: text for key, text in texts.items() if key in BriefForm.model_fields}
    return BriefForm(**known) if any(text.strip() for text in known.values()) else None


def _list(found: Mapping[str, object]) -> list[str]:
    return _choices(found.get("choices"))  # type: ignore[return-value]


def _settled(found: Mapping[str, Any]) -> list[SettledForm]:
    entries = found.get("settled")
    if not isinstance(entries, list):
        return []
    return [
        SettledForm(topic=entry["topic"], text=entry["text"])
        for entry in entries
        if isinstance(entry, dict) and {"topic", "text"} <= set(entry)
    ]
