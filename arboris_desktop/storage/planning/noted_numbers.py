"""Chapter numbers that are noted beside the chapters, and follow them when these are moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from arboris_desktop.domain.foreshadowing import PAID_OFF_IN
from arboris_desktop.storage.tables.codex import codex_entries
from arboris_desktop.storage.tables.novels import story_summaries
from arboris_desktop.storage.tables.planning import outline_runs
from arboris_desktop.storage.tables.writing import auto_runs

_UNFINISHED = ("running", "paused", "stopped", "failed")


def move_noted_numbers(
    connection: Connection, project_id: str, new_number: Callable[[int], int]
) -> None:
    """Lets what notes chapter numbers of a novel note the new ones.

    Those are: until when a seed is to be paid off and where it was, the ranges of runs that are
    not finished, and of summaries. A summary of chapters that no longer lie together is dropped:
    it is made again when it is needed.
    """
    _move_seeds(connection, project_id, new_number)
    _move_summaries(connection, project_id, new_number)
    for table, columns in (
        (outline_runs, ("first_chapter", "last_chapter")),
        (auto_runs, ("first_chapter", "last_chapter", "next_chapter")),
    ):
        query = select(table).where(
            table.c.project_id == project_id, table.c.status.in_(_UNFINISHED)
        )
        for row in connection.execute(query).mappings().all():
            values = {name: new_number(row[name]) for name in columns}
            values["first_chapter"], values["last_chapter"] = sorted(
                (values["first_chapter"], values["last_chapter"])
            )
            connection.execute(update(table).where(table.c.id == row["id"]).values(**values))


def _move_seeds(connection: Connection, project_id: str, new_number: Callable[[int], int]) -> None:
    query = select(codex_entries).where(
        codex_entries.c.project_id == project_id,
        or_(
            codex_entries.c.due_chapter.is_not(None),
            codex_entries.c.attributes[PAID_OFF_IN].as_string().is_not(None),
        ),
    )
    for row in connection.execute(query).all():
        attributes = dict(row.attributes)
        if (noted := str(attributes.get(PAID_OFF_IN, ""))).isdecimal():
            attributes[PAID_OFF_IN] = str(new_number(int(noted)))
        due = None if row.due_chapter is None else new_number(row.due_chapter)
        connection.execute(
            update(codex_entries)
            .where(codex_entries.c.id == row.id)
            .values(attributes=attributes, due_chapter=due)
        )


def _move_summaries(
    connection: Connection, project_id: str, new_number: Callable[[int], int]
) -> None:
    mine = story_summaries.c.project_id == project_id
    moved: list[dict[str, Any]] = []
    for row in connection.execute(select(story_summaries).where(mine)).mappings().all():
        before = list(range(row["first_chapter"], row["last_chapter"] + 1))
        numbers = [new_number(number) for number in before]
        if numbers == before:
            continue
        connection.execute(delete(story_summaries).where(story_summaries.c.id == row["id"]))
        if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            moved.append({**row, "first_chapter": numbers[0], "last_chapter": numbers[-1]})
    place = select(story_summaries.c.level, story_summaries.c.first_chapter).where(mine)
    # A summary that stayed may have the place of one that moves.
    taken = {(row.level, row.first_chapter) for row in connection.execute(place)}
    for values in moved:
        if (values["level"], values["first_chapter"]) not in taken:
            connection.execute(insert(story_summaries).values(values))
