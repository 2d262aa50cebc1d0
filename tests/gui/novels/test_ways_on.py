"""Nobody stands before an empty page or a finished outline without a way on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from arboris_desktop.ui.chapter.chapter_page import ChapterPage
from arboris_desktop.ui.chapter.no_chapter import NoChapterPage
from arboris_desktop.ui.outline.next_step import NextStep
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.gui.outline.outline_hands import make_novel
from tests.support.studio_stage import Play, Stage, child

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


async def open_novel(stage: Stage, project_id: str) -> None:
    stage.studio.library.open_novel(project_id)
    await stage.until(lambda: stage.studio.library.contents, "the novel is open")


def page(stage: Stage) -> NoChapterPage:
    return child(stage.window, NoChapterPage)


def offered(stage: Stage) -> list[str]:
    buttons = page(stage).findChildren(QPushButton)
    return [button.text() for button in buttons if button.isVisible()]


def next_step(stage: Stage) -> NextStep:
    return child(child(stage.window, OutlinePage), NextStep)


def test_a_novel_without_chapters_says_how_to_come_to_one(
    play: Play, world: dict[str, str]
) -> None:
    project_id = make_novel(world, chapters=0)

    async def act(stage: Stage) -> None:
        await open_novel(stage, project_id)
        first = "&Write the first chapter"
        assert offered(stage) == [first, "Begin with an &idea", "&Plan chapters", "I&mport…"]
        for way, stage_of_book in (("idea", BookStage.IDEA), ("Plan", BookStage.OUTLINE)):
            stage.press(way)
            assert stage.window.workspace.stage is stage_of_book
            stage.window.workspace.begin_at(BookStage.CHAPTERS)
        await stage.until(
            lambda: stage.window.focusWidget() is page(stage).focusProxy(), "a step has the keys"
        )
        QTest.keyClick(stage.window.focusWidget(), Qt.Key.Key_Return)
        await stage.until(lambda: len(stage.chapters()) == 1, "there is a chapter")
        await stage.until_shown(1)
        await stage.until(lambda: not page(stage).isVisible(), "its page is shown")

    play(act)


def test_chapters_that_were_planned_meanwhile_are_offered(
    play: Play, world: dict[str, str]
) -> None:
    project_id = make_novel(world, chapters=0)

    async def act(stage: Stage) -> None:
        window = stage.window
        await open_novel(stage, project_id)
        window.workspace.begin_at(BookStage.OUTLINE)
        assert not next_step(stage).isVisible(), "there is none"
        outline = child(window.workspace, OutlinePage)
        outline.actions_["insert_after"].trigger()
        await stage.until(lambda: len(stage.chapters()) == 1, "it is planned")
        await stage.until(next_step(stage).isVisible, "the outline leads on")
        assert next_step(stage).text() == "Go on to chapter 1"

        window.workspace.begin_at(BookStage.CHAPTERS)
        await stage.until(lambda: offered(stage) == ["&Open Chapter 1"], "it is offered")
        assert window.chapter_view.chapter_id is None, "nothing opens by itself"
        button = window.focusWidget()
        assert button is page(stage).focusProxy()
        QTest.keyClick(button, Qt.Key.Key_Return)
        await stage.until_shown(1)
        await stage.until(
            lambda: child(window, ChapterPage).isAncestorOf(window.focusWidget()),
            "its page has the keys",
        )

    play(act)


def test_the_outline_leads_to_the_first_chapter_without_a_text(
    play: Play, world: dict[str, str]
) -> None:
    project_id = make_novel(world, chapters=3, written=(1,))

    async def act(stage: Stage) -> None:
        window = stage.window
        await open_novel(stage, project_id)
        await stage.until_shown(1)
        window.workspace.begin_at(BookStage.OUTLINE)
        await stage.until(next_step(stage).isVisible, "the outline is read")
        assert next_step(stage).text() == "Go on to chapter 2"
        assert "Old 2" in next_step(stage).toolTip()
        stage.press("Go on to chapter 2")
        assert window.workspace.stage is BookStage.CHAPTERS
        await stage.until_shown(2)

        for number in (2, 3):
            stage.services.editing.save(stage.chapter(number).id, "It rained.", None)
        stage.studio.library.refresh()
        window.workspace.begin_at(BookStage.OUTLINE)
        await stage.until(lambda: not next_step(stage).isVisible(), "every chapter is written")

    play(act)
