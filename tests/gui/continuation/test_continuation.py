"""Continuing from the cursor, as an author does it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from arboris_desktop.ui.continuation.panel import ContinuationPanel
from tests.support.scripted_provider import ScriptedProvider, error, prompt_of, reset_after, text
from tests.support.studio_stage import Play, Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

PROPOSAL = "桥上忽然有人咳了一声，灯影跟着晃了一晃。"


def panel(stage: Stage) -> ContinuationPanel:
    return stage.window.chapter_stage.continuation


def put_cursor(stage: Stage, place: int) -> None:
    cursor = stage.editor().textCursor()
    cursor.setPosition(place)
    stage.editor().setTextCursor(cursor)


async def begin(stage: Stage) -> tuple[str, int]:
    """Puts the cursor after the first sentence of the Chinese sample and asks to go on."""
    await stage.open_chinese_sample(1)
    whole = stage.text()
    place = whole.index("。") + 1
    put_cursor(stage, place)
    stage.window.actions_.continue_here.trigger()
    return whole, place


async def has_come(stage: Stage, proposal: str) -> None:
    await stage.until(
        lambda: panel(stage).text() == proposal and not panel(stage).call_bar.is_busy,
        "the proposal has come",
    )


def test_a_proposal_is_inserted_at_the_cursor_and_can_be_undone(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        whole, place = await begin(stage)
        await has_come(stage, PROPOSAL)
        assert panel(stage).isVisible()
        assert stage.text() == whole, "the chapter is as it was"
        asked = prompt_of(scripted_provider.requests[0])
        assert f"{whole[:place]}\nBEFORE>>>" in asked
        assert whole[place : place + 20].strip() in asked

        stage.press("Insert")
        assert stage.text() == whole[:place] + PROPOSAL + whole[place:]
        assert not panel(stage).isVisible()
        await stage.until(lambda: stage.stored_text(1) == stage.text(), "it is saved")
        stage.editor().undo()
        assert stage.text() == whole

    play(act)


def test_what_was_typed_meanwhile_stays_and_the_place_is_found(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        whole, place = await begin(stage)
        await has_come(stage, PROPOSAL)
        stage.editor().moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClicks(stage.editor(), "Typed.")
        stage.press("Insert")
        assert stage.text() == whole[:place] + PROPOSAL + whole[place:] + "Typed."

    play(act)


def test_a_dropped_proposal_leaves_no_trace(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        whole, _place = await begin(stage)
        await has_come(stage, PROPOSAL)
        stage.press("Discard")
        assert not panel(stage).isVisible()
        assert stage.text() == whole == stage.stored_text(1)

    play(act)


def test_a_call_that_fails_says_why_and_another_is_written_on_request(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend([error(401, "no"), reset_after(PROPOSAL[:8])])

    async def act(stage: Stage) -> None:
        await begin(stage)
        bar = panel(stage).call_bar
        await stage.until(lambda: "refused the key" in bar.text(), "the reason is told")
        assert not stage.can_press("Insert")
        stage.press("Try again")
        await has_come(stage, PROPOSAL[:8])
        assert stage.can_press("Insert"), "what came can be used"
        scripted_provider.behaviours.append(text(PROPOSAL))
        stage.press("Write another")
        await has_come(stage, PROPOSAL)

    play(act)


def test_a_proposal_waits_with_its_chapter(play: Play, scripted_provider: ScriptedProvider) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        await begin(stage)
        await has_come(stage, PROPOSAL)
        await stage.open_chapter(2)
        await stage.until(lambda: not panel(stage).isVisible(), "another chapter has none")
        await stage.open_chapter(1)
        await stage.until(panel(stage).isVisible, "it is back")
        assert panel(stage).text() == PROPOSAL

    play(act)


def test_a_place_that_is_gone_is_told_and_the_proposal_is_kept(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        await begin(stage)
        await has_come(stage, PROPOSAL)
        stage.editor().selectAll()
        QTest.keyClicks(stage.editor(), "Nothing is left.")
        stage.press("Insert")
        boxes = [b for b in stage.window.findChildren(QMessageBox) if b.isVisible()]
        assert [box.text() for box in boxes] == ["The place is no longer there."]
        boxes[0].close()
        assert stage.text() == "Nothing is left."
        assert panel(stage).text() == PROPOSAL

    play(act)


def test_a_planned_chapter_has_no_cursor_to_go_on_from(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        stage.window.actions_.continue_here.trigger()
        assert not panel(stage).isVisible()
        assert scripted_provider.requests == []

    play(act)
