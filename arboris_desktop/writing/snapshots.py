"""Snapshots of a chapter's text: automatic, named, and before changes."""

from __future__ import annotations

from arboris_desktop.domain.novel import ChapterVersion, Language
from arboris_desktop.domain.settings import RetentionSettings
from arboris_desktop.domain.snapshots import BETWEEN_SNAPSHOTS, ChapterSnapshot, SnapshotKind
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.text.counts import count_words


class Snapshots:
    """Takes snapshots and lists them. Blocks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_chapter(self, chapter_id: int) -> list[ChapterSnapshot]:
        """Returns all snapshots of a chapter, the newest first."""
        with self._database.read() as transaction:
            return transaction.snapshots.of_chapter(chapter_id)

    def take(self, chapter_id: int, kind: SnapshotKind, name: str = "") -> ChapterSnapshot | None:
        """Takes a snapshot of the stored text, unless it equals the last one.

        One with a name is always taken. Raises ``StorageError``.
        """
        with self._database.write() as transaction:
            version = transaction.chapters.selected_version(chapter_id)
            if version is None or not version.content.strip():
                return None
            newest = transaction.snapshots.newest(chapter_id)
            is_kept = newest is not None and newest.content == version.content
            if is_kept and kind is not SnapshotKind.NAMED:
                return None
            project_id = transaction.chapters.overview(chapter_id).project_id
            language = transaction.projects.get(project_id).language
            words = count_words(version.content, language)
            taken = transaction.snapshots.add(chapter_id, kind, version.content, words, name)
            _tidy(transaction, chapter_id)
            return taken

    def remove(self, snapshot_id: int) -> None:
        """Deletes a snapshot."""
        with self._database.write() as transaction:
            transaction.snapshots.remove(snapshot_id)


def keep_before_overwriting(
    transaction: Transaction, version: ChapterVersion, language: Language
) -> None:
    """Keeps a text that the author is about to overwrite, at most once in ten minutes.

    So the text at the end of a session is kept as soon as the next one begins.
    """
    snapshots = transaction.snapshots
    newest = snapshots.newest(version.chapter_id)
    since = newest or ChapterSnapshot(
        0, version.chapter_id, SnapshotKind.WORK, "", "", 0, version.created_at
    )
    if snapshots.is_younger(since, BETWEEN_SNAPSHOTS) or since.content == version.content:
        return
    if version.content.strip():
        words = count_words(version.content, language)
        snapshots.add(version.chapter_id, SnapshotKind.WORK, version.content, words)
        _tidy(transaction, version.chapter_id)


def _tidy(transaction: Transaction, chapter_id: int) -> None:
    limits = transaction.settings.get(RetentionSettings)
    transaction.snapshots.forget_old(chapter_id, limits.snapshot_days, limits.snapshots)
