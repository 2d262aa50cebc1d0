"""The volumes of a novel, as a choice of what is exported."""

from __future__ import annotations

from collections import defaultdict

from arboris_desktop.domain.chapter_numbers import as_ranges
from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database


@record
class VolumeChapters:
    """A volume, and the numbers of its chapters as an author writes them: ``1-20, 25``."""

    position: int
    title: str
    numbers: str


def volumes_of(database: Database, project_id: str) -> list[VolumeChapters]:
    """The volumes that have chapters."""
    with database.read() as transaction:
        volumes = transaction.projects.volumes(project_id)
        chapters = transaction.chapters.of_project(project_id)
    inside: dict[int | None, list[int]] = defaultdict(list)
    for chapter in chapters:
        inside[chapter.volume_id].append(chapter.number)
    return [
        VolumeChapters(volume.position, volume.title, as_ranges(inside[volume.id]))
        for volume in volumes
        if inside[volume.id]
    ]
