"""The table of calls to models, over which all costs are sums."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, text

from arboris_desktop.storage.tables.columns import (
    UtcDateTime,
    count_column,
    id_column,
    metadata,
    slot_column,
)

model_calls = Table(
    "model_calls",
    metadata,
    id_column(),
    # What was spent stays known when the novel or the chapter is gone.
    Column("project_id", String(36), ForeignKey("novel_projects.id", ondelete="SET NULL")),
    Column("chapter_id", Integer, ForeignKey("chapters.id", ondelete="SET NULL")),
    Column("auto_run_id", Integer, ForeignKey("auto_runs.id", ondelete="SET NULL")),
    Column("task", String(16), nullable=False),
    Column("prompt", String(64), nullable=False, server_default=""),
    Column("profile", String(255), nullable=False, server_default=""),
    Column("provider", String(255), nullable=False, server_default=""),
    Column("model", String(255), nullable=False, server_default=""),
    # "completed", "failed" or "cancelled"; all of them cost.
    Column("outcome", String(16), nullable=False),
    Column("prompt_tokens", Integer, nullable=False, server_default="0"),
    Column("completion_tokens", Integer, nullable=False, server_default="0"),
    Column("estimated", Integer, nullable=False, server_default="0"),
    Column("cost", Float),
    Column("currency", String(8)),
    Column("started_at", UtcDateTime, nullable=False),
    Column("duration_seconds", Float, nullable=False, server_default="0"),
    # It was made and paid on another computer, and counts for no limit and no total here.
    Column("came_with_file", Integer, nullable=False, server_default="0"),
    # Those of the prompt that the provider still had from a call before.
    Column("cached_tokens", Integer, nullable=False, server_default="0"),
    Index(None, "project_id", "started_at"),
    Index(None, "started_at"),
    Index("ix_model_calls_chapter_id", "chapter_id", sqlite_where=text("chapter_id IS NOT NULL")),
    Index(
        "ix_model_calls_auto_run_id", "auto_run_id", sqlite_where=text("auto_run_id IS NOT NULL")
    ),
)

# Kept by triggers (see ``counting``): what calls of this library took, by whoever was asked.
call_totals = Table(
    "call_totals",
    metadata,
    Column("provider", String(255), primary_key=True),
    Column("model", String(255), primary_key=True),
    Column("currency", String(8), primary_key=True),
    slot_column(),
    count_column("calls"),
    count_column("prompt_tokens"),
    count_column("completion_tokens"),
    Column("cost", Float, nullable=False, server_default="0"),
)
