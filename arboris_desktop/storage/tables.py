"""The database schema. Names follow Arboris-Novel, so that its authors can bring their books."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """Stores UTC without a zone (SQLite has none) and gives it back with one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def id_column() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def project_column() -> Column[str]:
    return Column(
        "project_id",
        String(36),
        ForeignKey("novel_projects.id", ondelete="CASCADE"),
        nullable=False,
    )


def chapter_column() -> Column[int]:
    return Column(
        "chapter_id", Integer, ForeignKey("chapters.id", ondelete="CASCADE"), nullable=False
    )


def created_column() -> Column[datetime]:
    return Column("created_at", UtcDateTime, nullable=False)


def updated_column() -> Column[datetime]:
    return Column("updated_at", UtcDateTime, nullable=False)


novel_projects = Table(
    "novel_projects",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("title", String(255), nullable=False),
    Column("initial_prompt", Text, nullable=False, server_default=""),
    Column("language", String(8), nullable=False, server_default="en"),
    Column("status", String(32), nullable=False, server_default="draft"),
    Column("metadata", JSON),
    created_column(),
    updated_column(),
)

novel_conversations = Table(
    "novel_conversations",
    metadata,
    id_column(),
    project_column(),
    Column("seq", Integer, nullable=False),
    Column("role", String(32), nullable=False),
    Column("content", Text, nullable=False),
    Column("metadata", JSON),
    created_column(),
    UniqueConstraint("project_id", "seq"),
)

