"""Looking at the queue without opening the data as a whole, which takes longer than the look."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import AnalysisTask, QueueCounts
from arboris_desktop.storage.engine.migrate import HEAD
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.tasks import sql
from arboris_desktop.storage.tasks.rows import TASK_SQL, decoded, to_counts, to_task

_BUSY_SECONDS = 5.0


@record
class QuickStatus:
    """The number of tasks in each state, and the last of them."""

    counts: QueueCounts
    recent: list[AnalysisTask]


def quick_status(paths: DataPaths, project_id: str | None, limit: int) -> QuickStatus | None:
    """The queue of a novel or of all; raises ``NotFoundError`` for an unknown novel.

    ``None`` for a file that cannot be read just so: there is none yet, it is of another version,
    damaged, being restored, or on a server. Whoever opens the data is told what hinders it.
    """
    if paths.server is not None or paths.restore_lock.exists():
        return None
    address = f"{paths.database.absolute().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)) as connection:
            connection.execute("PRAGMA query_only = 1")
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return _read(connection, project_id, limit) if revision == (HEAD,) else None
    except sqlite3.Error:
        return None


def _read(connection: sqlite3.Connection, project_id: str | None, limit: int) -> QuickStatus:
    given: dict[str, Any] = {"limit": limit, "project_id": project_id}
    connection.execute("BEGIN")
    if project_id is not None:
        known = "SELECT 1 FROM novel_projects WHERE id = :project_id"
        if connection.execute(known, given).fetchone() is None:
            raise NotFoundError(ErrorKind.NOVEL_GONE, f"no project {project_id}")
    query = sql.counts(sql.COUNTED_ALONG, of_project=project_id is not None)
    counted = connection.execute(query, given)
    counts = dict(zip(_names(counted), counted.fetchone(), strict=True))
    found = connection.execute(sql.recent(TASK_SQL, of_project=project_id is not None), given)
    names = _names(found)
    return QuickStatus(to_counts(counts), [to_task(decoded(names, values)) for values in found])


def _names(cursor: sqlite3.Cursor) -> list[str]:
    return [column[0] for column in cursor.description]
