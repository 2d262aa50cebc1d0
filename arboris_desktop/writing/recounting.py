"""Recounting the stored texts after the counting rule has changed.

The words of the day are counted at each save and stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable

from arboris_desktop.domain.settings import CountingRecord
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.novels.counting import count_chapter_again
from arboris_desktop.storage.short_writes import ShortWrites
from arboris_desktop.text.counts import COUNTING_RULE


def recount(database: Database, shall_stop: Callable[[], bool] = lambda: False) -> None:
    """Recounts every chapter if those of this library were counted by another rule.

    It is done once, and restarted if it was stopped. Raises ``StorageError``.
    """
    with database.read() as transaction:
        if transaction.settings.get(CountingRecord).rule == COUNTING_RULE:
            return
        novels = transaction.projects.all()
    with ShortWrites(database) as writes:
        for novel in novels:
            for chapter in writes.transaction.chapters.of_project(novel.id):
                if shall_stop():
                    return
                if chapter.selected_version_id is not None:
                    count_chapter_again(writes.transaction, chapter.id)
                    writes.breathe()
        writes.transaction.settings.set(CountingRecord(COUNTING_RULE))
