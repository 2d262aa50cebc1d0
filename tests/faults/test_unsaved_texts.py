"""A model's text that nothing could store is put aside, somewhere, and comes back."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from arboris_desktop.cli import main
from arboris_desktop.domain.auto_runs import AutoOptions, AutoRunStatus
from arboris_desktop.domain.candidates import CandidateStatus
from arboris_desktop.domain.chapter_writers import WriterKind
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.rescue import RescuedKind, UnsavedTextError
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import Services, build_services
from arboris_desktop.storage.engine import retrying_store as patience
from arboris_desktop.storage.engine import sqlite as engine
from arboris_desktop.storage.engine.fallback_folders import fallback_folders
from arboris_desktop.writing.chapters import checkpoint
from tests.faults.small_disk import fill, small_disk
from tests.support.scripted_provider import (
    Behaviour,
    Exchange,
    ScriptedProvider,
    delta_of,
    text,
)

pytestmark = pytest.mark.faults

SENTENCES = [f"Sentence {number} of a chapter that is paid for. " for number in range(100)]
STORY = "".join(SENTENCES)
# A model that writes three times what it may is stopped.
QUICK = WritingSettings(target_words=10_000, candidates=1, continue_until_target=False)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(patience, "AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(checkpoint, "CHECKPOINT_SECONDS", 0.0)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of programs' state, on another disk than the data folder."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of everybody's temporary files."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@dataclass
class Author:
    """A novel with two planned chapters, reopened for each thing that is done."""

    home: Path
    provider: ScriptedProvider
    project_id: str = ""

    @contextmanager
    def services(self) -> Iterator[Services]:
        services = build_services(self.environment, keys=SessionKeyStore())
        try:
            yield services
        finally:
            services.close()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "ARBORIS_HOME": str(self.home),
            "ARBORIS_BASE_URL": self.provider.base_url,
            "ARBORIS_MODEL": "scripted",
            # A server on this computer is asked one thing at a time otherwise.
            "ARBORIS_MAX_PARALLEL": "2",
        }

    def begin(self) -> None:
        outline = tuple(OutlineChapter(title, "A plan.") for title in ("The Harbour", "The Letter"))
        with self.services() as services:
            services.preferences.set(QUICK)
            self.project_id = services.novels.create(
                NewNovel("The Dark Lighthouse", volumes=(OutlineVolume("One", outline),))
            )

    def chapter_id(self, services: Services) -> int:
        return services.novels.open(self.project_id).chapters[0].id


@pytest.fixture
def author(
    tmp_path: Path, scripted_provider: ScriptedProvider, state: Path, temporary: Path
) -> Author:
    author = Author(tmp_path / "home", scripted_provider)
    author.begin()
    return author


class Fault:
    """Nothing can be stored from the middle of an answer on, until it is ended."""

    def __init__(self, author: Author) -> None:
        self._path = author.home / "arboris.db"
        self._other: sqlite3.Connection | None = None
        self._beginning = threading.Lock()

    def amid(self, *_pieces: object) -> Behaviour:
        """The story, with the fault from its first third on."""

        def behave(exchange: Exchange) -> None:
            exchange.head()
            for number, sentence in enumerate(SENTENCES):
                if number == len(SENTENCES) // 3:
                    self.begin()
                exchange.event(delta_of(sentence))
            exchange.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            exchange.write(b"data: [DONE]\n\n")
            exchange.end()

        return behave

    def begin(self) -> None:
        """Another program writes; two answers at once both wait until it does."""
        with self._beginning:
            if self._other is None:
                # Drafts are saved without a pause here: its turn may be long in coming.
                self._other = sqlite3.connect(
                    self._path, timeout=60, isolation_level=None, check_same_thread=False
                )
                self._other.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        """The other program has written."""
        if self._other is not None:
            self._other.close()
            self._other = None


async def write(services: Services, chapter_id: int) -> None:
    async for _event in services.drafting.write(chapter_id):
        pass


def test_a_chapter_that_a_lock_outlasts_is_put_aside_whole_and_comes_back(
    author: Author, scripted_provider: ScriptedProvider
) -> None:
    fault = Fault(author)
    scripted_provider.behaviours.append(fault.amid())
    with author.services() as services:
        with pytest.raises(UnsavedTextError) as caught:
            asyncio.run(write(services, author.chapter_id(services)))
        fault.end()
        (unsaved,) = caught.value.texts
        assert unsaved.rescued.text == STORY
        assert unsaved.file is not None
        assert unsaved.file.parent == author.home / "rescue"
        assert caught.value.kind is ErrorKind.DATABASE_LOCKED
        assert not caught.value.retryable, "it is not asked for a second time"

    with author.services() as services:
        (offered,) = services.rescue.found()
        assert (offered.kind, offered.text) == (RescuedKind.DRAFT, STORY)
        services.rescue.put_back(offered)
        (draft,) = services.drafting.left_behind()
        assert draft.content == STORY
        assert draft.provider.endswith("scripted")
        assert services.rescue.found() == []
        assert list((author.home / "rescue").iterdir()) == []
        assert services.drafting.keep(draft.chapter_id).version.content == STORY.strip()
    assert len(scripted_provider.requests) == 1


def test_while_the_lock_lasts_a_kill_would_lose_no_more_than_a_moment(
    author: Author, scripted_provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text is aside before the patience is over, and gone from there once it is stored."""
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 60.0)
    fault = Fault(author)
    scripted_provider.behaviours.append(fault.amid())
    aside = author.home / "rescue"

    async def run(services: Services) -> None:
        writing = asyncio.ensure_future(write(services, author.chapter_id(services)))
        while not writing.done():
            await asyncio.sleep(0.01)
            found = services.rescue.found()
            if any(each.text == STORY for each in found):
                fault.end()
        await writing

    with author.services() as services:
        asyncio.run(run(services))
        assert services.rescue.found() == []
        version = services.editing.open(author.chapter_id(services)).version
        assert version is not None
        assert version.content == STORY.strip()
    assert list(aside.iterdir()) == []


