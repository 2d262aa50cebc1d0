"""Arrivals are told apart from what this computer did: calls that were paid elsewhere, and
instructions for the model that nobody here has accepted. Rescues are counted apart from
failures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rescues = sa.Column("rescue_count", sa.Integer(), server_default="0", nullable=False)
    op.add_column("pending_analysis", rescues)
    arrived = sa.Column("came_with_file", sa.Integer(), server_default="0", nullable=False)
    op.add_column("model_calls", arrived)
    op.create_table(
        "instructions_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), server_default="", nullable=False),
        sa.Column("language", sa.String(length=8), server_default="", nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_instructions_aside_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instructions_aside")),
    )
    op.create_index(op.f("ix_instructions_aside_project_id"), "instructions_aside", ["project_id"])
