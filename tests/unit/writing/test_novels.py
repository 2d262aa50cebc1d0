"""Novels and their outlines."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import NotFoundError, RuleError
from arboris_desktop.domain.novel import ChapterStatus, Language, NewNovel
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import NovelContents, Novels


@pytest.fixture
def novels(database: Database) -> Novels:
    return Novels(database)


def test_a_novel_opens_with_its_plan(novels: Novels, novel: NovelContents) -> None:
    opened = novels.open(novel.project.id)

    assert [volume.title for volume in opened.volumes] == ["Book One"]
    assert [(chapter.number, chapter.title) for chapter in opened.chapters] == [
        (1, "The Harbour"),
        (2, "The Letter"),
        (3, "The Storm"),
    ]
    assert {chapter.volume_id for chapter in opened.chapters} == {opened.volumes[0].id}
    assert opened.project.style == "plain"


@pytest.mark.parametrize("title", ["", "  "])
def test_a_novel_needs_a_title(novels: Novels, novel: NovelContents, title: str) -> None:
    with pytest.raises(RuleError):
        novels.create(NewNovel(title))
    with pytest.raises(RuleError):
        novels.change(novel.project.id, title=title, premise="", style="")


def test_the_novel_can_be_changed(novels: Novels, novel: NovelContents) -> None:
    project_id = novel.project.id

    novels.change(project_id, title="New", premise="Other", style="ornate")

    opened = novels.open(project_id)
    assert (opened.project.title, opened.project.premise, opened.project.style) == (
        "New",
        "Other",
        "ornate",
    )


def test_chapters_are_added_at_the_end_without_a_gap(novels: Novels, novel: NovelContents) -> None:
    added = novels.ensure_chapter(novel.project.id, 4)

    assert (added.number, added.volume_id) == (4, novel.volumes[0].id)
    assert novels.ensure_chapter(novel.project.id, 4).id == added.id
    with pytest.raises(RuleError):
        novels.ensure_chapter(novel.project.id, 6)
    with pytest.raises(RuleError):
        novels.ensure_chapter(novel.project.id, 0)


@pytest.mark.parametrize("language", Language)
def test_the_sample_novel_can_be_read_at_once(novels: Novels, language: Language) -> None:
    opened = novels.open(novels.create_sample(language))

    assert opened.project.language is language
    assert opened.chapters[0].status is ChapterStatus.WRITTEN
    assert opened.chapters[-1].status is ChapterStatus.PLANNED
    assert opened.project.word_count == sum(chapter.word_count for chapter in opened.chapters) > 0


def test_a_removed_novel_is_gone(novels: Novels, novel: NovelContents) -> None:
    novels.remove(novel.project.id)

    assert novels.all() == []
    with pytest.raises(NotFoundError):
        novels.open(novel.project.id)
