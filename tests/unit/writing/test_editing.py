"""The author's edits: nobody's text is ever overwritten by another's."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents


@pytest.fixture
def editing(database: Database) -> Editing:
    return Editing(database)


@pytest.fixture
def chapter_id(database: Database, novel: NovelContents) -> int:
    """A chapter that the model wrote."""
    chapter_id = novel.chapters[0].id
    store_chapter(database, chapter_id, "What the model wrote.", provider="p")
    return chapter_id


def contents(editing: Editing, chapter_id: int) -> list[str]:
    return [version.content for version in editing.open(chapter_id).versions]


def test_the_first_edit_makes_a_version_of_the_author(editing: Editing, chapter_id: int) -> None:
    base = editing.open(chapter_id).version

    edited = editing.save(chapter_id, "What I made of it.", base)

    opened = editing.open(chapter_id)
    assert opened.version == edited
    assert edited.origin is VersionOrigin.AUTHOR
    assert contents(editing, chapter_id) == ["What the model wrote.", "What I made of it."]
    assert opened.overview.word_count == 5


def test_later_edits_change_the_author_version_in_place(editing: Editing, chapter_id: int) -> None:
    version = editing.open(chapter_id).version
    for text in ("One.", "One two.", "One two three."):
        version = editing.save(chapter_id, text, version)

    assert version is not None
    assert version.revision == 3
    assert contents(editing, chapter_id) == ["What the model wrote.", "One two three."]
    assert editing.open(chapter_id).overview.word_count == 3


def test_saving_the_same_text_changes_nothing(editing: Editing, chapter_id: int) -> None:
    base = editing.open(chapter_id).version

    assert editing.save(chapter_id, "What the model wrote.", base) == base
    assert len(contents(editing, chapter_id)) == 1


def test_two_editors_do_not_overwrite_each_other(editing: Editing, chapter_id: int) -> None:
    shared = editing.save(chapter_id, "Common ground.", editing.open(chapter_id).version)
    editing.save(chapter_id, "From one window.", shared)

    editing.save(chapter_id, "From the other window.", shared)

    assert contents(editing, chapter_id)[1:] == ["From one window.", "From the other window."]
    opened = editing.open(chapter_id).version
    assert opened is not None
    assert opened.content == "From the other window."


def test_an_edit_of_a_draft_that_was_replaced_meanwhile_is_kept_beside_it(
    editing: Editing, database: Database, chapter_id: int
) -> None:
    mine = editing.save(chapter_id, "My text.", editing.open(chapter_id).version)
    store_chapter(database, chapter_id, "Written again by the model.", provider="p")

    editing.save(chapter_id, "My text, changed.", mine)

    assert contents(editing, chapter_id) == [
        "What the model wrote.",
        "My text.",
        "Written again by the model.",
        "My text, changed.",
    ]


def test_two_people_who_type_have_a_version_each(
    editing: Editing, database: Database, chapter_id: int
) -> None:
    seen = editing.save(chapter_id, "My text.", editing.open(chapter_id).version)
    theirs = editing.store(chapter_id, "My text, by them.", seen)
    assert theirs.beside is None

    mine = editing.store(chapter_id, "My text, by me.", seen)
    assert mine.beside == theirs.version
    theirs = editing.store(chapter_id, "My text, by them, longer.", theirs.version)
    assert theirs.beside == mine.version
    mine = editing.store(chapter_id, "My text, by me, longer.", mine.version)

    assert mine.beside == theirs.version
    assert contents(editing, chapter_id) == [
        "What the model wrote.",
        "My text, by them, longer.",
        "My text, by me, longer.",
    ]
    assert editing.selected(chapter_id) == mine.version
    assert mine.own_words == 1, "counted by what each changed of their own"


def test_a_planned_chapter_can_be_written_by_hand(editing: Editing, novel: NovelContents) -> None:
    chapter_id = novel.chapters[1].id
    assert editing.open(chapter_id).version is None

    written = editing.save(chapter_id, "By hand.", None)

    assert written.origin is VersionOrigin.AUTHOR
    assert editing.open(chapter_id).version == written


def test_an_older_version_can_be_chosen_again(editing: Editing, chapter_id: int) -> None:
    first = editing.open(chapter_id).version
    assert first is not None
    editing.save(chapter_id, "Mine.", first)

    editing.select(first.id)

    opened = editing.open(chapter_id)
    assert opened.version == first
    assert opened.overview.word_count == 4
    assert len(opened.versions) == 2


def test_unknown_chapters_and_versions_are_refused(editing: Editing) -> None:
    with pytest.raises(NotFoundError):
        editing.open(999)
    with pytest.raises(NotFoundError):
        editing.select(999)
    with pytest.raises(NotFoundError):
        editing.save(999, "Text.", None)
