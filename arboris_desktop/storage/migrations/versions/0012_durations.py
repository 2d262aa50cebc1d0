"""Durations of analyses, counted into buckets, so that clean-up does not lessen the figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BOUNDS = ("1", "5", "10", "30", "60", "120", "300", "600", "900", "+Inf")


def upgrade() -> None:
    buckets = op.create_table(
        "analysis_durations",
        sa.Column("bound", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seconds", sa.Float(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("bound", name=op.f("pk_analysis_durations")),
    )
    op.bulk_insert(buckets, [{"bound": bound, "number": 0, "seconds": 0.0} for bound in _BOUNDS])
