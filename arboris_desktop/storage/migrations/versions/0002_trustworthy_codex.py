"""Batches, costs, a journal of the codex, and facts that can be decided on.

Columns are added by plain ``ALTER TABLE``: Alembic's batch mode would rebuild the tables, and
dropping the old one deletes, through the foreign keys, what hangs on it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_batches()
    _add_columns_of_the_queue()
    _add_columns_of_the_codex()
    _add_journal()
    _add_alerts()


def _add_batches() -> None:
    op.create_table(
        "analysis_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("status", sa.String(length=16), server_default="running", nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("estimate", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("completed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_analysis_batches_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_batches")),
    )
    op.create_index(op.f("ix_analysis_batches_project_id"), "analysis_batches", ["project_id"])


def _add_columns_of_the_queue() -> None:
    _add_reference("pending_analysis", "batch_id", "analysis_batches")
    op.add_column(
        "pending_analysis", sa.Column("held", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("pending_analysis", sa.Column("cost", sa.Float()))
    op.add_column("pending_analysis", sa.Column("currency", sa.String(length=8)))
    op.create_index(
        "ix_pending_analysis_batch_id",
        "pending_analysis",
        ["batch_id"],
        sqlite_where=sa.text("batch_id IS NOT NULL"),
    )
    _add_text("analysis_steps", "provider", 255)
    _add_text("analysis_steps", "model", 255)
    op.add_column("analysis_steps", sa.Column("cost", sa.Float()))
    _add_text("analysis_errors", "model", 255)
    op.add_column(
        "analysis_notifications",
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_index(
        "uq_analysis_notifications_attempt",
        "analysis_notifications",
        ["pending_analysis_id", "notification_type", "attempt"],
        unique=True,
        sqlite_where=sa.text("attempt > 0"),
    )


def _add_columns_of_the_codex() -> None:
    _add_text("codex_entries", "origin", 16, "analysis")
    op.add_column(
        "codex_entries", sa.Column("description", sa.Text(), server_default="", nullable=False)
    )
    op.add_column("codex_entries", sa.Column("due_chapter", sa.Integer()))
    _add_reference("codex_entries", "merged_into", "codex_entries")
    op.create_index(
        "ix_codex_entries_merged_into",
        "codex_entries",
        ["merged_into"],
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
    _add_list("codex_entries", "refused_aliases")
    _add_text("codex_facts", "step", 32)
    op.add_column("codex_facts", sa.Column("effect", sa.String(length=16)))
    _add_text("codex_facts", "attribute", 32)
    op.add_column("codex_facts", sa.Column("value", sa.Text(), server_default="", nullable=False))
    _add_reference("codex_facts", "other_entry_id", "codex_entries")
    op.create_index(
        "ix_codex_facts_other_entry_id",
        "codex_facts",
        ["other_entry_id"],
        sqlite_where=sa.text("other_entry_id IS NOT NULL"),
    )
    op.add_column(
        "codex_facts", sa.Column("is_stale", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("codex_facts", sa.Column("decided_by", sa.String(length=16)))
    _add_list("codex_facts", "aliases")


def _add_text(table: str, column: str, length: int, default: str = "") -> None:
    op.add_column(
        table,
        sa.Column(column, sa.String(length=length), server_default=default, nullable=False),
    )


def _add_list(table: str, column: str) -> None:
    op.add_column(table, sa.Column(column, sa.JSON(), server_default="[]", nullable=False))


def _add_reference(table: str, column: str, target: str) -> None:
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER"
        f" CONSTRAINT fk_{table}_{column} REFERENCES {target} (id) ON DELETE SET NULL"
    )


def _add_journal() -> None:
    op.create_table(
        "codex_journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("fact_id", sa.Integer(), nullable=True),
        sa.Column("chapter_id", sa.Integer(), nullable=True),
        sa.Column("pending_analysis_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["novel_projects.id"],
            name=op.f("fk_codex_journal_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codex_journal")),
    )
    op.create_index(op.f("ix_codex_journal_entry_id"), "codex_journal", ["entry_id"])
    op.create_index(op.f("ix_codex_journal_project_id_id"), "codex_journal", ["project_id", "id"])


def _add_alerts() -> None:
    op.create_table(
        "codex_alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("attribute", sa.String(length=32), server_default="", nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=True),
        sa.Column("earlier_fact_id", sa.Integer(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("quotation", sa.Text(), server_default="", nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=16), server_default="open", nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_codex_alerts_{column}"),
                ondelete=on_delete,
            )
            for column, table, on_delete in (
                ("project_id", "novel_projects", "CASCADE"),
                ("chapter_id", "chapters", "CASCADE"),
                ("entry_id", "codex_entries", "CASCADE"),
                ("fact_id", "codex_facts", "SET NULL"),
                ("earlier_fact_id", "codex_facts", "SET NULL"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codex_alerts")),
        sa.UniqueConstraint(
            "entry_id", "signature", name=op.f("uq_codex_alerts_entry_id_signature")
        ),
    )
    for columns in (("project_id", "status"), ("chapter_id",), ("fact_id",), ("earlier_fact_id",)):
        op.create_index(op.f(f"ix_codex_alerts_{'_'.join(columns)}"), "codex_alerts", list(columns))
