"""The full-text index of PostgreSQL: our own terms, with their places, in a ``tsvector``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Integer, column, table

from arboris_desktop.storage.tables.novels import PASSAGE_INDEX

_LONGEST_TERM = 2000
"""In bytes; a ``tsvector`` takes no word of 2 KiB."""

_LAST_PLACE = 16_383
"""A ``tsvector`` counts no further; no passage has so many terms."""


class TsVector:
    """``engine.port.FullText`` says what each method is for.

    The terms are given as they are: no dictionary of the server's changes or leaves out any.
    """

    insertion = f"INSERT INTO {PASSAGE_INDEX} (rowid, terms) VALUES (:id, CAST(:terms AS tsvector))"
    nothing = ""
    kept_terms = table(PASSAGE_INDEX, column("rowid", Integer)).c.rowid

    def stored(self, terms: Sequence[str]) -> str:
        """Each term with its place."""
        return " ".join(
            f"{_quoted(term)}:{min(place, _LAST_PLACE)}" for place, term in enumerate(terms, 1)
        )

    def expression(self, phrases: Iterable[Sequence[str]], *, all_of_them: bool) -> str:
        """Each phrase in brackets, its terms one right after the other."""
        joined = (f"({' <-> '.join(map(_quoted, terms))})" for terms in phrases)
        return (" & " if all_of_them else " | ").join(dict.fromkeys(joined))

    def matches(self, name: str) -> str:
        """The condition that the index answers."""
        return f"{PASSAGE_INDEX}.terms @@ CAST(:{name} AS tsquery)"

    def rank(self, name: str) -> str:
        """Long passages count for less, as with bm25; the less, the better it fits."""
        return f"-ts_rank({PASSAGE_INDEX}.terms, CAST(:{name} AS tsquery), 1)"


def _quoted(term: str) -> str:
    short = term.encode()[:_LONGEST_TERM].decode(errors="ignore")
    return "'" + short.replace("\\", "\\\\").replace("'", "''") + "'"
