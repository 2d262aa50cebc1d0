"""Continuing from the cursor, as an author does it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from arboris_desktop.ui.continuation.bar import ContinuationBar
from arboris_desktop.ui.continuation.desk import ContinuationDesk
from tests.support.scripted_provider import (
    ScriptedProvider,
    error,
    prompt_of,
    reset_after,
    stall,
    text,
)
from tests.support.studio_stage import Play, Stage, child

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

PROPOSAL = "桥上忽然有人咳了一声，灯影跟着晃了一晃。"


def proposal_bar(stage: Stage) -> ContinuationBar:
    return child(stage.window, ContinuationBar)


def proposed(stage: Stage) -> str:
    """The words that stand in the text without being part of it."""
    return stage.window.chapter_view.proposal.words()


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
    go_on(stage)
    return whole, place


def go_on(stage: Stage) -> None:
    stage.window.actions_.continue_here.trigger()
    stage.press("Continue here")


async def has_come(stage: Stage, proposal: str) -> None:
    await stage.until(
        lambda: proposed(stage).strip() == proposal and not proposal_bar(stage).call_bar.is_busy,
        "the proposal has come",
    )


def test_nothing_is_sent_before_the_author_could_say_what_they_wish(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.window.actions_.continue_here.trigger()
        assert proposal_bar(stage).isVisible()
        await stage.studio._operations.settled()
        assert scripted_provider.requests == []
        field = proposal_bar(stage).focusWidget()
        assert field is not None
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert not proposal_bar(stage).isVisible()

        whole = stage.text()
        stage.window.actions_.continue_here.trigger()
        field = proposal_bar(stage).focusWidget()
        assert field is not None
        QTest.keyClicks(field, "Let it rain.")
        QTest.keyClick(field, Qt.Key.Key_Return)
        await has_come(stage, PROPOSAL)
        assert "Let it rain." in prompt_of(scripted_provider.requests[0])
        assert stage.text() == whole, "no key for the bar is one for the text"

    play(act)


def test_a_proposal_is_kept_at_the_cursor_and_can_be_undone(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        whole, place = await begin(stage)
        await has_come(stage, PROPOSAL)
        assert proposal_bar(stage).isVisible()
        assert stage.text() == whole == stage.stored_text(1), "the chapter is as it was"
        asked = prompt_of(scripted_provider.requests[0])
        assert f"{whole[:place]}\nBEFORE>>>" in asked
        assert whole[place : place + 20].strip() in asked

        QTest.keyClick(stage.editor(), Qt.Key.Key_Tab)
        wanted = whole[:place] + PROPOSAL + whole[place:]
        assert stage.text() == wanted
        assert stage.editor().textCursor().position() == place + len(PROPOSAL)
        assert not proposal_bar(stage).isVisible()
        await stage.until(lambda: stage.stored_text(1) == wanted, "it is saved")
        stage.editor().undo()
        assert stage.text() == whole

    play(act)


def test_the_author_writes_on_around_a_proposal_as_if_it_were_not_there(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    """By keys, an input method, the mouse and Undo; the proposal moves with its place."""
    scripted_provider.behaviours.append(stall(f"{PROPOSAL}\n\n{PROPOSAL}"))

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        editor, whole = stage.editor(), stage.text()
        end = whole.index("\n\n")
        put_cursor(stage, end)
        go_on(stage)
        await stage.until(lambda: proposed(stage).count(PROPOSAL) == 2, "both paragraphs came")
        block = editor.textCursor().block()
        assert block.text() == whole[:end]
        assert PROPOSAL in block.layout().preeditAreaText()

        compose(stage, "xin", "")
        assert block.layout().preeditAreaText().startswith("xin")
        assert stage.text() == whole
        compose(stage, "", "新")
        assert stage.text() == whole[:end] + "新" + whole[end:]
        assert PROPOSAL in block.layout().preeditAreaText(), "it stands behind what was typed"
        # The next line of the text, not of the proposal.
        QTest.keyClick(editor, Qt.Key.Key_Down)
        assert editor.textCursor().block() == block.next()
        put_cursor(stage, block.next().position())
        QTest.keyClick(editor, Qt.Key.Key_Up)
        assert editor.textCursor().block() == block

        after = QTextCursor(block.next())
        editor.ensureCursorVisible()
        point = editor.cursorRect(after).center()
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert editor.textCursor().position() == after.position()
        assert PROPOSAL in block.layout().preeditAreaText(), "a click does not end it"
        QTest.keyClicks(editor, "Typed")
        editor.undo()
        editor.undo()
        assert stage.text() == whole
        editor.redo()
        assert stage.text() == whole[:end] + "新" + whole[end:]
        await stage.until(lambda: stage.stored_text(1) == stage.text(), "only that is saved")

        place = editor.textCursor().position()
        stage.press("Keep (Tab)")
        added = f"{PROPOSAL}\n\n{PROPOSAL}"
        assert stage.text() == f"{whole[:end]}新{added}{whole[end:]}"
        assert editor.textCursor().position() in (place, place + len(added) - 1)

    play(act)


def compose(stage: Stage, composed: str, committed: str) -> None:
    event = QInputMethodEvent(composed, [])
    event.setCommitString(committed)
    QApplication.sendEvent(stage.editor(), event)


def test_a_dropped_proposal_leaves_no_trace(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        whole, _place = await begin(stage)
        await has_come(stage, PROPOSAL)
        block = stage.editor().textCursor().block()
        assert PROPOSAL in block.layout().preeditAreaText()
        QTest.keyClick(stage.editor(), Qt.Key.Key_Escape)
        assert not proposal_bar(stage).isVisible()
        assert block.layout().preeditAreaText() == ""
        assert stage.text() == whole == stage.stored_text(1)
        assert not stage.editor().document().isUndoAvailable()

    play(act)


def test_a_call_that_fails_says_why_and_another_is_written_on_request(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend([error(401, "no"), reset_after(PROPOSAL[:8])])

    async def act(stage: Stage) -> None:
        await begin(stage)
        bar = proposal_bar(stage).call_bar
        await stage.until(lambda: "refused the key" in bar.text(), "the reason is told")
        assert not stage.can_press("Keep (Tab)")
        QTest.keyClick(stage.editor(), Qt.Key.Key_Tab)
        assert proposal_bar(stage).isVisible(), "there is nothing to keep"
        stage.press("Try again")
        await has_come(stage, PROPOSAL[:8])
        assert stage.can_press("Keep (Tab)"), "what came can be used"
        scripted_provider.behaviours.append(text(PROPOSAL))
        stage.press("Another")
        await has_come(stage, PROPOSAL)

    play(act)


def test_a_proposal_waits_with_its_chapter(play: Play, scripted_provider: ScriptedProvider) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        await begin(stage)
        await has_come(stage, PROPOSAL)
        await stage.open_chapter(2)
        await stage.until(lambda: not proposal_bar(stage).isVisible(), "another chapter has none")
        assert proposed(stage) == ""
        await stage.open_chapter(1)
        await stage.until(proposal_bar(stage).isVisible, "it is back")
        assert proposed(stage).strip() == PROPOSAL

    play(act)


def test_a_proposal_stays_where_the_text_around_it_was_taken_away(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        await begin(stage)
        await has_come(stage, PROPOSAL)
        stage.editor().selectAll()
        compose(stage, "", "没有了。")
        assert stage.text() == "没有了。"
        assert proposed(stage) == PROPOSAL
        stage.press("Keep (Tab)")
        assert stage.text() == "没有了。" + PROPOSAL

    play(act)


def test_a_planned_chapter_has_no_cursor_to_go_on_from(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        assert stage.window.findChild(ContinuationDesk) is not None
        stage.window.actions_.continue_here.trigger()
        assert not proposal_bar(stage).isVisible()
        assert scripted_provider.requests == []

    play(act)
