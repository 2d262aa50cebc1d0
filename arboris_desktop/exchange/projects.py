"""A novel with everything that a project of another program can hold."""

from __future__ import annotations

from arboris_desktop.exchange.exporting import ExportBook
from arboris_desktop.exchange.writing.novelwriter import ChapterTold, WholeNovel
from arboris_desktop.storage.database import Transaction


def whole_novel(transaction: Transaction, project_id: str, book: ExportBook) -> WholeNovel:
    """Returns the book with the plans, notes and status of its chapters, and with the codex."""
    told = {}
    for chapter in transaction.chapters.of_project(project_id):
        notes = transaction.notes.get(chapter.id)
        told[chapter.number] = ChapterTold(chapter.outline, notes.scratchpad, notes.status)
    return WholeNovel(project_id, book, told, transaction.codex.entries(project_id))
