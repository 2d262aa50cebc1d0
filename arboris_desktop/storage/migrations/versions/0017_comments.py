"""Comments on passages, what authors keep of a chapter for themselves, and words of a novel."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from arboris_desktop.storage.tables.columns import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chapter_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("quotation", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("is_stale", sa.Integer(), server_default="0", nullable=False),
        sa.Column("content", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        _of_chapter("chapter_comments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter_comments")),
    )
    op.create_index(op.f("ix_chapter_comments_chapter_id"), "chapter_comments", ["chapter_id"])
    op.create_table(
        "chapter_notes",
        sa.Column("chapter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=16), server_default="", nullable=False),
        sa.Column("scratchpad", sa.Text(), server_default="", nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        _of_chapter("chapter_notes"),
        sa.PrimaryKeyConstraint("chapter_id", name=op.f("pk_chapter_notes")),
    )
    op.create_table(
        "novel_spelling",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("dictionary", sa.String(length=64), server_default="", nullable=False),
        _of_novel("novel_spelling"),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_novel_spelling")),
    )
    op.create_table(
        "novel_words",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("word", sa.String(length=255), nullable=False),
        _of_novel("novel_words"),
        sa.PrimaryKeyConstraint("project_id", "word", name=op.f("pk_novel_words")),
    )


def _of_chapter(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_chapter_id")
    return sa.ForeignKeyConstraint(["chapter_id"], ["chapters.id"], name=name, ondelete="CASCADE")


def _of_novel(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_project_id")
    columns = ["novel_projects.id"]
    return sa.ForeignKeyConstraint(["project_id"], columns, name=name, ondelete="CASCADE")