def test_candidates_are_put_aside_each_and_come_back_to_their_places(
    author: Author, scripted_provider: ScriptedProvider
) -> None:
    fault = Fault(author)
    scripted_provider.rule = lambda _request: fault.amid()
    with author.services() as services:
        chapter_id = author.chapter_id(services)
        with pytest.raises(UnsavedTextError) as caught:
            asyncio.run(services.candidates.run_round(chapter_id, 2))
        assert [each.rescued.text for each in caught.value.texts] == [STORY, STORY]
        fault.end()

    with author.services() as services:
        for offered in services.rescue.found():
            assert offered.kind is RescuedKind.CANDIDATE
            services.rescue.put_back(offered)
        (found,) = services.rounds.rounds(chapter_id)
        assert [each.content for each in found.candidates] == [STORY, STORY]
        assert all(each.status is not CandidateStatus.STORED for each in found.candidates)
        services.rounds.keep(found.candidates[0].id)
        assert services.rescue.found() == []


def test_the_auto_writer_loses_nothing_and_asks_for_nothing_twice(
    author: Author, scripted_provider: ScriptedProvider
) -> None:
    fault = Fault(author)
    scripted_provider.behaviours.append(fault.amid())
    options = AutoOptions(candidates=1, wait_for_analysis=False, max_tokens=1_000_000)
    with author.services() as services:
        run = services.auto_writer.start(author.project_id, 1, 1, options)
        with pytest.raises(UnsavedTextError) as caught:
            asyncio.run(services.auto_writer.work(run.id, never, lambda _event: None))
        fault.end()
        assert [each.rescued.text for each in caught.value.texts] == [STORY]
        assert len(scripted_provider.requests) == 1

    scripted_provider.rule = lambda _request: text("The end.")
    with author.services() as services:
        services.rescue.put_back_generated(author.project_id)
        ended = asyncio.run(services.auto_writer.work(run.id, never, lambda _event: None))
        assert ended.status is AutoRunStatus.COMPLETED
        version = services.editing.open(author.chapter_id(services)).version
        assert version is not None
        assert version.content.startswith(STORY.rstrip())
        assert services.rescue.found() == []


