"""Counts of tasks and calls are kept along with them: reading them cost as much as there was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from arboris_desktop.storage.tables.columns import SLOTS
from arboris_desktop.storage.tables.counting import COUNT_ALL, counting

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _spread_durations()
    op.create_table(
        "analysis_counts",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        *(_number(name) for name in ("unfinished", "completed", "failed", "cancelled", "resting")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_analysis_counts")),
    )
    op.create_table(
        "call_totals",
        sa.Column("provider", sa.String(length=255), nullable=False),
        sa.Column("model", sa.String(length=255), nullable=False),
        sa.Column("currency", sa.String(length=8), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        *(_number(name) for name in ("calls", "prompt_tokens", "completion_tokens")),
        sa.Column("cost", sa.Float(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint(
            "provider", "model", "currency", "slot", name=op.f("pk_call_totals")
        ),
    )
    connection = op.get_bind()
    if triggers := counting(connection.dialect.name):
        for statement in (*COUNT_ALL, *triggers):
            connection.execute(sa.text(statement))


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)


def _spread_durations() -> None:
    """Gives each bound several rows, so that those who count need not wait for each other."""
    connection = op.get_bind()
    found = connection.execute(sa.text("SELECT bound, number, seconds FROM analysis_durations"))
    rows = [{**row, "slot": 0} for row in found.mappings()]
    rows += [
        {"bound": row["bound"], "number": 0, "seconds": 0.0, "slot": slot}
        for row in rows
        for slot in range(1, SLOTS)
    ]
    op.drop_table("analysis_durations")
    durations = op.create_table(
        "analysis_durations",
        sa.Column("bound", sa.String(length=8), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seconds", sa.Float(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("bound", "slot", name=op.f("pk_analysis_durations")),
    )
    op.bulk_insert(durations, rows)
