"""The pool of threads: whoever awaits, or handed a handler over, hears on the GUI thread."""

from __future__ import annotations

import asyncio
import sys
import threading
import weakref
from collections.abc import Coroutine
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.app import run_in_qt_loop
from arboris_desktop.background.operations import Operations
from arboris_desktop.background.pool import Pool

GENEROUS_MS = 30_000


@pytest.fixture
def pool(qtbot: QtBot) -> Pool:
    return Pool(2)


def played(application: QApplication, act: Coroutine[Any, Any, None]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(60):
            await act

    run_in_qt_loop(application, bounded())


def fail() -> None:
    raise ValueError("broken")


def test_handlers_are_called_on_the_gui_thread_and_the_work_is_not(
    qtbot: QtBot, pool: Pool
) -> None:
    told: list[tuple[threading.Thread, threading.Thread]] = []
    pool.run(threading.current_thread, lambda at: told.append((at, threading.current_thread())))
    qtbot.waitUntil(lambda: pool.is_idle, timeout=GENEROUS_MS)

    ((worked, heard),) = told
    assert worked is not threading.main_thread()
    assert heard is threading.main_thread()


def test_a_failure_without_a_handler_is_told_by_the_pool(qtbot: QtBot, pool: Pool) -> None:
    with qtbot.waitSignal(pool.failed, timeout=GENEROUS_MS) as told:
        pool.run(fail)
    assert str(told.args[0]) == "broken"


def test_what_the_work_holds_is_let_go_on_the_gui_thread(qtbot: QtBot, pool: Pool) -> None:
    class Held:
        """Stands for a widget that a function refers to."""

    ended_on: list[threading.Thread] = []

    def begin() -> None:
        held = Held()
        weakref.finalize(held, lambda: ended_on.append(threading.current_thread()))
        pool.run(lambda: id(held))

    for _ in range(50):
        begin()
    qtbot.waitUntil(lambda: pool.is_idle and len(ended_on) == 50, timeout=GENEROUS_MS)

    assert set(ended_on) == {threading.main_thread()}


def test_a_call_is_awaited_for_its_result_or_its_failure(qapp: QApplication) -> None:
    async def act() -> None:
        operations = Operations()
        assert await operations.call(lambda: 42) == 42
        with pytest.raises(ValueError, match="broken"):
            await operations.call(fail)

    played(qapp, act())


def test_a_call_is_begun_before_it_is_awaited(qapp: QApplication) -> None:
    async def act() -> None:
        operations, order = Operations(), list[str]()
        save = operations.call(lambda: order.append("save"))
        await operations.call(lambda: order.append("read"))
        await save
        assert order == ["save", "read"]

    played(qapp, act())


def test_handlers_and_those_who_await_hear_in_the_order_in_which_they_asked(
    qapp: QApplication,
) -> None:
    async def act() -> None:
        operations, gate, order = Operations(), threading.Event(), list[str]()

        async def read(name: str) -> None:
            await operations.call(lambda: gate.wait(30))
            order.append(name)

        first = asyncio.ensure_future(read("read"))
        await asyncio.sleep(0)
        operations.run(lambda: None, lambda _none: order.append("saved"))
        second = asyncio.ensure_future(read("read again"))
        await asyncio.sleep(0)
        gate.set()
        # All three are done before the loop hears of any.
        operations.wait(GENEROUS_MS)
        await asyncio.wait([first, second])
        assert order == ["read", "saved", "read again"]

    played(qapp, act())


def test_a_failure_that_nobody_awaits_any_more_is_told(qapp: QApplication) -> None:
    async def act() -> None:
        operations, gate = Operations(), threading.Event()
        told: list[Exception] = []
        heard = asyncio.Event()
        operations.failed.connect(told.append)
        operations.failed.connect(lambda _error: heard.set())

        def work() -> None:
            gate.wait(30)
            fail()

        async def wait() -> None:
            await operations.call(work)

        waiting = asyncio.ensure_future(wait())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        gate.set()
        await heard.wait()
        assert [str(error) for error in told] == ["broken"]

    played(qapp, act())


def test_after_the_end_nothing_is_begun_and_whoever_waits_is_let_go(qapp: QApplication) -> None:
    async def act() -> None:
        operations, done = Operations(), list[int]()
        assert await asyncio.to_thread(operations.finish)
        operations.run(lambda: done.append(1))
        with pytest.raises(asyncio.CancelledError):
            await operations.call(lambda: done.append(2))
        assert done == []
        assert operations.is_idle

    played(qapp, act())


def test_work_that_outlasts_its_pool_ends_in_silence(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", raised.append)
    monkeypatch.setattr(sys, "excepthook", lambda *what: raised.append(what))
    pool, begun, may_end, ended = Pool(1), threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert may_end.wait(GENEROUS_MS / 1000)
        ended.set()

    pool.run(work, lambda _result: raised.append("told"))
    assert begun.wait(GENEROUS_MS / 1000)
    letting_end = threading.Timer(0.1, may_end.set)
    letting_end.start()
    shiboken6.delete(pool)
    assert ended.is_set(), "who deletes it waits for the thread"
    letting_end.join()
    QApplication.processEvents()

    assert raised == []
