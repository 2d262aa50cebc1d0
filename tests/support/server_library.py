"""A library on a server, as the tests of every kind of server use it."""

from __future__ import annotations

from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import Novels
from tests.support.servers import name_in


def name_of(paths: DataPaths) -> str:
    """The name of a library's database."""
    assert paths.server is not None
    return name_in(paths.server)


def queue_of(database: Database, paths: DataPaths) -> tuple[AnalysisQueue, Instance]:
    """A library's queue, and the process that works it."""
    instance = database.known_to_others(Instance(paths.instances))
    return AnalysisQueue(database, instance), instance


def written(database: Database, chapters: int) -> list[int]:
    """The tasks of as many chapters of a new novel."""
    novels = Novels(database)
    project = novels.create(NewNovel("A book"))
    numbers = [novels.add_chapter(project, str(n)).id for n in range(chapters)]
    return [store_chapter(database, chapter, "Text.", provider="p")[1] for chapter in numbers]
