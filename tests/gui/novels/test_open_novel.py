"""A novel ends after dialogs are closed, and waits for no reading."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QApplication

from arboris_desktop.app import run_in_qt_loop
from arboris_desktop.background.operations import Operations
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.work.desk import Desk
from arboris_desktop.writing.novels import NovelContents

Act = Callable[[OpenNovel, Operations, list[BaseException]], Coroutine[Any, Any, None]]


def played(application: QApplication, contents: NovelContents, act: Act) -> None:
    async def bounded() -> None:
        operations, failures = Operations(), list[BaseException]()
        operations.failed.connect(failures.append)
        desk = Desk(operations)
        desk.failed.connect(failures.append)
        novel = OpenNovel(contents, operations, desk.spawn)
        async with asyncio.timeout(60):
            await act(novel, operations, failures)
            await asyncio.to_thread(operations.finish)
            await desk.stop()

    run_in_qt_loop(application, bounded())


def test_a_novel_that_is_only_being_read_is_at_rest(
    qapp: QApplication, novel: NovelContents
) -> None:
    async def act(opened: OpenNovel, _operations: Operations, _failures: object) -> None:
        gate, shown = threading.Event(), list[str]()

        async def read() -> None:
            await opened.call(lambda: gate.wait(30))
            shown.append("read")

        opened.spawn(read())
        assert not opened.is_at_rest, "nobody knows yet what it will do"
        await opened.rest()
        opened.end()
        gate.set()
        await asyncio.sleep(0.05)
        assert shown == []

    played(qapp, novel, act)


def test_a_novel_with_an_open_dialog_is_not_at_rest(
    qapp: QApplication, novel: NovelContents
) -> None:
    async def act(opened: OpenNovel, _operations: Operations, _failures: object) -> None:
        asked, answered, order = asyncio.Event(), asyncio.Event(), list[str]()

        async def ask() -> None:
            await opened.call(lambda: None)
            asked.set()
            await answered.wait()
            order.append("answered")

        async def rest() -> None:
            await opened.rest()
            order.append("at rest")

        asking = opened.spawn(ask())
        await asked.wait()
        resting = asyncio.ensure_future(rest())
        await asyncio.sleep(0.05)
        assert not opened.is_at_rest
        assert order == []
        answered.set()
        await asyncio.wait([asking, resting])
        assert order == ["answered", "at rest"]

    played(qapp, novel, act)


def test_a_failure_is_told_although_the_novel_has_ended(
    qapp: QApplication, novel: NovelContents
) -> None:
    async def act(
        opened: OpenNovel, _operations: Operations, failures: list[BaseException]
    ) -> None:
        gate = threading.Event()

        def work() -> None:
            gate.wait(30)
            raise ValueError("broken")

        async def read() -> None:
            await opened.call(work)

        opened.spawn(read())
        await opened.rest()
        opened.end()
        gate.set()
        while not failures:
            await asyncio.sleep(0.005)
        assert [str(error) for error in failures] == ["broken"]

    played(qapp, novel, act)
