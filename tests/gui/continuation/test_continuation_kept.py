"""A proposal for the text at the cursor outlasts a crash, and a quit."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTextEdit

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.continuation.desk import ContinuationDesk
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.writing.chapters.continuing import WaitingContinuation
from tests.gui.continuation.test_continuation import PROPOSAL, begin, has_come, panel
from tests.support.crashed_folder import as_a_crash_leaves_it
from tests.support.scripted_provider import ScriptedProvider, stall, text
from tests.support.studio_stage import Play, Stage, child, perform

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def waiting(stage: Stage) -> WaitingContinuation | None:
    return stage.services.continuing.waiting(stage.chapter(1).id)


async def open_again(stage: Stage, chapter: ChapterOverview) -> None:
    stage.studio.library.open_novel(chapter.project_id)
    await stage.until(lambda: stage.window.is_in_studio, "the novel is open")
    await stage.open_chapter(1)


async def is_offered(stage: Stage, proposal: str) -> None:
    await stage.until(panel(stage).isVisible, "it is offered again")
    assert panel(stage).text() == proposal
    await stage.until(lambda: stage.can_press("Insert"), "it can be inserted")
    await stage.until(lambda: stage.can_press("Discard"), "it can be dropped")


@pytest.mark.parametrize("decision", ["Insert", "Discard"])
def test_a_proposal_is_offered_again_after_a_crash_until_it_is_decided(
    play: Play, application: QApplication, world: dict[str, str],
    scripted_provider: ScriptedProvider, decision: str,
) -> None:  # fmt: skip
    scripted_provider.behaviours.append(text(PROPOSAL))
    left: dict[str, str] = {}
    chapters: list[ChapterOverview] = []

    async def crash(stage: Stage) -> None:
        await begin(stage)
        await has_come(stage, PROPOSAL)
        await stage.until(lambda: waiting(stage), "it is kept")
        chapters.append(stage.chapter(1))
        left.update(as_a_crash_leaves_it(world))

    async def decide(stage: Stage) -> None:
        await open_again(stage, chapters[0])
        whole = stage.text()
        await is_offered(stage, PROPOSAL)
        place = whole.index("。") + 1
        stage.press(decision)
        added = PROPOSAL if decision == "Insert" else ""
        wanted = whole[:place] + added + whole[place:]
        assert stage.text() == wanted
        await stage.until(lambda: stage.stored_text(1) == wanted, "it is saved")
        await stage.until(lambda: waiting(stage) is None, "it is forgotten")

    async def nothing_waits(stage: Stage) -> None:
        await open_again(stage, chapters[0])
        await stage.open_chapter(2)
        await stage.open_chapter(1)
        await stage.studio._operations.call(lambda: None)
        assert not panel(stage).isVisible()
        assert stage.text().count(PROPOSAL) == (1 if decision == "Insert" else 0)

    play(crash)
    perform(application, left, decide)
    perform(application, left, nothing_waits)
    assert len(scripted_provider.requests) == 1, "it is paid for once"


def test_what_the_author_made_of_a_proposal_waits_over_a_quit(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))
    chapters: list[ChapterOverview] = []

    async def quit_(stage: Stage) -> None:
        await begin(stage)
        await has_come(stage, PROPOSAL)
        QTest.keyClicks(child(panel(stage), QTextEdit), "Oh. ")
        chapters.append(stage.chapter(1))

    async def come_back(stage: Stage) -> None:
        await open_again(stage, chapters[0])
        await is_offered(stage, "Oh. " + PROPOSAL)
        assert not any(button.hasFocus() for button in panel(stage).findChildren(QPushButton))

    play(quit_)
    play(come_back)


def test_what_the_author_made_of_a_proposal_outlasts_a_crash(
    play: Play,
    application: QApplication,
    world: dict[str, str],
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))
    left: dict[str, str] = {}
    chapters: list[ChapterOverview] = []

    def is_kept(stage: Stage) -> bool:
        kept = waiting(stage)
        return kept is not None and kept.text == "Oh. " + PROPOSAL

    async def crash(stage: Stage) -> None:
        await begin(stage)
        await has_come(stage, PROPOSAL)
        QTest.keyClicks(child(panel(stage), QTextEdit), "Oh. ")
        await stage.until(lambda: is_kept(stage), "it is kept as it is typed")
        chapters.append(stage.chapter(1))
        left.update(as_a_crash_leaves_it(world))

    async def come_back(stage: Stage) -> None:
        await open_again(stage, chapters[0])
        await is_offered(stage, "Oh. " + PROPOSAL)

    play(crash)
    perform(application, left, come_back)


def test_an_edited_proposal_that_is_dropped_is_not_kept_again(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(PROPOSAL))

    async def act(stage: Stage) -> None:
        await begin(stage)
        await has_come(stage, PROPOSAL)
        await stage.until(lambda: waiting(stage), "it is kept")
        QTest.keyClicks(child(panel(stage), QTextEdit), "Oh. ")
        desk = stage.window.findChild(ContinuationDesk)
        assert desk is not None
        [edits] = desk.findChildren(TypedEdits)
        assert edits.is_any_pending
        stage.press("Discard")
        assert not edits.is_any_pending
        await stage.until(lambda: waiting(stage) is None, "it is forgotten")

    play(act)


def test_a_proposal_that_is_dropped_while_it_streams_is_forgotten(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall(PROPOSAL))

    async def act(stage: Stage) -> None:
        await begin(stage)
        await stage.until(lambda: waiting(stage), "it is kept while it comes")
        stage.press("Discard")
        await stage.until(lambda: waiting(stage) is None, "it is forgotten")
        await stage.open_chapter(2)
        await stage.open_chapter(1)
        await stage.studio._operations.call(lambda: None)
        assert not panel(stage).isVisible()

    play(act)
