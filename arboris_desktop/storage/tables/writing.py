"""The tables of writing with a model: candidates, evaluations, revisions, prompts, runs."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from arboris_desktop.storage.tables.columns import (
    UtcDateTime,
    chapter_column,
    created_column,
    id_column,
    metadata,
    project_column,
    project_key_column,
    updated_column,
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
    created_column(),
    updated_column(),
    # When the author took one of the round; the same in all of its rows.
    Column("decided_at", UtcDateTime),
    # What the model sent, where one that failed is less than that.
    Column("raw_answer", Text, nullable=False, server_default=""),
    UniqueConstraint("chapter_id", "round", "position"),
    Index(
        "ix_chapter_candidates_version_id",
        "version_id",
        sqlite_where=text("version_id IS NOT NULL"),
    ),
)

chapter_evaluations = Table(
    "chapter_evaluations",
    metadata,
    id_column(),
    chapter_column(),
    Column("version_id", Integer, ForeignKey("chapter_versions.id", ondelete="CASCADE")),
    Column("decision", String(32)),
    Column("feedback", Text),
    Column("score", Float),
    created_column(),
    # What was judged: "candidate", "review", "reader" or "constitution".
    Column("kind", String(16), nullable=False, server_default="candidate"),
    Column("version_revision", Integer, nullable=False, server_default="1"),
    Column("details", JSON, nullable=False, server_default="{}"),
    Column("provider", String(255), nullable=False, server_default=""),
    Index(None, "chapter_id"),
    Index(None, "version_id"),
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

kept_answers = Table(
    "kept_answers",
    metadata,
    id_column(),
    project_column(),
    Column("chapter_id", Integer, ForeignKey("chapters.id", ondelete="CASCADE")),
    # "continuation", "blueprint", "split", "volumes" or "review".
    Column("kind", String(16), nullable=False),
    Column("subject", String(32), nullable=False, server_default=""),
    Column("content", JSON, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
    Index(None, "project_id"),
    Index(None, "chapter_id"),
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
    project_key_column(),
    Column("name", String(64), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("content", Text, nullable=False),
    updated_column(),
)

instructions_aside = Table(
    "instructions_aside",
    metadata,
    id_column(),
    project_column(),
    # "prompt", "voice", "sample" or "rule": what came with a file and is not in force.
    Column("kind", String(16), nullable=False),
    # Of a prompt.
    Column("name", String(64), nullable=False, server_default=""),
    Column("language", String(8), nullable=False, server_default=""),
    Column("content", Text, nullable=False),
    Index(None, "project_id"),
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

chapter_writers = Table(
    "chapter_writers",
    metadata,
    # Counts only while the owner's process lives (``storage.engine.instances``).
    Column(
        "chapter_id",
        Integer,
        ForeignKey("chapters.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("kind", String(16), nullable=False),
    # "window" or "command".
    Column("program", String(16), nullable=False),
    Column("owner", String(64), nullable=False),
    # The run of the auto-writer that it is a part of; no reference, since it says nothing alone.
    Column("run", Integer),
    Column("started_at", UtcDateTime, nullable=False),
)
