"""The writing workflow: concept, outlines in ranges, candidates, summaries, full-text passages,
prompts, provider profiles, model calls and runs of the auto-writer.

Columns are added by plain ``ALTER TABLE``, as in 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_columns()
    _add_provider_profiles()
    _add_auto_runs()
    _add_concept_briefs()
    _add_outline_runs()
    _add_prompt_overrides()
    _add_story_summaries()
    _add_writing_guides()
    _add_model_calls()
    _add_passage_revisions()
    _add_passages()
    _add_chapter_candidates()
    _add_context_choices()
    op.execute("CREATE VIRTUAL TABLE passages_fts USING fts5(terms, tokenize = 'ascii')")
    op.execute(
        "CREATE TRIGGER passages_leave_index AFTER DELETE ON passages "
        "BEGIN DELETE FROM passages_fts WHERE rowid = old.id; END"
    )


def _add_columns() -> None:
    op.add_column("analysis_steps", sa.Column("currency", sa.String(length=8), nullable=True))
    op.add_column("volumes", sa.Column("summary", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "volumes", sa.Column("planned_chapters", sa.Integer(), server_default="0", nullable=False)
    )
    for column in (
        sa.Column("kind", sa.String(length=16), server_default="candidate", nullable=False),
        sa.Column("version_revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("details", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("provider", sa.String(length=255), server_default="", nullable=False),
    ):
        op.add_column("chapter_evaluations", column)


def _add_provider_profiles() -> None:
    op.create_table(
        "provider_profiles",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("base_url", sa.Text(), server_default="", nullable=False),
        sa.Column("model", sa.String(length=255), server_default="", nullable=False),
        sa.Column("model_path", sa.Text(), server_default="", nullable=False),
        sa.Column("context_tokens", sa.Integer(), server_default="0", nullable=False),
        sa.Column("max_parallel", sa.Integer(), server_default="0", nullable=False),
        sa.Column("requests_per_minute", sa.Integer(), server_default="0", nullable=False),
        sa.Column("input_per_million", sa.Float(), server_default="0", nullable=False),
        sa.Column("output_per_million", sa.Float(), server_default="0", nullable=False),
        sa.Column("currency", sa.String(length=8), server_default="USD", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_profiles")),
    )
    op.create_table(
        "provider_routes",
        sa.Column("task", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["provider_profiles.id"],
            name=op.f("fk_provider_routes_profile_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("task", "position", name=op.f("pk_provider_routes")),
    )


def _add_auto_runs() -> None:
    op.create_table(
        "auto_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("first_chapter", sa.Integer(), nullable=False),
        sa.Column("last_chapter", sa.Integer(), nullable=False),
        sa.Column("next_chapter", sa.Integer(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=16), server_default="running", nullable=False),
        sa.Column("stop_reason", sa.String(length=32), nullable=True),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("seconds", sa.Float(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("completed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_auto_runs_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auto_runs")),
    )
    op.create_index(
        "uq_auto_runs_unfinished",
        "auto_runs",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('running', 'paused')"),
    )


def _add_concept_briefs() -> None:
    op.create_table(
        "concept_briefs",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("brief", sa.JSON(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_concept_briefs_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_concept_briefs")),
    )


def _add_outline_runs() -> None:
    op.create_table(
        "outline_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), server_default="fill", nullable=False),
        sa.Column("first_chapter", sa.Integer(), nullable=False),
        sa.Column("last_chapter", sa.Integer(), nullable=False),
        sa.Column("range_size", sa.Integer(), nullable=False),
        sa.Column("instruction", sa.Text(), server_default="", nullable=False),
        sa.Column("proposals", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("status", sa.String(length=16), server_default="running", nullable=False),
        sa.Column("error_type", sa.String(length=64), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_outline_runs_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outline_runs")),
    )
    op.create_index(
        op.f("ix_outline_runs_project_id"), "outline_runs", ["project_id"], unique=False
    )


def _add_prompt_overrides() -> None:
    op.create_table(
        "prompt_overrides",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_prompt_overrides_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_id", "name", "language", name=op.f("pk_prompt_overrides")),
    )


def _add_story_summaries() -> None:
    op.create_table(
        "story_summaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("first_chapter", sa.Integer(), nullable=False),
        sa.Column("last_chapter", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_story_summaries_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_summaries")),
        sa.UniqueConstraint(
            "project_id",
            "level",
            "first_chapter",
            name=op.f("uq_story_summaries_project_id_level_first_chapter"),
        ),
    )


def _add_writing_guides() -> None:
    op.create_table(
        "writing_guides",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("persona", sa.Text(), server_default="", nullable=False),
        sa.Column("style_samples", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("constitution", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_writing_guides_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_writing_guides")),
    )


def _add_model_calls() -> None:
    op.create_table(
        "model_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=True),
        sa.Column("chapter_id", sa.Integer(), nullable=True),
        sa.Column("auto_run_id", sa.Integer(), nullable=True),
        sa.Column("task", sa.String(length=16), nullable=False),
        sa.Column("prompt", sa.String(length=64), server_default="", nullable=False),
        sa.Column("profile", sa.String(length=255), server_default="", nullable=False),
        sa.Column("provider", sa.String(length=255), server_default="", nullable=False),
        sa.Column("model", sa.String(length=255), server_default="", nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("prompt_tokens", sa.Integer(), server_default="0", nullable=False),
        sa.Column("completion_tokens", sa.Integer(), server_default="0", nullable=False),
        sa.Column("estimated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("cost", sa.Float(), nullable=True),
        sa.Column("currency", sa.String(length=8), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("duration_seconds", sa.Float(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["auto_run_id"],
            ["auto_runs.id"],
            name=op.f("fk_model_calls_auto_run_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapters.id"],
            name=op.f("fk_model_calls_chapter_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_model_calls_project_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_calls")),
    )
    op.create_index(
        "ix_model_calls_auto_run_id",
        "model_calls",
        ["auto_run_id"],
        unique=False,
        sqlite_where=sa.text("auto_run_id IS NOT NULL"),
    )
    op.create_index(
        "ix_model_calls_chapter_id",
        "model_calls",
        ["chapter_id"],
        unique=False,
        sqlite_where=sa.text("chapter_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_model_calls_project_id_started_at"),
        "model_calls",
        ["project_id", "started_at"],
        unique=False,
    )
    op.create_index(op.f("ix_model_calls_started_at"), "model_calls", ["started_at"], unique=False)


def _add_passage_revisions() -> None:
    op.create_table(
        "passage_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("instruction", sa.Text(), server_default="", nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.String(length=16), server_default="writing", nullable=False),
        sa.Column("provider", sa.String(length=255), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapters.id"],
            name=op.f("fk_passage_revisions_chapter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage_revisions")),
    )
    op.create_index(
        op.f("ix_passage_revisions_chapter_id"), "passage_revisions", ["chapter_id"], unique=False
    )


def _add_passages() -> None:
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("version_revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"], ["chapters.id"], name=op.f("fk_passages_chapter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_passages_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    op.create_index(
        op.f("ix_passages_chapter_id_position"),
        "passages",
        ["chapter_id", "position"],
        unique=False,
    )
    op.create_index(op.f("ix_passages_project_id"), "passages", ["project_id"], unique=False)


def _add_context_choices() -> None:
    op.create_table(
        "context_choices",
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapters.id"],
            name=op.f("fk_context_choices_chapter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chapter_id", "kind", "key", name=op.f("pk_context_choices")),
    )


def _add_chapter_candidates() -> None:
    op.create_table(
        "chapter_candidates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), server_default="writing", nullable=False),
        sa.Column("content", sa.Text(), server_default="", nullable=False),
        sa.Column("instruction", sa.Text(), server_default="", nullable=False),
        sa.Column("angle", sa.String(length=16), server_default="plan", nullable=False),
        sa.Column("provider", sa.String(length=255), server_default="", nullable=False),
        sa.Column("owner", sa.String(length=64), server_default="", nullable=False),
        sa.Column("finish_reason", sa.String(length=32), server_default="", nullable=False),
        sa.Column("error_type", sa.String(length=64), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("token_usage", sa.JSON(), nullable=True),
        sa.Column("cost", sa.Float(), nullable=True),
        sa.Column("currency", sa.String(length=8), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapters.id"],
            name=op.f("fk_chapter_candidates_chapter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["chapter_versions.id"],
            name=op.f("fk_chapter_candidates_version_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter_candidates")),
        sa.UniqueConstraint(
            "chapter_id",
            "round",
            "position",
            name=op.f("uq_chapter_candidates_chapter_id_round_position"),
        ),
    )
    op.create_index(
        "ix_chapter_candidates_version_id",
        "chapter_candidates",
        ["version_id"],
        unique=False,
        sqlite_where=sa.text("version_id IS NOT NULL"),
    )
