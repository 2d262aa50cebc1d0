"""Short transactions of several threads that reach the disk by one flush.

To flush takes as long as all else that a short transaction does. A thread whose block has ended
while others wait leaves the commit to the next of them, and is told how it ended: a group commit,
as servers of databases have. Each block is kept or undone by itself, within a savepoint.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from sqlalchemy import Connection

from arboris_desktop.domain.errors import ArborisError, ErrorKind, StorageError
from arboris_desktop.storage.engine.errors import storage_errors
from arboris_desktop.storage.engine.sqlite import BUSY_SECONDS, driver_connection

LONGEST_SECONDS = 0.02
"""The longest time for which a block that has ended waits for those that come after it to begin."""

_NOT_KEPT = "the transaction that it was part of was undone"


class WriteTurn:
    """The right to write, which the threads of this process give to each other in the order in
    which they asked.

    SQLite lets waiting writers sleep and look again, up to 100 ms each time; here they wake up.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._holder: int | None = None
        self._waiting: deque[tuple[int, threading.Lock]] = deque()

    def take(self, *, seconds: float) -> bool:
        """Takes it until it is given back; false if others have it all the time."""
        thread, wakes = threading.get_ident(), threading.Lock()
        with self._mutex:
            if self._holder is None:
                self._holder = thread
                return True
            if not seconds:
                return False
            wakes.acquire()
            self._waiting.append((thread, wakes))
        try:
            wakes.acquire(timeout=seconds)
        finally:
            with self._mutex, suppress(ValueError):
                self._waiting.remove((thread, wakes))
        return self.is_ours()

    def is_ours(self) -> bool:
        """True if this thread has it."""
        return self._holder == threading.get_ident()

    def hand_over(self) -> bool:
        """Gives it to the thread that has waited longest; false, and still ours, if none waits."""
        with self._mutex:
            return self._pass_on()

    def give_back(self) -> None:
        """Gives it to the thread that has waited longest, or to whoever asks first."""
        with self._mutex:
            if not self._pass_on():
                self._holder = None

    def _pass_on(self) -> bool:
        if not self._waiting:
            return False
        self._holder, wakes = self._waiting.popleft()
        wakes.release()
        return True


class _Group:
    """Blocks that share a transaction."""

    def __init__(self, transaction: AbstractContextManager[Connection]) -> None:
        self._transaction = transaction
        self.connection = transaction.__enter__()
        self._driver = driver_connection(self.connection)
        self._blocks = 0
        self._closes_at = 0.0
        self._is_over = threading.Event()
        self._error: BaseException | None = None

    def takes_more(self) -> bool:
        """False when the block that ended first has waited long enough."""
        return time.monotonic() < self._closes_at

    @contextmanager
    def block(self) -> Iterator[None]:
        """Keeps what the block changes, or lets ``undo`` undo it if it raises."""
        is_first = not self._blocks
        if not is_first:
            self._driver.execute("SAVEPOINT block")
        yield
        if not self._driver.in_transaction:
            raise StorageError(ErrorKind.DISK_ERROR, _NOT_KEPT)
        if is_first:
            self._closes_at = time.monotonic() + LONGEST_SECONDS
        else:
            self._driver.execute("RELEASE block")
        self._blocks += 1

    def undo(self) -> bool:
        """Undoes the block that raised, and nothing else; false if it is the only one, or if SQLite
        has undone them all."""
        if not (self._blocks and self._driver.in_transaction):
            return False
        try:
            self._driver.execute("ROLLBACK TO block")
            self._driver.execute("RELEASE block")
        except sqlite3.Error:
            return False
        return True

    def end(self, error: BaseException | None = None) -> None:
        """Commits the transaction, or undoes all of it because of an error.

        Raises nothing: ``wait`` tells each of the blocks how it ended.
        """
        self._error = error
        try:
            if error is None:
                self._transaction.__exit__(None, None, None)
            else:
                self._transaction.__exit__(type(error), error, error.__traceback__)
        except BaseException as failure:
            self._error = failure
        finally:
            self._is_over.set()

    def wait(self) -> None:
        """Returns when the transaction is committed; raises what hindered that."""
        self._is_over.wait()
        if isinstance(self._error, ArborisError):
            # An error of its own for each thread: they add to its traceback.
            raise type(self._error)(self._error.kind, self._error.message) from self._error
        if self._error is not None:
            raise StorageError(ErrorKind.DISK_ERROR, _NOT_KEPT) from self._error


class GroupCommit:
    """Gives the right to write: for transactions alone, or for a block of a common one.

    Nothing is uncommitted while nobody has the right. Whoever ends a block commits, unless it can
    give the right to a thread that waits for it; that one joins, or commits before all else.
    """

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction
        self._turn = WriteTurn()
        self._group: _Group | None = None

    @contextmanager
    def alone(self, *, wait: bool = True) -> Iterator[bool]:
        """The right to write for the length of a block, with nothing left uncommitted before it.

        Yields false, without the right, where another thread has it and nobody waits.
        """
        if wait:
            self._wait_for_turn()
        elif not self._turn.take(seconds=0):
            yield False
            return
        try:
            self._end_group()
            yield True
        finally:
            self._turn.give_back()

    @contextmanager
    def together(self) -> Iterator[Connection]:
        """A block that is stored when it has ended, or left no trace; others may share its commit.

        What it does must be short, since they wait for it.
        """
        self._wait_for_turn()
        try:
            group = self._group = self._group or _Group(self._transaction())
            try:
                with storage_errors(), group.block():
                    yield group.connection
            except BaseException as error:
                self._end_group(None if group.undo() else error)
                raise
            if not (group.takes_more() and self._turn.hand_over()):
                self._end_group()
        finally:
            if self._turn.is_ours():
                self._turn.give_back()
        group.wait()

    def _wait_for_turn(self) -> None:
        is_ours = False
        try:
            is_ours = self._turn.take(seconds=BUSY_SECONDS)
        finally:
            # An interruption may come just after the right, with which comes the duty to commit.
            if not is_ours and self._turn.is_ours():
                self._end_group()
                self._turn.give_back()
        if not is_ours:
            raise StorageError(ErrorKind.DATABASE_LOCKED, "another thread is writing")

    def _end_group(self, error: BaseException | None = None) -> None:
        group, self._group = self._group, None
        if group is not None:
            group.end(error)
