"""PostgreSQL reads no more for a list than it must, however many rows there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents

TASKS = 1000
ENTRIES, FACTS_OF_EACH = 20, 100

_MANY = (
    "INSERT INTO pending_analysis (project_id, chapter_id, chapter_version_id, version_revision,"
    " status, priority, max_retries, generation_config, claim_rank, created_at, updated_at)"
    " SELECT project_id, chapter_id, chapter_version_id, version_revision, 'completed', priority,"
    " max_retries, generation_config, claim_rank, created_at,"
    " updated_at - number * interval '1 second'"
    f" FROM pending_analysis CROSS JOIN generate_series(1, {TASKS}) AS number WHERE id = 1"
)

_ENTRIES = (
    "INSERT INTO codex_entries"
    " (project_id, kind, name, aliases, attributes, created_at, updated_at)"
    " SELECT project_id, 'character', 'n' || number, '[]', '{}', created_at, created_at"
    f" FROM pending_analysis CROSS JOIN generate_series(1, {ENTRIES}) AS number"
)
_FACTS = (
    "INSERT INTO codex_facts (entry_id, chapter_id, version_id, version_revision, statement,"
    " quotation, confidence, status, created_at)"
    " SELECT codex_entries.id, chapter_id, chapter_version_id, version_revision, 's' || number,"
    " 'q', 1, 'accepted', pending_analysis.created_at"
    f" FROM pending_analysis, codex_entries, generate_series(1, {FACTS_OF_EACH}) AS number"
)


def rows_read(plan: dict[str, Any]) -> int:
    """The rows that the parts of a plan had in their hands."""
    own = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    own += plan.get("Rows Removed by Join Filter", 0)
    return int(own * plan["Actual Loops"]) + sum(map(rows_read, plan.get("Plans", [])))


def rows_of_what_runs(transaction: Transaction, run: Callable[[], object]) -> int:
    """The rows that were read for the one statement that is run."""
    plans = []

    def explain(
        connection: Connection, _cursor: Any, statement: str, given: Any, *_others: Any
    ) -> None:
        if statement.startswith("EXPLAIN"):
            return
        cursor = connection.connection.cursor()
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", given)
        [([explained],)] = cursor.fetchall()
        plans.append(explained["Plan"])

    event.listen(transaction.connection, "before_cursor_execute", explain)
    run()
    event.remove(transaction.connection, "before_cursor_execute", explain)
    return max(map(rows_read, plans))


@pytest.mark.parametrize("paths", ["postgresql"], indirect=True)
@pytest.mark.parametrize("of_project", [True, False])
def test_the_last_tasks_are_found_without_reading_all_for_each(
    database: Database, novel: NovelContents, of_project: bool
) -> None:
    store_chapter(database, novel.chapters[0].id, "A short chapter.", provider="p")
    project = novel.project.id if of_project else None
    with database.write() as transaction:
        transaction.connection.execute(text(_MANY))
        transaction.connection.execute(text("ANALYZE pending_analysis"))
        read = rows_of_what_runs(transaction, lambda: transaction.queue.recent(project, 20))
    assert 20 < read < 5 * TASKS


@pytest.mark.parametrize("paths", ["postgresql"], indirect=True)
def test_statements_of_entries_are_found_without_reading_all_for_each(
    database: Database, novel: NovelContents
) -> None:
    store_chapter(database, novel.chapters[0].id, "A short chapter.", provider="p")
    with database.write() as transaction:
        connection = transaction.connection
        for statement in (_ENTRIES, _FACTS, "ANALYZE codex_entries", "ANALYZE codex_facts"):
            connection.execute(text(statement))
        ids = list(connection.execute(text("SELECT id FROM codex_entries")).scalars())
        read = rows_of_what_runs(transaction, lambda: transaction.story.statements(ids, 9, 5))
    assert 20 < read < 20 * ENTRIES * FACTS_OF_EACH
