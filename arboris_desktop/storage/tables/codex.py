"""The tables of the codex: entries, facts, the journal of their changes, alerts."""

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
    updated_column,
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
