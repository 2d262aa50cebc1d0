"""A novel of many chapters, made by the database itself: in seconds, not in minutes."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from arboris_desktop.storage.database import Database
from tests.benchmarks.books import add_novel, queue_all

TEXT = "她回家了，灯塔在雨里亮着。" * 20

_NUMBERS = "WITH RECURSIVE number(n) AS (VALUES (2) UNION ALL SELECT n + 1 FROM number WHERE n < ?)"
_STATEMENTS = (
    """
    INSERT INTO chapter_outlines (project_id, volume_id, chapter_number, title, summary)
    SELECT project_id, volume_id, n, '第' || n || '章', summary
    FROM number, (SELECT * FROM chapter_outlines WHERE project_id = :novel)
    """,
    """
    INSERT INTO chapters (project_id, chapter_number, real_summary, status, word_count,
                          created_at, updated_at)
    SELECT project_id, n, real_summary, status, word_count, created_at, updated_at
    FROM number, (SELECT * FROM chapters WHERE project_id = :novel)
    """,
    """
    INSERT INTO chapter_versions (chapter_id, version_label, origin, provider, content, metadata,
                                  created_at)
    SELECT c.id, v.version_label, v.origin, v.provider, v.content, v.metadata, v.created_at
    FROM number JOIN chapters c ON c.chapter_number = n AND c.project_id = :novel,
         (SELECT * FROM chapter_versions WHERE chapter_id = :first) v
    """,
    """
    INSERT INTO pending_analysis (chapter_id, project_id, chapter_version_id, version_revision,
                                  status, generation_config, created_at, completed_at, updated_at,
                                  claim_rank)
    SELECT c.id, c.project_id, v.id, v.revision, 'completed', t.generation_config, t.created_at,
           t.created_at, t.updated_at, t.claim_rank
    FROM number JOIN chapters c ON c.chapter_number = n AND c.project_id = :novel
         JOIN chapter_versions v ON v.chapter_id = c.id,
         (SELECT * FROM pending_analysis WHERE chapter_id = :first) t
    """,
    """
    INSERT INTO model_calls (project_id, chapter_id, task, outcome, prompt_tokens,
                             completion_tokens, started_at)
    SELECT project_id, id, 'analysis', 'completed', 900, 100, created_at
    FROM number JOIN chapters ON chapter_number = n AND project_id = :novel
    """,
    """
    INSERT INTO story_summaries (project_id, level, first_chapter, last_chapter, content,
                                 source_hash, updated_at)
    SELECT project_id, 'part', n, n, '她回家了。', '', created_at
    FROM number JOIN chapters ON chapter_number = n AND project_id = :novel
    """,
)


def add_large_novel(database: Database, chapters: int, text: str = TEXT) -> str:
    """Stores a novel with a version, an analysis, a call and a summary for each chapter."""
    project_id = add_novel(database, 1, text)
    queue_all(database, project_id)
    with closing(sqlite3.connect(database.paths.database)) as connection, connection:
        (first,) = connection.execute(
            "SELECT id FROM chapters WHERE project_id = ?", (project_id,)
        ).fetchone()
        given = {"novel": project_id, "first": first, "chapters": chapters}
        for statement in _STATEMENTS:
            connection.execute(f"{_NUMBERS.replace('?', ':chapters')} {statement}", given)
        connection.execute(
            "UPDATE chapters SET selected_version_id ="
            " (SELECT id FROM chapter_versions WHERE chapter_id = chapters.id)"
            " WHERE project_id = ?",
            (project_id,),
        )
    return project_id
