"""Counting a stored chapter again."""

from __future__ import annotations

from arboris_desktop.storage.database import Transaction
from arboris_desktop.text.counts import count_words


def count_chapter_again(transaction: Transaction, chapter_id: int) -> None:
    """Stores the length of a chapter's text by the rule of today; what was written on which day
    stays. To be called under the lock for writing: the author may just have typed in it."""
    chapter = transaction.chapters.overview(chapter_id)
    version = transaction.chapters.selected_version(chapter_id)
    if version is None:
        return
    words = count_words(version.content, transaction.projects.get(chapter.project_id).language)
    if words != chapter.word_count:
        transaction.chapters.correct_count(chapter_id, words)
