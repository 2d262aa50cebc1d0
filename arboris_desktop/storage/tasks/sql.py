"""The statements by which the queue is looked at, without SQLAlchemy.

Whoever starts only to look (``quick_status``) would wait longer for it than for the answer.
"""

from __future__ import annotations

# A claim returns the names with the task: hence subqueries, and each column with its table.
CHAPTER_NUMBER = """(
    SELECT chapters.chapter_number FROM chapters WHERE chapters.id = pending_analysis.chapter_id
)"""
CHAPTER_TITLE = """(
    SELECT chapter_outlines.title FROM chapters JOIN chapter_outlines
    ON chapter_outlines.project_id = chapters.project_id
    AND chapter_outlines.chapter_number = chapters.chapter_number
    WHERE chapters.id = pending_analysis.chapter_id
)"""
PROJECT_TITLE = """(
    SELECT novel_projects.title FROM novel_projects
    WHERE novel_projects.id = pending_analysis.project_id
)"""
NUMBERING = """(
    SELECT novel_projects.numbering FROM novel_projects
    WHERE novel_projects.id = pending_analysis.project_id
)"""

# Literals, not parameters: only so does SQLite see that a partial index fits.
WAITING = "pending_analysis.status = 'pending' AND pending_analysis.held = 0"
HELD = "status = 'pending' AND held = 1"
RESTING = "status = 'resting'"
FINISHED = "status IN ('completed', 'failed', 'cancelled')"

UNLISTED = "SELECT id FROM novel_projects WHERE status IN ('arriving', 'leaving')"
"""Novels that are not whole: their tasks are nobody's."""

ENDED = ("completed", "failed", "cancelled", "resting")
_STATES = {"unfinished": "'pending', 'processing'"} | {state: f"'{state}'" for state in ENDED}


def _added_up(value: str) -> str:
    return ", ".join(
        f"sum({value.format(name=name, states=states)}) AS {name}"
        for name, states in _STATES.items()
    )


COUNTED_ALONG = "analysis_counts AS numbers"
"""The table of counts that triggers keep; see ``tables.counting``."""

COUNTED_NOW = f"""(
    SELECT project_id, {_added_up("CASE WHEN status IN ({states}) THEN 1 ELSE 0 END")}
    FROM pending_analysis GROUP BY project_id
) AS numbers"""
"""The same from an index of all tasks, for a database without such triggers."""


def counts(numbers: str, *, of_project: bool) -> str:
    """The tasks by state from one of the above, in one row: unfinished ones, and which run."""
    own = "= :project_id" if of_project else f"NOT IN ({UNLISTED})"
    return f"""
        SELECT {_added_up("{name}")}, sum(CASE WHEN unfinished > 0 THEN (
            SELECT count(*) FROM pending_analysis
            WHERE pending_analysis.project_id = numbers.project_id AND status = 'processing'
        ) ELSE 0 END) AS processing
        FROM {numbers} WHERE project_id {own}
    """


_LISTED = "novel_projects.status NOT IN ('arriving', 'leaving')"


_BY_NOVEL = {
    # SQLite has no LATERAL; PostgreSQL would run the other one again for each row of the table.
    "sqlite": f"""
            UNION ALL SELECT resting.id FROM novel_projects
            JOIN pending_analysis AS resting ON resting.id IN (
                SELECT id FROM pending_analysis
                WHERE project_id = novel_projects.id AND {RESTING} LIMIT :limit
            )
            WHERE {{mine_of_all}}
            UNION ALL SELECT newest.id FROM novel_projects
            JOIN pending_analysis AS newest ON newest.id IN (
                SELECT id FROM pending_analysis
                WHERE project_id = novel_projects.id AND {FINISHED} {{last_changed}}
            )
            WHERE {{mine_of_all}}
""",
    "postgresql": f"""
            UNION ALL SELECT resting.id FROM novel_projects CROSS JOIN LATERAL (
                SELECT id FROM pending_analysis
                WHERE project_id = novel_projects.id AND {RESTING} LIMIT :limit
            ) AS resting
            WHERE {{mine_of_all}}
            UNION ALL SELECT newest.id FROM novel_projects CROSS JOIN LATERAL (
                SELECT id FROM pending_analysis
                WHERE project_id = novel_projects.id AND {FINISHED} {{last_changed}}
            ) AS newest
            WHERE {{mine_of_all}}
""",
}
"""For databases in which a LIMIT may refer to what stands around it, by their names."""

_BY_STATE = "".join(
    f"""
            UNION ALL SELECT id FROM (
                SELECT id FROM pending_analysis
                WHERE status = '{state}'{{whose}} {{last_changed}}
            ) AS {state}
"""
    for state in ("resting", "completed", "failed", "cancelled")
)


def recent(columns: str, *, of_project: bool, database: str = "sqlite") -> str:
    """The tasks that ``:limit`` leaves: unfinished ones first as they will run, then the newest.

    Each kind is read from an index that has it in order, so that it does not matter how many
    tasks there are. Where a LIMIT may not refer to what stands around it, that is another index.
    """
    mine = " AND project_id = :project_id" if of_project else ""
    mine_of_all = "novel_projects.id = :project_id" if of_project else _LISTED
    last_changed = "ORDER BY updated_at DESC, id DESC LIMIT :limit"
    at_rest = _BY_NOVEL.get(database, _BY_STATE).format(
        mine_of_all=mine_of_all,
        whose=mine or f" AND project_id NOT IN ({UNLISTED})",
        last_changed=last_changed,
    )
    next_to_run = "ORDER BY claim_rank, id LIMIT :limit"
    return f"""
        SELECT {columns} FROM pending_analysis WHERE pending_analysis.id IN (
            SELECT id FROM (
                SELECT id FROM pending_analysis
                WHERE status = 'processing'{mine} {last_changed}
            ) AS running
            UNION ALL SELECT id FROM (
                SELECT id FROM pending_analysis WHERE {WAITING}{mine} {next_to_run}
            ) AS waiting
            UNION ALL SELECT id FROM (
                SELECT id FROM pending_analysis WHERE {HELD}{mine} {next_to_run}
            ) AS held
            {at_rest}
        )
        ORDER BY
            CASE pending_analysis.status
                WHEN 'processing' THEN 0 WHEN 'pending' THEN 1 + pending_analysis.held
                WHEN 'resting' THEN 3 ELSE 4
            END,
            CASE pending_analysis.status WHEN 'pending' THEN pending_analysis.claim_rank END,
            pending_analysis.updated_at DESC,
            pending_analysis.id DESC
        LIMIT :limit
    """
