"""Short transactions of several threads: one flush for all, and each stored or not by itself."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.errors import ArborisError, ErrorKind, RuleError, StorageError
from arboris_desktop.storage.engine import database_file, group_commit
from arboris_desktop.storage.engine.group_commit import WriteTurn
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.engine.sqlite_store import SqliteStore
from tests.support.copied_schema import copy_schema

WAIT_SECONDS = 60.0

Block = Callable[[Connection], None]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, nobody loses patience."""
    monkeypatch.setattr(group_commit, "LONGEST_SECONDS", WAIT_SECONDS)
    monkeypatch.setattr(group_commit, "BUSY_SECONDS", WAIT_SECONDS)


@contextmanager
def opened(home: Path) -> Iterator[SqliteStore]:
    paths = DataPaths(home)
    paths.create()
    store = SqliteStore(paths, utc_now, copy_schema)
    with store.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (id INTEGER PRIMARY KEY, word TEXT)")
        connection.exec_driver_sql(
            "CREATE TABLE owned (owner INTEGER REFERENCES kept DEFERRABLE INITIALLY DEFERRED)"
        )
    yield store
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with opened(tmp_path / "home") as store:
        yield store


def stored(store: SqliteStore) -> list[str]:
    """The words that a reader of the file sees, in the order in which they were written."""
    with closing(sqlite3.connect(store.place)) as reader:
        return [word for (word,) in reader.execute("SELECT word FROM kept ORDER BY id")]


