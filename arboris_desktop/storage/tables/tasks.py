"""The tables of the analysis queue: tasks, their steps and errors, batches, notifications."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, Text, text

from arboris_desktop.domain.tasks import DURATION_BOUNDS
from arboris_desktop.storage.tables.columns import (
    SLOTS,
    UtcDateTime,
    chapter_column,
    count_column,
    created_column,
    id_column,
    metadata,
    project_column,
    slot_column,
    updated_column,
)

analysis_batches = Table(
    "analysis_batches",
    metadata,
    id_column(),
    project_column(),
    Column("status", String(16), nullable=False, server_default="running"),
    Column("total", Integer, nullable=False),
    Column("estimate", JSON, nullable=False),
    created_column(),
    updated_column(),
    Column("completed_at", UtcDateTime),
    Index(None, "project_id"),
)

pending_analysis = Table(
    "pending_analysis",
    metadata,
    id_column(),
    chapter_column(),
    project_column(),
    Column(
        "chapter_version_id",
        Integer,
        ForeignKey("chapter_versions.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("version_revision", Integer, nullable=False),
    Column("status", String(16), nullable=False, server_default="pending"),
    Column("priority", Integer, nullable=False, server_default="5"),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("retry_count", Integer, nullable=False, server_default="0"),
    Column("max_retries", Integer, nullable=False, server_default="3"),
    # How often the app ended while the task ran, which need not be the task's doing.
    Column("rescue_count", Integer, nullable=False, server_default="0"),
    Column("generation_config", JSON, nullable=False),
    Column("result", JSON),
    Column("current_step", String(32)),
    Column("error_type", String(64)),
    Column("error_message", Text),
    Column("lease_owner", String(64)),
    Column("lease_expires_at", UtcDateTime),
    Column("not_before", UtcDateTime),
    created_column(),
    Column("started_at", UtcDateTime),
    Column("completed_at", UtcDateTime),
    updated_column(),
    Column("duration_seconds", Float),
    Column("token_usage", JSON),
    Column("batch_id", Integer, ForeignKey("analysis_batches.id", ondelete="SET NULL")),
    # A paused batch holds its tasks back without changing their state.
    Column("held", Integer, nullable=False, server_default="0"),
    # The order of waiting tasks by priority and age (see ``domain.tasks.claim_rank``).
    Column("claim_rank", Float, nullable=False, server_default="0"),
    Index(None, "chapter_id"),
    Index(None, "chapter_version_id"),
    # Counting reads this and no task; a claim changes less of it than of an index of times.
    Index(None, "project_id", "status"),
    Index(
        "ix_pending_analysis_finished",
        "project_id",
        "updated_at",
        sqlite_where=text("status IN ('completed', 'failed', 'cancelled')"),
    ),
    Index(
        "ix_pending_analysis_held",
        "claim_rank",
        "id",
        sqlite_where=text("status = 'pending' AND held = 1"),
    ),
    Index("ix_pending_analysis_batch_id", "batch_id", sqlite_where=text("batch_id IS NOT NULL")),
    # The claim reads only these rows, so finished tasks, however many, do not slow it down.
    Index(
        "ix_pending_analysis_claim",
        "claim_rank",
        "id",
        sqlite_where=text("status = 'pending' AND held = 0"),
    ),
    Index(
        "ix_pending_analysis_leases",
        "lease_expires_at",
        sqlite_where=text("status = 'processing'"),
    ),
    # One unfinished task per chapter: a new version replaces the waiting one.
    Index(
        "uq_pending_analysis_unfinished",
        "chapter_id",
        unique=True,
        sqlite_where=text("status IN ('pending', 'processing')"),
    ),
)

analysis_steps = Table(
    "analysis_steps",
    metadata,
    Column(
        "pending_analysis_id",
        Integer,
        ForeignKey("pending_analysis.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("step", String(32), primary_key=True),
    Column("result", JSON, nullable=False),
    Column("token_usage", JSON, nullable=False),
    Column("duration_seconds", Float, nullable=False),
    Column("completed_at", UtcDateTime, nullable=False),
    Column("provider", String(255), nullable=False, server_default=""),
    Column("model", String(255), nullable=False, server_default=""),
)

analysis_errors = Table(
    "analysis_errors",
    metadata,
    id_column(),
    Column(
        "pending_analysis_id",
        Integer,
        ForeignKey("pending_analysis.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("attempt", Integer, nullable=False),
    Column("step", String(32)),
    Column("error_type", String(64), nullable=False),
    Column("error_message", Text, nullable=False),
    Column("provider", String(255), nullable=False, server_default=""),
    created_column(),
    Column("model", String(255), nullable=False, server_default=""),
    # What the model had sent; of a very long answer the beginning and the end.
    Column("raw_answer", Text, nullable=False, server_default=""),
    Index(None, "pending_analysis_id"),
)

analysis_notifications = Table(
    "analysis_notifications",
    metadata,
    id_column(),
    Column(
        "pending_analysis_id",
        Integer,
        ForeignKey("pending_analysis.id", ondelete="CASCADE"),
        nullable=False,
    ),
    chapter_column(),
    Column("notification_type", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("message", Text, nullable=False, server_default=""),
    Column("data", JSON, nullable=False),
    Column("is_read", Integer, nullable=False, server_default="0"),
    created_column(),
    Column("read_at", UtcDateTime),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Index(None, "pending_analysis_id"),
    Index(None, "chapter_id"),
    # An attempt that ended is told once. Rows of the first schema bear no attempt (0).
    Index(
        "uq_analysis_notifications_attempt",
        "pending_analysis_id",
        "notification_type",
        "attempt",
        unique=True,
        sqlite_where=text("attempt > 0"),
    ),
    Index("ix_analysis_notifications_unread", "id", sqlite_where=text("is_read = 0")),
)

# Kept by triggers (see ``counting``). Without a reference, since a novel goes before its counts.
analysis_counts = Table(
    "analysis_counts",
    metadata,
    Column("project_id", String(36), primary_key=True),
    # Those that wait and those that run: a claim changes nothing here.
    count_column("unfinished"),
    count_column("completed"),
    count_column("failed"),
    count_column("cancelled"),
    count_column("resting"),
)

# How long completed analyses took; clean-up does not lessen it.
analysis_durations = Table(
    "analysis_durations",
    metadata,
    Column("bound", String(8), primary_key=True),
    slot_column(),
    Column("number", Integer, nullable=False, server_default="0"),
    Column("seconds", Float, nullable=False, server_default="0"),
)


def duration_rows() -> list[dict[str, Any]]:
    """The rows of ``analysis_durations`` in a new library: nothing is added later."""
    return [{"bound": bound, "slot": slot} for bound in DURATION_BOUNDS for slot in range(SLOTS)]
