"""A proposal that the author does not see is shown before a key decides on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.revision import RevisionKind
from tests.gui.continuation.test_continuation import (
    PROPOSAL,
    begin,
    has_come,
    proposal_bar,
    proposed,
    put_cursor,
)
from tests.support.scripted_provider import ScriptedProvider, text
from tests.support.studio_stage import Play, Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

FAR = "\n\n".join("很远的一段，远到看不见。" for _ in range(200))


def sees_it(stage: Stage) -> bool:
    """The first of the proposed words are within the page."""
    editor = stage.editor()
    blocks = (editor.document().findBlockByNumber(n) for n in range(editor.document().blockCount()))
    block = next(each for each in blocks if PROPOSAL[:4] in each.layout().preeditAreaText())
    at = block.length() - 1 + block.layout().preeditAreaText().index(PROPOSAL[:4])
    line = block.layout().lineForTextPosition(at).rect()
    top = editor.document().documentLayout().blockBoundingRect(block).top() + line.top()
    scrolled = editor.verticalScrollBar().value()
    return top - scrolled >= 0 and top + line.height() - scrolled <= editor.viewport().height()


async def has_a_long_text(stage: Stage) -> None:
    stage.editor().moveCursor(stage.editor().textCursor().MoveOperation.End)
    stage.editor().insertPlainText("\n" + FAR)
    await stage.until(lambda: stage.stored_text(1) == stage.text(), "it is saved")


def leave_it(stage: Stage, *, below: bool) -> None:
    """Goes to the other end of the text."""
    operation = stage.editor().textCursor().MoveOperation
    stage.editor().moveCursor(operation.Start if below else operation.End)
    stage.editor().setFocus()


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Escape])
def test_a_key_shows_the_proposal_before_it_decides(
    play: Play, scripted_provider: ScriptedProvider, below: bool, key: Qt.Key
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        await has_a_long_text(stage)
        whole = stage.text()
        if below:
            leave_it(stage, below=False)
        else:
            put_cursor(stage, whole.index("。") + 1)
        stage.window.actions_.continue_here.trigger()
        stage.press("Continue here")
        await has_come(stage, PROPOSAL)
        leave_it(stage, below=below)
        side = "further down" if below else "further up"
        await stage.until(lambda: stage.can_press(side), "the bar says where it is")
        assert not stage.can_press("Keep (Tab)")
        assert not stage.can_press("Discard (Esc)")
        cursor = stage.editor().textCursor().position()

        QTest.keyClick(stage.editor(), key)

        assert proposed(stage), "nothing is decided yet"
        assert stage.text() == whole
        assert sees_it(stage)
        assert stage.editor().textCursor().position() == cursor
        await stage.until(lambda: stage.can_press("Keep (Tab)"), "now it can be decided")
        QTest.keyClick(stage.editor(), key)
        assert not proposal_bar(stage).isVisible()
        assert (stage.text() == whole) == (key == Qt.Key.Key_Escape)
        assert (PROPOSAL in stage.text()) == (key == Qt.Key.Key_Tab)

    play(act)


def test_after_a_restart_the_bar_leads_to_a_proposal_that_is_elsewhere(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))
    chapters: list[ChapterOverview] = []

    async def ask(stage: Stage) -> None:
        await begin(stage)
        await has_come(stage, PROPOSAL)
        await has_a_long_text(stage)
        chapters.append(stage.chapter(1))

    async def come_back(stage: Stage) -> None:
        stage.studio.library.open_novel(chapters[0].project_id)
        await stage.until(lambda: stage.window.is_in_studio, "the novel is open")
        await stage.open_chapter(1)
        await stage.until(lambda: proposed(stage), "it is offered again")
        whole = stage.text()
        leave_it(stage, below=False)
        # Before the bar has followed the page: what counts is what the author sees.
        QTest.keyClick(stage.editor(), Qt.Key.Key_Tab)
        assert stage.text() == whole
        assert sees_it(stage)
        leave_it(stage, below=False)
        await stage.until(lambda: stage.can_press("further up"), "the bar says where it is")
        stage.press("further up")
        assert stage.text() == whole
        assert sees_it(stage)

    play(ask)
    play(come_back)


def test_in_another_chapter_tab_is_a_tab(play: Play, scripted_provider: ScriptedProvider) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        await begin(stage)
        await has_come(stage, PROPOSAL)
        await stage.open_chapter(2)
        await stage.until(lambda: not proposal_bar(stage).isVisible(), "another chapter has none")
        stage.editor().setFocus()
        before = stage.text()
        QTest.keyClick(stage.editor(), Qt.Key.Key_Tab)
        assert PROPOSAL not in stage.text()
        assert stage.text().replace("\t", "") == before
        assert PROPOSAL not in (stage.stored_text(1) or "")

    play(act)


def test_a_revised_passage_is_shown_before_a_key_keeps_it(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        await has_a_long_text(stage)
        whole = stage.text()
        cursor = stage.editor().textCursor()
        cursor.setPosition(0)
        cursor.setPosition(whole.index("。"), cursor.MoveMode.KeepAnchor)
        stage.editor().setTextCursor(cursor)
        stage.window.revision_menu.kind_chosen.emit(RevisionKind.REWRITE)
        await stage.until(stage.window.revision_panel._apply.isVisible, "the proposal is there")
        leave_it(stage, below=False)
        QTest.keyClick(stage.editor(), Qt.Key.Key_Tab)
        assert stage.text() == whole
        assert sees_it(stage)
        QTest.keyClick(stage.editor(), Qt.Key.Key_Tab)
        assert stage.text().startswith(PROPOSAL[:-1])

    play(act)
