"""Keeping what a model answered until it is used, since it is paid for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.kept_answers import AnswerKey, AnswerKind, KeptAnswer
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import patiently, to_its_end

log = logging.getLogger(__name__)


class KeptAnswers:
    """The stored answers. Every method raises ``StorageError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, key: AnswerKey) -> KeptAnswer | None:
        """Returns the answer for a subject, or ``None``."""
        with self._database.read() as transaction:
            return transaction.kept_answers.get(key)

    def of_kind(self, project_id: str, kind: AnswerKind) -> list[KeptAnswer]:
        """Returns all answers of one kind for a novel, the oldest first."""
        with self._database.read() as transaction:
            return transaction.kept_answers.of_kind(project_id, kind)

    def keep(self, key: AnswerKey, content: dict[str, Any]) -> None:
        """Stores an answer, replacing an older one for the same subject.

        Raises ``NotFoundError`` if the novel or the chapter is gone.
        """
        with self._database.write() as transaction:
            transaction.projects.get(key.project_id)
            if key.chapter_id is not None:
                transaction.chapters.overview(key.chapter_id)
            transaction.kept_answers.put(key, content)

    def forget(self, key: AnswerKey) -> None:
        """Deletes the answer: the author has decided, or it was used."""
        with self._database.write() as transaction:
            transaction.kept_answers.remove(key)

    async def keep_patiently(self, key: AnswerKey, content: dict[str, Any]) -> None:
        """Stores an answer, trying for a while; it is of use even if it cannot be stored."""
        await keep_if_possible(lambda: self.keep(key, content))


async def keep_if_possible(keep: Callable[[], None]) -> None:
    """Calls ``keep`` on another thread until it succeeds, for a while, regardless of
    cancellation."""
    try:
        await to_its_end(patiently(keep))
    except ArborisError as error:
        log.warning("an answer is shown, but not kept over a crash: %s", error)


def text_in(content: dict[str, Any], name: str) -> str:
    """Returns a text of a stored answer; empty if it is none."""
    value = content.get(name)
    return value if isinstance(value, str) else ""


def number_in(content: dict[str, Any], name: str) -> int:
    """Returns a number of a stored answer; 0 if it is none."""
    value = content.get(name)
    return value if type(value) is int else 0
