"""Databases with large novels, for the benchmarks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from arboris_desktop.domain.novel import (
    Language,
    NewNovel,
    OutlineChapter,
    OutlineVolume,
    VersionOrigin,
)
from arboris_desktop.domain.tasks import DEFAULT_PRIORITY, GenerationConfig
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.text.counts import count_words


@contextmanager
def empty_home() -> Iterator[DataPaths]:
    """A data folder on the disk, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="arboris-bench-") as folder:
        paths = DataPaths(Path(folder))
        paths.create()
        yield paths


def add_novel(database: Database, chapters: int, text: str) -> str:
    """Stores a Chinese novel whose chapters all have this text; returns its id."""
    return add_novel_of(database, [text] * chapters)


def add_novel_of(database: Database, texts: Sequence[str]) -> str:
    """Stores a Chinese novel with a chapter of each text; returns its id."""
    plan = tuple(OutlineChapter(f"第{number}章", "") for number in range(1, len(texts) + 1))
    novel = NewNovel(
        title="长篇",
        premise="",
        style="",
        language=Language.CHINESE,
        volumes=(OutlineVolume("第一卷", plan),),
    )
    lengths = {text: count_words(text, Language.CHINESE) for text in set(texts)}
    with database.write() as transaction:
        project_id = transaction.projects.add(novel)
        chapters = transaction.chapters.of_project(project_id)
        for chapter, text in zip(chapters, texts, strict=True):
            transaction.chapters.add_version(
                chapter.id,
                content=text,
                word_count=lengths[text],
                origin=VersionOrigin.AUTHOR,
            )
    return project_id


def queue_all(database: Database, project_id: str) -> list[int]:
    """Queues the analysis of every chapter and returns the tasks' ids."""
    with database.write() as transaction:
        config = transaction.settings.get(GenerationConfig)
        tasks = []
        for chapter in transaction.chapters.of_project(project_id):
            version = transaction.chapters.selected_version(chapter.id)
            assert version is not None
            tasks.append(
                transaction.queue.add(
                    project_id=project_id,
                    chapter_id=chapter.id,
                    version_id=version.id,
                    revision=version.revision,
                    priority=DEFAULT_PRIORITY,
                    config=config,
                )
            )
    return tasks
