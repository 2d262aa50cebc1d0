"""Texts in the one form: paragraphs parted by one blank line, marks for what is emphasised."""

from __future__ import annotations

from alembic import op

from arboris_desktop.storage.novels.normalising import normalise_texts

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    normalise_texts(op.get_bind())
