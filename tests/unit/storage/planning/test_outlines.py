"""Outlines in the database: numbers change safely, and all that notes them follows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from arboris_desktop.domain.codex import EntryKind, Origin
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.foreshadowing import PAID_OFF_IN
from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume, VersionOrigin
from arboris_desktop.domain.outline import ChapterRange, Outline, VolumePlan
from arboris_desktop.domain.outline_changes import (
    OutlinePlace,
    add_volume,
    insert_chapter,
    lay_out_volumes,
    move_chapters,
    move_volume,
    remove_chapters,
    remove_volume,
)
from arboris_desktop.domain.outline_runs import OutlineRunStatus, PlannedChapter, RunKind
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.tables.novels import chapters, story_summaries
from arboris_desktop.storage.tables.planning import (
    outline_runs,
)
from arboris_desktop.storage.tables.writing import auto_runs
from arboris_desktop.writing.novels import NovelContents, Novels


def change(database: Database, project_id: str, make: object) -> Outline:
    assert callable(make)
    with database.write() as transaction:
        before = transaction.outlines.read(project_id)
        return transaction.outlines.change(project_id, before, make(before))


def read(database: Database, project_id: str) -> Outline:
    with database.read() as transaction:
        return transaction.outlines.read(project_id)


@pytest.fixture
def book(database: Database) -> str:
    """Two volumes of five chapters; the second chapter is written."""
    volumes = tuple(
        OutlineVolume(name, tuple(OutlineChapter(f"{name} {n}", f"Plan {n}") for n in range(1, 6)))
        for name in ("Ebb", "Flow")
    )
    project_id = Novels(database).create(NewNovel(title="Tides", volumes=volumes))
    with database.write() as transaction:
        chapter = transaction.chapters.by_number(project_id, 2)
        transaction.chapters.add_version(
            chapter.id, content="Mara waits.", word_count=2, origin=VersionOrigin.AUTHOR
        )
    return project_id


def test_the_outline_tells_what_is_written(database: Database, book: str) -> None:
    outline = read(database, book)
    assert [c.number for c in outline.chapters] == list(range(1, 11))
    assert [c.is_written for c in outline.chapters[:3]] == [False, True, False]
    assert [(v.title, v.size) for v in outline.volumes] == [("Ebb", 0), ("Flow", 0)]
    with pytest.raises(NotFoundError):
        read(database, "no such novel")


def test_a_written_chapter_moves_with_its_text(database: Database, book: str) -> None:
    before = read(database, book)
    written = before.by_number[2]
    after = change(database, book, lambda o: move_chapters(o, [written.id], OutlinePlace(1, 5)))
    assert after.by_id[written.id].number == 10
    assert after.by_id[written.id].title == "Ebb 2"
    with database.read() as transaction:
        version = transaction.chapters.selected_version(written.id)
        overview = transaction.chapters.by_number(book, 10)
    assert version is not None
    assert (version.content, overview.id, overview.title) == ("Mara waits.", written.id, "Ebb 2")


def test_every_order_can_be_reached(database: Database, book: str) -> None:
    ids = [c.id for c in read(database, book).chapters]
    after = change(database, book, lambda o: move_chapters(o, ids[:5], OutlinePlace(1, 5)))
    assert [c.id for c in after.chapters] == ids[5:] + ids[:5]
    assert [c.number for c in after.chapters] == list(range(1, 11))


def test_a_chapter_is_added_and_removed(database: Database, book: str) -> None:
    added = change(database, book, lambda o: insert_chapter(o, OutlinePlace(0, 1), "New", "What."))
    new = added.by_number[2]
    assert (new.title, new.plan, new.id > 0) == ("New", "What.", True)
    assert [c.title for c in added.chapters[:4]] == ["Ebb 1", "New", "Ebb 2", "Ebb 3"]
    removed = change(database, book, lambda o: remove_chapters(o, [new.id]))
    assert [c.title for c in removed.chapters[:3]] == ["Ebb 1", "Ebb 2", "Ebb 3"]
    with database.read() as transaction:
        assert len(transaction.chapters.of_project(book)) == 10


def test_a_chapter_that_comes_back_has_its_old_id(database: Database, book: str) -> None:
    before = read(database, book)
    gone = before.by_number[4]
    after = change(database, book, lambda o: remove_chapters(o, [gone.id]))
    with database.write() as transaction:
        back = transaction.outlines.change(book, after, before)
    assert back == before


def test_volumes_are_added_moved_and_removed(database: Database, book: str) -> None:
    first, second = read(database, book).volumes
    added = change(database, book, lambda o: add_volume(o, after=first.id))
    assert [v.title for v in added.volumes] == ["Ebb", "", "Flow"]
    moved = change(database, book, lambda o: move_volume(o, second.id, -1))
    assert [v.title for v in moved.volumes] == ["Ebb", "Flow", ""]
    left = change(database, book, lambda o: remove_volume(o, first.id))
    assert [v.title for v in left.volumes] == ["Flow", ""]
    assert {c.volume_id for c in left.chapters} == {second.id}


def test_a_lay_out_of_new_volumes_is_stored(database: Database, book: str) -> None:
    first = read(database, book).volumes[0]
    planned = [replace(first, title="One", summary="It begins.", size=4), VolumePlan(-2, size=8)]
    after = change(database, book, lambda o: lay_out_volumes(o, planned))
    assert [(v.title, v.summary, v.size) for v in after.volumes] == [
        ("One", "It begins.", 4),
        ("", "", 8),
    ]
    assert [c.volume_id for c in after.chapters] == [after.volumes[0].id] * 4 + [
        after.volumes[1].id
    ] * 6
    assert after.gaps() == (ChapterRange(11, 12),)


def test_what_notes_chapter_numbers_follows(database: Database, book: str) -> None:
    with database.write() as transaction:
        seed = transaction.codex.add_entry(
            book, EntryKind.FORESHADOWING, "The key", origin=Origin.AUTHOR
        )
        paid = transaction.codex.add_entry(
            book, EntryKind.FORESHADOWING, "The map", attributes={PAID_OFF_IN: "6"}
        )
        transaction.codex.change_entry(seed, due_chapter=8)
        run = transaction.outline_runs.add(book, RunKind.FILL, ChapterRange(7, 10), 10, "")
    change(database, book, lambda o: insert_chapter(o, OutlinePlace(0, 2)))
    with database.read() as transaction:
        entries = {entry.id: entry for entry in transaction.codex.entries(book)}
        assert entries[seed].due_chapter == 9
        assert entries[paid].attributes[PAID_OFF_IN] == "7"
        assert transaction.outline_runs.get(run.id).range == ChapterRange(8, 11)


def test_summaries_follow_their_chapters_or_go(database: Database, book: str) -> None:
    now = {"updated_at": database._clock(), "project_id": book, "source_hash": "h"}
    ranges = [(1, 1), (3, 5), (6, 10)]
    with database._store.writing() as connection:
        for first, last in ranges:
            values = {"level": "volume", "first_chapter": first, "last_chapter": last}
            connection.execute(
                insert(story_summaries).values(content=f"{first}-{last}", **values, **now)
            )
        connection.execute(
            insert(auto_runs).values(
                project_id=book,
                first_chapter=3,
                last_chapter=9,
                next_chapter=7,
                options={},
                created_at=now["updated_at"],
                updated_at=now["updated_at"],
            )
        )
    chapter = read(database, book).by_number[4]
    change(database, book, lambda o: move_chapters(o, [chapter.id], OutlinePlace(0, 1)))
    with database._store.writing() as connection:
        kept = connection.execute(
            select(story_summaries.c.content, story_summaries.c.first_chapter)
        ).all()
    assert [tuple(row) for row in kept] == [("1-1", 1), ("6-10", 6)]
    change(database, book, lambda o: insert_chapter(o, OutlinePlace(0, 5)))
    with database._store.writing() as connection:
        kept = connection.execute(
            select(story_summaries.c.content, story_summaries.c.first_chapter)
        ).all()
        run = connection.execute(select(auto_runs)).one()
    assert ("6-10", 7) in [tuple(row) for row in kept]
    assert (run.last_chapter, run.next_chapter) == (10, 8)


def test_plans_are_stored_only_where_there_is_none(database: Database, book: str) -> None:
    with database.write() as transaction:
        outline = transaction.outlines.read(book)
        transaction.outlines.set_text(outline.by_number[3].id, "Ebb 3", " ")
        stored = transaction.outlines.fill(
            book, [PlannedChapter(n, f"Model {n}", "By a model.") for n in (1, 2, 3, 11)]
        )
    assert stored == (3, 11)
    outline = read(database, book)
    assert outline.by_number[1].plan == "Plan 1"
    assert (outline.by_number[3].title, outline.by_number[3].plan) == ("Ebb 3", "By a model.")
    assert outline.by_number[11].volume_id == outline.volumes[1].id


def test_a_run_is_resumed_until_it_is_settled(database: Database, book: str) -> None:
    with database.write() as transaction:
        runs = transaction.outline_runs
        first = runs.add(book, RunKind.FILL, ChapterRange(1, 20), 10, "dark")
        second = runs.add(book, RunKind.REGENERATE, ChapterRange(3, 4), 5, "")
        assert runs.get(first.id).status is OutlineRunStatus.SETTLED, "the newer one counts"
        runs.add_proposals(second.id, [PlannedChapter(4, "Four", "4")])
        runs.add_proposals(second.id, [PlannedChapter(3, "Three", "3"), PlannedChapter(4, "", "")])
        runs.set_status(second.id, OutlineRunStatus.FAILED, "stalled", "no token came")
    with database.read() as transaction:
        left = transaction.outline_runs.newest(book)
    assert left is not None
    assert [p.title for p in left.proposals] == ["Three", "Four"]
    assert (left.error_type, left.error_message) == ("stalled", "no token came")
    with database.write() as transaction:
        transaction.outline_runs.set_status(left.id, OutlineRunStatus.SETTLED)
        assert transaction.outline_runs.newest(book) is None


def test_nothing_of_another_novel_is_touched(
    database: Database, book: str, novel: NovelContents
) -> None:
    before = read(database, novel.project.id)
    change(database, book, lambda o: insert_chapter(o, OutlinePlace(0, 0)))
    change(database, book, lambda o: remove_volume(o, o.volumes[0].id))
    assert read(database, novel.project.id) == before
    with database._store.writing() as connection:
        found = connection.execute(select(chapters.c.id).where(chapters.c.chapter_number < 0))
        assert found.all() == []
        assert connection.execute(select(outline_runs)).all() == []
