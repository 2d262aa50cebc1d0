"""Invariants after any kill, read from the database file itself with plain SQL.

The app's own code is not used here: it may be what is wrong. Every function returns what is
violated, in words; nothing means that all is well.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.kill_book import STEPS, BookChapter

CHECKPOINT_SECONDS = 1.0
"""A draft is saved at least this often, as the design promises."""

LATE_SECONDS = 0.5
"""Allowed on top: the next piece, its way through the process, and the flush to the disk. So is the
time for which the process waited for a processor, on a machine that has too few."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The chapters that the round's novel will have in the end, and those it had before."""

    project_id: str
    chapters: tuple[BookChapter, ...]
    before: frozenset[int] = frozenset()

    def chapter(self, number: int) -> BookChapter:
        """The chapter of that number."""
        return next(chapter for chapter in self.chapters if chapter.number == number)


@dataclass(slots=True)
class Snapshot:
    """A database file, open for looking at."""

    connection: sqlite3.Connection
    path: Path

    def rows(self, query: str, *values: object) -> list[Any]:
        """All rows of a query."""
        return self.connection.execute(query, values).fetchall()

    def value(self, query: str, *values: object) -> Any:
        """The first column of the first row, or ``None``."""
        row = self.connection.execute(query, values).fetchone()
        return None if row is None else row[0]

    def tables(self) -> set[str]:
        """The names of the tables."""
        return {row[0] for row in self.rows("SELECT name FROM sqlite_master WHERE type='table'")}

    def dump(self) -> list[str]:
        """Everything in the database, as text to be compared."""
        return list(self.connection.iterdump())