async def never() -> None:
    raise AssertionError("no analysis is waited for")


# --- where there is no room ---


def filling(number: int) -> str:
    """Many characters that come in no other sentence: a model that repeats itself is stopped."""
    return "".join(chr(0x4E00 + number * 60 + place) for place in range(60)) + "。"


@contextmanager
def on_full_disk(tmp_path: Path, provider: ScriptedProvider) -> Iterator[tuple[Author, Behaviour]]:
    """An author whose data folder's disk is filled amid the answer."""
    with small_disk(tmp_path / "small", 4) as disk:
        author = Author(disk / "home", provider)
        author.begin()

        def behave(exchange: Exchange) -> None:
            exchange.head()
            for number, sentence in enumerate(SENTENCES):
                if number == len(SENTENCES) // 3:
                    fill(disk)
                exchange.event(delta_of(sentence + filling(number)))
            exchange.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            exchange.write(b"data: [DONE]\n\n")
            exchange.end()

        yield author, behave


LONG_STORY = "".join(sentence + filling(number) for number, sentence in enumerate(SENTENCES))


def test_a_full_disk_sends_the_text_to_the_folder_for_state(
    tmp_path: Path, scripted_provider: ScriptedProvider, state: Path, temporary: Path
) -> None:
    with on_full_disk(tmp_path, scripted_provider) as (author, behave):
        scripted_provider.behaviours.append(behave)
        with author.services() as services, pytest.raises(UnsavedTextError) as caught:
            asyncio.run(write(services, author.chapter_id(services)))
        (unsaved,) = caught.value.texts
        assert caught.value.kind is ErrorKind.DISK_FULL
        assert unsaved.rescued.text == LONG_STORY
        assert unsaved.file is not None
        assert state in unsaved.file.parents
        if os.name == "posix":
            assert unsaved.file.stat().st_mode & 0o077 == 0

        (disk,) = [each for each in author.home.parents if (each / "ballast").exists()]
        (disk / "ballast").unlink()
        with author.services() as services:
            (offered,) = services.rescue.found()
            assert offered.text == LONG_STORY
            services.rescue.put_back(offered)
            assert [draft.content for draft in services.drafting.left_behind()] == [LONG_STORY]
        assert not unsaved.file.exists()


def test_without_room_there_it_goes_to_the_temporary_folder(
    tmp_path: Path, scripted_provider: ScriptedProvider, state: Path, temporary: Path
) -> None:
    state.write_text("a file in the way")
    with on_full_disk(tmp_path, scripted_provider) as (author, behave):
        scripted_provider.behaviours.append(behave)
        with author.services() as services:
            with pytest.raises(UnsavedTextError) as caught:
                asyncio.run(write(services, author.chapter_id(services)))
            (unsaved,) = caught.value.texts
            assert unsaved.file is not None
            assert temporary in unsaved.file.parents
            assert [each.text for each in services.rescue.found()] == [LONG_STORY]


def test_a_folder_that_another_user_has_made_is_not_trusted(
    author: Author, scripted_provider: ScriptedProvider, state: Path, temporary: Path
) -> None:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can make a folder of somebody else's")
    state.write_text("a file in the way")
    (author.home / "rescue").write_text("a file in the way")
    theirs = temporary / f"arboris-desktop-{os.getuid()}"
    theirs.mkdir()
    os.chown(theirs, 12345, 12345)
    fault = Fault(author)
    scripted_provider.behaviours.append(fault.amid())
    with author.services() as services:
        with pytest.raises(UnsavedTextError) as caught:
            asyncio.run(write(services, author.chapter_id(services)))
        fault.end()
    assert [each.text for each in caught.value.nowhere] == [STORY]
    assert list(theirs.iterdir()) == []


