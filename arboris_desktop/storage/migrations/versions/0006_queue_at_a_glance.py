"""Counts and the last tasks of the queue are read from indexes, however many tasks there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TASKS = "pending_analysis"


def upgrade() -> None:
    op.drop_index("ix_pending_analysis_project_id_updated_at", _TASKS)
    op.create_index("ix_pending_analysis_project_id_status", _TASKS, ["project_id", "status"])
    op.create_index(
        "ix_pending_analysis_finished",
        _TASKS,
        ["project_id", "updated_at"],
        sqlite_where=sa.text("status IN ('completed', 'failed', 'cancelled')"),
    )
    op.create_index(
        "ix_pending_analysis_held",
        _TASKS,
        ["claim_rank", "id"],
        sqlite_where=sa.text("status = 'pending' AND held = 1"),
    )
