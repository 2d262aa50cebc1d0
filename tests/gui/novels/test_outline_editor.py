from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import OutlineChapter, OutlineVolume
from arboris_desktop.ui.novels.outline_editor import OutlineEditor
from arboris_desktop.ui.novels.outline_tree import OutlineEditorTree

PLAN = (
    OutlineVolume("Ebb", (OutlineChapter("One", "Begins."), OutlineChapter("Two", "Goes on."))),
    OutlineVolume("Flood", (OutlineChapter("Three", "Ends."),)),
)


@pytest.fixture
def plan(qtbot: QtBot) -> OutlineEditor:
    made = OutlineEditor()
    qtbot.addWidget(made)
    made.set_outline(PLAN)
    made.resize(700, 400)
    made.show()
    return made


def tree(plan: OutlineEditor) -> OutlineEditorTree:
    found = plan.findChild(OutlineEditorTree)
    assert found is not None
    return found


def title(plan: OutlineEditor) -> QLineEdit:
    found = plan.findChild(QLineEdit)
    assert found is not None
    return found


def summary(plan: OutlineEditor) -> QPlainTextEdit:
    found = plan.findChild(QPlainTextEdit)
    assert found is not None
    return found


def press(plan: OutlineEditor, name: str) -> None:
    next(b for b in plan.findChildren(QToolButton) if b.text() == name).click()


def select(plan: OutlineEditor, label: str) -> None:
    flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    tree(plan).setCurrentItem(tree(plan).findItems(label, flags)[0])


def titles(plan: OutlineEditor) -> list[tuple[str, list[str]]]:
    return [(v.title, [chapter.title for chapter in v.chapters]) for v in plan.outline()]


def test_what_goes_in_comes_out(plan: OutlineEditor) -> None:
    assert plan.outline() == PLAN


def test_an_empty_plan_has_a_volume_to_begin_with(plan: OutlineEditor) -> None:
    plan.set_outline(())
    assert plan.outline() == (OutlineVolume("", ()),)
    press(plan, "Add chapter")
    assert plan.outline() == (OutlineVolume("", (OutlineChapter(""),)),)


def test_the_chosen_chapter_can_be_changed(plan: OutlineEditor) -> None:
    changed = QSignalSpy(plan.changed)
    select(plan, "2. Two")
    assert (title(plan).text(), summary(plan).toPlainText()) == ("Two", "Goes on.")
    assert changed.count() == 0
    title(plan).selectAll()
    QTest.keyClicks(title(plan), "Deux ")
    summary(plan).setPlainText("Il pleut.\n\nEncore. ")
    assert plan.outline()[0].chapters[1] == OutlineChapter("Deux", "Il pleut.\n\nEncore.")
    assert plan.outline()[0].chapters[0] == PLAN[0].chapters[0]
    assert changed.count() > 0


def test_a_volume_has_a_title_and_no_summary(plan: OutlineEditor) -> None:
    select(plan, "Flood")
    assert not summary(plan).isVisible()
    title(plan).selectAll()
    QTest.keyClicks(title(plan), "High")
    assert titles(plan)[1] == ("High", ["Three"])
    select(plan, "3. Three")
    assert summary(plan).isVisible()


def test_untitled_ones_are_called_by_their_number(plan: OutlineEditor) -> None:
    plan.set_outline([OutlineVolume("", (OutlineChapter(""), OutlineChapter("")))])
    select(plan, "Chapter 2")
    assert title(plan).placeholderText() == "Chapter 2"
    assert title(plan).text() == ""
    select(plan, "Volume 1")
    assert title(plan).placeholderText() == "Volume 1"


def test_a_chapter_is_added_after_the_chosen_one(plan: OutlineEditor) -> None:
    select(plan, "1. One")
    press(plan, "Add chapter")
    assert titles(plan)[0] == ("Ebb", ["One", "", "Two"])
    assert title(plan).placeholderText() == "Chapter 2"


def test_a_volume_is_added_after_the_chosen_one(plan: OutlineEditor) -> None:
    select(plan, "2. Two")
    press(plan, "Add volume")
    assert titles(plan) == [("Ebb", ["One", "Two"]), ("", []), ("Flood", ["Three"])]


def test_chapters_move_within_and_between_volumes(plan: OutlineEditor) -> None:
    select(plan, "3. Three")
    press(plan, "Move up")
    assert titles(plan) == [("Ebb", ["One", "Two", "Three"]), ("Flood", [])]
    press(plan, "Move up")
    assert titles(plan)[0] == ("Ebb", ["One", "Three", "Two"])
    for _ in range(2):
        press(plan, "Move down")
    assert titles(plan) == [("Ebb", ["One", "Two"]), ("Flood", ["Three"])]
    press(plan, "Move down")
    assert plan.outline() == PLAN
    assert title(plan).text() == "Three"


