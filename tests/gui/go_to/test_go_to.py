"""Ctrl+K: a few letters lead to a chapter, an entry of the codex, an action, or a search."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeView

from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.go_to.destinations import Destination, DestinationKind, matching
from arboris_desktop.ui.go_to.dialog import GoToDialog
from arboris_desktop.ui.wording import overview_name
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.support.studio_stage import Play, Stage, child

CONTROL = Qt.KeyboardModifier.ControlModifier


def listed(*titles: str) -> list[Destination]:
    return [Destination(DestinationKind.CHAPTER, title, lambda: None) for title in titles]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("lamp", ["Lamp", "Lamps at sea", "A lamp", "The oldlamp"]),
        ("LAMP sea", ["Lamps at sea"]),
        ("灯笼", ["燈籠"]),
        ("  ", ["The oldlamp", "A lamp", "Lamps at sea", "Lamp", "燈籠"]),
        ("nowhere", []),
    ],
)
def test_the_likeliest_name_comes_first(typed: str, titles: list[str]) -> None:
    destinations = listed("The oldlamp", "A lamp", "Lamps at sea", "Lamp", "燈籠")
    assert [found.title for found in matching(destinations, typed, 9)] == titles


def test_other_names_find_it_and_kinds_are_in_order() -> None:
    action = Destination(DestinationKind.ACTION, "Export", lambda: None)
    entry = Destination(DestinationKind.ENTRY, "Mara", lambda: None, names=("Exporter",))
    assert matching([action, entry], "export", 9) == [action, entry]
    assert matching([action, entry], "expo", 9) == [entry, action]


async def opened(stage: Stage) -> GoToDialog:
    """The dialog that its keys open, wherever the keyboard is."""

    def dialogs() -> list[GoToDialog]:
        return [each for each in stage.window.findChildren(GoToDialog) if each.isVisible()]

    # Without a window manager no window is activated when the dialog before it is closed.
    stage.window.activateWindow()
    await stage.until(QApplication.focusWidget, "somebody has the keyboard")
    QTest.keyClick(QApplication.focusWidget() or stage.window, Qt.Key.Key_K, CONTROL)
    await stage.until(dialogs, "the dialog is open")
    return dialogs()[0]


async def go(stage: Stage, words: str, first: str) -> None:
    """Opens the dialog by its keys, types and takes the first row, which must be ``first``."""
    text = stage.text()
    dialog = await opened(stage)
    field, rows = child(dialog, QLineEdit), child(dialog, QTreeView)
    assert field.hasFocus()
    field.setText(words)
    await stage.until(
        lambda: str(rows.currentIndex().siblingAtColumn(0).data()) == first, f"{first} is marked"
    )
    QTest.keyClick(field, Qt.Key.Key_Return)
    await stage.until(lambda: not dialog.isVisible(), "the dialog is closed")
    assert stage.text() == text, "nothing was typed or deleted"


def test_a_chapter_an_entry_an_action_and_words_are_gone_to(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        project_id = stage.chapter(1).project_id
        stage.services.codex.add_entry(project_id, EntryKind.CHARACTER, "老陶")
        second = overview_name(stage.chapter(2))
        await go(stage, "2", second)
        await stage.until_shown(2)
        await go(stage, "老陶", "老陶")
        await stage.until(lambda: stage.window.side.shown is Panel.CODEX, "the codex is shown")
        await go(stage, "Outline", "Outline")
        outline = BookStage.OUTLINE
        await stage.until(lambda: stage.window.workspace.stage is outline, "the outline is shown")
        await go(stage, "月亮", "Find “月亮” in the book")
        await stage.until(lambda: stage.window.side.shown is Panel.SEARCH, "it is looked for")
        assert stage.window.search_panel.words.text() == "月亮"

    play(act)


def test_without_a_novel_there_are_the_actions_that_can_be_done(play: Play) -> None:
    async def act(stage: Stage) -> None:
        dialog = await opened(stage)
        field, rows = child(dialog, QLineEdit), child(dialog, QTreeView)
        model = rows.model()
        titles = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
        assert "New Novel" in titles
        assert "Generate Chapter" not in titles
        QTest.keyClick(field, Qt.Key.Key_Down)
        assert rows.currentIndex().row() == 1
        QTest.keyClick(field, Qt.Key.Key_Escape)
        await stage.until(lambda: not dialog.isVisible(), "the dialog is closed")

    play(act)
