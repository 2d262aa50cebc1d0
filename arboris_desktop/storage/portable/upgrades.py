"""Rows that an earlier version wrote to a file, as the present schema has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.migrate import HEAD, REVISIONS
from arboris_desktop.storage.portable.survey import JsonRow, JsonRows

Upgrade = Callable[[str, JsonRow], JsonRow]
"""Gives a table's row, as the revision before had it, the form of this revision."""


def _with_money(table: str, row: JsonRow) -> JsonRow:
    """Makes one value of what was spent, as it is since 0007: the money stands beside the
    tokens."""
    if table == "analysis_batches" and isinstance(row.get("estimate"), dict):
        return {**row, "estimate": _spent_in_one(row["estimate"], row["estimate"])}
    if table not in _SPENT_IN_COLUMNS:
        return row
    rest = {name: value for name, value in row.items() if name not in ("cost", "currency")}
    usage = rest.get("token_usage")
    return {**rest, "token_usage": _spent_in_one(usage, row)} if isinstance(usage, dict) else rest


def _spent_in_one(usage: JsonRow, stated: JsonRow) -> JsonRow:
    cost, currency = stated.get("cost"), stated.get("currency")
    money = {currency: cost} if cost and isinstance(currency, str) and currency else {}
    is_unknown = cost is None and bool(usage.get("total_tokens", usage.get("prompt_tokens")))
    kept = {name: value for name, value in usage.items() if name not in ("cost", "currency")}
    return {**kept, "money": money, "unpriced": int(is_unknown)}


_SPENT_IN_COLUMNS = frozenset({"analysis_steps", "pending_analysis", "chapter_candidates"})

UPGRADES: dict[str, Upgrade] = {"0007": _with_money}
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
