"""The reason why a draft is not finished, the patience with a server, and facts learnt of models.

Columns are added by plain ``ALTER TABLE``, as in 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from arboris_desktop.storage.tables.columns import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("error_type", sa.String(length=64), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("raw_answer", sa.Text(), server_default="", nullable=False),
    ):
        op.add_column("chapter_drafts", column)
    op.add_column(
        "provider_profiles",
        sa.Column("first_token_seconds", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_table(
        "model_traits",
        sa.Column("profile_id", sa.String(length=64), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("model", sa.String(length=255), nullable=False),
        sa.Column("traits", sa.JSON(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("profile_id", "address", "model", name=op.f("pk_model_traits")),
    )
