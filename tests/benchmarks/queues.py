"""Our queue and its peers, filled and ready to be worked, all with one flush for each commit.

What a "done" task costs and keeps differs, and is told in docs/performance.md.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.tasks.queue import AnalysisQueue
from tests.benchmarks.books import add_novel, queue_all


class FilledQueue(ABC):
    """A queue in an empty folder with ``count`` waiting tasks."""

    name = ""

    @abstractmethod
    def __init__(self, folder: Path, count: int) -> None: ...

    def new_worker(self) -> FilledQueue:
        """The means of one more thread; by default all of them share this."""
        return self

    @abstractmethod
    def work_one(self) -> bool:
        """Claims a task and completes it; false when none is left."""

    @abstractmethod
    def done(self) -> int:
        """The number of completed tasks, by the queue's own account."""

    @abstractmethod
    def close(self) -> None:
        """Closes the files."""


class OurQueue(FilledQueue):
    """A task is completed, and the next one claimed, in one transaction, as the worker does it."""

    name = "Arboris"

    def __init__(self, folder: Path, count: int) -> None:
        paths = DataPaths(folder)
        self.database = Database(paths)
        self._instance = Instance(paths.instances)
        self.queue = AnalysisQueue(self.database, self._instance)
        self.project_id = add_novel(self.database, count, "她回家了。")
        queue_all(self.database, self.project_id)
        self._worker = self.new_worker()

    def new_worker(self) -> FilledQueue:
        return _OurWorker(self)

    def work_one(self) -> bool:
        return self._worker.work_one()

    def done(self) -> int:
        return self.queue.counts().completed

    def close(self) -> None:
        self._instance.close()
        self.database.close()


class _OurWorker(FilledQueue):
    """A thread of the processor, which goes on with what it claimed as it completed the last."""

    name = OurQueue.name

    def __init__(self, queue: OurQueue) -> None:
        self._owner = queue
        self._task: AnalysisTask | None = None

    def work_one(self) -> bool:
        queue, database = self._owner.queue, self._owner.database
        task = self._task or queue.claim_next()
        if task is None:
            return False
        with database.write_in(task.project_id) as transaction:
            done = transaction.attempts.complete(
                task, result={}, spent=Spent(), duration_seconds=0.0
            )
            successor = queue.claim_successor(transaction)
        self._task = successor
        return done

    def done(self) -> int:
        return self._owner.done()

    def close(self) -> None:
        """Nothing: the queue is closed by whoever made it."""


class HueyQueue(FilledQueue):
    """huey with ``fsync=True``: one connection for all threads, results stored."""

    name = "huey"

    def __init__(self, folder: Path, count: int) -> None:
        huey: Any = importlib.import_module("huey")
        self._huey = huey.SqliteHuey(filename=str(folder / "huey.db"), fsync=True)
        work = self._huey.task()(_work)
        for _ in range(count):
            work()

    def work_one(self) -> bool:
        task = self._huey.dequeue()
        if task is None:
            return False
        self._huey.execute(task)
        return True

    def done(self) -> int:
        return int(self._huey.storage.result_store_size())

    def close(self) -> None:
        self._huey.storage.close()


class LiteQueue(FilledQueue):
    """litequeue, a connection for each thread; ``synchronous`` raised from its NORMAL to FULL."""

    name = "litequeue"

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        module: Any = importlib.import_module("litequeue")
        self._queue = module.LiteQueue(str(folder / "lite.db"), timeout=30)
        self._queue.conn.execute("PRAGMA synchronous = FULL")
        for _ in range(count):
            self._queue.put("work")

    def new_worker(self) -> LiteQueue:
        return LiteQueue(self._folder, 0)

    def work_one(self) -> bool:
        message = self._queue.pop()
        if message is None:
            return False
        self._queue.done(message.message_id)
        return True

    def done(self) -> int:
        query = "SELECT count(*) FROM Queue WHERE done_time IS NOT NULL"
        return int(self._queue.conn.execute(query).fetchone()[0])

    def close(self) -> None:
        self._queue.conn.close()


class PersistQueue(FilledQueue):
    """persist-queue's ``SQLiteAckQueue``: one connection for all threads (WAL, SQLite's FULL)."""

    name = "persist-queue"

    def __init__(self, folder: Path, count: int) -> None:
        module: Any = importlib.import_module("persistqueue")
        self._empty = module.Empty
        self._queue = module.SQLiteAckQueue(str(folder), multithreading=True)
        self._queue._getter.execute("PRAGMA synchronous = FULL")
        self._queue._putter.execute("PRAGMA synchronous = FULL")
        for _ in range(count):
            self._queue.put("work")

    def work_one(self) -> bool:
        try:
            item = self._queue.get(block=False, raw=True)
        except self._empty:
            return False
        self._queue.ack(item)
        return True

    def done(self) -> int:
        return int(self._queue.acked_count())

    def close(self) -> None:
        self._queue.close()


PEERS: tuple[type[FilledQueue], ...] = (HueyQueue, LiteQueue, PersistQueue)
MODULES = {HueyQueue: "huey", LiteQueue: "litequeue", PersistQueue: "persistqueue"}


def _work() -> int:
    return 1
