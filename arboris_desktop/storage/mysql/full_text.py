"""The full-text index of MariaDB and MySQL: our own terms, written so that none is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Integer, column, table

from arboris_desktop.storage.tables.novels import PASSAGE_INDEX

_LONGEST_WORD = 84
"""In characters; the server leaves longer ones out (``innodb_ft_max_token_size``)."""

CREATE_PASSAGE_INDEX = (
    f"CREATE TABLE {PASSAGE_INDEX} ("
    "rowid INTEGER NOT NULL PRIMARY KEY, "
    "terms LONGTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL, "
    f"CONSTRAINT fk_{PASSAGE_INDEX}_rowid_passages FOREIGN KEY (rowid)"
    " REFERENCES passages (id) ON DELETE CASCADE, "
    f"FULLTEXT INDEX ix_{PASSAGE_INDEX}_terms (terms)) ENGINE=InnoDB"
)


class FullTextColumn:
    """``engine.port.FullText`` says what each method is for.

    A server leaves out short words and those of its list of stop words, and takes what it does not
    know for a gap. So each term is stored as a word of digits and letters that is not one of those.
    What a transaction stores is found once it is committed.
    """

    insertion = f"INSERT INTO {PASSAGE_INDEX} (rowid, terms) VALUES (:id, :terms)"
    nothing = ""
    kept_terms = table(PASSAGE_INDEX, column("rowid", Integer)).c.rowid

    def stored(self, terms: Sequence[str]) -> str:
        """The words with a space between each."""
        return " ".join(map(_word, terms))

    def expression(self, phrases: Iterable[Sequence[str]], *, all_of_them: bool) -> str:
        """Each phrase in quotation marks, a term alone without."""
        words = (" ".join(map(_word, terms)) for terms in phrases)
        sign = "+" if all_of_them else ""
        return " ".join(
            dict.fromkeys(f'{sign}"{one}"' if " " in one else sign + one for one in words)
        )

    def matches(self, name: str) -> str:
        """The condition that the index answers."""
        return f"MATCH ({PASSAGE_INDEX}.terms) AGAINST (:{name} IN BOOLEAN MODE)"

    def rank(self, name: str) -> str:
        """The less, the better it fits."""
        return f"-{self.matches(name)}"


def _word(term: str) -> str:
    """As long as the server's settings want a word to be, at least, and as they allow, at most."""
    plain = f"term{term.encode(errors='replace').hex()}"
    if len(plain) <= _LONGEST_WORD:
        return plain
    return f"hash{hashlib.sha256(term.encode(errors='replace')).hexdigest()}"
