"""The words that are right in a novel, and the dictionary that it is checked by."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import novel_spelling, novel_words

LONGEST_WORD = 255


class WordRepository(Repository):
    """Reads and writes words within the caller's transaction."""

    def dictionary(self, project_id: str) -> str:
        """The dictionary that was chosen; empty if none was."""
        query = select(novel_spelling.c.dictionary).where(novel_spelling.c.project_id == project_id)
        return str(self._connection.execute(query).scalar_one_or_none() or "")

    def choose(self, project_id: str, dictionary: str) -> None:
        """Stores which dictionary was chosen."""
        self._upsert(novel_spelling, {"project_id": project_id}, {"dictionary": dictionary})

    def of_project(self, project_id: str) -> tuple[str, ...]:
        """The words of a novel, in their order."""
        query = select(novel_words.c.word).where(novel_words.c.project_id == project_id)
        return tuple(sorted(self._connection.execute(query).scalars(), key=str.casefold))

    def add(self, project_id: str, word: str) -> None:
        """Stores a word, unless it is there."""
        word = word.strip()[:LONGEST_WORD]
        if word and word not in self.of_project(project_id):
            self._connection.execute(insert(novel_words).values(project_id=project_id, word=word))

    def replace(self, project_id: str, words: Iterable[str]) -> None:
        """Stores these words in the place of all others."""
        self._connection.execute(delete(novel_words).where(novel_words.c.project_id == project_id))
        for word in words:
            self.add(project_id, word)
