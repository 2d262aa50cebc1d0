"""The author's changes of an outline: one transaction each, and each can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.domain.outline import Outline
from arboris_desktop.domain.outline_changes import (
    OutlinePlace,
    add_volume,
    insert_chapter,
    merge_chapters,
    move_chapters,
    remove_chapters,
    remove_volume,
    split_chapter,
)
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.outline.editing import Change, OutlineEditing


@pytest.fixture
def editing(database: Database) -> OutlineEditing:
    return OutlineEditing(database)


@pytest.fixture
def ids(novel: NovelContents) -> list[int]:
    return [chapter.id for chapter in novel.chapters]


def write(database: Database, chapter_id: int) -> None:
    with database.write() as transaction:
        transaction.chapters.add_version(
            chapter_id, content="Mara came home.", word_count=3, origin=VersionOrigin.AUTHOR
        )


def changes(ids: list[int]) -> dict[str, Change]:
    return {
        "move": lambda o: move_chapters(o, ids[:1], OutlinePlace(0, 3)),
        "insert": lambda o: insert_chapter(o, OutlinePlace(0, 1), "New", "Plan."),
        "split": lambda o: split_chapter(o, ids[1], ("A", "a"), ("B", "b")),
        "merge": lambda o: merge_chapters(o, ids[1:]),
        "remove": lambda o: remove_chapters(o, ids[1:2]),
        "add volume": lambda o: add_volume(o, o.volumes[0].id),
        "remove volume": lambda o: remove_volume(o, o.volumes[0].id),
    }


@pytest.mark.parametrize("name", sorted(changes([1, 2, 3])))
def test_every_change_can_be_taken_back(
    editing: OutlineEditing, novel: NovelContents, ids: list[int], name: str
) -> None:
    before = editing.open(novel.project.id)
    made = editing.change(novel.project.id, changes(ids)[name])
    assert made.before == before
    assert made.after == editing.open(novel.project.id) != before
    assert editing.undo(made) == before == editing.open(novel.project.id)


def test_changes_are_taken_back_in_turn(
    editing: OutlineEditing, novel: NovelContents, ids: list[int]
) -> None:
    before = editing.open(novel.project.id)
    stack = [editing.change(novel.project.id, changes(ids)[n]) for n in ("move", "insert")]
    stack.append(editing.change(novel.project.id, lambda o: remove_chapters(o, [ids[2]])))
    for made in reversed(stack):
        editing.undo(made)
    assert editing.open(novel.project.id) == before


def test_what_was_typed_since_elsewhere_stays(
    editing: OutlineEditing, novel: NovelContents, ids: list[int]
) -> None:
    made = editing.change(novel.project.id, changes(ids)["split"])
    editing.change_chapter(ids[0], "The Harbour", "Another plan.")
    after = editing.undo(made)
    assert after.by_id[ids[0]].plan == "Another plan."
    assert after.by_id[ids[1]].plan == "Mara reads what her father left."


def test_a_new_chapter_that_was_edited_is_not_taken_back(
    editing: OutlineEditing, database: Database, novel: NovelContents, ids: list[int]
) -> None:
    made = editing.change(novel.project.id, changes(ids)["split"])
    (new,) = made.added
    editing.change_chapter(new, "B", "b and more")
    with pytest.raises(RuleError, match="changed since"):
        editing.undo(made)
    editing.change_chapter(new, "B", "b")
    write(database, new)
    with pytest.raises(RuleError, match="changed since"):
        editing.undo(made)


def test_nothing_is_taken_back_when_the_structure_changed_otherwise(
    editing: OutlineEditing, novel: NovelContents, ids: list[int]
) -> None:
    first = editing.change(novel.project.id, changes(ids)["move"])
    editing.change(novel.project.id, changes(ids)["insert"])
    with pytest.raises(RuleError):
        editing.undo(first)


def test_a_chapter_with_text_is_lost_only_when_that_is_wanted(
    editing: OutlineEditing, database: Database, novel: NovelContents, ids: list[int]
) -> None:
    write(database, ids[1])
    with pytest.raises(RuleError, match="text would be lost"):
        editing.change(novel.project.id, changes(ids)["remove"])
    assert len(editing.open(novel.project.id).chapters) == 3
    made = editing.change(novel.project.id, changes(ids)["remove"], may_lose_text=True)
    assert len(made.after.chapters) == 2


def test_written_chapters_that_were_moved_are_named(
    editing: OutlineEditing, database: Database, novel: NovelContents, ids: list[int]
) -> None:
    write(database, ids[1])
    made = editing.change(novel.project.id, changes(ids)["move"])
    assert [(c.id, c.number) for c in made.moved_written] == [(ids[1], 1)]


def test_a_change_that_changes_nothing_writes_nothing(
    editing: OutlineEditing, novel: NovelContents
) -> None:
    made = editing.change(novel.project.id, lambda outline: outline)
    assert made.before is made.after
    assert isinstance(made.after, Outline)


def test_a_volume_is_changed(editing: OutlineEditing, novel: NovelContents) -> None:
    (volume,) = editing.open(novel.project.id).volumes
    changed = replace(volume, title="Ebb", summary="The water goes.", size=12)
    editing.change_volume(changed)
    assert editing.open(novel.project.id).volumes == (changed,)
