"""The tables of what is planned: the concept, the blueprint, the outline, the guide."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from arboris_desktop.storage.tables.columns import (
    UtcDateTime,
    created_column,
    id_column,
    metadata,
    project_column,
    project_key_column,
    updated_column,
)
from arboris_desktop.storage.tables.novels import chapters

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

concept_briefs = Table(
    "concept_briefs",
    metadata,
    project_key_column(),
    # What the dialogue has settled, by topic (see ``domain.concept``).
    Column("brief", JSON, nullable=False),
    Column("confirmed_at", UtcDateTime),
    updated_column(),
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
    # The form of its number where its author writes that otherwise than the program does.
    Column("label", String(64)),
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
    # The author's own number, empty for a name alone; null where the count goes on.
    Column("label", String(64)),
    UniqueConstraint("project_id", "chapter_number"),
    Index(None, "volume_id"),
)

OUTLINE_OF_CHAPTER = (chapter_outlines.c.project_id == chapters.c.project_id) & (
    chapter_outlines.c.chapter_number == chapters.c.chapter_number
)
"""Joins a chapter to its outline; outer, since a chapter may have none."""

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
    project_key_column(),
    Column("persona", Text, nullable=False, server_default=""),
    Column("style_samples", JSON, nullable=False, server_default="[]"),
    # What must always hold, a rule each.
    Column("constitution", JSON, nullable=False, server_default="[]"),
    updated_column(),
)