def test_volumes_move_with_their_chapters(plan: OutlineEditor) -> None:
    select(plan, "Flood")
    press(plan, "Move up")
    assert titles(plan) == [("Flood", ["Three"]), ("Ebb", ["One", "Two"])]
    press(plan, "Move up")
    assert titles(plan)[0][0] == "Flood"


def test_removing_a_chapter_chooses_its_neighbour(plan: OutlineEditor) -> None:
    select(plan, "1. One")
    press(plan, "Remove")
    assert titles(plan)[0] == ("Ebb", ["Two"])
    assert title(plan).text() == "Two"
    press(plan, "Remove")
    assert titles(plan)[0] == ("Ebb", [])
    assert title(plan).text() == "Ebb"


@pytest.mark.parametrize(
    ("volume", "left"),
    [("Flood", [("Ebb", ["One", "Two", "Three"])]), ("Ebb", [("Flood", ["One", "Two", "Three"])])],
)
def test_a_removed_volume_leaves_its_chapters(
    plan: OutlineEditor, volume: str, left: list[tuple[str, list[str]]]
) -> None:
    select(plan, volume)
    press(plan, "Remove")
    assert titles(plan) == left


def test_the_last_volume_stays(plan: OutlineEditor) -> None:
    plan.set_outline([OutlineVolume("Only", ())])
    button = next(b for b in plan.findChildren(QToolButton) if b.text() == "Remove")
    assert not button.isEnabled()
    QTest.keyClick(tree(plan), Qt.Key.Key_Delete)
    assert titles(plan) == [("Only", [])]


def test_delete_in_the_tree_removes(plan: OutlineEditor, qtbot: QtBot) -> None:
    select(plan, "2. Two")
    tree(plan).setFocus()
    qtbot.waitUntil(tree(plan).hasFocus)
    QTest.keyClick(tree(plan), Qt.Key.Key_Delete)
    assert titles(plan)[0] == ("Ebb", ["One"])


def test_a_plan_is_typed_in_one_go(plan: OutlineEditor, qtbot: QtBot) -> None:
    plan.set_outline([OutlineVolume("", (OutlineChapter(""),))])
    title(plan).setFocus()
    qtbot.waitUntil(title(plan).hasFocus)
    for name in ("Dawn", "Noon", "Dusk"):
        QTest.keyClicks(title(plan), name)
        QTest.keyClick(title(plan), Qt.Key.Key_Return)
    assert titles(plan) == [("", ["Dawn", "Noon", "Dusk", ""])]


def test_enter_goes_through_existing_chapters(plan: OutlineEditor) -> None:
    select(plan, "Ebb")
    seen = []
    for _ in range(3):
        QTest.keyClick(title(plan), Qt.Key.Key_Return)
        seen.append(title(plan).text())
    assert seen == ["One", "Two", "Three"]
    assert plan.outline() == PLAN


def test_no_command_ever_loses_a_chapter_except_remove(plan: OutlineEditor) -> None:
    chance = random.Random(5)
    shown = tree(plan)
    commands: list[Callable[[], None]] = [
        lambda: shown.shift(-1),
        lambda: shown.shift(1),
        shown.add_volume,
    ]
    for _ in range(200):
        items = shown.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        shown.setCurrentItem(chance.choice(items))
        chance.choice(commands)()
        if not shown.is_chapter() and shown.topLevelItemCount() > 4:
            shown.remove()
    names = sorted(chapter.title for volume in plan.outline() for chapter in volume.chapters)
    assert names == ["One", "Three", "Two"]


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("", ["1. One", "2. Two", "3. Three", "Chapter 4"]),
        ("第{一}回", ["第一回 One", "第二回 Two", "第三回 Three", "第四回"]),
        ("none", ["One", "Two", "Three", "Chapter 4"]),
    ],
)
def test_the_plan_is_numbered_like_the_novel(
    plan: OutlineEditor, form: str, names: list[str]
) -> None:
    plan.set_numbering(form)
    select(plan, names[2])
    tree(plan).add_chapter()
    assert [item.text(0) for item in tree(plan)._chapters()] == names
    assert title(plan).placeholderText() == names[3]
    plan.set_numbering("{I}")
    assert [item.text(0) for item in tree(plan)._chapters()][:2] == ["I One", "II Two"]
    assert title(plan).placeholderText() == "IV"
