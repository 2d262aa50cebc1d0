"""Finding words anywhere in a novel."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database
from arboris_desktop.text.prose import one_line
from arboris_desktop.text.search_terms import find_phrase, phrases_of

if TYPE_CHECKING:
    from arboris_desktop.storage.novels.passages import FoundPassage

INDEX_SECONDS = 0.15
"""Seconds for one transaction that updates the index, since others wait to write."""

_AROUND = 40
"""Characters of the snippet on each side of the match."""


@record
class SearchHit:
    """A match: ``start`` and ``end`` in characters of the chapter.

    ``snippet`` is the text around it, on one line; the words begin at ``snippet_start`` in it, and
    are as long as in the chapter except for line ends.
    """

    chapter_id: int
    chapter_number: int
    chapter_title: str
    start: int
    end: int
    snippet: str
    snippet_start: int


class Search:
    """Full-text search that updates the index before each query. Blocks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, project_id: str, words: str, *, limit: int = 50) -> list[SearchHit]:
        """Finds where all the words stand near each other, the best places first.

        Words in quotation marks are searched literally. Raises ``StorageError``.
        """
        phrases = phrases_of(words)
        if not phrases:
            return []
        self.refresh(project_id)
        with self._database.read() as transaction:
            found = transaction.passages.find(project_id, phrases, limit=limit)
        return [_to_hit(passage, phrases) for passage in found]

    def refresh(self, project_id: str, shall_stop: Callable[[], bool] = lambda: False) -> None:
        """Updates the index, in short transactions. Raises ``StorageError``."""
        with self._database.read() as transaction:
            stale = transaction.passages.stale_chapters(project_id)
        while stale and not shall_stop():
            began = time.monotonic()
            with self._database.write() as transaction:
                while stale and time.monotonic() - began < INDEX_SECONDS:
                    transaction.passages.index_chapter(stale.pop(0))


def _to_hit(passage: FoundPassage, phrases: Sequence[str]) -> SearchHit:
    spans = (find_phrase(phrase, passage.text) for phrase in phrases)
    words = next((span for span in spans if span is not None), None)
    start, end = (words.start, words.end) if words else (0, 0)
    before = passage.text[max(start - _AROUND, 0) : start]
    ahead = one_line(f"{before}|")[:-1]
    snippet = ahead + one_line(passage.text[start : end + _AROUND])
    return SearchHit(
        passage.chapter_id,
        passage.chapter_number,
        passage.chapter_title,
        passage.start + start,
        passage.start + end,
        snippet,
        len(ahead),
    )
