"""Finding passages of the book that are related to a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.novels.passages import FoundPassage
from arboris_desktop.text.search_terms import TermText
from arboris_desktop.writing.context.key_terms import Rarity, candidate_terms, joined_terms, rarest
from arboris_desktop.writing.search import Search

_MOST_NAMES = 8


@record
class RelatedPassage:
    """A passage, and the words of the plan by which it was found."""

    passage: FoundPassage
    words: str


class PassageFinder(Protocol):
    """Finds what the book has said about a plan.

    Full-text search is one way; another implementation could compare embeddings.
    """

    def about(
        self, project_id: str, plan: str, names: Sequence[str], *, before_chapter: int, limit: int
    ) -> list[RelatedPassage]:
        """Returns passages before a chapter number, the best first. ``names`` occur in the plan."""
        ...


class FullTextFinder:
    """Finds passages by the names in the plan, and by its words that are rare in the book.

    Blocks.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._search = Search(database)

    def about(
        self, project_id: str, plan: str, names: Sequence[str], *, before_chapter: int, limit: int
    ) -> list[RelatedPassage]:
        """See ``PassageFinder``. Raises ``StorageError``."""
        self._search.refresh(project_id)
        named = list(names[:_MOST_NAMES])
        with self._database.read() as transaction:
            index = transaction.passages
            rarity = Rarity(index.count())
            counts = index.frequencies([*named, *candidate_terms(plan)], rarity.counted_to)
            phrases = rarity.telling_terms(counts, named) or rarest(index.frequencies(named))
            found = index.find(
                project_id,
                phrases,
                limit=limit,
                all_of_them=False,
                before_chapter=before_chapter,
            )
        return [RelatedPassage(one, _words_in(one.text, phrases, plan)) for one in found]


def _words_in(text: str, phrases: Sequence[str], plan: str) -> str:
    passage = TermText(text)
    return ", ".join(joined_terms([each for each in phrases if passage.holds(each)], plan))
