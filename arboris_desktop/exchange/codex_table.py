"""Exporting and importing the codex as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from arboris_desktop.codex.rows import (
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_ROWS,
    ROLE,
    CodexRow,
    RowsTaken,
    take_rows,
)
from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.atomic_file import Noting, unnoted
from arboris_desktop.exchange.character_cards import is_card, read_card
from arboris_desktop.exchange.decoding import decode
from arboris_desktop.exchange.spreadsheet_cells import MARK, safe_cell, unsafe_cell
from arboris_desktop.storage.database import Database
from arboris_desktop.text.patterns import lazy_pattern

COLUMNS = ("kind", "name", "aliases", "role", "description", "facts")
_DELIMITERS = ",;\t"

_HEADINGS = {name: name for name in COLUMNS} | {
    "类型": "kind",
    "类别": "kind",
    "名称": "name",
    "名字": "name",
    "姓名": "name",
    "别名": "aliases",
    "type": "kind",
    "category": "kind",
    "alias": "aliases",
    "note": "description",
    "notes": "description",
    "fact": "facts",
    "身份": "role",
    "角色": "role",
    "描述": "description",
    "简介": "description",
    "说明": "description",
    "事实": "facts",
}
_KINDS = {kind.value: kind for kind in EntryKind} | {
    "": EntryKind.CHARACTER,
    "person": EntryKind.CHARACTER,
    "place": EntryKind.LOCATION,
    "organisation": EntryKind.FACTION,
    "organization": EntryKind.FACTION,
    "group": EntryKind.FACTION,
    "object": EntryKind.ITEM,
    "thing": EntryKind.ITEM,
    "lore": EntryKind.RULE,
    "人物": EntryKind.CHARACTER,
    "角色": EntryKind.CHARACTER,
    "地点": EntryKind.LOCATION,
    "地方": EntryKind.LOCATION,
    "势力": EntryKind.FACTION,
    "组织": EntryKind.FACTION,
    "物品": EntryKind.ITEM,
    "道具": EntryKind.ITEM,
    "规则": EntryKind.RULE,
    "设定": EntryKind.RULE,
    "伏笔": EntryKind.FORESHADOWING,
}
_SEPARATORS = lazy_pattern(r"[;；、|\n]")


class CodexTable:
    """Writes the codex of a novel to a table, and imports one."""

    def __init__(self, database: Database, noting: Noting = unnoted) -> None:
        self._database = database
        self._noting = noting

    def write(self, project_id: str, path: Path) -> None:
        """Writes every entry with its valid facts. Raises ``ArborisError``."""
        # Imported late, for a quick start.
        from arboris_desktop.exchange.exporting import write_text_file

        with self._database.read() as transaction:
            transaction.projects.get(project_id)
            entries = transaction.codex.entries(project_id)
        write_text_file(path, MARK + to_table(entries), noting=self._noting)

    def take(self, project_id: str, path: Path) -> RowsTaken:
        """Imports the entries of a table, a character card or a lorebook, all or nothing.

        Raises ``ArborisError`` (``FILE_UNREADABLE``) that names the offending row.
        """
        # Imported late, for a quick start.
        from arboris_desktop.exchange.importing import bytes_of

        try:
            rows = _rows_of(bytes_of(path))
        except ArborisError as error:
            if error.message.startswith(path.name):
                raise
            raise ArborisError(error.kind, f"{path.name}: {error.message}") from error
        return take_rows(self._database, project_id, rows)


def _rows_of(data: bytes) -> list[CodexRow]:
    return read_card(data) if is_card(data) else list(read_table(decode(data).text))


def to_table(entries: list[CodexEntry]) -> str:
    """Returns the entries as CSV (RFC 4180); what looks like a formula stays a text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for entry in entries:
        facts = "\n".join(fact.statement for fact in entry.facts if fact.counts)
        role = entry.attributes.get(ROLE, "")
        cells = (entry.kind.value, entry.name, _listed(entry.aliases), role, entry.description)
        writer.writerow([safe_cell(cell) for cell in (*cells, facts)])
    return text.getvalue()


def read_table(text: str) -> Iterator[CodexRow]:
    """Reads a table whose first row names the columns, in any order.

    Only ``name`` is required; unknown columns are ignored. Raises ``ArborisError``.
    """
    first = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        filled = ((cells.line_num, row) for row in cells if any(cell.strip() for cell in row))
        columns = _columns(next(filled, (1, []))[1])
        for count, (line, row) in enumerate(filled, start=1):
            if count > MOST_ROWS:
                raise _unreadable(f"the table has more than {MOST_ROWS} rows")
            yield _row(dict(zip(columns, row, strict=False)), line)
    except csv.Error as error:
        raise _unreadable(f"line {cells.line_num}: {error}") from error


def _columns(headings: list[str]) -> list[str]:
    columns = [_HEADINGS.get(heading.strip().casefold(), "") for heading in headings]
    if "name" not in columns:
        raise _unreadable("the first row has no column 'name'")
    return columns


def _row(cells: dict[str, str], line: int) -> CodexRow:
    read = {name: unsafe_cell(cell).strip() for name, cell in cells.items()}
    kind = _KINDS.get(read.get("kind", "").casefold())
    if kind is None:
        raise _unreadable(f"line {line}: {read['kind'][:40]!r} is not a kind of entry")
    name = " ".join(read.get("name", "").split())
    aliases = tuple(
        " ".join(one.split()) for one in _unlisted(unsafe_cell(cells.get("aliases", "")))
    )
    if not name or any(len(one) > LONGEST_NAME for one in (name, *aliases)):
        raise _unreadable(f"line {line}: a name is missing or longer than {LONGEST_NAME}")
    description, facts = read.get("description", ""), read.get("facts", "")
    if max(len(description), len(facts)) > LONGEST_TEXT:
        raise _unreadable(f"line {line}: a text is longer than {LONGEST_TEXT}")
    role = read.get("role", "")[:LONGEST_NAME]
    statements = tuple(one for fact in facts.split("\n") if (one := fact.strip()))
    return CodexRow(kind, name, tuple(filter(None, aliases)), role, description, statements)


def _listed(names: tuple[str, ...]) -> str:
    """Joins names in one cell; in lines, with a final line end, if they contain separators."""
    if any(_SEPARATORS.search(name) for name in names):
        return "".join(f"{name}\n" for name in names)
    return "; ".join(names)


def _unlisted(cell: str) -> list[str]:
    return cell.split("\n") if "\n" in cell else _SEPARATORS.split(cell)


def _unreadable(reason: str) -> ArborisError:
    return ArborisError(ErrorKind.FILE_UNREADABLE, reason)
