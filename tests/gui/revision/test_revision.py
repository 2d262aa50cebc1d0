"""A passage is revised in the window: proposed, decided change by change, applied, undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.revision import (
    Passage,
    PassageRevision,
    RevisionKind,
    RevisionStatus,
)
from arboris_desktop.text.differences import text_diff
from arboris_desktop.ui.revision.panel import RevisionPanel
from tests.support.scripted_provider import ScriptedProvider, error, text
from tests.support.studio_stage import Play, Stage, child

OLD = "The tide went out, and the boats lay still."
NEW = "The tide crept out, and the boats lay quiet."


def revision() -> PassageRevision:
    return PassageRevision(
        1, RevisionKind.REWRITE, "", Passage(1, 0, OLD), NEW, RevisionStatus.PROPOSED, "host/m"
    )


def test_each_change_is_taken_or_left(qtbot: QtBot) -> None:
    panel = RevisionPanel()
    qtbot.addWidget(panel)
    panel.show_proposal(revision(), Language.ENGLISH, text_diff(OLD, NEW))
    hunks = child(panel, QListWidget)
    assert [hunks.item(row).text() for row in range(hunks.count())] == [
        "Replace: went\nby: crept",
        "Replace: still\nby: quiet",
    ]

    hunks.item(0).setCheckState(Qt.CheckState.Unchecked)

    assert panel.result() == "The tide went out, and the boats lay quiet."


def test_with_nothing_ticked_there_is_nothing_to_apply(qtbot: QtBot) -> None:
    panel = RevisionPanel()
    qtbot.addWidget(panel)
    panel.show_proposal(revision(), Language.ENGLISH, text_diff(OLD, NEW))

    panel._none.click()

    assert not panel._apply.isEnabled()
    assert panel.result() == OLD


def select(stage: Stage, words: str) -> str:
    """Selects the first paragraph's first so many characters, and returns them."""
    editor = stage.editor()
    cursor = editor.textCursor()
    start = stage.text().index(words)
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    return words


def test_a_passage_is_revised_applied_and_undone(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        before = stage.text()
        old = select(stage, before.split("。")[0])
        scripted_provider.behaviours.append(text("夜色四合"))
        panel = stage.window.revision_panel

        stage.window.revision_menu.kind_chosen.emit(RevisionKind.CONDENSE)
        await stage.until(panel._apply.isVisible, "the proposal is there")
        panel._apply.setFocus()
        stage.press("Apply")
        assert stage.window.focusWidget() is stage.editor()

        after = before.replace(old, "夜色四合", 1)
        assert stage.text() == after
        await stage.until(lambda: stage.stored_text(1) == after, "the change is saved")
        stage.editor().undo()
        assert stage.text() == before

    play(act)


def test_a_rejected_proposal_changes_nothing(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        before = stage.text()
        select(stage, before.split("。")[0])
        scripted_provider.behaviours.append(text("夜色四合"))
        panel = stage.window.revision_panel
        stage.window.revision_menu.kind_chosen.emit(RevisionKind.REWRITE)
        await stage.until(panel._reject.isVisible, "the proposal is there")

        stage.press("Reject")

        assert stage.text() == before
        chapter_id = stage.chapter(1).id
        await stage.until(
            lambda: stage.services.revision.waiting(chapter_id) is None, "it is decided"
        )

    play(act)


def test_a_failure_is_told_in_the_bar_and_can_be_tried_again(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        select(stage, stage.text().split("。")[0])
        scripted_provider.behaviours.extend([error(401, "no"), text("夜色四合")])
        panel = stage.window.revision_panel
        stage.window.revision_menu.kind_chosen.emit(RevisionKind.REWRITE)
        await stage.until(lambda: stage.can_press("Try again"), "the failure is told")

        stage.press("Try again")

        await stage.until(panel._apply.isVisible, "the proposal is there")

    play(act)


def test_a_passage_that_changed_meanwhile_is_not_overwritten(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        old = select(stage, stage.text().split("。")[0])
        scripted_provider.behaviours.append(text("夜色四合"))
        panel = stage.window.revision_panel
        stage.window.revision_menu.kind_chosen.emit(RevisionKind.REWRITE)
        await stage.until(panel._apply.isVisible, "the proposal is there")
        cursor = stage.editor().textCursor()
        cursor.setPosition(stage.text().index(old) + 1)
        cursor.insertText("又")
        changed = stage.text()

        passage = panel.passage
        assert passage is not None
        assert not stage.window.chapter_view.replace_passage(
            passage.start, passage.text, "夜色四合"
        )
        assert stage.text() == changed

    play(act)


def test_a_proposal_that_waits_comes_back_after_a_restart(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def ask(stage: Stage) -> None:
        await stage.open_chinese_sample()
        select(stage, stage.text().split("。")[0])
        scripted_provider.behaviours.append(text("夜色四合"))
        stage.window.revision_menu.kind_chosen.emit(RevisionKind.REWRITE)
        panel = stage.window.revision_panel
        await stage.until(panel._apply.isVisible, "the proposal is there")

    async def come_back(stage: Stage) -> None:
        (project,) = stage.services.novels.all()
        stage.studio.library.open_novel(project.id)
        panel = stage.window.revision_panel
        await stage.until(lambda: panel.passage is not None, "the proposal is back")
        assert panel.result() == "夜色四合"

    play(ask)
    play(come_back)
