"""Entries that the author brings from a table, or from another program."""

from __future__ import annotations

from collections.abc import Iterable

from arboris_desktop.codex.journal import JournaledCodex
from arboris_desktop.domain.codex import CodexEntry, EntryKind, Origin
from arboris_desktop.domain.codex_journal import JournalAction
from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database

MOST_ROWS = 5000
LONGEST_NAME = 200
LONGEST_TEXT = 20_000
"""The bounds of what one file may bring; lengths in characters."""

ROLE = "role"
"""The attribute of a character that a row may have."""


@record
class CodexRow:
    """An entry as the author wrote it down. What is empty says nothing.

    ``facts`` are statements without a chapter to prove them: they are the author's own words.
    """

    kind: EntryKind
    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    description: str = ""
    facts: tuple[str, ...] = ()


@record
class RowsTaken:
    """Counts of entries: new ones, and known ones of which something was learnt."""

    added: int = 0
    changed: int = 0


def take_rows(database: Database, project_id: str, rows: Iterable[CodexRow]) -> RowsTaken:
    """Stores rows as entries of a novel, all or nothing; each is noted in the journal.

    A row is an entry of its kind and name if there is one: that gets the other names, the role and
    the description of the row, and the facts that it does not have. Nothing is taken away.
    """
    with database.write() as transaction:
        transaction.projects.get(project_id)
        author = JournaledCodex(transaction, project_id, Origin.AUTHOR)
        known = {_key(one.kind, one.name): one for one in transaction.codex.entries(project_id)}
        added = changed = 0
        for row in _joined(rows):
            entry = known.get(_key(row.kind, row.name))
            if entry is None:
                attributes = {ROLE: row.role} if row.role else {}
                about = _lines(row.description, row.facts)
                author.add_entry(row.kind, row.name, row.aliases, attributes, about)
                added += 1
            elif values := _news(entry, row):
                values["origin"] = Origin.AUTHOR.value
                author.change_entry(entry.id, JournalAction.ENTRY_EDITED, **values)
                changed += 1
    return RowsTaken(added, changed)


def _joined(rows: Iterable[CodexRow]) -> list[CodexRow]:
    """The rows, with those of one entry as one."""
    joined: dict[tuple[EntryKind, str], CodexRow] = {}
    for row in rows:
        key = _key(row.kind, row.name)
        first = joined.get(key, row)
        joined[key] = CodexRow(
            first.kind,
            first.name,
            _others((*first.aliases, *row.aliases), first.name),
            first.role or row.role,
            _lines(first.description, row.description.split("\n")),
            tuple(dict.fromkeys((*first.facts, *row.facts))),
        )
    return list(joined.values())


def _news(entry: CodexEntry, row: CodexRow) -> dict[str, object]:
    """The columns that the row changes."""
    aliases = _others((*entry.aliases, *row.aliases), entry.name)
    stated = {fact.statement for fact in entry.facts}
    facts = tuple(fact for fact in row.facts if fact not in stated)
    news: dict[str, object] = {
        "aliases": list(aliases),
        "attributes": {**entry.attributes, **({ROLE: row.role} if row.role else {})},
        "description": _lines(row.description or entry.description, facts),
    }
    old = {
        "aliases": list(entry.aliases),
        "attributes": entry.attributes,
        "description": entry.description,
    }
    return {name: value for name, value in news.items() if value != old[name]}


def _lines(description: str, others: Iterable[str]) -> str:
    """A description with those of the others that it does not say yet, a line each."""
    lines = description.split("\n") if description else []
    return "\n".join([*lines, *(one for one in dict.fromkeys(others) if one and one not in lines)])


def _others(names: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(names) if one != name)


def _key(kind: EntryKind, name: str) -> tuple[EntryKind, str]:
    return kind, name.casefold()
