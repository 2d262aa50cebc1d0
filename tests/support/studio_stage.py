"""The whole studio on a stage: real widgets in Qt's loop with asyncio's, on a real database."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from unittest import mock

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QMessageBox,
    QPushButton,
    QTextEdit,
    QTreeView,
    QWidget,
)

from arboris_desktop.app import run_in_qt_loop
from arboris_desktop.background import backup_keeper
from arboris_desktop.composition import build_studio
from arboris_desktop.domain.notifications import Notification
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.settings import InterfaceLanguage, InterfaceSettings, ProviderSettings
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.llm.keys import KeyStore, SessionKeyStore
from arboris_desktop.services import Services, build_services
from arboris_desktop.ui.chapter.generate_dialog import GenerateDialog
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.studio import Studio
from arboris_desktop.ui.tasks.task_list_model import TaskRole
from arboris_desktop.ui.widgets.dialogs import OkCancel
from arboris_desktop.updates.feed import ReleaseFeed
from tests.support.short_chapters import SHORT_CHAPTERS

WAIT_SECONDS = 60.0
"""Nothing that a test awaits takes longer, also on a busy machine."""

AN_HOUR = 3_600_000

Found = TypeVar("Found", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Stage:
    """A running studio, and hands and eyes for it."""

    studio: Studio
    window: MainWindow
    services: Services

    # --- waiting ---

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Lets the loop run until the condition holds."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                while not condition():
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"never: {what}") from None

    async def until_shown(self, number: int) -> None:
        """Waits until the chapter of that number is in the view."""
        await self.until(
            lambda: self.window.chapter_view.chapter_id == self.chapter(number).id,
            f"chapter {number} is shown",
        )

    # --- looking ---

    def chapter(self, number: int) -> ChapterOverview:
        """A chapter of the open novel."""
        contents = self.studio.library.contents
        assert contents is not None
        return contents.chapters[number - 1]

    def chapters(self) -> tuple[ChapterOverview, ...]:
        """All chapters of the open novel."""
        contents = self.studio.library.contents
        assert contents is not None
        return tuple(contents.chapters)

    def text(self) -> str:
        """The text in the editor."""
        return self.window.chapter_view.current_text()

    def stored_text(self, number: int) -> str | None:
        """The chapter's text in the database."""
        version = self.services.editing.open(self.chapter(number).id).version
        return None if version is None else version.content

    def tasks(self) -> list[AnalysisTask]:
        """The rows of the task panel."""
        shown = (index.data(TaskRole.TASK) for index in _rows(self._task_list()))
        return [task for task in shown if task is not None]

    def notifications(self) -> list[Notification]:
        """The newest notification of each row of the task panel."""
        shown = (index.data(TaskRole.ACTIVITY).notice for index in _rows(self._task_list()))
        return [notice for notice in shown if notice is not None]

    def codex_names(self) -> list[str]:
        """The entries in the open tab of the codex."""
        tree = child(self.window.codex_panel, QTreeView)
        return [str(index.data()) for index in _rows(tree)]

    def editor(self) -> QTextEdit:
        """The editor of the chapter."""
        return child(self.window.chapter_view, QTextEdit)

    # --- doing ---

    def press(self, words: str) -> None:
        """Clicks the visible button with these words on it."""
        buttons = _buttons(words)
        assert len(buttons) == 1, f"{len(buttons)} buttons say {words!r}"
        QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    def can_press(self, words: str) -> bool:
        """True if such a button is there, laid out and enabled: one of no height takes no click."""
        return any(button.isEnabled() and not button.size().isEmpty() for button in _buttons(words))

    async def open_chinese_sample(self, number: int = 1) -> None:
        """Opens the sample from the start page, then one of its chapters from the tree."""
        self.press("Chinese sample")
        await self.until(lambda: self.window.chapter_view.chapter_id, "the sample is open")
        await self.open_chapter(number)

    async def open_chapter(self, number: int) -> None:
        """Clicks a chapter in the tree, which is brought back if candidates have its room."""
        tree = self.window.project_tree
        if not tree.isVisible():
            self.window.actions_.sidebar.trigger()
        _click(child(tree, QTreeView), tree.model.index_of(self.chapter(number).id))
        await self.until_shown(number)

    async def generate(self) -> None:
        """Asks for the chapter that is shown as the keys for it do, and agrees."""
        asked = len(self.window.findChildren(GenerateDialog))
        self.window.actions_.generate.trigger()
        await self.until(
            lambda: len(self.window.findChildren(GenerateDialog)) > asked, "that is asked about"
        )
        dialog = self.window.findChildren(GenerateDialog)[-1]
        QTest.mouseClick(child(dialog, OkCancel).ok, Qt.MouseButton.LeftButton)

    def open_first_notification(self) -> None:
        """Opens the first row that was told of and not yet read."""
        self.window.show_notifications()
        rows = _rows(self._task_list())
        _double_click(self._task_list(), next(row for row in rows if row.data(TaskRole.UNREAD)))

    def retry_first_task(self) -> None:
        """Clicks the button in the first row of the task panel."""
        self.window.show_tasks()
        tasks = self._task_list()
        place = task_button(tasks, 0)
        QTest.mouseClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def _task_list(self) -> QListView:
        return child(self.window.task_panel, QListView)


