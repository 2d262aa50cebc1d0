"""Removing a version of a chapter looks for what refers to it by indexes, not through tables."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_REFERRING = (
    ("chapters", "selected_version_id"),
    ("pending_analysis", "chapter_version_id"),
    ("chapter_evaluations", "version_id"),
)


def upgrade() -> None:
    for table, column in _REFERRING:
        op.create_index(f"ix_{table}_{column}", table, [column])
