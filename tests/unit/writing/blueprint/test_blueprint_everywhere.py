"""All that a blueprint says reaches whoever plans, writes or judges, in whatever shape it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import insert

from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.tables.planning import blueprint_characters, novel_blueprints
from arboris_desktop.writing.blueprint.blueprints import blueprint_lines
from arboris_desktop.writing.context import build_context, read_book_so_far
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.outline.question import read_brief
from arboris_desktop.writing.outline.request import book_lines


def test_the_brief_has_what_the_blueprint_has(database: Database, novel: NovelContents) -> None:
    project_id = novel.project.id
    with database._store.writing() as connection:
        connection.execute(
            novel_blueprints.update()
            .where(novel_blueprints.c.project_id == project_id)
            .values(
                genre="mystery",
                full_synopsis="Mara looks for her father.",
                world_setting={
                    "core_rules": "The light must not go out.",
                    "key_locations": [{"name": "The cape", "description": "rock"}],
                    "factions": [],
                },
            )
        )
        connection.execute(
            insert(blueprint_characters).values(
                project_id=project_id, name="Mara", identity="keeper's daughter", goals="find him"
            )
        )
    with database.read() as transaction:
        brief = read_brief(transaction, project_id)
    assert (brief.title, brief.genre, brief.style) == ("The Dark Lighthouse", "mystery", "plain")
    assert brief.world == ("The light must not go out.", "The cape: rock")
    assert brief.characters == ("Mara: keeper's daughter; find him",)
    assert brief.names == ("Mara",)


def store(database: Database, project_id: str, world: object) -> None:
    """Stores a world as a book that was brought along may have it, and a person with abilities."""
    with database._store.writing() as connection:
        connection.execute(
            novel_blueprints.update()
            .where(novel_blueprints.c.project_id == project_id)
            .values(world_setting=world)
        )
        connection.execute(
            insert(blueprint_characters).values(
                project_id=project_id, name="Mara", abilities="reads the tides"
            )
        )


def told_for_the_outline(database: Database, novel: NovelContents) -> str:
    with database.read() as transaction:
        return "\n".join(book_lines(read_brief(transaction, novel.project.id)))


def told_for_the_chapter(database: Database, novel: NovelContents) -> str:
    book = read_book_so_far(database, novel.chapters[0])
    return build_context(book, 4000, estimate_tokens).as_text()


def told_for_the_evaluation(database: Database, novel: NovelContents) -> str:
    with database.read() as transaction:
        return "\n".join(blueprint_lines(transaction, novel.project.id, novel.chapters[0].outline))


@pytest.mark.parametrize(
    "told", [told_for_the_outline, told_for_the_chapter, told_for_the_evaluation]
)
@pytest.mark.parametrize(
    "places",
    [
        [{"name": "lighthouse", "description": "dark since spring"}],
        {"lighthouse": "dark since spring"},
        {"lighthouse": {"description": "dark since spring"}},
        ["lighthouse: dark since spring"],
    ],
)
@pytest.mark.parametrize("field", ["key_locations", "factions"])
def test_places_and_abilities_reach_everybody(
    database: Database,
    novel: NovelContents,
    field: str,
    places: object,
    told: Callable[[Database, NovelContents], str],
) -> None:
    store(database, novel.project.id, {field: places, "tides": {"spring": "The quay is flooded."}})

    text = told(database, novel)

    assert "lighthouse: dark since spring" in text
    assert "reads the tides" in text
    assert "The quay is flooded." in text
