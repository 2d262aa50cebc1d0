"""The author of a novel, how its chapters are numbered, and when they were published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "novel_projects",
        sa.Column("author", sa.String(length=255), server_default="", nullable=False),
    )
    op.add_column(
        "novel_projects",
        sa.Column("numbering", sa.String(length=64), server_default="", nullable=False),
    )
    op.add_column("chapter_outlines", sa.Column("label", sa.String(length=64), nullable=True))
    op.add_column("volumes", sa.Column("label", sa.String(length=64), nullable=True))
    op.add_column("chapters", sa.Column("published_at", sa.DateTime(), nullable=True))