def keep(word: str) -> Block:
    def block(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO kept (word) VALUES (?)", (word,))

    return block


def fail(word: str) -> Block:
    def block(connection: Connection) -> None:
        keep(word)(connection)
        raise RuleError(ErrorKind.NOTHING_NEW, word)

    return block


def together(store: SqliteStore, block: Block) -> None:
    with store.writing_in("novel") as connection:
        block(connection)


def alone(store: SqliteStore, block: Block) -> None:
    with store.writing() as connection:
        block(connection)


def waiting(store: SqliteStore) -> int:
    return len(store._commits._turn._waiting)


def until(condition: Callable[[], bool]) -> None:
    """Waits for other threads to queue up, of which no signal tells."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def in_line(store: SqliteStore, *works: Callable[[], None]) -> list[Future[None]]:
    """Runs each on a thread, in this order, the others waiting while the first block runs."""
    begun, may_end = threading.Event(), threading.Event()

    def first() -> None:
        with store.writing_in("novel"):
            begun.set()
            assert may_end.wait(WAIT_SECONDS)

    with ThreadPoolExecutor(len(works) + 1) as pool:
        futures = [pool.submit(first)]
        assert begun.wait(WAIT_SECONDS)
        for number, work in enumerate(works, start=1):
            futures.append(pool.submit(work))
            until(lambda number=number: waiting(store) == number)  # type: ignore[misc]
        may_end.set()
    return futures[1:]


def of_blocks(store: SqliteStore, blocks: Sequence[Block]) -> list[Future[None]]:
    return in_line(store, *(lambda block=block: together(store, block) for block in blocks))


@contextmanager
def told(store: SqliteStore) -> Iterator[list[str]]:
    """The statements that SQLite runs in the block, as it tells them itself."""
    statements: list[str] = []
    with store.open_file() as driver:
        driver.set_trace_callback(statements.append)
    yield statements
    with store.open_file() as driver:
        driver.set_trace_callback(None)


def test_blocks_that_wait_for_each_other_are_committed_once(store: SqliteStore) -> None:
    words = ["one", "two", "three", "four"]
    with told(store) as statements:
        for future in of_blocks(store, [keep(word) for word in words]):
            future.result()
    assert stored(store) == words
    assert statements.count("COMMIT") == 1


def test_a_block_alone_is_committed_by_itself(store: SqliteStore) -> None:
    with told(store) as statements:
        together(store, keep("one"))
        together(store, keep("two"))
    assert statements.count("COMMIT") == 2
    assert not any("SAVEPOINT" in statement for statement in statements)


def test_no_block_ends_before_it_is_stored(store: SqliteStore) -> None:
    """The first one has done all that it does; while the second runs, nothing is stored."""
    begun, may_end = threading.Event(), threading.Event()

    def second(connection: Connection) -> None:
        keep("second")(connection)
        begun.set()
        assert may_end.wait(WAIT_SECONDS)

    def look() -> None:
        assert begun.wait(WAIT_SECONDS)
        seen.append((stored(store), ended.is_set()))
        may_end.set()

    def first() -> None:
        together(store, keep("first"))
        ended.set()

    seen: list[tuple[list[str], bool]] = []
    ended = threading.Event()
    looking = threading.Thread(target=look)
    looking.start()
    for future in in_line(store, first, lambda: together(store, second)):
        future.result()
    looking.join(WAIT_SECONDS)
    assert seen == [([], False)]
    assert stored(store) == ["first", "second"]


def test_who_has_waited_long_enough_is_stored_although_others_wait(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "LONGEST_SECONDS", 0.0)
    with told(store) as statements:
        for future in of_blocks(store, [keep("one"), keep("two")]):
            future.result()
    assert statements.count("COMMIT") == 3


def test_a_transaction_of_its_own_begins_when_those_before_it_are_stored(
    store: SqliteStore,
) -> None:
    def whole(connection: Connection) -> None:
        assert stored(store) == ["before"]
        keep("undone")(connection)
        raise RuleError(ErrorKind.NOTHING_NEW, "")

    before, own, after = in_line(
        store,
        lambda: together(store, keep("before")),
        lambda: alone(store, whole),
        lambda: together(store, keep("after")),
    )
    before.result()
    after.result()
    assert isinstance(own.exception(), RuleError)
    assert stored(store) == ["before", "after"]


def test_a_look_for_others_that_waits_is_not_misled(store: SqliteStore) -> None:
    looks: list[bool] = []
    with closing(sqlite3.connect(store.place)) as another:
        assert not store.changed_elsewhere(wait=True)
        for future in in_line(
            store,
            lambda: together(store, keep("ours")),
            lambda: looks.append(store.changed_elsewhere(wait=True)),
        ):
            future.result()
        another.execute("INSERT INTO kept (word) VALUES ('theirs')")
        another.commit()
    looks.append(store.changed_elsewhere(wait=True))
    assert looks == [False, True]


@given(outcomes=st.lists(st.booleans(), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_each_block_is_kept_or_undone_by_itself(outcomes: list[bool]) -> None:
    words = [str(number) for number in range(len(outcomes))]
    blocks = [keep(w) if kept else fail(w) for w, kept in zip(words, outcomes, strict=True)]
    with TemporaryDirectory() as folder, opened(Path(folder) / "home") as store:
        futures = of_blocks(store, blocks)
        errors = [future.exception() for future in futures]
        assert [error is None for error in errors] == outcomes
        assert all(error is None or isinstance(error, RuleError) for error in errors)
        assert stored(store) == [w for w, kept in zip(words, outcomes, strict=True) if kept]
        together(store, keep("next"))
        assert stored(store)[-1] == "next"


def test_a_first_block_that_fails_leaves_nothing(store: SqliteStore) -> None:
    with pytest.raises(RuleError):
        together(store, fail("one"))
    together(store, keep("two"))
    assert stored(store) == ["two"]


def orphan(connection: Connection) -> None:
    """Writes what is refused at the commit only."""
    connection.exec_driver_sql("INSERT INTO owned VALUES (9999)")


def undone(connection: Connection) -> None:
    """As SQLite undoes everything where a disk fails at the worst moment."""
    connection.connection.driver_connection.rollback()  # type: ignore[union-attr]


def undone_with_an_error(connection: Connection) -> None:
    undone(connection)
    raise StorageError(ErrorKind.DISK_FULL, "database or disk is full")


@pytest.mark.parametrize("breaks", [orphan, undone, undone_with_an_error])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_where_the_commit_fails_all_are_told(store: SqliteStore, breaks: Block, place: int) -> None:
    blocks = [keep("one"), keep("two")]
    blocks.insert(place, breaks)
    told = [future.exception() for future in of_blocks(store, blocks)]
    is_told = [isinstance(error, ArborisError) for error in told]
    # Blocks that came after a transaction was undone begin another one.
    assert is_told[: place + 1] == [True] * (place + 1)
    assert stored(store) == [
        word
        for word, lost in zip(("one", "two"), is_told[:place] + is_told[place + 1 :], strict=True)
        if not lost
    ]
    assert breaks is not orphan or is_told == [True] * 3
    together(store, keep("next"))
    assert stored(store)[-1] == "next"


def test_on_a_full_disk_what_was_told_is_true(store: SqliteStore) -> None:
    def endless(connection: Connection) -> None:
        keep("x" * 50_000_000)(connection)

    with store.open_file() as driver:
        driver.execute("PRAGMA max_page_count = 2000")
    words = ["before", "", "after"]
    errors = [f.exception() for f in of_blocks(store, [keep("before"), endless, keep("after")])]
    assert isinstance(errors[1], StorageError)
    assert errors[1].kind is ErrorKind.DISK_FULL
    assert stored(store) == [w for w, error in zip(words, errors, strict=True) if error is None]


def test_who_finds_another_file_tells_all_that_wrote(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_file, "AGAIN_SECONDS", 0.01)

    def exchanged(_connection: Connection) -> None:
        Path(store.place).rename(f"{store.place}.gone")

    for future in of_blocks(store, [keep("one"), exchanged]):
        error = future.exception()
        assert isinstance(error, StorageError)
        assert error.kind is ErrorKind.DATABASE_EXCHANGED


def test_while_another_program_writes_all_wait_and_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arboris_desktop.storage.engine.sqlite.BUSY_SECONDS", 0.05)
    with opened(tmp_path / "home") as store, closing(sqlite3.connect(store.place)) as another:
        another.isolation_level = None
        another.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(3) as pool:
            words = [pool.submit(together, store, keep(word)) for word in "abc"]
        for future in words:
            error = future.exception()
            assert isinstance(error, StorageError)
            assert error.kind is ErrorKind.DATABASE_LOCKED
        another.execute("ROLLBACK")
        together(store, keep("next"))
        assert stored(store) == ["next"]


def test_nothing_is_lost_or_written_twice_by_many_threads(store: SqliteStore) -> None:
    def work(thread: int) -> list[str]:
        told = []
        for number in range(40):
            word = f"{thread}-{number}"
            block = fail(word) if number % 7 == 3 else keep(word)
            write = alone if number % 11 == 5 else together
            try:
                write(store, block)
            except RuleError:
                continue
            assert word in stored(store)
            told.append(word)
        return told

    with ThreadPoolExecutor(5) as pool:
        told = [word for words in pool.map(work, range(5)) for word in words]
    assert sorted(stored(store)) == sorted(told)


class TestTurn:
    def test_is_given_in_the_order_of_asking(self) -> None:
        turn, came = WriteTurn(), list[int]()

        def ask(number: int) -> None:
            assert turn.take(seconds=WAIT_SECONDS)
            came.append(number)
            turn.give_back()

        assert turn.take(seconds=0)
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
        for number, thread in enumerate(threads, start=1):
            thread.start()
            until(lambda number=number: len(turn._waiting) == number)  # type: ignore[misc]
        turn.give_back()
        for thread in threads:
            thread.join(WAIT_SECONDS)
        assert came == list(range(5))

    def test_is_not_given_to_who_has_stopped_waiting(self) -> None:
        turn = WriteTurn()
        assert turn.take(seconds=0)
        with ThreadPoolExecutor(1) as pool:
            assert not pool.submit(turn.take, seconds=0.01).result()
            assert not pool.submit(turn.take, seconds=0).result()
        assert not turn.hand_over()
        assert turn.is_ours()
        turn.give_back()
        assert turn.take(seconds=0)
