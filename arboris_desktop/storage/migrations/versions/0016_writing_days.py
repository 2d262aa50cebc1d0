"""The words of each day, and what authors aim at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "writing_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("own_words", sa.Integer(), server_default="0", nullable=False),
        sa.Column("model_words", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_writing_days_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing_days")),
        sa.UniqueConstraint("project_id", "day", name=op.f("uq_writing_days_project_id_day")),
    )
    op.create_table(
        "writing_targets",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("chapter_words", sa.Integer(), server_default="0", nullable=False),
        sa.Column("day_words", sa.Integer(), server_default="0", nullable=False),
        sa.Column("book_words", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_writing_targets_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_writing_targets")),
    )
