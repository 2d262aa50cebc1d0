"""A novel with all that a project of another program has a place for."""

from __future__ import annotations

from arboris_desktop.exchange.exporting import ExportBook
from arboris_desktop.exchange.writing.novelwriter import ChapterTold, WholeNovel
from arboris_desktop.storage.database import Transaction


def whole_novel(transaction: Transaction, project_id: str, book: ExportBook) -> WholeNovel:
    """The book with the plans, notes and own status of its chapters, and with the codex."""
    told = {}
    for chapter in transaction.chapters.of_project(project_id):
        notes = transaction.notes.get(chapter.id)
        told[chapter.number] = ChapterTold(chapter.outline, notes.scratchpad, notes.status)
    return WholeNovel(project_id, book, told, transaction.codex.entries(project_id))
