from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication

from arboris_desktop.domain.novel import ChapterOverview, Volume
from arboris_desktop.ui.novels.chapter_tree_model import ChapterTreeModel, TreeRole
from tests.gui.chapter.chapter_samples import make_chapter, make_volume

Tree = list[tuple[str, list[str]]]


@pytest.fixture
def model(qapp: QApplication) -> Iterator[ChapterTreeModel]:
    made = ChapterTreeModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, parent=made)
    yield made
    made.deleteLater()


def shown(model: ChapterTreeModel) -> Tree:
    tops = [model.index(row, 0) for row in range(model.rowCount())]
    return [
        (top.data(), [model.index(row, 0, top).data() for row in range(model.rowCount(top))])
        for top in tops
    ]


def two_volumes() -> tuple[list[Volume], list[ChapterOverview]]:
    chapters = [make_chapter(n, volume_id=1 if n < 3 else 2) for n in range(1, 5)]
    return [make_volume(1, 1, "Ebb"), make_volume(2, 2)], chapters


def test_volumes_hold_their_chapters_in_reading_order(model: ChapterTreeModel) -> None:
    volumes, chapters = two_volumes()
    model.set_contents(volumes[::-1], chapters[::-1])
    assert shown(model) == [
        ("Ebb", ["1. Title 1", "2. Title 2"]),
        ("Volume 2", ["3. Title 3", "4. Title 4"]),
    ]


def test_chapters_without_a_volume_stand_where_they_are_read(model: ChapterTreeModel) -> None:
    chapters = [
        make_chapter(1, title=""),
        make_chapter(2, volume_id=1),
        make_chapter(3, title="Epilogue"),
    ]
    model.set_contents([make_volume(1, 1, "Ebb"), make_volume(2, 2, "Empty")], chapters)
    assert shown(model) == [
        ("Chapter 1", []),
        ("Ebb", ["2. Title 2"]),
        ("3. Epilogue", []),
        ("Empty", []),
    ]


def test_an_empty_volume_keeps_its_place(model: ChapterTreeModel) -> None:
    volumes = [make_volume(n, n, f"V{n}") for n in (1, 2, 3)]
    model.set_contents(volumes, [make_chapter(1, volume_id=1), make_chapter(2, volume_id=3)])
    assert [name for name, _ in shown(model)] == ["V1", "V2", "V3"]


def test_state_is_said_in_words_icon_and_for_screen_readers(model: ChapterTreeModel) -> None:
    model.set_contents([], [make_chapter(1, written=True, analysis="failed", title="A <b>")])
    index = model.index_of(1)
    assert index.data(TreeRole.STATE_TEXT) == "Analysis failed"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "1. A <b>, Analysis failed"
    icon = index.data(Qt.ItemDataRole.DecorationRole)
    assert isinstance(icon, QIcon)
    assert not icon.isNull()
    tooltip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "A &lt;b&gt;" in tooltip
    assert "Nell finds the gap" in tooltip


def test_writing_is_shown_and_announced_for_the_chapters_concerned(
    model: ChapterTreeModel,
) -> None:
    model.set_contents(*two_volumes())
    model.set_writing({2})
    changes = QSignalSpy(model.dataChanged)
    model.set_writing({3})
    assert {changes.at(n)[0].data() for n in range(changes.count())} == {
        "2. Title 2",
        "3. Title 3",
    }
    assert model.index_of(3).data(TreeRole.STATE_TEXT) == "Being written"
    model.set_writing(set())
    assert model.index_of(3).data(TreeRole.STATE_TEXT) == "Planned"


def test_only_changed_rows_are_announced(model: ChapterTreeModel) -> None:
    volumes, chapters = two_volumes()
    model.set_contents(volumes, chapters)
    changes = QSignalSpy(model.dataChanged)
    resets = QSignalSpy(model.modelReset)
    model.set_contents(volumes, chapters)
    assert changes.count() == 0
    chapters[2] = make_chapter(3, volume_id=2, written=True)
    model.set_contents(volumes, chapters)
    assert [changes.at(n)[0].data() for n in range(changes.count())] == ["3. Title 3"]
    assert resets.count() == 0


