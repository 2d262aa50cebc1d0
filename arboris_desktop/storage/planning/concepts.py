"""The inspiration dialogue: its turns, and the resulting brief."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select

from arboris_desktop.domain.concept import Brief, Question, Speaker, Topic, TopicNote, Turn
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.planning import concept_briefs, novel_conversations

_TOPICS = {topic.value: topic for topic in Topic}


class ConceptRepository(Repository):
    """Reads and writes the dialogue within the caller's transaction."""

    def turns(self, project_id: str) -> list[Turn]:
        """The dialogue from its beginning."""
        query = (
            select(novel_conversations)
            .where(novel_conversations.c.project_id == project_id)
            .order_by(novel_conversations.c.seq)
        )
        return [_to_turn(row) for row in self._connection.execute(query)]

    def add_words(self, project_id: str, text: str, skips: Topic | None = None) -> None:
        """Adds what the author says."""
        details = {} if skips is None else {"skips": skips.value}
        self._add(project_id, Speaker.AUTHOR, text, details)

    def add_question(
        self, project_id: str, question: Question, before: Mapping[Topic, str]
    ) -> None:
        """Adds what the model says, and what the brief had on the topics that it settles."""
        details = {
            "topic": question.topic.value if question.topic else None,
            "choices": list(question.choices),
            "settled": _by_name(question.settled),
            "before": _by_name(before),
        }
        self._add(project_id, Speaker.MODEL, question.text, details)

    def _add(
        self, project_id: str, speaker: Speaker, text: str, details: Mapping[str, object]
    ) -> None:
        last = select(func.coalesce(func.max(novel_conversations.c.seq), 0)).where(
            novel_conversations.c.project_id == project_id
        )
        self._connection.execute(
            insert(novel_conversations).values(
                project_id=project_id,
                seq=int(self._connection.execute(last).scalar_one()) + 1,
                role=speaker.value,
                content=text,
                metadata=details,
                created_at=self._clock(),
            )
        )

    def remove_from(self, project_id: str, number: int) -> None:
        """Removes the turn of that number and those after it."""
        self._connection.execute(
            delete(novel_conversations).where(
                novel_conversations.c.project_id == project_id, novel_conversations.c.seq >= number
            )
        )

    def brief(self, project_id: str) -> tuple[Brief, datetime | None]:
        """The brief and when the author agreed to it; empty if there is none."""
        query = select(concept_briefs).where(concept_briefs.c.project_id == project_id)
        row = self._connection.execute(query).one_or_none()
        return (Brief(), None) if row is None else (_to_brief(row.brief), row.confirmed_at)

    def set_brief(self, project_id: str, brief: Brief, *, confirmed: bool = False) -> None:
        """Stores the brief; unless it is confirmed now, it is not any more."""
        now = self._clock()
        values = {
            "brief": _from_brief(brief),
            "confirmed_at": now if confirmed else None,
            "updated_at": now,
        }
        self._upsert(concept_briefs, {"project_id": project_id}, values)


def _to_turn(row: Row[Any]) -> Turn:
    # A book of Arboris-Novel brings turns with details of its own.
    details = row._mapping[novel_conversations.c.metadata] or {}
    speaker = Speaker.MODEL if row.role == Speaker.MODEL.value else Speaker.AUTHOR
    question = None
    if speaker is Speaker.MODEL:
        choices = tuple(str(choice) for choice in details.get("choices") or ())
        topic = _TOPICS.get(str(details.get("topic")))
        question = Question(row.content, topic, choices, _by_topic(details.get("settled")))
    return Turn(
        number=row.seq,
        speaker=speaker,
        text=row.content,
        question=question,
        before=_by_topic(details.get("before")),
        skips=_TOPICS.get(str(details.get("skips"))),
    )


def _by_name(texts: Mapping[Topic, str]) -> dict[str, str]:
    return {topic.value: text for topic, text in texts.items()}


def _by_topic(stored: object) -> dict[Topic, str]:
    if not isinstance(stored, dict):
        return {}
    return {_TOPICS[name]: str(text) for name, text in stored.items() if name in _TOPICS}


def _from_brief(brief: Brief) -> dict[str, object]:
    notes = {
        topic.value: {"text": note.text, "authors": note.is_authors, "skipped": note.is_skipped}
        for topic, note in brief.notes.items()
    }
    return {"premise": brief.premise, "topics": notes}


def _to_brief(stored: dict[str, Any]) -> Brief:
    notes = {
        _TOPICS[name]: TopicNote(note["text"], note["authors"], note["skipped"])
        for name, note in stored.get("topics", {}).items()
        if name in _TOPICS
    }
    return Brief(stored.get("premise", ""), notes)