def test_the_texts_of_another_library_are_left_alone(
    tmp_path: Path, author: Author, scripted_provider: ScriptedProvider
) -> None:
    (author.home / "rescue").write_text("a file in the way")
    fault = Fault(author)
    scripted_provider.behaviours.append(fault.amid())
    with author.services() as services, pytest.raises(UnsavedTextError):
        asyncio.run(write(services, author.chapter_id(services)))
    fault.end()
    other = Author(tmp_path / "other", scripted_provider)
    other.begin()
    with other.services() as services:
        assert services.rescue.found() == []

    moved = Author(tmp_path / "moved", scripted_provider, author.project_id)
    author.home.rename(moved.home)
    with moved.services() as services:
        assert [each.text for each in services.rescue.found()] == [STORY]


# --- on the command line ---


@pytest.fixture
def at_the_shell(author: Author, monkeypatch: pytest.MonkeyPatch) -> Author:
    for name, value in author.environment.items():
        monkeypatch.setenv(name, value)
    return author


def test_the_command_says_where_the_text_is_and_takes_it_up_at_its_next_start(
    at_the_shell: Author,
    scripted_provider: ScriptedProvider,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fault = Fault(at_the_shell)
    scripted_provider.behaviours.append(fault.amid())
    arguments = ["write", at_the_shell.project_id, "--chapter", "1", "--json"]
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert str(at_the_shell.home / "rescue") in told.err
    assert "database locked" in told.err
    fault.end()

    assert main(arguments) == 1
    told = capsys.readouterr()
    assert "chapter 1 is stored now" in told.err
    assert "--draft continue" in told.err
    with at_the_shell.services() as services:
        assert [draft.content for draft in services.drafting.left_behind()] == [STORY]
    assert len(scripted_provider.requests) == 1


@pytest.mark.parametrize("command", ["write", "candidates", "auto"])
def test_the_command_prints_what_it_can_put_nowhere(
    at_the_shell: Author,
    scripted_provider: ScriptedProvider,
    capsys: pytest.CaptureFixture[str],
    state: Path,
    temporary: Path,
    command: str,
) -> None:
    ours = next(fallback_folders(at_the_shell.home, "rescue")).parents[1]
    assert ours == state / "Arboris Desktop"
    for folder in (at_the_shell.home / "rescue", state, temporary):
        if folder.is_dir():
            folder.rmdir()
        folder.write_text("a file in the way")
    fault = Fault(at_the_shell)
    scripted_provider.rule = lambda _request: fault.amid()
    project_id = at_the_shell.project_id
    arguments = {
        "write": ["write", project_id, "--chapter", "1"],
        "candidates": ["write", project_id, "--chapter", "1", "--candidates", "2"],
        "auto": ["auto", project_id, "--to", "1", "--no-wait"],
    }[command]
    assert main(arguments) == 1
    fault.end()
    told = capsys.readouterr()
    assert told.out.count(STORY) == (2 if command == "candidates" else 1)
    assert "nor put aside" in told.err


def test_a_chapter_is_free_again_when_it_could_not_be_stored(
    author: Author, scripted_provider: ScriptedProvider
) -> None:
    fault = Fault(author)
    scripted_provider.behaviours.append(fault.amid())
    with author.services() as services, ExitStack() as stack:
        stack.callback(fault.end)
        chapter_id = author.chapter_id(services)
        with pytest.raises(StorageError):
            asyncio.run(write(services, chapter_id))
        fault.end()
        services.register.settle()
        services.register.refuse_busy(chapter_id, WriterKind.DRAFT)
        with closing(sqlite3.connect(author.home / "arboris.db")) as connection:
            rows = connection.execute("SELECT count(*) FROM chapter_writers").fetchall()
        assert rows == [(0,)]
