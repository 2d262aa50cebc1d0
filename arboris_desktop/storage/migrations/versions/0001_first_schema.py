"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "app_settings",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_app_settings")),
    )
    op.create_table(
        "novel_projects",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("initial_prompt", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.String(length=8), server_default="en", nullable=False),
        sa.Column("status", sa.String(length=32), server_default="draft", nullable=False),
        sa.Column("metadata", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_novel_projects")),
    )
    op.create_table(
        "blueprint_characters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("identity", sa.String(length=255), nullable=True),
        sa.Column("personality", sa.Text(), nullable=True),
        sa.Column("goals", sa.Text(), nullable=True),
        sa.Column("abilities", sa.Text(), nullable=True),
        sa.Column("relationship_to_protagonist", sa.Text(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_blueprint_characters_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blueprint_characters")),
    )
    op.create_index(
        op.f("ix_blueprint_characters_project_id"),
        "blueprint_characters",
        ["project_id"],
        unique=False,
    )
    op.create_table(
        "blueprint_relationships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("character_from", sa.String(length=255), nullable=False),
        sa.Column("character_to", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_blueprint_relationships_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blueprint_relationships")),
    )
    op.create_index(
        op.f("ix_blueprint_relationships_project_id"),
        "blueprint_relationships",
        ["project_id"],
        unique=False,
    )
    op.create_table(
        "chapters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("chapter_number", sa.Integer(), nullable=False),
        sa.Column("real_summary", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.String(length=32), server_default="not_generated", nullable=False),
        sa.Column("word_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("selected_version_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_chapters_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["selected_version_id"],
            ["chapter_versions.id"],
            name=op.f("fk_chapters_selected_version_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapters")),
        sa.UniqueConstraint(
            "project_id", "chapter_number", name=op.f("uq_chapters_project_id_chapter_number")
        ),
    )
    op.create_table(
        "codex_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_codex_entries_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codex_entries")),
    )
    op.create_index(
        op.f("ix_codex_entries_project_id_kind"),
        "codex_entries",
        ["project_id", "kind"],
        unique=False,
    )
    op.create_table(
        "novel_blueprints",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=True),
        sa.Column("target_audience", sa.String(length=255), nullable=True),
        sa.Column("genre", sa.String(length=128), nullable=True),
        sa.Column("style", sa.Text(), nullable=True),
        sa.Column("tone", sa.String(length=128), nullable=True),
        sa.Column("one_sentence_summary", sa.Text(), nullable=True),
        sa.Column("full_synopsis", sa.Text(), nullable=True),
        sa.Column("world_setting", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_novel_blueprints_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_novel_blueprints")),
    )
    op.create_table(
        "novel_conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("metadata", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_novel_conversations_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_novel_conversations")),
        sa.UniqueConstraint(
            "project_id", "seq", name=op.f("uq_novel_conversations_project_id_seq")
        ),
    )
    op.create_table(
        "volumes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("volume_number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_volumes_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volumes")),
        sa.UniqueConstraint(
            "project_id", "volume_number", name=op.f("uq_volumes_project_id_volume_number")
        ),
    )
    op.create_table(
        "chapter_drafts",
        sa.Column("chapter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("provider", sa.String(length=255), server_default="", nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapters.id"],
            name=op.f("fk_chapter_drafts_chapter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chapter_id", name=op.f("pk_chapter_drafts")),
    )
    op.create_table(
        "chapter_outlines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("volume_id", sa.Integer(), nullable=True),
        sa.Column("chapter_number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_chapter_outlines_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["volume_id"],
            ["volumes.id"],
            name=op.f("fk_chapter_outlines_volume_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter_outlines")),
        sa.UniqueConstraint(
            "project_id",
            "chapter_number",
            name=op.f("uq_chapter_outlines_project_id_chapter_number"),
        ),
    )
    op.create_index(
        op.f("ix_chapter_outlines_volume_id"), "chapter_outlines", ["volume_id"], unique=False
    )
    op.create_table(
        "chapter_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("version_label", sa.String(length=64), server_default="", nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("provider", sa.String(length=255), server_default="", nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("metadata", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapters.id"],
            name=op.f("fk_chapter_versions_chapter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter_versions")),
    )
    op.create_index(
        op.f("ix_chapter_versions_chapter_id"), "chapter_versions", ["chapter_id"], unique=False
    )
    op.create_table(
        "chapter_evaluations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=32), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapters.id"],
            name=op.f("fk_chapter_evaluations_chapter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["chapter_versions.id"],
            name=op.f("fk_chapter_evaluations_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter_evaluations")),
    )
    op.create_index(
        op.f("ix_chapter_evaluations_chapter_id"),
        "chapter_evaluations",
        ["chapter_id"],
        unique=False,
    )
    op.create_table(
        "pending_analysis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("chapter_version_id", sa.Integer(), nullable=False),
        sa.Column("version_revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), server_default="pending", nullable=False),
        sa.Column("priority", sa.Integer(), server_default="5", nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("retry_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("max_retries", sa.Integer(), server_default="3", nullable=False),
        sa.Column("generation_config", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("current_step", sa.String(length=32), nullable=True),
        sa.Column("error_type", sa.String(length=64), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_expires_at", sa.DateTime(), nullable=True),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("completed_at", sa.DateTime(), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("duration_seconds", sa.Float(), nullable=True),
        sa.Column("token_usage", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapters.id"],
            name=op.f("fk_pending_analysis_chapter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["chapter_version_id"],
            ["chapter_versions.id"],
            name=op.f("fk_pending_analysis_chapter_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_pending_analysis_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_analysis")),
    )
    op.create_index(
        op.f("ix_pending_analysis_chapter_id"), "pending_analysis", ["chapter_id"], unique=False
    )
    op.create_index(
        "ix_pending_analysis_claim",
        "pending_analysis",
        [sa.text("priority DESC"), "created_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "ix_pending_analysis_leases",
        "pending_analysis",
        ["lease_expires_at"],
        unique=False,
        sqlite_where=sa.text("status = 'processing'"),
    )
    op.create_index(
        op.f("ix_pending_analysis_project_id_updated_at"),
        "pending_analysis",
        ["project_id", "updated_at"],
        unique=False,
    )
    op.create_index(
        "uq_pending_analysis_unfinished",
        "pending_analysis",
        ["chapter_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('pending', 'processing')"),
    )
    op.create_table(
        "analysis_errors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pending_analysis_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=True),
        sa.Column("error_type", sa.String(length=64), nullable=False),
        sa.Column("error_message", sa.Text(), nullable=False),
        sa.Column("provider", sa.String(length=255), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pending_analysis_id"],
            ["pending_analysis.id"],
            name=op.f("fk_analysis_errors_pending_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_errors")),
    )
    op.create_index(
        op.f("ix_analysis_errors_pending_analysis_id"),
        "analysis_errors",
        ["pending_analysis_id"],
        unique=False,
    )
    op.create_table(
        "analysis_notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pending_analysis_id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("notification_type", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("is_read", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapters.id"],
            name=op.f("fk_analysis_notifications_chapter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pending_analysis_id"],
            ["pending_analysis.id"],
            name=op.f("fk_analysis_notifications_pending_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_notifications")),
    )
    op.create_index(
        op.f("ix_analysis_notifications_chapter_id"),
        "analysis_notifications",
        ["chapter_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_analysis_notifications_pending_analysis_id"),
        "analysis_notifications",
        ["pending_analysis_id"],
        unique=False,
    )
    op.create_index(
        "ix_analysis_notifications_unread",
        "analysis_notifications",
        ["id"],
        unique=False,
        sqlite_where=sa.text("is_read = 0"),
    )
    op.create_table(
        "analysis_steps",
        sa.Column("pending_analysis_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("token_usage", sa.JSON(), nullable=False),
        sa.Column("duration_seconds", sa.Float(), nullable=False),
        sa.Column("completed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pending_analysis_id"],
            ["pending_analysis.id"],
            name=op.f("fk_analysis_steps_pending_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pending_analysis_id", "step", name=op.f("pk_analysis_steps")),
    )
    op.create_table(
        "codex_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("pending_analysis_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("version_revision", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("quotation", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapters.id"],
            name=op.f("fk_codex_facts_chapter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["codex_entries.id"],
            name=op.f("fk_codex_facts_entry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pending_analysis_id"],
            ["pending_analysis.id"],
            name=op.f("fk_codex_facts_pending_analysis_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codex_facts")),
    )
    op.create_index(op.f("ix_codex_facts_chapter_id"), "codex_facts", ["chapter_id"], unique=False)
    op.create_index(op.f("ix_codex_facts_entry_id"), "codex_facts", ["entry_id"], unique=False)
    op.create_index(
        op.f("ix_codex_facts_pending_analysis_id"),
        "codex_facts",
        ["pending_analysis_id"],
        unique=False,
    )
