"""A reading of the open novel reaches the tree."""

from __future__ import annotations

from arboris_desktop.storage.database import Database
from arboris_desktop.ui.novels.novel_reader import NovelReader
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents, Novels


def test_first_all_then_only_what_changed(database: Database, novel: NovelContents) -> None:
    reader = NovelReader(Novels(database), novel.project.id)
    first = reader.read()
    assert first.tree is not None
    assert len(first.tree.root.children[0].children) == 3

    Editing(database).save(novel.chapters[1].id, "She came home.", None)
    second = reader.read()
    assert second.tree is None
    assert [chapter.number for chapter in second.changed] == [2]
    assert second.contents.chapters[1].word_count == 3

    assert reader.read().changed == ()


def test_another_outline_is_another_tree(database: Database, novel: NovelContents) -> None:
    novels = Novels(database)
    reader = NovelReader(novels, novel.project.id)
    reader.read()
    novels.add_chapter(novel.project.id, "One more")
    again = reader.read()
    assert again.tree is not None
    assert len(again.tree.nodes) == 6
