"""The forms in which a model answers in the inspiration dialogue.

Imported where they are used, so that pydantic does not delay the window. Only the words are
required: a small model that forgets the rest still keeps the dialogue going.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from arboris_desktop.domain.concept import MOST_CHOICES, Question, Topic
from arboris_desktop.domain.text import one_line
from arboris_desktop.llm.partial_json import strings_of
from arboris_desktop.llm.thinking import without_thinking

_TOPICS = {topic.value: topic for topic in Topic}


def _words(value: object) -> object:
    """Models put null or a list where a text is wanted."""
    if isinstance(value, list):
        return "; ".join(str(each) for each in value if isinstance(each, str | int | float))
    return "" if value is None else value


def _texts(value: object) -> object:
    """A list of texts, without what is none or empty, and no longer than it may be."""
    if not isinstance(value, list):
        return [] if value is None else value
    texts = [one_line(each) for each in value if isinstance(each, str)]
    return [text for text in dict.fromkeys(texts) if text][:MOST_CHOICES]


Text = Annotated[str, StringConstraints(strip_whitespace=True), BeforeValidator(_words)]
Message = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class SettledForm(BaseModel):
    """A topic that is settled now."""

    topic: Text = ""
    text: Text = ""


class QuestionForm(BaseModel):
    """One turn of the model. The message stands first, so that it can be read at once."""

    message: Message
    choices: Annotated[list[str], Field(max_length=MOST_CHOICES), BeforeValidator(_texts)] = []
    topic: Text = ""
    settled: list[SettledForm] = []

    def question(self) -> Question:
        """What it says, without what is no topic of ours."""
        settled = {
            _TOPICS[each.topic]: each.text
            for each in self.settled
            if each.topic in _TOPICS and each.text
        }
        return Question(self.message, _TOPICS.get(self.topic), tuple(self.choices), settled)


class BriefForm(BaseModel):
    """What the novel is to be, in a sentence or two on each topic."""

    premise: Text = ""
    genre: Text = ""
    theme: Text = ""
    protagonist: Text = ""
    conflict: Text = ""
    world: Text = ""
    ending: Text = ""

    def by_topic(self) -> dict[Topic, str]:
        """What it says on each topic."""
        return {topic: str(getattr(self, topic.value)) for topic in Topic}


def saved_question(answer: str) -> QuestionForm | None:
    """What can still be shown of an answer that has not the form: its words, if there are any."""
    found = strings_of(answer)
    message = found.get("message")
    if not isinstance(message, str) or not message.strip():
        # A model that knows no JSON may have asked a good question all the same.
        said = without_thinking(answer).strip()
        return QuestionForm(message=said[:2000]) if said and "{" not in said else None
    return QuestionForm(message=message[:2000], choices=_list(found), settled=_settled(found))


def saved_brief(answer: str) -> BriefForm | None:
    """What can be read of a brief that has not the form."""
    texts = {key: text for key, text in strings_of(answer).items() if isinstance(text, str)}
    known = {key: text for key, text in texts.items() if key in BriefForm.model_fields}
    return BriefForm(**known) if any(text.strip() for text in known.values()) else None


def _list(found: Mapping[str, object]) -> list[str]:
    return _texts(found.get("choices"))  # type: ignore[return-value]


def _settled(found: Mapping[str, Any]) -> list[SettledForm]:
    entries = found.get("settled")
    if not isinstance(entries, list):
        return []
    return [
        SettledForm(topic=entry["topic"], text=entry["text"])
        for entry in entries
        if isinstance(entry, dict) and {"topic", "text"} <= set(entry)
    ]
