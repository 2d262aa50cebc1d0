"""Waiting tasks in the order of their claim: low priorities age, held ones are left aside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SECONDS_PER_LEVEL = 600


def upgrade() -> None:
    op.add_column(
        "pending_analysis",
        sa.Column("claim_rank", sa.Float(), server_default="0", nullable=False),
    )
    op.execute(
        "UPDATE pending_analysis SET claim_rank ="
        f" (julianday(created_at) - 2440587.5) * 86400.0 - priority * {_SECONDS_PER_LEVEL}"
    )
    op.drop_index("ix_pending_analysis_claim", "pending_analysis")
    op.create_index(
        "ix_pending_analysis_claim",
        "pending_analysis",
        ["claim_rank", "id"],
        sqlite_where=sa.text("status = 'pending' AND held = 0"),
    )
