"""Rows that an earlier version wrote to a file, as the present schema has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.migrate import HEAD, REVISIONS
from arboris_desktop.storage.portable.survey import JsonRow, JsonRows

Upgrade = Callable[[str, JsonRow], JsonRow]
"""Gives a table's row, as the revision before had it, the form of this revision."""

UPGRADES: dict[str, Upgrade] = {}
"""By revision, what its migration does to rows beyond new tables and new columns with a default:
those need no entry, since a column that a file does not have takes its default."""


def check_revision(revision: str) -> None:
    """Raises ``StorageError`` (``NOVEL_FILE_TOO_NEW``) for a schema that is not known yet."""
    if revision not in REVISIONS:
        reason = f"its schema is {revision}, this version knows {HEAD}"
        raise StorageError(ErrorKind.NOVEL_FILE_TOO_NEW, reason)


def upgraded(rows: JsonRows, revision: str, upgrades: Mapping[str, Upgrade] = UPGRADES) -> JsonRows:
    """Reads rows of the given revision as if the present one had written them."""
    steps = [upgrades[one] for one in REVISIONS if one > revision and one in upgrades]

    def read(table: str) -> Iterator[JsonRow]:
        for row in rows(table):
            yield reduce(lambda older, step: step(table, older), steps, row)

    return read