def task_button(tasks: QListView, row: int) -> QPoint:
    """The place of a task's button, whose right edge is that of its row."""
    area = tasks.visualRect(tasks.model().index(row, 0))
    return QPoint(area.right() - 24, area.center().y())


def _buttons(words: str) -> list[QPushButton]:
    return [
        button
        for button in QApplication.allWidgets()
        if isinstance(button, QPushButton) and button.isVisible() and words in button.text()
    ]


Act = Callable[[Stage], Awaitable[None]]
Play = Callable[[Act], None]
"""Starts a studio that was set up before, and plays the act in it."""


def open_services(world: dict[str, str]) -> Services:
    """The services below the studio, without a keyring."""
    return build_services(world, keys=SessionKeyStore())


def set_the_stage(
    services: Services, language: InterfaceLanguage = InterfaceLanguage.ENGLISH
) -> None:
    """Chooses a model, the language of the window, and short chapters."""
    services.preferences.set(
        ProviderSettings(configured=True), InterfaceSettings(language=language), SHORT_CHAPTERS
    )


def perform(
    application: QApplication,
    environment: Mapping[str, str],
    act: Act,
    keys: KeyStore | None = None,
    feed: ReleaseFeed | None = None,
) -> None:
    """Starts the studio, plays the act and leaves as the app does; nothing may go wrong unseen."""
    # Windows that other tests left to be deleted would be found among those of this one.
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    services = build_services(dict(environment), keys=keys or SessionKeyStore())
    faults: list[dict[str, Any]] = []

    async def play() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _l, fault: faults.append(fault))
        studio, window = build_studio(application, services, feed)
        window.show()
        try:
            studio.start()
            await act(Stage(studio, window, services))
            assert error_boxes(window) == [], error_boxes(window)
        finally:
            await studio.stop()
            window.deleteLater()

    with collecting_only_here(), _without_the_daily_backup():
        try:
            run_in_qt_loop(application, play())
        finally:
            application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            services.close()
    assert faults == []


@contextmanager
def collecting_only_here() -> Iterator[None]:
    """Keeps the cyclic collector off the pool's threads, as the app does: it would destroy
    widgets there, which Qt forbids. It stays off: threads may outlive what is played.

    What the caller still holds grows no old age by this collection, so that the one after the test
    need not look through everything to find it.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)


def _without_the_daily_backup() -> AbstractContextManager[object]:
    """Keeps it away: two seconds after the start it would meet the acts of a slow machine only."""
    return mock.patch.object(backup_keeper, "FIRST_MILLISECONDS", AN_HOUR)


def error_boxes(window: MainWindow) -> list[str]:
    """The texts of message boxes."""
    return [box.text() for box in window.findChildren(QMessageBox) if box.isVisible()]


def child(parent: QWidget, kind: type[Found]) -> Found:
    """The one widget of that kind, or the first."""
    found = parent.findChild(kind)
    assert isinstance(found, kind)
    return found


def _rows(view: QAbstractItemView) -> list[QModelIndex]:
    model = view.model()
    return [model.index(row, 0) for row in range(model.rowCount())]


def _click(view: QAbstractItemView, index: QModelIndex | QPersistentModelIndex) -> None:
    assert index.isValid()
    view.scrollTo(index)
    place = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def _double_click(view: QAbstractItemView, index: QModelIndex | QPersistentModelIndex) -> None:
    _click(view, index)
    # Beside the row's button, if it has one.
    place = view.visualRect(index).topLeft() + QPoint(40, 12)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
