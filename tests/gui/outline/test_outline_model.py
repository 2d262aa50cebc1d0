"""The outline as a tree model: what it shows, says, and lets be dragged."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.outline import ChapterPlan, Outline, VolumePlan
from arboris_desktop.domain.outline_changes import OutlinePlace, insert_chapter, move_chapters
from arboris_desktop.ui.outline.outline_model import OutlineColumn, OutlineModel, OutlineRole
from arboris_desktop.ui.outline.outline_rows import GapRow, VolumeRow
from tests.gui.outline.outline_samples import long_outline, make_plan, small_outline

Tree = list[tuple[str, list[str]]]
MOVE = Qt.DropAction.MoveAction


@pytest.fixture
def model(qapp: QApplication) -> Iterator[OutlineModel]:
    made = OutlineModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, parent=made)
    yield made
    made.deleteLater()


def shown(model: OutlineModel) -> Tree:
    tops = [model.index(row, 0) for row in range(model.rowCount())]
    return [
        (top.data(), [model.index(row, 0, top).data() for row in range(model.rowCount(top))])
        for top in tops
    ]


def cells(index: QModelIndex) -> list[str]:
    return [index.siblingAtColumn(column).data() for column in OutlineColumn]


def test_volumes_chapters_and_gaps_are_shown(model: OutlineModel) -> None:
    model.set_outline(small_outline(), Language.ENGLISH)
    assert shown(model) == [
        (
            "Volume 1: Ebb (1–6)",
            ["1. Title 1", "2. Title 2", "3. Title 3", "4–5 missing", "6. Title 6"],
        ),
        ("Volume 2: Flow (7–10)", ["7. Title 7", "8. Title 8", "9–10 missing"]),
    ]
    assert cells(model.index_of_chapter(10)) == ["1. Title 1", "Plan 1", "Written", "1,200 words"]
    assert cells(model.index_of_chapter(80)) == ["8. Title 8", "", "No plan yet", ""]
    summary, size = cells(model.index_of_volume(1))[1:3]
    assert summary == "The water goes."
    # The plural form comes with the English translation, which another test may have loaded.
    assert str(size).startswith("4 chapter")
    names = [model.headerData(c, Qt.Orientation.Horizontal) for c in OutlineColumn]
    assert names == ["Chapter", "What happens", "State", "Length"]


def test_rows_say_more_in_tooltips_and_to_screen_readers(model: OutlineModel) -> None:
    outline = Outline((), (ChapterPlan(10, 1, None, "A <b>", "Nell & Tom"),))
    model.set_outline(outline, Language.CHINESE)
    index = model.index_of_chapter(10)
    assert "A &lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "Nell &amp; Tom" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "1. A <b>, Planned"
    assert model.index(0, 0).data() == "Without a volume (1)"
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_a_moved_chapter_stays_the_same_row(model: OutlineModel) -> None:
    outline = small_outline()
    model.set_outline(outline, Language.ENGLISH)
    kept = QPersistentModelIndex(model.index_of_chapter(20))
    resets = QSignalSpy(model.modelReset)
    model.set_outline(move_chapters(outline, [20], OutlinePlace(1, 0)), Language.ENGLISH)
    assert kept.data() == "6. Title 2"
    assert kept.parent().data() == "Volume 2: Flow (6–10)"
    assert resets.count() == 0


def test_only_what_changed_is_announced(model: OutlineModel) -> None:
    outline = long_outline(100)
    model.set_outline(outline, Language.ENGLISH)
    changes, layouts = QSignalSpy(model.dataChanged), QSignalSpy(model.layoutChanged)
    model.set_outline(outline, Language.ENGLISH)
    assert (changes.count(), layouts.count()) == (0, 0)
    inserted = QSignalSpy(model.rowsInserted)
    longer = insert_chapter(outline, OutlinePlace(0, 49))
    stored = tuple(replace(c, id=9999) if c.id < 0 else c for c in longer.chapters)
    model.set_outline(Outline(longer.volumes, stored), Language.ENGLISH)
    assert (inserted.count(), layouts.count()) == (1, 0)
    # The first volume, its last chapter, the second volume, and all chapters of it together.
    assert changes.count() == 4


def test_any_change_of_any_outline_leads_to_the_wanted_tree(model: OutlineModel) -> None:
    chance = random.Random(11)
    for _ in range(80):
        ids = chance.sample(range(1, 7), chance.randint(0, 5))
        volumes = tuple(VolumePlan(n, f"V{n}", size=chance.randint(0, 6)) for n in ids)
        homes = [None, *ids]
        numbers = sorted(chance.sample(range(1, 25), chance.randint(0, 14)))
        chapter_ids = chance.sample(range(1, 30), len(numbers))
        chapters = tuple(
            ChapterPlan(chapter_id, number, chance.choice(homes), f"T{chapter_id}")
            for chapter_id, number in zip(chapter_ids, numbers, strict=True)
        )
        outline = Outline(volumes, chapters)
        model.set_outline(outline, Language.ENGLISH)
        fresh = OutlineModel()
        fresh.set_outline(outline, Language.ENGLISH)
        assert shown(model) == shown(fresh)


def test_a_typed_title_is_said(model: OutlineModel) -> None:
    model.set_outline(small_outline(), Language.ENGLISH)
    typed = QSignalSpy(model.title_typed)
    index = model.index_of_chapter(20)
    assert index.data(Qt.ItemDataRole.EditRole) == "Title 2"
    assert not model.setData(index, "Title 2"), "nothing was changed"
    assert model.setData(index, " The\nStorm ")
    assert model.setData(model.index_of_volume(2), "High Water")
    row, title = typed.at(0)
    assert (row.chapter.id, title) == (20, "The Storm")
    row, title = typed.at(1)
    assert isinstance(row, VolumeRow)
    assert title == "High Water"


@pytest.mark.parametrize(
    ("volume", "row", "expected"),
    [
        (1, 0, OutlinePlace(0, 0)),
        (1, 3, OutlinePlace(0, 3)),
        (1, 4, OutlinePlace(0, 5)),
        (1, 5, OutlinePlace(0, 6)),
        (2, -1, OutlinePlace(1, 4)),
    ],
    ids=["first", "before a gap", "after a gap", "last", "onto the volume"],
)
def test_a_drop_says_before_which_place(
    model: OutlineModel, volume: int, row: int, expected: OutlinePlace
) -> None:
    model.set_outline(small_outline(), Language.ENGLISH)
    drops = QSignalSpy(model.chapters_dropped)
    chosen = [model.index_of_chapter(i).siblingAtColumn(c) for i in (20, 70) for c in (0, 1)]
    data = model.mimeData(chosen)
    parent = model.index_of_volume(volume)
    assert model.canDropMimeData(data, MOVE, row, 0, parent)
    assert model.dropMimeData(data, MOVE, row, 0, parent)
    assert drops.at(0) == [(20, 70), expected]


def test_nothing_is_dropped_outside_volumes_nor_from_elsewhere(model: OutlineModel) -> None:
    model.set_outline(small_outline(), Language.ENGLISH)
    data = model.mimeData([model.index_of_chapter(20)])
    assert not model.dropMimeData(data, MOVE, -1, -1, QModelIndex())
    assert not model.dropMimeData(data, Qt.DropAction.CopyAction, 0, 0, model.index_of_volume(1))
    data.removeFormat(model.mimeTypes()[0])
    assert not model.dropMimeData(data, MOVE, 0, 0, model.index_of_volume(1))
    gap = model.index(3, 0, model.index_of_volume(1))
    assert isinstance(gap.data(OutlineRole.ROW), GapRow)
    assert not model.flags(gap) & Qt.ItemFlag.ItemIsDragEnabled
    assert model.flags(model.index_of_chapter(20)) & Qt.ItemFlag.ItemIsDragEnabled


def test_the_rows_follow_a_change_of_language(model: OutlineModel) -> None:
    model.set_outline(Outline((), (make_plan(1, None, written=True),)), Language.ENGLISH)
    assert cells(model.index_of_chapter(10))[3] == "1,200 words"
    model.set_outline(Outline((), (make_plan(1, None, written=True),)), Language.CHINESE)
    assert cells(model.index_of_chapter(10))[3] == "1,200 字"
    changes = QSignalSpy(model.dataChanged)
    model.retranslate()
    assert changes.count() >= 1