def test_rows_that_stay_are_the_same_rows(model: ChapterTreeModel) -> None:
    volumes, chapters = two_volumes()
    model.set_contents(volumes, chapters)
    kept = QPersistentModelIndex(model.index_of(4))
    gone = QPersistentModelIndex(model.index_of(1))
    moved = replace(chapters[3], volume_id=1, number=2)
    model.set_contents([volumes[0]], [make_chapter(9, number=1, volume_id=1), moved])
    assert shown(model) == [("Ebb", ["1. Title 9", "2. Title 4"])]
    assert kept.isValid()
    assert kept.data() == "2. Title 4"
    assert not gone.isValid()


def test_any_change_of_any_tree_leads_to_the_wanted_tree(model: ChapterTreeModel) -> None:
    chance = random.Random(7)
    for _ in range(60):
        volumes = [
            make_volume(volume_id, position)
            for position, volume_id in enumerate(chance.sample(range(1, 6), chance.randint(0, 5)))
        ]
        places = [None, *(volume.id for volume in volumes)]
        ids = chance.sample(range(1, 30), chance.randint(0, 12))
        chapters = [
            make_chapter(chapter_id, number=number, volume_id=chance.choice(places))
            for number, chapter_id in enumerate(ids, start=1)
        ]
        model.set_contents(volumes, chapters)
        fresh = ChapterTreeModel()
        fresh.set_contents(volumes, chapters)
        assert shown(model) == shown(fresh)


def test_an_added_chapter_costs_one_row(model: ChapterTreeModel) -> None:
    volumes = [make_volume(1, 1)]
    chapters = [make_chapter(n, volume_id=1) for n in range(1, 501)]
    model.set_contents(volumes, chapters)
    inserted, changed = QSignalSpy(model.rowsInserted), QSignalSpy(model.dataChanged)
    moved = QSignalSpy(model.rowsMoved)
    model.set_contents(volumes, [*chapters, make_chapter(501, volume_id=1)])
    assert (inserted.count(), changed.count(), moved.count()) == (1, 0, 0)
    assert model.rowCount(model.index(0, 0)) == 501


def test_a_removed_chapter_costs_one_row(model: ChapterTreeModel) -> None:
    volumes = [make_volume(1, 1)]
    chapters = [make_chapter(n, volume_id=1) for n in range(1, 100)]
    model.set_contents(volumes, chapters)
    removed, moved = QSignalSpy(model.rowsRemoved), QSignalSpy(model.rowsMoved)
    model.set_contents(volumes, chapters[1:])
    assert (removed.count(), moved.count()) == (1, 0)


def test_an_unknown_chapter_has_no_place(model: ChapterTreeModel) -> None:
    model.set_contents(*two_volumes())
    assert model.index_of(99) == QModelIndex()
    model.set_writing({99})
    assert model.data(QModelIndex()) is None


def test_very_many_chapters_stand_in_groups_of_a_hundred(model: ChapterTreeModel) -> None:
    chapters = [make_chapter(n, volume_id=1 if n <= 1050 else None) for n in range(1, 1061)]
    model.set_contents([make_volume(1, 1, "Ebb")], chapters)
    ebb, *others = shown(model)
    assert ebb[1][:2] + ebb[1][-1:] == [
        "Chapters 1 to 100",
        "Chapters 101 to 200",
        "Chapters 1001 to 1050",
    ]
    assert [name for name, _ in others] == [f"{n}. Title {n}" for n in range(1051, 1061)]
    group = model.index_of(150).parent()
    assert group.data() == "Chapters 101 to 200"
    assert group.data(TreeRole.CHAPTER_ID) is None
    assert group.parent().data(TreeRole.LENGTH) == "1050"


def test_a_chapter_more_does_not_move_the_others_out_of_their_groups(
    model: ChapterTreeModel,
) -> None:
    chapters = [make_chapter(n) for n in range(1, 1102)]
    model.set_contents([], chapters)
    kept = QPersistentModelIndex(model.index_of(150))
    model.set_contents([], [*chapters, make_chapter(1102)])
    assert kept == model.index_of(150)
    assert model.rowCount() == 12


def test_only_what_changed_is_announced_where_all_chapters_stay(model: ChapterTreeModel) -> None:
    chapters = [make_chapter(n) for n in range(1, 6)]
    model.set_contents([], chapters)
    changed = QSignalSpy(model.dataChanged)
    model.update_chapters([replace(chapters[2], title="Another"), replace(chapters[3], title="X")])
    assert changed.count() == 1
    assert model.index_of(3).data() == "3. Another"
