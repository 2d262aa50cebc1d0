"""Rounds with services on a server's library: the database is killed beneath a worker, or the
interface while somebody follows it."""

from __future__ import annotations

import contextlib
import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.faults.kill_book import STEPS
from tests.faults.kill_model import WAIT_SECONDS
from tests.faults.kill_phases import STEP_PACE
from tests.faults.kill_result import Found
from tests.faults.stage import BrokenRoundError, Round, Running

_HELD = "SELECT count(*) FROM pending_analysis WHERE status = 'processing'"
_UNFINISHED = "SELECT count(*) FROM pending_analysis WHERE status IN ('pending', 'processing')"
_NOTICES = "SELECT id FROM analysis_notifications"

_LOOK_SECONDS = 0.05


def kill_database(this: Round) -> Found:
    """A worker works, and the server's processes are killed; it goes on when the server is back,
    without being started again."""
    assert this.library is not None
    this.model.step_pace = STEP_PACE
    after = this.random.randint(1, len(STEPS) * len(this.expected.before) - 1)
    worker = this.start("work", "--poll-seconds", "5", "--max-concurrent", "2")
    if not this.model.until(lambda: this.model.count() >= after, worker.alive):
        raise BrokenRoundError(f"the worker ended early: {worker.words()}")
    time.sleep(this.random.uniform(0.0, 0.2))
    held = this.look(_HELD)
    this.library.server.kill()
    time.sleep(this.random.uniform(0.0, 3.0))
    this.library.server.start()
    problems = _ended(this, worker)
    return Found(f"{held} processing", hit=bool(held), problems=problems)


def _ended(this: Round, worker: Running) -> list[str]:
    """Waits until the worker has done all, and ends it as a service is."""
    problems = []
    if not _until(this, worker):
        problems.append(f"the worker did not go on: {worker.words()}")
    worker.send(signal.SIGTERM)
    code = worker.end()
    return problems if code == 0 else [*problems, f"the worker: {code}, {worker.words()}"]


def _until(this: Round, worker: Running) -> bool:
    end = time.monotonic() + WAIT_SECONDS
    while this.look(_UNFINISHED) != 0:
        if not worker.alive() or time.monotonic() > end:
            return False
        time.sleep(_LOOK_SECONDS)
    return True


def kill_interface(this: Round) -> Found:
    """Somebody follows the notifications while the interface is killed and started again; they get
    each, once."""
    this.model.step_pace = STEP_PACE
    follower = _Follower()
    with _serving(this) as (served, address):
        follower.follow(address)
        analysing = this.start("analyse", "--until-empty")
        after = this.random.randint(1, len(STEPS) * len(this.expected.before))
        this.model.until(lambda: this.model.count() >= after, analysing.alive)
        time.sleep(this.random.uniform(0.0, 0.2))
        served.send(signal.SIGKILL)
        served.end()
        follower.end()
    seen = len(follower.ids)
    with _serving(this) as (_served, address):
        follower.follow(address)
        code = analysing.end()
        problems = [] if code == 0 else [f"who analysed: {code}, {analysing.words()}"]
        with this.autopsy() as snapshot:
            there = [row[0] for row in snapshot.rows(_NOTICES)]
        follower.await_all(len(there))
    told = Counter(follower.ids)
    problems += [f"notification {n} was never told" for n in there if not told[n]]
    problems += [f"notification {n} was told {told[n]} times" for n in told if told[n] > 1]
    return Found(f"{seen} of {len(there)} told before", hit=True, problems=problems)


@contextlib.contextmanager
def _serving(this: Round) -> Iterator[tuple[Running, str]]:
    """The interface, and the address of its WebSocket."""
    running = this.start("serve", "--port", "0")
    end = time.monotonic() + WAIT_SECONDS
    while not running.words().startswith("serves "):
        if not running.alive() or time.monotonic() > end:
            raise BrokenRoundError(f"nothing is served: {running.words()}")
        time.sleep(_LOOK_SECONDS)
    address = running.words().split()[1].replace("http://", "ws://")
    try:
        yield running, f"{address}/ws/notifications"
    finally:
        running.send(signal.SIGTERM)
        running.end()


class _Follower:
    """A client that follows the notifications, and goes on after the last one when the connection
    is lost."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self._thread: threading.Thread | None = None
        self._connected = threading.Event()

    def follow(self, address: str) -> None:
        """Connects, and listens on a thread from then on."""
        self._connected.clear()
        after = self.ids[-1] if self.ids else 0
        self._thread = threading.Thread(target=self._listen, args=(f"{address}?after={after}",))
        self._thread.start()
        self._connected.wait(WAIT_SECONDS)

    def _listen(self, address: str) -> None:
        with contextlib.suppress(ConnectionClosed, OSError), connect(address, proxy=None) as socket:
            self._connected.set()
            for message in socket:
                self.ids.append(int(json.loads(message)["id"]))

    def end(self) -> None:
        """Waits until the connection is lost."""
        if self._thread is not None:
            self._thread.join(WAIT_SECONDS)

    def await_all(self, count: int) -> None:
        """Waits until so many were told."""
        end = time.monotonic() + WAIT_SECONDS
        while len(self.ids) < count and time.monotonic() < end:
            time.sleep(_LOOK_SECONDS)
