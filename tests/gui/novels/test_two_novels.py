"""Two novels, one after the other: whatever is shown, typed or made belongs to the open one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
    QWidget,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.novel_file.writing import export_novel
from tests.support.studio_stage import Play, Stage, child, open_services
from tests.support.two_novels import MARKS, MarkedNovel, make_novel, told_by

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

TYPED = "typed here"

Novels = tuple[MarkedNovel, MarkedNovel]
Way = Callable[[Stage, Novels], Awaitable[None]]
"""How the author comes from the first novel to the second; it is open then."""


@pytest.fixture(params=list(MARKS), ids=lambda language: str(language.value))
def novels(request: pytest.FixtureRequest, world: dict[str, str]) -> Novels:
    language: Language = request.param
    services = open_services(world)
    first, second = (make_novel(services, mark, language) for mark in MARKS[language])
    services.close()
    return first, second


def type_words(widget: QWidget, words: str) -> None:
    """Types with the keys there are, and the rest as an input method does."""
    for letter in words:
        if letter.isascii():
            QTest.keyClick(widget, letter)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(letter)
            QApplication.sendEvent(widget, event)


# --- from one novel to the other ---


def novel_list(stage: Stage) -> QListWidget:
    return child(stage.window.start_page, QListWidget)


async def go_home(stage: Stage) -> None:
    stage.window.actions_.home.trigger()
    await stage.until(lambda: novel_list(stage).count() >= 1, "the novels are listed")


async def choose(stage: Stage, title: str) -> None:
    """Selects a novel on the start page."""

    def found() -> list[int]:
        rows = range(novel_list(stage).count())
        return [row for row in rows if novel_list(stage).item(row).text() == title]

    await stage.until(found, f"{title} is listed")
    listed = novel_list(stage)
    place = listed.visualItemRect(listed.item(found()[0])).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)


async def open_from_list(stage: Stage, title: str) -> None:
    await choose(stage, title)
    QTest.keyClick(novel_list(stage), Qt.Key.Key_Return)
    await stage.until(lambda: stage.window.windowTitle().startswith(title), f"{title} is open")


async def over_the_list(stage: Stage, novels: Novels) -> None:
    await go_home(stage)
    await open_from_list(stage, f"{novels[1].mark} T")


async def over_a_notification(stage: Stage, novels: Novels) -> None:
    stage.studio.library.go_to(novels[1].id, novels[1].chapter_ids[0])
    await until_open(stage, novels[1].mark)


async def over_deleting(stage: Stage, novels: Novels) -> None:
    await go_home(stage)
    await choose(stage, f"{novels[0].mark} T")
    QTest.keyClick(novel_list(stage), Qt.Key.Key_Delete)
    await press_in_box(stage, "Delete")
    await stage.until(lambda: novel_list(stage).count() == 1, "it is gone")
    await open_from_list(stage, f"{novels[1].mark} T")


async def over_a_deletion_elsewhere(stage: Stage, novels: Novels) -> None:
    stage.services.novels.remove(novels[0].id)
    stage.studio.library.refresh()
    await press_in_box(stage, "Close")
    await open_from_list(stage, f"{novels[1].mark} T")


async def over_an_import(stage: Stage, novels: Novels) -> None:
    file = stage.services.paths.home / "second.arboris"
    export_novel(stage.services.database, novels[1].id, file)
    stage.services.novels.remove(novels[1].id)
    stage.studio.files.open_file(file)
    await press_in_box(stage, "Import")
    await until_open(stage, novels[1].mark)


async def over_a_new_novel(stage: Stage, novels: Novels) -> None:
    stage.services.novels.remove(novels[1].id)
    stage.window.actions_.new_novel.trigger()
    await stage.until(QApplication.activeModalWidget, "the dialog is open")
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    type_words(child(dialog, QLineEdit), f"{novels[1].mark} T")
    QTest.keyClick(child(dialog, QLineEdit), Qt.Key.Key_Return)
    await until_open(stage, novels[1].mark)


WAYS: tuple[Way, ...] = (
    over_the_list,
    over_a_notification,
    over_deleting,
    over_a_deletion_elsewhere,
    over_an_import,
    over_a_new_novel,
)


async def until_open(stage: Stage, mark: str) -> None:
    await stage.until(lambda: stage.window.windowTitle().startswith(mark), f"{mark} is open")


async def press_in_box(stage: Stage, words: str) -> None:
    def buttons() -> list[QPushButton]:
        boxes = [box for box in stage.window.findChildren(QMessageBox) if box.isVisible()]
        return [b for box in boxes for b in box.findChildren(QPushButton) if b.text() == words]

    await stage.until(buttons, f"a box offers {words}")
    QTest.mouseClick(buttons()[0], Qt.MouseButton.LeftButton)


# --- looking ---


def traces(stage: Stage, novel: MarkedNovel) -> list[str]:
    """What of a novel is anywhere in the window, shown or hidden, except in lists of all novels."""
    window = stage.window
    of_all = (window.start_page, window.task_panel, window.notification_panel)
    return [
        f"{type(widget).__name__}: {text}"
        for widget, text in told_by(window)
        if novel.mark in text and not any(one.isAncestorOf(widget) for one in of_all)
    ]


def no_trace(stage: Stage, novel: MarkedNovel) -> None:
    found = traces(stage, novel)
    assert not found, "\n".join(found)


async def settled(stage: Stage) -> None:
    """Waits until all that was asked for is done and shown, and what that asked for in turn."""
    for _ in range(4):
        await stage.studio._operations.result(lambda: None)


async def look_everywhere(stage: Stage, novel: MarkedNovel) -> None:
    """Visits every stage of the book, and its chapters."""
    for page in stage.window.workspace.stages:
        stage.window.workspace.show_stage(page)
        await settled(stage)
    stage.window.show_chapters()
    for number in (1, 2, 3):
        await stage.open_chapter(number)
        await settled(stage)
    assert traces(stage, novel), "the test sees nothing"


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_of_a_novel_outlives_it(play: Play, novels: Novels, way: Way) -> None:
    first, _ = novels

    async def act(stage: Stage) -> None:
        stage.studio.library.open_novel(first.id)
        await until_open(stage, first.mark)
        await settled(stage)
        await look_everywhere(stage, first)

        await way(stage, novels)

        no_trace(stage, first)
        await settled(stage)
        no_trace(stage, first)
        for page in stage.window.workspace.stages:
            stage.window.workspace.show_stage(page)
            no_trace(stage, first)
            await settled(stage)
            no_trace(stage, first)

    play(act)
