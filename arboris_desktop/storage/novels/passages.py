"""The full-text index of a novel: passages of its chapters, found by the terms in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnClause,
    Integer,
    Select,
    bindparam,
    column,
    delete,
    exists,
    func,
    insert,
    select,
    table,
    text,
)

from arboris_desktop.domain.record import record
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.labels import ChapterLabels
from arboris_desktop.storage.tables.novels import (
    PASSAGE_INDEX,
    chapter_versions,
    chapters,
    passages,
)
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines
from arboris_desktop.text.passages import split_into_passages
from arboris_desktop.text.search_terms import search_terms

_index = table(PASSAGE_INDEX, column("rowid"), column("terms"))
if TYPE_CHECKING:
    from arboris_desktop.storage.engine.port import FullText

_COUNTED_TOGETHER = 50
_ALL = 2**62


@record
class FoundPassage:
    """A passage that was found; ``start`` and ``end`` in characters of its chapter.

    ``rank``: the smaller, the better it fits.
    """

    chapter_id: int
    chapter_number: int
    chapter_title: str
    start: int
    end: int
    text: str
    rank: float
    chapter_label: str | None = None


class PassageRepository(Repository):
    """Reads and writes the index within the caller's transaction.

    What it holds of a chapter counts as long as it was made from the chapter's present text.
    """

    def stale_chapters(self, project_id: str) -> list[int]:
        """The chapters whose present text is not in the index, in reading order."""
        query = _stale_chapters(self._words.kept_terms)
        return list(self._connection.execute(query, {"project": project_id}).scalars())

    def index_chapter(self, chapter_id: int) -> None:
        """Puts the chapter's present text in the place of what the index holds of it."""
        self._connection.execute(delete(passages).where(passages.c.chapter_id == chapter_id))
        query = (
            select(chapters.c.project_id, chapter_versions)
            .join(chapter_versions, chapter_versions.c.id == chapters.c.selected_version_id)
            .where(chapters.c.id == chapter_id)
        )
        version = self._connection.execute(query).one_or_none()
        if version is None:
            return
        newest = self._connection.execute(select(func.max(passages.c.id))).scalar_one() or 0
        rows = [
            {
                "id": newest + 1 + position,
                "project_id": version.project_id,
                "chapter_id": chapter_id,
                "version_id": version.id,
                "version_revision": version.revision,
                "position": position,
                "start": span.start,
                "end": span.end,
            }
            for position, span in enumerate(split_into_passages(version.content))
        ]
        self._connection.execute(insert(passages), rows)
        terms = [
            {
                "id": row["id"],
                "terms": self._words.stored(
                    search_terms(version.content[row["start"] : row["end"]])
                ),
            }
            for row in rows
        ]
        self._connection.execute(text(self._words.insertion), terms)

    def find(
        self,
        project_id: str,
        phrases: Sequence[str],
        *,
        limit: int,
        all_of_them: bool = True,
        before_chapter: int | None = None,
    ) -> list[FoundPassage]:
        """The passages that hold the phrases (or any of them), the best first.

        ``before_chapter`` leaves out that chapter number and all after it.
        """
        match = match_expression(self._words, phrases, all_of_them=all_of_them)
        if not match:
            return []
        rank = text(f"{self._words.rank('match')} AS misfit")
        query = (
            select(passages, chapters.c.chapter_number, chapter_outlines.c.title, rank)
            .join_from(_index, passages, passages.c.id == _index.c.rowid)
            .join(chapters, chapters.c.id == passages.c.chapter_id)
            .outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
            .where(text(self._words.matches("match")), passages.c.project_id == project_id)
            .order_by(text("misfit"), passages.c.id)
            .limit(limit)
        )
        if before_chapter is not None:
            query = query.where(chapters.c.chapter_number < before_chapter)
        rows = self._connection.execute(query, {"match": match}).all()
        texts = self._texts({(row.version_id, row.version_revision) for row in rows})
        labels = ChapterLabels(self._connection)
        return [
            FoundPassage(
                row.chapter_id,
                row.chapter_number,
                row.title or "",
                row.start,
                row.end,
                content[row.start : row.end],
                row.misfit,
                labels.of(project_id, row.chapter_number),
            )
            for row in rows
            if (content := texts.get((row.version_id, row.version_revision))) is not None
        ]

    def frequencies(self, phrases: Iterable[str], at_most: int = _ALL) -> dict[str, int]:
        """In how many passages of all novels each phrase stands, counted up to ``at_most``; asked
        in one go. What is everywhere takes long to be counted to its end."""
        counts: dict[str, int] = {}
        waiting = list(dict.fromkeys(phrases))
        for start in range(0, len(waiting), _COUNTED_TOGETHER):
            some = waiting[start : start + _COUNTED_TOGETHER]
            # An empty phrase is nowhere; an empty expression would be an error.
            matches = {
                f"m{n}": match_expression(self._words, [each]) or self._words.nothing
                for n, each in enumerate(some)
            }
            query = ", ".join(self._counting(name) for name in matches)
            values = {**matches, "most": at_most}
            row = self._connection.execute(text(f"SELECT {query}"), values).one()
            counts.update(zip(some, row, strict=True))
        return counts

    def _counting(self, name: str) -> str:
        found = f"SELECT 1 FROM {PASSAGE_INDEX} WHERE {self._words.matches(name)} LIMIT :most"
        return f"(SELECT count(*) FROM ({found}) AS {name}_found)"

    def count(self) -> int:
        """The number of passages of all novels."""
        return self._connection.execute(select(func.count()).select_from(passages)).scalar_one()

    @property
    def _words(self) -> FullText:
        return _full_text_of(self._connection.dialect.name)

    def _texts(self, versions: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """The texts of versions, by number and revision, as far as they are chapters now.

        Read apart from the search: SQLite would sort the texts along with their passages.
        """
        columns = chapter_versions.c
        query = (
            select(columns.id, columns.revision, columns.content)
            .join(chapters, chapters.c.selected_version_id == columns.id)
            .where(columns.id.in_({version_id for version_id, _revision in versions}))
        )
        rows = self._connection.execute(query)
        return {(row.id, row.revision): row.content for row in rows}


@cache
def _stale_chapters(kept_terms: ColumnClause[int]) -> Select[Any]:
    is_indexed = exists().where(
        passages.c.chapter_id == chapters.c.id,
        passages.c.position == 0,
        passages.c.version_id == chapter_versions.c.id,
        passages.c.version_revision == chapter_versions.c.revision,
        # Rows that came from elsewhere have no terms here.
        exists().where(kept_terms == passages.c.id),
    )
    return (
        select(chapters.c.id)
        .join(chapter_versions, chapter_versions.c.id == chapters.c.selected_version_id)
        .where(chapters.c.project_id == bindparam("project"), ~is_indexed)
        .order_by(chapters.c.chapter_number)
    )


def match_expression(index: FullText, phrases: Iterable[str], *, all_of_them: bool = True) -> str:
    """The expression that an index is asked for; empty when there is nothing to look for."""
    terms = (found for phrase in phrases if (found := search_terms(phrase)))
    return index.expression(terms, all_of_them=all_of_them)


class Fts5:
    """The full-text index of SQLite; ``engine.port.FullText`` says what each method is for."""

    insertion = f"INSERT INTO {PASSAGE_INDEX} (rowid, terms) VALUES (:id, :terms)"
    nothing = '""'

    kept_terms = table(f"{PASSAGE_INDEX}_docsize", column("id", Integer)).c.id
    """One of the tables that FTS5 documents: to look for a row in the index itself makes a cursor
    over it, for each chapter."""

    def stored(self, terms: Sequence[str]) -> str:
        """The terms with a space between each."""
        return " ".join(terms)

    def expression(self, phrases: Iterable[Sequence[str]], *, all_of_them: bool) -> str:
        """Each phrase is quoted and holds terms only, so that nothing is taken for syntax."""
        quoted = (f'"{" ".join(terms)}"' for terms in phrases)
        return (" AND " if all_of_them else " OR ").join(dict.fromkeys(quoted))

    def matches(self, name: str) -> str:
        """FTS5's own operator."""
        return f"{PASSAGE_INDEX} MATCH :{name}"

    def rank(self, name: str) -> str:
        """FTS5 reckons it for the expression that the query was asked for."""
        return f"bm25({PASSAGE_INDEX})"


def _full_text_of(dialect: str) -> FullText:
    if dialect == "postgresql":
        from arboris_desktop.storage.postgres.full_text import TsVector

        return TsVector()
    if dialect == "mysql":
        from arboris_desktop.storage.mysql.full_text import FullTextColumn

        return FullTextColumn()
    return Fts5()
