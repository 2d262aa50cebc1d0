"""A novel of many chapters with everything that a context is made of, without a model."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.story import StorySummary, SummaryLevel
from arboris_desktop.storage.database import Database
from tests.benchmarks.books import add_novel_of

SUMMARY = "第{n}章里，人物{n}与关公在渡口相遇，谈起旧事，最后决定连夜渡河，却不知追兵已近。"
PLAN = "人物{n}再访关公，二人在第{n}处渡口商议如何夺回青龙刀。"
PEOPLE_IN_A_CHAPTER = 2


def add_long_book(database: Database, texts: Sequence[str], *, volume_of: int = 50) -> str:
    """A Chinese novel in volumes: plans, summaries, two characters and a seed for each chapter."""
    project_id = add_novel_of(database, texts)
    with closing(sqlite3.connect(database.paths.database)) as connection, connection:
        _divide(connection, project_id, len(texts), volume_of)
        for number in range(1, len(texts) + 1):
            connection.execute(
                "UPDATE chapters SET real_summary = ? WHERE project_id = ? AND chapter_number = ?",
                (SUMMARY.format(n=number), project_id, number),
            )
            connection.execute(
                "UPDATE chapter_outlines SET summary = ?"
                " WHERE project_id = ? AND chapter_number = ?",
                (PLAN.format(n=max(number - 3, 1)), project_id, number),
            )
            _find(connection, project_id, number)
    return project_id


def add_summaries(database: Database, project_id: str, until: int, volume_of: int = 50) -> None:
    """Adds the summaries that a model would have written by the time of that chapter."""
    text = "这一部分里，关公屡次遇险而终能脱身，众人各怀心事。" * 8
    with database.write() as transaction:
        for first in range(1, until + 1, 10):
            if first + 9 <= until:
                transaction.summaries.put(
                    project_id, StorySummary(SummaryLevel.PART, first, first + 9, text[:200], "x")
                )
        for first in range(1, until + 1, volume_of):
            last = min(first + volume_of - 1, until)
            transaction.summaries.put(
                project_id, StorySummary(SummaryLevel.VOLUME, first, last, text, "x")
            )
        transaction.summaries.put(
            project_id, StorySummary(SummaryLevel.BOOK, 1, until, text * 2, "x")
        )


def language() -> Language:
    """The language that it is in."""
    return Language.CHINESE


def _divide(connection: sqlite3.Connection, project_id: str, chapters: int, size: int) -> None:
    for number, first in enumerate(range(1, chapters + 1, size), start=1):
        connection.execute(
            "INSERT OR REPLACE INTO volumes (id, project_id, volume_number, title)"
            " VALUES ((SELECT id FROM volumes WHERE project_id = ?1 AND volume_number = ?2),"
            " ?1, ?2, ?3)",
            (project_id, number, f"第{number}卷"),
        )
        (volume_id,) = connection.execute(
            "SELECT id FROM volumes WHERE project_id = ? AND volume_number = ?",
            (project_id, number),
        ).fetchone()
        connection.execute(
            "UPDATE chapter_outlines SET volume_id = ?"
            " WHERE project_id = ? AND chapter_number BETWEEN ? AND ?",
            (volume_id, project_id, first, first + size - 1),
        )


def _find(connection: sqlite3.Connection, project_id: str, number: int) -> None:
    """The findings that an analysis of the chapter would have had."""
    chapter_id, version_id = connection.execute(
        "SELECT id, selected_version_id FROM chapters WHERE project_id = ? AND chapter_number = ?",
        (project_id, number),
    ).fetchone()
    names = [("character", f"人物{number}"), ("location", f"第{number}处渡口")]
    for kind, name in [*names, ("foreshadowing", f"第{number}章埋下的疑问：刀为何失落？")]:
        entry_id = _entry(connection, project_id, kind, name)
        effect = "planted" if kind == "foreshadowing" else None
        _fact(connection, entry_id, chapter_id, version_id, f"{name}在此章出现。", effect)
    common = _entry(connection, project_id, "character", "关公")
    for turn in range(5):
        statement = f"关公在第{number}章第{turn}次改变了主意，仍要往北去。"
        _fact(connection, common, chapter_id, version_id, statement, None)


def _entry(connection: sqlite3.Connection, project_id: str, kind: str, name: str) -> int:
    found = connection.execute(
        "SELECT id FROM codex_entries WHERE project_id = ? AND name = ?", (project_id, name)
    ).fetchone()
    if found is not None:
        return int(found[0])
    cursor = connection.execute(
        "INSERT INTO codex_entries (project_id, kind, name, aliases, attributes, created_at,"
        " updated_at) VALUES (?, ?, ?, '[]', '{}', '2026-01-01 00:00:00.000000',"
        " '2026-01-01 00:00:00.000000')",
        (project_id, kind, name),
    )
    return int(cursor.lastrowid or 0)


def _fact(
    connection: sqlite3.Connection,
    entry_id: int,
    chapter_id: int,
    version_id: int,
    statement: str,
    effect: str | None,
) -> None:
    connection.execute(
        "INSERT INTO codex_facts (entry_id, chapter_id, version_id, version_revision, statement,"
        " quotation, confidence, status, effect, created_at)"
        " VALUES (?, ?, ?, 1, ?, '', 0.9, 'accepted', ?, '2026-01-01 00:00:00.000000')",
        (entry_id, chapter_id, version_id, statement, effect),
    )
