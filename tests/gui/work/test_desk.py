"""The base of desks: slots that are coroutines, failures told, the newest wins, and the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from arboris_desktop.app import run_in_qt_loop
from arboris_desktop.background.operations import Operations
from arboris_desktop.ui.work.desk import Desk, spawned


class Panel(QObject):
    clicked = Signal(bool)
    said = Signal(str)


class WordsDesk(Desk):
    """Notes what it hears, when the gate is open."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.heard: list[str] = []
        self.gate = asyncio.Event()

    @spawned
    async def click(self) -> None:
        await self.note("click")

    @spawned
    async def hear(self, words: str) -> None:
        await self.note(words)

    async def note(self, words: str) -> None:
        await self.gate.wait()
        self.heard.append(words)


Act = Callable[[Panel, WordsDesk], Coroutine[Any, Any, None]]


def played(application: QApplication, act: Act) -> None:
    async def bounded() -> None:
        panel = Panel()
        async with asyncio.timeout(60):
            await act(panel, WordsDesk(panel))

    run_in_qt_loop(application, bounded())


async def until(condition: Callable[[], object]) -> None:
    while not condition():
        await asyncio.sleep(0.005)


def test_a_slot_takes_what_it_wants_of_what_a_signal_brings(qapp: QApplication) -> None:
    async def act(panel: Panel, desk: WordsDesk) -> None:
        panel.clicked.connect(desk.click)
        panel.said.connect(desk.hear)
        panel.clicked.emit(True)
        panel.said.emit("one")
        desk.gate.set()
        await until(lambda: desk.heard == ["click", "one"])

    played(qapp, act)


def test_a_window_that_an_earlier_test_left_does_not_end_the_loop(qapp: QApplication) -> None:
    left = QWidget()
    left.show()
    left.deleteLater()

    async def act(_panel: Panel, desk: WordsDesk) -> None:
        desk.hear("one")
        await asyncio.sleep(0.05)
        desk.gate.set()
        await until(lambda: desk.heard == ["one"])

    played(qapp, act)


def test_the_newest_wins_and_what_is_dropped_reaches_nobody(qapp: QApplication) -> None:
    async def act(_panel: Panel, desk: WordsDesk) -> None:
        for words in ("first", "second", "third"):
            desk.spawn_newest("words", desk.note(words))
            await asyncio.sleep(0)
        desk.spawn_newest("others", desk.note("gone"))
        await asyncio.sleep(0)
        desk.drop("others")
        desk.drop("others")
        desk.gate.set()
        await until(lambda: desk.heard)
        await desk.stop()
        assert desk.heard == ["third"]

    played(qapp, act)


def test_a_failure_that_the_coroutine_does_not_expect_is_told(qapp: QApplication) -> None:
    async def act(panel: Panel, desk: WordsDesk) -> None:
        told: list[Exception] = []
        desk.failed.connect(told.append)
        operations = Operations(panel)

        async def divide() -> None:
            await operations.call(lambda: 1 / 0)

        desk.spawn(divide())
        await until(lambda: told)
        assert isinstance(told[0], ZeroDivisionError)

    played(qapp, act)


def test_the_stop_ends_what_runs(qapp: QApplication) -> None:
    async def act(_panel: Panel, desk: WordsDesk) -> None:
        desk.hear("late")
        await asyncio.sleep(0)
        await desk.stop()
        desk.gate.set()
        desk.hear("later")
        await asyncio.sleep(0)
        await desk.stop()
        assert desk.heard == []

    played(qapp, act)


def test_what_is_asked_for_after_the_stop_never_begins(qapp: QApplication) -> None:
    async def act(_panel: Panel, desk: WordsDesk) -> None:
        begun, told = list[str](), list[BaseException]()
        desk.failed.connect(told.append)

        async def work(name: str) -> None:
            begun.append(name)
            await asyncio.Event().wait()

        first = desk.spawn(work("before"))
        await asyncio.sleep(0)
        await desk.stop()
        late = desk.spawn(work("late"))
        await asyncio.wait([late])
        assert first.cancelled()
        assert late.cancelled()
        assert told == []
        assert begun == ["before"]

    played(qapp, act)
