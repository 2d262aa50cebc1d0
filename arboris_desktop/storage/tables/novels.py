"""The tables of novels: their chapters, the texts of these, and what is derived from the texts."""

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
    chapter_column,
    created_column,
    id_column,
    metadata,
    project_column,
    project_key_column,
    updated_column,
)

LISTED, ARRIVING, LEAVING = "draft", "arriving", "leaving"
"""The states of a novel: the author's; not whole yet; being removed."""

UNLISTED = (ARRIVING, LEAVING)

novel_projects = Table(
    "novel_projects",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("title", String(255), nullable=False),
    Column("initial_prompt", Text, nullable=False, server_default=""),
    Column("language", String(8), nullable=False, server_default="en"),
    Column("status", String(32), nullable=False, server_default="draft"),
    Column("metadata", JSON),
    Column("author", String(255), nullable=False, server_default=""),
    # The form of the labels of its chapters (``text/number_labels.py``); empty: its language's.
    Column("numbering", String(64), nullable=False, server_default=""),
    created_column(),
    updated_column(),
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
    # When the author marked it as published.
    Column("published_at", UtcDateTime),
    created_column(),
    updated_column(),
    UniqueConstraint("project_id", "chapter_number"),
    # Not for any query: without it, removing a version looks through all chapters.
    Index(None, "selected_version_id"),
)

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

# Texts that the author had: a version is written over while they type on.
chapter_snapshots = Table(
    "chapter_snapshots",
    metadata,
    id_column(),
    chapter_column(),
    Column("kind", String(16), nullable=False),
    Column("name", String(255), nullable=False, server_default=""),
    Column("content", Text, nullable=False),
    Column("word_count", Integer, nullable=False, server_default="0"),
    created_column(),
    Index(None, "chapter_id", "id"),
)

# What the author notes about a passage; ``start`` and ``end`` follow it in the text.
chapter_comments = Table(
    "chapter_comments",
    metadata,
    id_column(),
    chapter_column(),
    # The words that it is about, as they were last found.
    Column("quotation", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    # The passage is gone; it may come back with an older text.
    Column("is_stale", Integer, nullable=False, server_default="0"),
    Column("content", Text, nullable=False, server_default=""),
    created_column(),
    updated_column(),
    Column("resolved_at", UtcDateTime),
    Index(None, "chapter_id"),
)

# What authors keep of a chapter for themselves: no model reads it.
chapter_notes = Table(
    "chapter_notes",
    metadata,
    Column(
        "chapter_id",
        Integer,
        ForeignKey("chapters.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # As ``domain.chapter_notes`` names it.
    Column("status", String(16), nullable=False, server_default=""),
    Column("scratchpad", Text, nullable=False, server_default=""),
    updated_column(),
)

novel_spelling = Table(
    "novel_spelling",
    metadata,
    project_key_column(),
    # Of a dictionary, as "en_GB"; empty: as the novel's language has it; "-": none.
    Column("dictionary", String(64), nullable=False, server_default=""),
)

# Words that are right in this novel, whatever a dictionary says.
novel_words = Table(
    "novel_words",
    metadata,
    project_key_column(),
    Column("word", String(255), primary_key=True),
)

# The words of a novel that came on a day, less those that went.
writing_days = Table(
    "writing_days",
    metadata,
    id_column(),
    project_column(),
    # As ``2026-03-01``, where the author was.
    Column("day", String(10), nullable=False),
    Column("own_words", Integer, nullable=False, server_default="0"),
    Column("model_words", Integer, nullable=False, server_default="0"),
    UniqueConstraint("project_id", "day"),
)

writing_targets = Table(
    "writing_targets",
    metadata,
    project_key_column(),
    Column("chapter_words", Integer, nullable=False, server_default="0"),
    Column("day_words", Integer, nullable=False, server_default="0"),
    Column("book_words", Integer, nullable=False, server_default="0"),
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
    # Why it is not finished; nothing while it grows, and where the author stopped it.
    Column("error_type", String(64)),
    Column("error_message", Text),
    # What the model sent, where some of that is not the chapter's text.
    Column("raw_answer", Text, nullable=False, server_default=""),
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
    # Of the summaries it was made from: when they change, it is made again.
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
