"""Calls under way and providers out of order, for all processes at the library."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from arboris_desktop.storage.tables.columns import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_place", sa.String(length=255), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_places")),
    )
    op.create_index(
        op.f("ix_call_places_model_place_started_at"), "call_places", ["model_place", "started_at"]
    )
    op.create_table(
        "provider_circuits",
        sa.Column("provider", sa.String(length=255), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("wait_seconds", sa.Float(), nullable=False),
        sa.Column("probe_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("provider", name=op.f("pk_provider_circuits")),
    )
