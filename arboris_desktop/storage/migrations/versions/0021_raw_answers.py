"""The raw answers of analyses and candidates that failed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("analysis_errors", "chapter_candidates"):
        raw_answer = sa.Column("raw_answer", sa.Text(), server_default="", nullable=False)
        op.add_column(table, raw_answer)
