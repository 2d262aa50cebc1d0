"""Ways of an author from one novel to another, with real keys and clicks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

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

from arboris_desktop.exchange.novel_file.writing import export_novel
from tests.support.studio_stage import Stage, child
from tests.support.two_novels import MarkedNovel, told_by

Novels = tuple[MarkedNovel, MarkedNovel]
Way = Callable[[Stage, Novels], Awaitable[None]]
"""A way of the author from the first novel to the second; it is open then."""


def type_words(widget: QWidget, words: str) -> None:
    """Types with the keys there are, and the rest as an input method does."""
    for letter in words:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(letter)
            QApplication.sendEvent(widget, event)


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
    await begin_novel(stage, novels[1].mark)


async def begin_novel(stage: Stage, mark: str) -> None:
    stage.window.actions_.new_novel.trigger()
    await stage.until(QApplication.activeModalWidget, "the dialog is open")
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    type_words(child(dialog, QLineEdit), f"{mark} T")
    QTest.keyClick(child(dialog, QLineEdit), Qt.Key.Key_Return)
    await until_open(stage, mark)


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


async def settled(stage: Stage) -> None:
    """Waits until all that was asked for is done and shown, and what that asked for in turn."""
    for _ in range(4):
        await stage.studio._operations.call(lambda: None)


def traces(stage: Stage, novel: MarkedNovel) -> list[str]:
    """Traces of a novel anywhere in the window, shown or hidden, except in lists of all novels."""
    window = stage.window
    of_all = (window.start_page, window.task_panel)
    return [
        f"{type(widget).__name__}: {text}"
        for widget, text in told_by(window)
        if novel.mark in text and not any(one.isAncestorOf(widget) for one in of_all)
    ]


def no_trace(stage: Stage, novel: MarkedNovel) -> None:
    found = traces(stage, novel)
    assert not found, "\n".join(found)
