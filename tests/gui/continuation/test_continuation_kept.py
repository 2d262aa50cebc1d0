"""A proposal for the text at the cursor outlasts a crash, and a quit."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.writing.chapters.continuing import WaitingContinuation
from tests.gui.continuation.test_continuation import (
    PROPOSAL,
    begin,
    has_come,
    proposal_bar,
    proposed,
)
from tests.support.crashed_folder import as_a_crash_leaves_it
from tests.support.scripted_provider import ScriptedProvider, stall, text
from tests.support.studio_stage import Play, Stage, perform

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def waiting(stage: Stage) -> WaitingContinuation | None:
    return stage.services.continuing.waiting(stage.chapter(1).id)


async def open_again(stage: Stage, chapter: ChapterOverview) -> None:
    stage.studio.library.open_novel(chapter.project_id)
    await stage.until(lambda: stage.window.is_in_studio, "the novel is open")
    await stage.open_chapter(1)


async def is_offered(stage: Stage, proposal: str) -> None:
    await stage.until(lambda: proposed(stage).strip() == proposal, "it is offered again")
    await stage.until(lambda: stage.can_press("Keep (Tab)"), "it can be kept")
    await stage.until(lambda: stage.can_press("Discard (Esc)"), "it can be dropped")


@pytest.mark.parametrize("decision", ["Keep (Tab)", "Discard (Esc)"])
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
        added = PROPOSAL if decision == "Keep (Tab)" else ""
        wanted = whole[:place] + added + whole[place:]
        assert stage.text() == wanted
        await stage.until(lambda: stage.stored_text(1) == wanted, "it is saved")
        await stage.until(lambda: waiting(stage) is None, "it is forgotten")

    async def nothing_waits(stage: Stage) -> None:
        await open_again(stage, chapters[0])
        await stage.open_chapter(2)
        await stage.open_chapter(1)
        await stage.studio._operations.call(lambda: None)
        assert not proposal_bar(stage).isVisible()
        assert stage.text().count(PROPOSAL) == (1 if decision == "Keep (Tab)" else 0)

    play(crash)
    perform(application, left, decide)
    perform(application, left, nothing_waits)
    assert len(scripted_provider.requests) == 1, "it is paid for once"


def test_a_proposal_waits_over_a_quit_where_the_author_went_on_writing(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    """Also one that was still coming, before which the author typed: it stands behind that."""
    scripted_provider.behaviours.append(stall(PROPOSAL))
    chapters: list[ChapterOverview] = []
    wanted: list[str] = []

    async def quit_(stage: Stage) -> None:
        whole, place = await begin(stage)
        await stage.until(lambda: waiting(stage), "it is kept while it comes")
        QTest.keyClicks(stage.editor(), "Oh")
        stage.window.actions_.stop.trigger()
        await stage.until(lambda: not proposal_bar(stage).call_bar.is_busy, "it has stopped")
        chapters.append(stage.chapter(1))
        wanted.append(f"{whole[:place]}Oh{PROPOSAL}{whole[place:]}")

    async def come_back(stage: Stage) -> None:
        await open_again(stage, chapters[0])
        await is_offered(stage, PROPOSAL)
        assert not any(
            button.hasFocus() for button in proposal_bar(stage).findChildren(QPushButton)
        )
        stage.press("Keep (Tab)")
        assert stage.text() == wanted[0]

    play(quit_)
    play(come_back)


def test_a_proposal_that_is_dropped_while_it_streams_is_forgotten(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall(PROPOSAL))

    async def act(stage: Stage) -> None:
        await begin(stage)
        await stage.until(lambda: waiting(stage), "it is kept while it comes")
        stage.press("Discard (Esc)")
        await stage.until(lambda: waiting(stage) is None, "it is forgotten")
        await stage.open_chapter(2)
        await stage.open_chapter(1)
        await stage.studio._operations.call(lambda: None)
        assert not proposal_bar(stage).isVisible()

    play(act)
