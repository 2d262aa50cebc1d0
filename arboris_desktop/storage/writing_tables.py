"""The tables of the writing workflow: planning, candidates, summaries, prompts, costs, runs.

They belong to the same schema as ``tables``; what Arboris-Novel knows too is there.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, Text, text
from sqlalchemy.schema import UniqueConstraint

from arboris_desktop.storage.tables import (
    UtcDateTime,
    chapter_column,
    created_column,
    id_column,
    metadata,
    project_column,
    updated_column,
)


def _owned_by_project() -> Column[str]:
    """The key of a table that has one row for each novel."""
    return Column(
        "project_id",
        String(36),
        ForeignKey("novel_projects.id", ondelete="CASCADE"),
        primary_key=True,
    )


concept_briefs = Table(
    "concept_briefs",
    metadata,
    _owned_by_project(),
    # What the dialogue has settled, by topic (see ``domain.concept``).
    Column("brief", JSON, nullable=False),
    Column("confirmed_at", UtcDateTime),
    updated_column(),
)

outline_runs = Table(
    "outline_runs",
    metadata,
    id_column(),
    project_column(),
    # "fill" or "regenerate".
    Column("kind", String(16), nullable=False, server_default="fill"),
    Column("first_chapter", Integer, nullable=False),
    Column("last_chapter", Integer, nullable=False),
    Column("range_size", Integer, nullable=False),
    Column("instruction", Text, nullable=False, server_default=""),
    # What a regeneration brought so far: number, title and plan of each chapter.
    Column("proposals", JSON, nullable=False, server_default="[]"),
    Column("status", String(16), nullable=False, server_default="running"),
    Column("error_type", String(64)),
    Column("error_message", Text),
    created_column(),
    updated_column(),
    Index(None, "project_id"),
)

writing_guides = Table(
    "writing_guides",
    metadata,
    _owned_by_project(),
    Column("persona", Text, nullable=False, server_default=""),
    Column("style_samples", JSON, nullable=False, server_default="[]"),
    # What must always hold, a rule each.
    Column("constitution", JSON, nullable=False, server_default="[]"),
    updated_column(),
)

chapter_candidates = Table(
    "chapter_candidates",
    metadata,
    id_column(),
    chapter_column(),
    # Candidates that were asked for together; they count from 1 within a chapter.
    Column("round", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("status", String(16), nullable=False, server_default="writing"),
    Column("content", Text, nullable=False, server_default=""),
    Column("instruction", Text, nullable=False, server_default=""),
    # What it was asked to lean on (see ``domain.candidates.Angle``).
    Column("angle", String(16), nullable=False, server_default="plan"),
    Column("provider", String(255), nullable=False, server_default=""),
    Column("owner", String(64), nullable=False, server_default=""),
    Column("finish_reason", String(32), nullable=False, server_default=""),
    Column("error_type", String(64)),
    Column("error_message", Text),
    Column("version_id", Integer, ForeignKey("chapter_versions.id", ondelete="SET NULL")),
    Column("token_usage", JSON),
    Column("cost", Float),
    Column("currency", String(8), nullable=False, server_default=""),
    created_column(),
    updated_column(),
    # When the author took one of the round; the same in all of its rows.
    Column("decided_at", UtcDateTime),
    UniqueConstraint("chapter_id", "round", "position"),
    Index(
        "ix_chapter_candidates_version_id",
        "version_id",
        sqlite_where=text("version_id IS NOT NULL"),
    ),
)

passage_revisions = Table(
    "passage_revisions",
    metadata,
    id_column(),
    chapter_column(),
    Column("kind", String(32), nullable=False),
    Column("instruction", Text, nullable=False, server_default=""),
    # Where the passage stood, in characters of the chapter, and what it said.
    Column("start", Integer, nullable=False),
    Column("original", Text, nullable=False),
    Column("proposal", Text, nullable=False, server_default=""),
    Column("status", String(16), nullable=False, server_default="writing"),
    Column("provider", String(255), nullable=False, server_default=""),
    created_column(),
    updated_column(),
    Index(None, "chapter_id"),
)

story_summaries = Table(
    "story_summaries",
    metadata,
    id_column(),
    project_column(),
    # "part" (some chapters of a volume), "volume" or "book".
    Column("level", String(16), nullable=False),
    Column("first_chapter", Integer, nullable=False),
    Column("last_chapter", Integer, nullable=False),
    Column("content", Text, nullable=False),
    # Of the summaries it was made from: when they change, it is made anew.
    Column("source_hash", String(64), nullable=False),
    updated_column(),
    UniqueConstraint("project_id", "level", "first_chapter"),
)

passages = Table(
    "passages",
    metadata,
    id_column(),
    project_column(),
    chapter_column(),
    Column("version_id", Integer, nullable=False),
    Column("version_revision", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    # In characters of the chapter.
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index(None, "chapter_id", "position"),
    Index(None, "project_id"),
)

PASSAGE_INDEX = "passages_fts"
"""The full-text index over ``passages``: an FTS5 table, which SQLAlchemy does not know; its rows
have the ids of the passages."""

# The terms come from ``domain.search_terms``, a space between each: the tokeniser only has to leave
# them as they are, and that of ASCII takes every other character for a letter.
CREATE_PASSAGE_INDEX = f"CREATE VIRTUAL TABLE {PASSAGE_INDEX} USING fts5(terms, tokenize = 'ascii')"

PASSAGE_TRIGGER = "passages_leave_index"
"""A full-text table knows no references: what is deleted with its chapter or novel leaves it so."""

CREATE_PASSAGE_TRIGGER = (
    f"CREATE TRIGGER {PASSAGE_TRIGGER} AFTER DELETE ON passages "
    f"BEGIN DELETE FROM {PASSAGE_INDEX} WHERE rowid = old.id; END"
)

context_choices = Table(
    "context_choices",
    metadata,
    Column("chapter_id", Integer, ForeignKey("chapters.id", ondelete="CASCADE"), primary_key=True),
    # A piece of the context, as ``domain.context`` names it.
    Column("kind", String(16), primary_key=True),
    Column("key", String(64), primary_key=True),
    # "pinned" or "excluded".
    Column("choice", String(16), nullable=False),
    updated_column(),
)

prompt_overrides = Table(
    "prompt_overrides",
    metadata,
    _owned_by_project(),
    Column("name", String(64), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("content", Text, nullable=False),
    updated_column(),
)

provider_profiles = Table(
    "provider_profiles",
    metadata,
    # Also the name of its key in the keyring, and so never used again (see ``domain.profiles``).
    Column("id", String(64), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("base_url", Text, nullable=False, server_default=""),
    Column("model", String(255), nullable=False, server_default=""),
    Column("model_path", Text, nullable=False, server_default=""),
    Column("context_tokens", Integer, nullable=False, server_default="0"),
    # 0: as many as the provider allows.
    Column("max_parallel", Integer, nullable=False, server_default="0"),
    Column("requests_per_minute", Integer, nullable=False, server_default="0"),
    Column("input_per_million", Float, nullable=False, server_default="0"),
    Column("output_per_million", Float, nullable=False, server_default="0"),
    Column("currency", String(8), nullable=False, server_default="USD"),
    Column("position", Integer, nullable=False, server_default="0"),
    created_column(),
    updated_column(),
)

provider_routes = Table(
    "provider_routes",
    metadata,
    # Whom to ask for a task, the first one first; a task without a row goes to the first profile.
    Column("task", String(16), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column(
        "profile_id",
        String(64),
        ForeignKey("provider_profiles.id", ondelete="CASCADE"),
        nullable=False,
    ),
)

auto_runs = Table(
    "auto_runs",
    metadata,
    id_column(),
    project_column(),
    Column("first_chapter", Integer, nullable=False),
    Column("last_chapter", Integer, nullable=False),
    Column("next_chapter", Integer, nullable=False),
    Column("options", JSON, nullable=False),
    Column("status", String(16), nullable=False, server_default="running"),
    Column("stop_reason", String(32)),
    Column("detail", Text, nullable=False, server_default=""),
    # Time spent running, in seconds: a run that sleeps with its app does not age.
    Column("seconds", Float, nullable=False, server_default="0"),
    created_column(),
    updated_column(),
    Column("completed_at", UtcDateTime),
    # One run at a time in each novel.
    Index(
        "uq_auto_runs_unfinished",
        "project_id",
        unique=True,
        sqlite_where=text("status IN ('running', 'paused')"),
    ),
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
    Index(None, "project_id", "started_at"),
    Index(None, "started_at"),
    Index("ix_model_calls_chapter_id", "chapter_id", sqlite_where=text("chapter_id IS NOT NULL")),
    Index(
        "ix_model_calls_auto_run_id", "auto_run_id", sqlite_where=text("auto_run_id IS NOT NULL")
    ),
)
