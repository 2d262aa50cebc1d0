"""Tokens that a provider still had from a call before, and what they cost.

Columns are added by plain ``ALTER TABLE``, as in 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "model_calls",
        sa.Column("cached_tokens", sa.Integer(), server_default="0", nullable=False),
    )
    op.add_column(
        "provider_profiles",
        sa.Column("cached_per_million", sa.Float(), server_default="0", nullable=False),
    )
