"""Finding every occurrence of words in a book, while they are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database
from arboris_desktop.text.book_finding import SearchedText
from arboris_desktop.text.finding import Wanted
from arboris_desktop.text.quotations import Span

_MOST_KEPT = 20_000_000
"""Characters cached between searches: a long book has some millions."""


@record
class ChapterHits:
    """The occurrences in the present text of one chapter."""

    chapter: ChapterOverview
    text: str
    spans: tuple[Span, ...]


@record
class BookHits:
    """The occurrences in a book, by chapter in reading order."""

    wanted: Wanted
    chapters: tuple[ChapterHits, ...] = ()

    @property
    def count(self) -> int:
        """The number of occurrences."""
        return sum(len(each.spans) for each in self.chapters)


class BookSearch:
    """Searches the texts themselves, like the search in a chapter, so that both find the same.

    Blocks.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[tuple[int, int], SearchedText] = {}

    def find(
        self,
        project_id: str,
        wanted: Wanted,
        unsaved: Mapping[int, str] | None = None,
        shall_stop: Callable[[], bool] = lambda: False,
    ) -> BookHits | None:
        """Returns every occurrence; ``None`` if the search was stopped.

        ``unsaved`` texts take precedence over those stored. Raises ``StorageError``,
        ``PatternError`` and ``PatternTooSlowError``.
        """
        if not wanted.words:
            return BookHits(wanted)
        found = []
        for chapter, text in self._texts(project_id, unsaved or {}):
            if shall_stop():
                return None
            spans = text.places(wanted)
            if spans:
                found.append(ChapterHits(chapter, text.text, tuple(spans)))
        return BookHits(wanted, tuple(found))

    def _texts(
        self, project_id: str, unsaved: Mapping[int, str]
    ) -> list[tuple[ChapterOverview, SearchedText]]:
        """Returns the chapters with a text; what the last search read and folded is cached."""
        kept = self._kept  # Another search may replace the cache meanwhile.
        with self._database.read() as transaction:
            revisions = transaction.chapters.selected_revisions(project_id)
            missing = [each for each in revisions.values() if each not in kept]
            texts = transaction.chapters.contents([version_id for version_id, _ in missing])
            chapters = transaction.chapters.of_project(project_id)
        fresh = {revision: SearchedText(texts[revision[0]]) for revision in missing}
        known = {each: kept.get(each) or fresh[each] for each in revisions.values()}
        short = sum(len(text.text) for text in known.values()) <= _MOST_KEPT
        self._kept = known if short else {}
        return [
            (chapter, SearchedText(unsaved[chapter.id]))
            if chapter.id in unsaved
            else (chapter, known[revisions[chapter.id]])
            for chapter in chapters
            if chapter.id in unsaved or chapter.id in revisions
        ]