novel_blueprints = Table(
    "novel_blueprints",
    metadata,
    Column(
        "project_id",
        String(36),
        ForeignKey("novel_projects.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("title", String(255)),
    Column("target_audience", String(255)),
    Column("genre", String(128)),
    Column("style", Text),
    Column("tone", String(128)),
    Column("one_sentence_summary", Text),
    Column("full_synopsis", Text),
    Column("world_setting", JSON),
    created_column(),
    updated_column(),
)

blueprint_characters = Table(
    "blueprint_characters",
    metadata,
    id_column(),
    project_column(),
    Column("name", String(255), nullable=False),
    Column("identity", String(255)),
    Column("personality", Text),
    Column("goals", Text),
    Column("abilities", Text),
    Column("relationship_to_protagonist", Text),
    Column("extra", JSON),
    Column("position", Integer, nullable=False, server_default="0"),
    Index(None, "project_id"),
)

blueprint_relationships = Table(
    "blueprint_relationships",
    metadata,
    id_column(),
    project_column(),
    Column("character_from", String(255), nullable=False),
    Column("character_to", String(255), nullable=False),
    Column("description", Text),
    Column("position", Integer, nullable=False, server_default="0"),
    Index(None, "project_id"),
)

volumes = Table(
    "volumes",
    metadata,
    id_column(),
    project_column(),
    Column("volume_number", Integer, nullable=False),
    Column("title", String(255), nullable=False),
    # What the volume is to tell, as planned.
    Column("summary", Text, nullable=False, server_default=""),
    # For how many chapters it is planned; 0 when nobody said so.
    Column("planned_chapters", Integer, nullable=False, server_default="0"),
    UniqueConstraint("project_id", "volume_number"),
)

chapter_outlines = Table(
    "chapter_outlines",
    metadata,
    id_column(),
    project_column(),
    Column("volume_id", Integer, ForeignKey("volumes.id", ondelete="SET NULL")),
    Column("chapter_number", Integer, nullable=False),
    Column("title", String(255), nullable=False),
    Column("summary", Text, nullable=False, server_default=""),
    UniqueConstraint("project_id", "chapter_number"),
    Index(None, "volume_id"),
)

chapters = Table(
    "chapters",
    metadata,
    id_column(),
    project_column(),
    Column("chapter_number", Integer, nullable=False),
    Column("real_summary", Text, nullable=False, server_default=""),
    Column("status", String(32), nullable=False, server_default="not_generated"),
    Column("word_count", Integer, nullable=False, server_default="0"),
    Column(
        "selected_version_id",
        Integer,
        ForeignKey("chapter_versions.id", ondelete="SET NULL", use_alter=True),
    ),
    created_column(),
    updated_column(),
    UniqueConstraint("project_id", "chapter_number"),
)

OUTLINE_OF_CHAPTER = (chapter_outlines.c.project_id == chapters.c.project_id) & (
    chapter_outlines.c.chapter_number == chapters.c.chapter_number
)
"""Joins a chapter to its outline; outer, since a chapter may have none."""

chapter_versions = Table(
    "chapter_versions",
    metadata,
    id_column(),
    chapter_column(),
    Column("version_label", String(64), nullable=False, server_default=""),
    Column("origin", String(16), nullable=False),
    Column("provider", String(255), nullable=False, server_default=""),
    Column("content", Text, nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("metadata", JSON),
    created_column(),
    Index(None, "chapter_id"),
)

chapter_drafts = Table(
    "chapter_drafts",
    metadata,
    Column(
        "chapter_id",
        Integer,
        ForeignKey("chapters.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("content", Text, nullable=False),
    Column("provider", String(255), nullable=False, server_default=""),
    Column("owner", String(64), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    updated_column(),
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
    Column("cost", Float),
    Column("currency", String(8)),
    # The order of waiting tasks by priority and age (see ``domain.tasks.claim_rank``).
    Column("claim_rank", Float, nullable=False, server_default="0"),
    Index(None, "chapter_id"),
    Index(None, "project_id", "updated_at"),
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
    Column("cost", Float),
    # Of the cost. Steps stored by an older version have none: theirs are as the task says.
    Column("currency", String(8)),
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

codex_entries = Table(
    "codex_entries",
    metadata,
    id_column(),
    project_column(),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("attributes", JSON, nullable=False),
    created_column(),
    updated_column(),
    Column("origin", String(16), nullable=False, server_default="analysis"),
    Column("description", Text, nullable=False, server_default=""),
    Column("due_chapter", Integer),
    # An entry that turned out to be another one under a second name; kept, so it can be undone.
    Column("merged_into", Integer, ForeignKey("codex_entries.id", ondelete="SET NULL")),
    # Names that the author said are not this entry's: no analysis brings them back.
    Column("refused_aliases", JSON, nullable=False, server_default="[]"),
    Index(None, "project_id", "kind"),
    Index(
        "ix_codex_entries_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")
    ),
)

codex_facts = Table(
    "codex_facts",
    metadata,
    id_column(),
    Column("entry_id", Integer, ForeignKey("codex_entries.id", ondelete="CASCADE"), nullable=False),
    chapter_column(),
    Column("pending_analysis_id", Integer, ForeignKey("pending_analysis.id", ondelete="SET NULL")),
    Column("version_id", Integer, nullable=False),
    Column("version_revision", Integer, nullable=False),
    Column("statement", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("quotation", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("confidence", Float, nullable=False),
    Column("status", String(16), nullable=False),
    created_column(),
    Column("step", String(32), nullable=False, server_default=""),
    Column("effect", String(16)),
    Column("attribute", String(32), nullable=False, server_default=""),
    Column("value", Text, nullable=False, server_default=""),
    Column("other_entry_id", Integer, ForeignKey("codex_entries.id", ondelete="SET NULL")),
    Column("is_stale", Integer, nullable=False, server_default="0"),
    Column("decided_by", String(16)),
    Column("aliases", JSON, nullable=False, server_default="[]"),
    Index(None, "entry_id"),
    Index(None, "chapter_id"),
    Index(None, "pending_analysis_id"),
    Index(
        "ix_codex_facts_other_entry_id",
        "other_entry_id",
        sqlite_where=text("other_entry_id IS NOT NULL"),
    ),
)

codex_journal = Table(
    "codex_journal",
    metadata,
    id_column(),
    project_column(),
    Column("entry_id", Integer),
    Column("fact_id", Integer),
    Column("chapter_id", Integer),
    Column("pending_analysis_id", Integer),
    Column("action", String(24), nullable=False),
    Column("actor", String(16), nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    created_column(),
    Column("undone_at", UtcDateTime),
    Index(None, "project_id", "id"),
    Index(None, "entry_id"),
)

codex_alerts = Table(
    "codex_alerts",
    metadata,
    id_column(),
    project_column(),
    chapter_column(),
    Column("entry_id", Integer, ForeignKey("codex_entries.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("attribute", String(32), nullable=False, server_default=""),
    # An alert that the author has closed outlives its facts, so that it does not come back.
    Column("fact_id", Integer, ForeignKey("codex_facts.id", ondelete="SET NULL")),
    Column("earlier_fact_id", Integer, ForeignKey("codex_facts.id", ondelete="SET NULL")),
    Column("signature", Text, nullable=False),
    Column("quotation", Text, nullable=False, server_default=""),
    Column("start", Integer),
    Column("end", Integer),
    Column("status", String(16), nullable=False, server_default="open"),
    created_column(),
    Column("closed_at", UtcDateTime),
    UniqueConstraint("entry_id", "signature"),
    Index(None, "project_id", "status"),
    Index(None, "chapter_id"),
    Index(None, "fact_id"),
    Index(None, "earlier_fact_id"),
)

app_settings = Table(
    "app_settings",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
    updated_column(),
)
