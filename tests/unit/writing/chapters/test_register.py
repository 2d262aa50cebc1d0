"""One writer for each chapter: within a process, between processes, and after a death."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from arboris_desktop.domain.chapter_writers import ChapterBusyError, Program, WriterKind
from arboris_desktop.domain.errors import NotFoundError, StorageError
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine import sqlite as engine
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import NovelContents

_OTHER_PROCESS = """
import asyncio, sys
from pathlib import Path
from arboris_desktop.domain.chapter_writers import Program, WriterKind
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.chapters.register import ChapterRegister

async def hold():
    paths = DataPaths(Path(sys.argv[1]))
    instance = Instance(paths.instances)
    register = ChapterRegister(Database(paths), instance, Program.COMMAND)
    async with register.reserve(int(sys.argv[2]), WriterKind.DRAFT):
        print("holds", flush=True)
        await asyncio.to_thread(sys.stdin.read)
    print("left", flush=True)
    await asyncio.sleep(60)

asyncio.run(hold())
"""


@pytest.fixture
def chapter_id(novel: NovelContents) -> int:
    return novel.chapters[0].id


@contextmanager
def held_elsewhere(home: Path, chapter_id: int) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the chapter until its input is closed."""
    with subprocess.Popen(
        [sys.executable, "-c", _OTHER_PROCESS, str(home), str(chapter_id)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "holds\n"
        try:
            yield other
        finally:
            other.kill()


async def take(
    register: ChapterRegister, chapter_id: int, kind: WriterKind = WriterKind.DRAFT
) -> None:
    async with register.reserve(chapter_id, kind):
        pass


@pytest.mark.parametrize("second", list(WriterKind))
def test_a_chapter_has_one_writer_of_whatever_kind(
    register: ChapterRegister, chapter_id: int, novel: NovelContents, second: WriterKind
) -> None:
    async def run() -> None:
        async with register.reserve(chapter_id, WriterKind.AUTO, 7):
            with pytest.raises(ChapterBusyError) as caught:
                await take(register, chapter_id, second)
            assert caught.value.is_here
            assert caught.value.writer.kind is WriterKind.AUTO
            assert "auto-writer" in caught.value.message
            await take(register, novel.chapters[1].id, second)
            assert [writer.chapter_id for writer in register.here()] == [chapter_id]
        await take(register, chapter_id, second)

    asyncio.run(run())
    assert not register.is_writing


def test_candidates_share_their_chapter_and_a_run_shares_it_with_its_steps(
    register: ChapterRegister, chapter_id: int, database: Database
) -> None:
    async def run() -> None:
        async with register.reserve(chapter_id, WriterKind.CANDIDATES):
            await take(register, chapter_id, WriterKind.CANDIDATES)
            assert register.writer_here(chapter_id) is not None
            assert rows(database) == [chapter_id], "the first holds it still"
            with pytest.raises(ChapterBusyError):
                await take(register, chapter_id)
        async with (
            register.reserve(chapter_id, WriterKind.AUTO, 1),
            register.reserve(chapter_id, WriterKind.AUTO, 1),
        ):
            with pytest.raises(ChapterBusyError):
                register.refuse_busy(chapter_id, WriterKind.AUTO, 2)
            register.refuse_busy(chapter_id, WriterKind.AUTO, 1)

    asyncio.run(run())
    assert rows(database) == []


def rows(database: Database) -> list[int]:
    with database.read() as transaction:
        return [writer.chapter_id for writer in transaction.writers.all()]


def test_stop_ends_whatever_writes_and_the_chapter_is_free_when_it_has_ended(
    register: ChapterRegister, novel: NovelContents, database: Database
) -> None:
    first, second, third = (chapter.id for chapter in novel.chapters)
    changes: list[int] = []
    register.on_change(lambda: changes.append(len(register.here())))

    async def write(chapter_id: int, kind: WriterKind, run_id: int | None = None) -> None:
        async with register.reserve(chapter_id, kind, run_id):
            await asyncio.Event().wait()

    async def run() -> None:
        writing = [
            asyncio.ensure_future(write(first, WriterKind.CANDIDATES)),
            asyncio.ensure_future(write(first, WriterKind.CANDIDATES)),
            asyncio.ensure_future(write(second, WriterKind.AUTO, 1)),
            asyncio.ensure_future(write(third, WriterKind.DRAFT)),
        ]
        while len(rows(database)) < 3:
            await asyncio.sleep(0)
        register.stop(first)
        await asyncio.wait(writing[:2])
        assert [task.cancelled() for task in writing[:2]] == [True, True]
        assert {writer.chapter_id for writer in register.here()} == {second, third}

        await register.finish()

        assert all(task.cancelled() for task in writing)
        assert not register.is_writing

    asyncio.run(run())
    assert rows(database) == []
    assert changes[-1] == 0


def test_a_run_that_is_stopped_is_not_cancelled_twice(
    register: ChapterRegister, chapter_id: int
) -> None:
    """A second cancellation would cut short the storing of what came."""
    ended: list[str] = []
    begun = asyncio.Event()

    async def step() -> None:
        async with register.reserve(chapter_id, WriterKind.AUTO, 1):
            try:
                begun.set()
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0)
                ended.append("stored")

    async def work() -> None:
        async with register.reserve(chapter_id, WriterKind.AUTO, 1):
            await asyncio.gather(step())

    async def run() -> None:
        work_task = asyncio.ensure_future(work())
        await begun.wait()
        await register.finish()
        assert work_task.cancelled()

    asyncio.run(run())
    assert ended == ["stored"]


def test_another_process_keeps_its_chapter_until_it_leaves_it_or_dies(
    register: ChapterRegister, database: Database, chapter_id: int
) -> None:
    home = database.paths.home
    with held_elsewhere(home, chapter_id) as other:
        with pytest.raises(ChapterBusyError) as caught:
            asyncio.run(take(register, chapter_id))
        assert not caught.value.is_here
        assert caught.value.writer.program is Program.COMMAND
        assert str(other.pid) in caught.value.message
        assert [writer.chapter_id for writer in register.elsewhere()] == [chapter_id]
        with pytest.raises(ChapterBusyError):
            register.refuse_busy(chapter_id)

        assert other.stdin is not None
        assert other.stdout is not None
        other.stdin.close()
        assert other.stdout.readline() == "left\n"

        assert register.elsewhere() == ()
        asyncio.run(take(register, chapter_id))

    with held_elsewhere(home, chapter_id) as other:
        other.kill()
        other.wait()
        assert rows(database) == [chapter_id], "nobody could take its row back"
        assert register.elsewhere() == ()
        register.refuse_busy(chapter_id)
        asyncio.run(take(register, chapter_id))
    assert rows(database) == []


def test_what_cannot_be_noted_is_not_begun_and_what_cannot_be_released_is_released_later(
    register: ChapterRegister,
    database: Database,
    chapter_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    locked = sqlite3.connect(database.paths.database, isolation_level=None)

    async def run() -> None:
        locked.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError):
            await take(register, chapter_id)
        locked.execute("ROLLBACK")
        async with register.reserve(chapter_id, WriterKind.DRAFT):
            locked.execute("BEGIN IMMEDIATE")
        assert not register.is_writing
        locked.execute("ROLLBACK")
        assert rows(database) == [chapter_id]

    asyncio.run(run())
    locked.close()
    register.settle()
    assert rows(database) == []


def test_a_chapter_that_is_gone_cannot_be_reserved(
    register: ChapterRegister, database: Database
) -> None:
    with pytest.raises(NotFoundError):
        asyncio.run(take(register, 999))
    assert not register.is_writing