@contextmanager
def snapshot(database: Path, folder: Path) -> Iterator[Snapshot]:
    """Opens a copy of the database as it lies there, write-ahead log included.

    A copy: opening the file itself would do the recovery that is the app's to do.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / database.name
    for suffix in ("", "-wal"):
        source = database.with_name(database.name + suffix)
        target = copy.with_name(copy.name + suffix)
        target.unlink(missing_ok=True)
        if source.exists():
            shutil.copy(source, target)
    copy.with_name(copy.name + "-shm").unlink(missing_ok=True)
    with closing(sqlite3.connect(copy)) as connection:
        yield Snapshot(connection, copy)


def unsound(seen: Snapshot) -> list[str]:
    """The file is whole, and every reference leads somewhere."""
    found = [f"integrity: {row[0]}" for row in seen.rows("PRAGMA integrity_check")]
    found = [problem for problem in found if problem != "integrity: ok"]
    return found + [f"reference: {row}" for row in seen.rows("PRAGMA foreign_key_check")]


def half_stored(seen: Snapshot, expected: Expected) -> list[str]:
    """A chapter is absent or whole, and whole means: its text, its count of words, its task."""
    found = []
    # The text of a candidate that is not taken is a version besides.
    others = (
        "AND (o.id = c.selected_version_id OR o.id NOT IN"
        " (SELECT version_id FROM chapter_candidates WHERE version_id IS NOT NULL))"
        if "chapter_candidates" in seen.tables()
        else ""
    )
    rows = seen.rows(
        "SELECT c.chapter_number, c.status, c.word_count, v.content, c.id,"
        f" (SELECT count(*) FROM chapter_versions o WHERE o.chapter_id = c.id {others}),"
        " (SELECT count(*) FROM pending_analysis WHERE chapter_id = c.id)"
        " FROM chapters c LEFT JOIN chapter_versions v ON v.id = c.selected_version_id"
        " WHERE c.project_id = ? ORDER BY c.chapter_number",
        expected.project_id,
    )
    for number, status, words, content, _, versions, tasks in rows:
        name = f"chapter {number}"
        if content is None:
            if versions or tasks or words or status != "not_generated":
                found.append(f"{name} is half stored: {versions} versions, {tasks} tasks, {status}")
            continue
        if content != expected.chapter(number).text:
            found.append(f"{name} is not what the server sent ({len(content)} characters)")
        if (versions, tasks) != (1, 1):
            found.append(f"{name} has {versions} versions and {tasks} tasks, not one of each")
        if not words or status != "successful":
            found.append(f"{name} has {words} words and is {status}")
    missing = expected.before - {row[0] for row in rows if row[3] is not None}
    return found + [f"chapter {number} was there before and is lost" for number in sorted(missing)]


def bad_drafts(
    seen: Snapshot, expected: Expected, lost_seconds: float | None = None, starved: float = 0.0
) -> list[str]:
    """A draft is the beginning of what was sent, of a chapter that is not stored, and recent."""
    found = []
    rows = seen.rows(
        "SELECT c.chapter_number, d.content, c.selected_version_id FROM chapter_drafts d"
        " JOIN chapters c ON c.id = d.chapter_id WHERE c.project_id = ?",
        expected.project_id,
    )
    for number, content, stored in rows:
        if not expected.chapter(number).text.startswith(content):
            found.append(f"the draft of chapter {number} is no beginning of what was sent")
        if stored is not None:
            found.append(f"chapter {number} is stored and has a draft as well")
    if lost_seconds is not None and lost_seconds > CHECKPOINT_SECONDS + LATE_SECONDS + starved:
        found.append(f"{lost_seconds:.2f} s of the streamed text are lost")
    return found


def half_finished(seen: Snapshot, expected: Expected) -> list[str]:
    """Completion is one thing: the state, the facts and the notification.

    Holds at any moment, also right after a kill: a completed task has all of it exactly once,
    another has none of it. The summary is stored when its step is done: paid for, it is kept.
    """
    found = []
    tasks = seen.rows(
        "SELECT t.id, t.status, c.chapter_number, c.real_summary, t.result IS NOT NULL"
        " FROM pending_analysis t JOIN chapters c ON c.id = t.chapter_id WHERE t.project_id = ?",
        expected.project_id,
    )
    for task, status, number, summary, has_result in tasks:
        chapter = expected.chapter(number)
        completed = status == "completed"
        facts = [row[0] for row in seen.rows(_QUOTATIONS, expected.project_id, number)]
        wanted = chapter.quotations() if completed else []
        found += _different(f"facts of chapter {number} ({status})", facts, wanted)
        if summary != chapter.summary and (completed or summary):
            found.append(f"chapter {number} ({status}) has the summary {summary!r}")
        told = seen.value(_COMPLETIONS, task)
        if told != int(completed):
            found.append(f"task {task} ({status}) has {told} notifications of completion")
        if bool(has_result) != completed:
            found.append(f"task {task} ({status}) has a result: {bool(has_result)}")
    return found + _twins(seen, expected)


_QUOTATIONS = (
    "SELECT f.quotation FROM codex_facts f JOIN chapters c ON c.id = f.chapter_id"
    " WHERE c.project_id = ? AND c.chapter_number = ? ORDER BY f.quotation"
)
_COMPLETIONS = (
    "SELECT count(*) FROM analysis_notifications"
    " WHERE pending_analysis_id = ? AND notification_type = 'completed'"
)


def _different(what: str, found: Sequence[str], wanted: Sequence[str]) -> list[str]:
    counts, due = Counter(found), Counter(wanted)
    more, less = counts - due, due - counts
    return [f"{what}: {n} too many of {q!r}" for q, n in more.items()] + [
        f"{what}: {q!r} is missing" for q in less
    ]


def _twins(seen: Snapshot, expected: Expected) -> list[str]:
    rows = seen.rows(
        "SELECT kind, name, count(*) FROM codex_entries WHERE project_id = ?"
        " GROUP BY kind, name HAVING count(*) > 1",
        expected.project_id,
    )
    return [f"the codex has {count} entries for the {kind} {name!r}" for kind, name, count in rows]


def unsettled(seen: Snapshot, expected: Expected) -> list[str]:
    """After the restart has worked to the end: every chapter stored, every task finished once."""
    found = []
    tasks = {
        number: (status, owner, steps, error)
        for number, status, owner, steps, error in seen.rows(
            "SELECT c.chapter_number, t.status, t.lease_owner,"
            " (SELECT count(*) FROM analysis_steps WHERE pending_analysis_id = t.id),"
            " t.error_message FROM pending_analysis t JOIN chapters c ON c.id = t.chapter_id"
            " WHERE t.project_id = ?",
            expected.project_id,
        )
    }
    for chapter in expected.chapters:
        status, owner, steps, error = tasks.get(chapter.number, ("absent", None, 0, None))
        if status != "completed" or owner is not None or steps != len(STEPS):
            found.append(
                f"the task of chapter {chapter.number} is {status}, owned by {owner},"
                f" with {steps} steps: {error}"
            )
    stuck = seen.value("SELECT count(*) FROM pending_analysis WHERE status = 'processing'")
    if stuck:
        found.append(f"{stuck} tasks are stuck in processing")
    failed = seen.value(
        "SELECT count(*) FROM analysis_notifications n JOIN pending_analysis t"
        " ON t.id = n.pending_analysis_id"
        " WHERE n.notification_type = 'failed' AND t.project_id = ?",
        expected.project_id,
    )
    if failed:
        found.append(f"{failed} notifications of a failure that nobody met")
    drafts = seen.value("SELECT count(*) FROM chapter_drafts")
    if drafts:
        found.append(f"{drafts} drafts are left although all chapters are stored")
    return found


@dataclass(frozen=True, slots=True)
class OldRows:
    """The content of a database of an older schema: its revision, and the rows by table."""

    revision: str
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def of(cls, database: Path) -> OldRows:
        """Reads them from a file that nobody uses."""
        with closing(sqlite3.connect(database)) as connection:
            seen = Snapshot(connection, database)
            tables = sorted(seen.tables() - {"alembic_version"})
            rows = {table: _row_dicts(seen, table) for table in tables}
            return cls(str(seen.value("SELECT version_num FROM alembic_version")), rows)


def _row_dicts(seen: Snapshot, table: str) -> list[dict[str, Any]]:
    cursor = seen.connection.execute(f"SELECT * FROM {table} ORDER BY rowid")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


_REWRITTEN = {
    "analysis_steps": {"cost", "currency", "token_usage"},
    "pending_analysis": {"cost", "currency", "token_usage"},
    "chapter_candidates": {"cost", "currency", "token_usage"},
    "analysis_batches": {"estimate"},
    "app_settings": {"value"},
}
"""Columns that migrations put into another form, by table; the tests of migrations hold which."""


def half_migrated(seen: Snapshot, old: OldRows, head: str) -> list[str]:
    """The schema is the old one or the new one, and every old row is there with its values."""
    revision = seen.value("SELECT version_num FROM alembic_version")
    if revision not in (old.revision, head):
        return [f"the schema is of revision {revision}, neither {old.revision} nor {head}"]
    found = []
    if revision == old.revision and seen.tables() - {"alembic_version"} != set(old.rows):
        found.append(f"revision {revision} has tables of another one")
    for table, before in old.rows.items():
        changed = _REWRITTEN.get(table, set()) if revision != old.revision else set()
        now = _row_dicts(seen, table)
        pairs = [
            ((was[name], row.get(name)) for name in was.keys() - changed)
            for row, was in zip(now, before, strict=False)
        ]
        if len(now) < len(before) or any(was != is_ for pair in pairs for was, is_ in pair):
            found.append(f"rows of {table} were lost or changed")
    return found


def bad_backups(folder: Path, old: OldRows, *, wanted: bool) -> list[str]:
    """Every copy is whole and holds the old rows; with ``wanted``, there is one."""
    found = []
    copies = sorted(folder.glob("*.db")) if folder.exists() else []
    for copy in copies:
        with closing(sqlite3.connect(copy)) as connection:
            seen = Snapshot(connection, copy)
            problems = unsound(seen) + half_migrated(seen, old, old.revision)
        found += [f"{copy.name}: {problem}" for problem in problems]
    return found if copies or not wanted else [*found, "no copy was made before the upgrade"]


def blocked(database: Path, instances: Path) -> list[str]:
    """Nothing that a dead process left keeps others out."""
    found = []
    with closing(sqlite3.connect(database, timeout=0)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            found.append(f"the database cannot be written: {error}")
    left = sorted(path.name for path in instances.glob("*.lock")) if instances.exists() else []
    return found + [f"the lock file {name} of a dead process is left" for name in left]
