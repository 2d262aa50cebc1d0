"""The author's decisions on the codex, through the window and down to the database."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QInputDialog,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTreeWidget,
)

from arboris_desktop.domain.codex import CodexEntry, EntryKind, FactStatus, Origin
from arboris_desktop.domain.foreshadowing import SeedState
from arboris_desktop.domain.settings import CodexSettings, Merging
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.codex.details import CodexDetails
from arboris_desktop.ui.codex.entry_dialog import EntryDialog
from arboris_desktop.ui.codex.fact_card import Decision
from arboris_desktop.ui.codex.fact_dialog import FactDialog
from arboris_desktop.ui.codex.journal_dialog import JournalDialog
from arboris_desktop.ui.codex.merge_dialog import MergeEntriesDialog
from arboris_desktop.ui.codex.panel import CodexPanel
from arboris_desktop.ui.frame.side_panel import Panel
from tests.gui.studio.studio_samples import CHAPTER
from tests.support.open_dialogs import open_dialogs
from tests.support.scripted_provider import ScriptedProvider, text
from tests.support.studio_stage import Play, Stage, child, open_services

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

CHARACTERS, _WORLD, FORESHADOWING, REVIEW = range(4)

PROOF = "雾里站着一个叫阿照的姑娘"

Asked = TypeVar("Asked", bound=QDialog)


def panel(stage: Stage) -> CodexPanel:
    """The codex, which the author has open."""
    stage.window.side.open_panel(Panel.CODEX)
    return stage.window.codex_panel


def details(stage: Stage) -> CodexDetails:
    return panel(stage).details


def show_tab(stage: Stage, tab: int) -> None:
    child(panel(stage), QTabBar).setCurrentIndex(tab)


def stored(stage: Stage) -> list[CodexEntry]:
    contents = stage.studio.library.contents
    assert contents is not None
    return stage.services.codex.entries(contents.project.id)


def decide(card: QAbstractButton, decision: Decision) -> None:
    button = card.findChild(QAbstractButton, decision.value)
    assert isinstance(button, QAbstractButton)
    button.click()


async def asked(stage: Stage, kind: type[Asked]) -> Asked:
    """The dialog of that kind, once it is there."""

    await stage.until(lambda: open_dialogs(kind), f"{kind.__name__} is shown")
    return open_dialogs(kind)[0]


def footer(stage: Stage, words: str) -> None:
    """Clicks one of the buttons below the codex."""
    buttons = panel(stage).findChildren(QAbstractButton)
    (button,) = [b for b in buttons if b.text() == words and b.isVisible()]
    button.click()


async def analyse_second_chapter(stage: Stage, provider: ScriptedProvider) -> None:
    """Writes a chapter in which a new character appears, and lets it be analysed."""
    provider.behaviours.append(text(CHAPTER))
    await stage.open_chinese_sample(2)
    stage.press("Generate this chapter")
    await stage.until(lambda: stage.codex_names() == ["阿照"], "the codex shows the finding")
    stage.window.side.open_panel(Panel.CODEX)


def test_a_fact_is_edited_and_the_edit_undone(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await analyse_second_chapter(stage, scripted_provider)
        before = stored(stage)[0].facts[0].statement
        decide(details(stage).fact_cards()[0], Decision.EDIT)
        dialog = await asked(stage, FactDialog)
        child(dialog, QPlainTextEdit).setPlainText("阿照认得陶七。")
        dialog.accept()
        await stage.until(
            lambda: details(stage).fact_cards()[0].fact.statement == "阿照认得陶七。", "it is shown"
        )
        (fact,) = stored(stage)[0].facts
        assert (fact.statement, fact.decided_by) == ("阿照认得陶七。", Origin.AUTHOR)

        footer(stage, "History…")
        history = await asked(stage, JournalDialog)
        changes = child(history, QTreeWidget)
        await stage.until(lambda: changes.topLevelItemCount() >= 3, "the history is shown")
        stage.press("ndo this change")
        await stage.until(lambda: stored(stage)[0].facts[0].statement == before, "it is undone")
        history.reject()

    play(act)


def test_proposed_facts_wait_in_the_review_until_they_are_accepted(
    play: Play, scripted_provider: ScriptedProvider, world: dict[str, str]
) -> None:
    services = open_services(world)
    services.preferences.set(CodexSettings(merging=Merging.REVIEWED))
    services.close()

    async def act(stage: Stage) -> None:
        await analyse_second_chapter(stage, scripted_provider)
        assert [fact.status for fact in stored(stage)[0].facts] == [FactStatus.PROPOSED]
        assert child(panel(stage), QTabBar).tabText(REVIEW) == "To check 1"
        show_tab(stage, REVIEW)
        (card,) = panel(stage).review.fact_cards()
        QTest.keyClick(card, Qt.Key.Key_Space)
        await stage.until(
            lambda: child(stage.window.chapter_view, ChapterEditor).revealed_text() == PROOF,
            "the words that prove it are marked",
        )
        stage.press("Accept all proposed")
        await stage.until(lambda: not panel(stage).review.fact_cards(), "nothing waits")
        assert [fact.status for fact in stored(stage)[0].facts] == [FactStatus.ACCEPTED]
        assert child(panel(stage), QTabBar).tabText(REVIEW) == "To check"

        show_tab(stage, CHARACTERS)
        decide(details(stage).fact_cards()[0], Decision.REJECT)
        await stage.until(
            lambda: stored(stage)[0].facts[0].status is FactStatus.REJECTED, "it is rejected"
        )

    play(act)


async def add(stage: Stage, name: str, aliases: str = "") -> None:
    footer(stage, "Add entry…")
    dialog = await asked(stage, EntryDialog)
    fields = dialog.findChildren(QLineEdit)
    fields[0].setText(name)
    fields[1].setText(aliases)
    dialog.accept()
    await stage.until(lambda: name in stage.codex_names(), f"{name} is listed")


def test_entries_of_the_author_are_added_edited_and_made_one(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        await add(stage, "诸葛亮", "孔明，卧龙、孔明")
        await add(stage, "武侯")
        assert stored(stage)[0].aliases == ("孔明", "卧龙")

        panel(stage).show_entry(stored(stage)[0].id)
        details(stage).edit_requested.emit(stored(stage)[0])
        editing = await asked(stage, EntryDialog)
        assert not child(editing, QComboBox).isEnabled(), "the kind stays"
        child(editing, QPlainTextEdit).setPlainText("羽扇纶巾。")
        editing.accept()
        await stage.until(lambda: stored(stage)[0].description == "羽扇纶巾。", "it is stored")

        details(stage).merge_requested.emit(stored(stage)[0])
        merging = await asked(stage, MergeEntriesDialog)
        assert merging.other_id() is None
        child(merging, QComboBox).setEditText("武侯")
        merging.accept()
        await stage.until(lambda: stage.codex_names() == ["诸葛亮"], "two are one")
        assert stored(stage)[0].names == ("诸葛亮", "孔明", "卧龙", "武侯")

    play(act)


def test_a_seed_is_given_a_chapter_paid_off_and_opened_again(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        show_tab(stage, FORESHADOWING)
        await add(stage, "纸灯为何不亮")
        contents = stage.studio.library.contents
        assert contents is not None
        (seed,) = stage.services.codex.ledger(contents.project.id)
        assert seed.entry.kind is EntryKind.FORESHADOWING

        def state() -> SeedState:
            return stage.services.codex.ledger(contents.project.id)[0].state

        stage.press("Due in…")
        question = await asked(stage, QInputDialog)
        question.setIntValue(1)
        question.accept()
        await stage.until(lambda: state() is SeedState.OVERDUE, "its chapter is written already")
        await stage.until(lambda: stage.can_press("Paid off"), "it can be marked")
        stage.press("Paid off")
        await stage.until(lambda: state() is SeedState.PAID_OFF, "it is paid off")
        await stage.until(lambda: stage.can_press("Not paid off"), "it can be opened again")
        stage.press("Not paid off")
        await stage.until(lambda: state() is SeedState.OVERDUE, "it is open again")

    play(act)


def test_other_names_that_come_while_the_author_edits_them_stay(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        await add(stage, "诸葛亮", "孔明，卧龙")
        entry = stored(stage)[0]
        details(stage).edit_requested.emit(entry)
        editing = await asked(stage, EntryDialog)
        # As an analysis does it, which reads a chapter meanwhile.
        stage.services.codex.edit_entry(entry.id, aliases=("孔明", "卧龙", "武乡侯"))
        editing._aliases.setText("孔明，忠武侯")
        editing.accept()
        await stage.until(lambda: "忠武侯" in stored(stage)[0].aliases, "it is stored")
        assert stored(stage)[0].aliases == ("孔明", "忠武侯", "武乡侯")

    play(act)
