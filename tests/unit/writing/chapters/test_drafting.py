"""Writing a chapter with the model: what came is never lost, and is stored only when whole."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing

import pytest

from arboris_desktop.domain.chapter_writers import (
    ChapterBusyError,
    ChapterWriter,
    Program,
    WriterKind,
)
from arboris_desktop.domain.errors import ErrorKind, NotFoundError, ProviderError, RuleError
from arboris_desktop.domain.novel import (
    ChapterDraft,
    ChapterStatus,
    Language,
    NewNovel,
    OutlineChapter,
    OutlineVolume,
    VersionOrigin,
)
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.tasks.queue import QueueRepository
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters import checkpoint
from arboris_desktop.writing.chapters.drafting import (
    Drafting,
    DraftReserved,
    DraftStarted,
    DraftStored,
    DraftText,
    store_chapter,
)
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import NovelContents, Novels
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_provider import (
    ChapterFacts,
    ScriptedProvider,
    error,
    perfect_rule,
    reset_after,
    stall,
    text,
)
from tests.support.short_chapters import SHORT_CHAPTERS

CHAPTER = "The rain had followed her home. “Mara,” said the harbour master, and no more. " * 5


@pytest.fixture
def drafting(
    database: Database,
    source: ProviderSource,
    register: ChapterRegister,
    scripted_provider: ScriptedProvider,
) -> Drafting:
    scripted_provider.rule = perfect_rule(ChapterFacts(CHAPTER))
    Preferences(database).set(SHORT_CHAPTERS)
    return Drafting(database, ModelCalls(database, source, PromptLibrary()), register)


@pytest.fixture
def chapter_id(novel: NovelContents) -> int:
    return novel.chapters[0].id


async def write_all(
    drafting: Drafting, chapter_id: int, *, resume: bool = False
) -> tuple[DraftStarted, str, DraftStored]:
    events = [event async for event in drafting.write(chapter_id, resume=resume)]
    reserved, started, stored = events[0], events[1], events[-1]
    assert isinstance(reserved, DraftReserved)
    assert isinstance(started, DraftStarted)
    assert isinstance(stored, DraftStored)
    return started, "".join(e.text for e in events if isinstance(e, DraftText)), stored


def draft_of(database: Database, chapter_id: int) -> ChapterDraft | None:
    with database.read() as transaction:
        return transaction.drafts.get(chapter_id)


def leave_draft(database: Database, chapter_id: int, content: str) -> None:
    """Leaves what a killed program leaves of a chapter that it wrote."""
    with database.write() as transaction:
        transaction.drafts.save(chapter_id, content, "host/model", "a dead process")


def test_what_a_model_wrote_is_stored_in_the_form_of_texts(
    database: Database, chapter_id: int
) -> None:
    said = "  She *went*.  \n\n\n\n###\n\n2 * 3\nShe said no more.\nNor did he.\nThe end."
    version, _task = store_chapter(database, chapter_id, said, provider="host/model")
    assert version.content.split("\n\n") == [
        *("She *went*.", "* * *", r"2 \* 3", "She said no more.", "Nor did he.", "The end.")
    ]


def test_a_chapter_is_streamed_stored_and_queued(
    drafting: Drafting, database: Database, chapter_id: int
) -> None:
    _, streamed, stored = asyncio.run(write_all(drafting, chapter_id))

    assert streamed == CHAPTER
    assert stored.version.content == CHAPTER.strip()
    assert stored.version.origin is VersionOrigin.MODEL
    assert stored.version.provider == "127.0.0.1/scripted"
    assert stored.usage == TokenUsage(11, 7)
    with database.read() as transaction:
        overview = transaction.chapters.overview(chapter_id)
        task = transaction.queue.get(stored.task_id)
    assert overview.status is ChapterStatus.WRITTEN
    assert (overview.word_count, overview.has_draft) == (70, False)
    assert (task.status, task.chapter_version_id) == (TaskStatus.PENDING, stored.version.id)


def test_chapter_and_task_exist_together_or_not_at_all(
    database: Database, chapter_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_values: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(QueueRepository, "add", fail)
    with pytest.raises(ZeroDivisionError):
        store_chapter(database, chapter_id, CHAPTER, provider="p")

    with database.read() as transaction:
        assert transaction.chapters.versions(chapter_id) == []
        assert transaction.chapters.overview(chapter_id).status is ChapterStatus.PLANNED


def test_the_prompt_holds_the_plan_and_the_wishes(
    drafting: Drafting, database: Database, scripted_provider: ScriptedProvider, chapter_id: int
) -> None:
    Preferences(database).set(WritingSettings(target_words=80, temperature=0.4))

    asyncio.run(write_all(drafting, chapter_id))

    (request,) = scripted_provider.requests
    asked = request["messages"][1]["content"]
    for part in ("The Dark Lighthouse", "finds the lighthouse dark", "about 80 words", "plain"):
        assert part in asked
    assert request["temperature"] == 0.4
    assert request["max_tokens"] >= 160


@pytest.mark.parametrize(
    ("language", "asked_for"),
    [(Language.ENGLISH, "about 1200 words"), (Language.CHINESE, "约 2500 字")],
)
def test_a_chapter_is_asked_for_in_the_usual_length_of_its_language(
    drafting: Drafting,
    database: Database,
    scripted_provider: ScriptedProvider,
    language: Language,
    asked_for: str,
) -> None:
    Preferences(database).set(WritingSettings(continue_until_target=False))
    outline = (OutlineVolume("卷一", (OutlineChapter("归来", "玛拉回到港口。"),)),)
    novels = Novels(database)
    project_id = novels.create(NewNovel(title="灯塔", language=language, volumes=outline))

    asyncio.run(write_all(drafting, novels.open(project_id).chapters[0].id))

    assert asked_for in scripted_provider.requests[0]["messages"][1]["content"]


def test_the_previous_chapter_and_its_summary_reach_the_next_prompt(
    drafting: Drafting,
    database: Database,
    scripted_provider: ScriptedProvider,
    novel: NovelContents,
) -> None:
    first, second = novel.chapters[:2]
    store_chapter(database, first.id, "Much. The last sentence of one.", provider="p")
    with database.write() as transaction:
        transaction.chapters.set_summary(first.id, "Mara has come home.")

    asyncio.run(write_all(drafting, second.id))

    asked = scripted_provider.requests[-1]["messages"][1]["content"]
    assert "The last sentence of one." in asked
    assert "Mara has come home." in asked


def test_a_refusal_that_was_saved_while_it_came_is_no_draft(
    drafting: Drafting,
    database: Database,
    scripted_provider: ScriptedProvider,
    chapter_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checkpoint, "CHECKPOINT_SECONDS", 0.0)
    scripted_provider.behaviours.append(text("I'm sorry, but I can't assist with that request."))

    with pytest.raises(ProviderError) as caught:
        asyncio.run(write_all(drafting, chapter_id))

    assert caught.value.kind is ErrorKind.MODEL_DECLINED
    assert draft_of(database, chapter_id) is None


def test_the_draft_is_on_the_disk_while_it_grows(
    drafting: Drafting,
    database: Database,
    scripted_provider: ScriptedProvider,
    chapter_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checkpoint, "CHECKPOINT_SECONDS", 0.0)
    scripted_provider.behaviours.append(text(CHAPTER))
    seen: list[bool] = []

    async def watch() -> None:
        written = ""
        async for event in drafting.write(chapter_id):
            if isinstance(event, DraftText):
                written += event.text
                draft = await asyncio.to_thread(draft_of, database, chapter_id)
                seen.append(draft is not None and draft.content == written)

    asyncio.run(watch())

    assert len(seen) > 5
    assert all(seen)


def test_stopping_keeps_what_came(
    drafting: Drafting, database: Database, scripted_provider: ScriptedProvider, chapter_id: int
) -> None:
    scripted_provider.behaviours.append(stall(after="It began well"))

    async def stop_early() -> None:
        async with aclosing(drafting.write(chapter_id)) as events:
            async for event in events:
                if isinstance(event, DraftText):
                    break

    asyncio.run(stop_early())

    draft = draft_of(database, chapter_id)
    assert draft is not None
    assert draft.content == "It began well"
    assert scripted_provider.client_left.wait(60)
    with database.read() as transaction:
        assert transaction.chapters.versions(chapter_id) == []
        assert transaction.queue.counts().total == 0


def test_cancelling_the_task_keeps_what_came(
    drafting: Drafting, database: Database, scripted_provider: ScriptedProvider, chapter_id: int
) -> None:
    scripted_provider.behaviours.append(stall(after="It began well"))

    async def cancel_early() -> None:
        arrived = asyncio.Event()

        async def write() -> None:
            async for event in drafting.write(chapter_id):
                if isinstance(event, DraftText):
                    arrived.set()

        task = asyncio.create_task(write())
        await arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel_early())

    draft = draft_of(database, chapter_id)
    assert draft is not None
    assert draft.content == "It began well"


def test_a_broken_connection_keeps_what_came_and_resume_goes_on_from_there(
    drafting: Drafting, database: Database, scripted_provider: ScriptedProvider, chapter_id: int
) -> None:
    scripted_provider.behaviours.append(reset_after("The first half, "))
    with pytest.raises(ProviderError) as caught:
        asyncio.run(write_all(drafting, chapter_id))
    assert caught.value.kind is ErrorKind.CONNECTION

    scripted_provider.behaviours.append(text("and the second."))
    started, streamed, stored = asyncio.run(write_all(drafting, chapter_id, resume=True))

    assert started.text == "The first half, "
    assert streamed == "and the second."
    assert stored.version.content == "The first half, and the second."
    assert "The first half," in scripted_provider.requests[-1]["messages"][1]["content"]
    assert draft_of(database, chapter_id) is None


def test_a_resume_that_brings_nothing_keeps_the_draft(
    drafting: Drafting, database: Database, scripted_provider: ScriptedProvider, chapter_id: int
) -> None:
    leave_draft(database, chapter_id, "Kept.")
    scripted_provider.behaviours.append(error(503, "overloaded"))

    with pytest.raises(ProviderError):
        asyncio.run(write_all(drafting, chapter_id, resume=True))

    draft = draft_of(database, chapter_id)
    assert draft is not None
    assert draft.content == "Kept."


@pytest.mark.parametrize(
    "whole", ["The lamp on the pier went out.", "“The lamp on the pier went out.”"]
)
def test_a_whole_draft_that_a_killed_program_left_becomes_the_chapter_when_nothing_is_added(
    drafting: Drafting,
    database: Database,
    scripted_provider: ScriptedProvider,
    chapter_id: int,
    whole: str,
) -> None:
    leave_draft(database, chapter_id, whole)
    scripted_provider.behaviours.append(text(""))

    written = asyncio.run(write_all(drafting, chapter_id, resume=True))

    stored = written[-1]
    assert isinstance(stored, DraftStored)
    assert stored.version.content == whole
    assert len(scripted_provider.requests) == 1
    assert draft_of(database, chapter_id) is None


@pytest.mark.parametrize("left", ["The lamp on the pier went", "Out."])
def test_a_draft_that_is_short_or_stops_within_a_sentence_is_no_chapter_when_nothing_is_added(
    drafting: Drafting,
    database: Database,
    scripted_provider: ScriptedProvider,
    chapter_id: int,
    left: str,
) -> None:
    leave_draft(database, chapter_id, left)
    scripted_provider.behaviours.append(text(""))

    with pytest.raises(ProviderError) as caught:
        asyncio.run(write_all(drafting, chapter_id, resume=True))

    assert caught.value.kind is ErrorKind.EMPTY_ANSWER
    assert draft_of(database, chapter_id) is not None


@pytest.mark.parametrize("answer", ["", "   \n"])
def test_an_empty_answer_is_not_a_chapter(
    drafting: Drafting,
    database: Database,
    scripted_provider: ScriptedProvider,
    chapter_id: int,
    answer: str,
) -> None:
    scripted_provider.behaviours.append(text(answer))

    with pytest.raises(ProviderError) as caught:
        asyncio.run(write_all(drafting, chapter_id))

    assert caught.value.kind is ErrorKind.EMPTY_ANSWER
    with database.read() as transaction:
        assert transaction.chapters.versions(chapter_id) == []


def test_only_one_process_writes_a_chapter(
    drafting: Drafting, database: Database, chapter_id: int
) -> None:
    other = Instance(database.paths.instances)
    theirs = ChapterWriter(chapter_id, WriterKind.DRAFT, Program.COMMAND, other.owner)
    with database.write() as transaction:
        transaction.drafts.save(chapter_id, "Growing", "p", other.owner)
        transaction.writers.hold(theirs)

    with pytest.raises(ChapterBusyError):
        asyncio.run(write_all(drafting, chapter_id))
    assert drafting.left_behind() == []

    other.close()
    assert [draft.chapter_id for draft in drafting.left_behind()] == [chapter_id]


def test_a_draft_left_behind_can_be_kept_or_discarded(
    drafting: Drafting, database: Database, novel: NovelContents
) -> None:
    kept, discarded = (chapter.id for chapter in novel.chapters[:2])
    for chapter_id in (kept, discarded):
        leave_draft(database, chapter_id, "What came.")

    version = drafting.keep(kept).version
    drafting.discard(discarded)

    assert (version.content, version.provider) == ("What came.", "host/model")
    with database.read() as transaction:
        assert transaction.drafts.all() == []
        assert transaction.queue.counts().pending == 1
        assert transaction.chapters.versions(discarded) == []
    with pytest.raises(RuleError):
        drafting.keep(discarded)


def test_a_draft_that_two_windows_keep_at_once_is_stored_once(
    database: Database, register: ChapterRegister, source: ProviderSource, chapter_id: int
) -> None:
    leave_draft(database, chapter_id, "What came.")
    other = Database(database.paths)
    begun: list[threading.Event] = [threading.Event(), threading.Event()]

    def keep(number: int) -> ErrorKind | None:
        at = (database, other)[number]
        drafting = Drafting(at, ModelCalls(at, source, PromptLibrary()), register)
        begun[number].set()
        try:
            drafting.keep(chapter_id)
        except RuleError as error:
            return error.kind
        return None

    with (
        closing(sqlite3.connect(database.paths.database, isolation_level=None)) as writing,
        ThreadPoolExecutor(2) as threads,
    ):
        writing.execute("BEGIN IMMEDIATE")  # Both come as far as they can without writing.
        kept = [threads.submit(keep, number) for number in range(2)]
        for event in begun:
            assert event.wait(60)
        for _ in range(100):
            Novels(database).all()
        writing.execute("COMMIT")
        assert {each.result() for each in kept} == {None, ErrorKind.DRAFT_GONE}

    with database.read() as transaction:
        assert transaction.queue.counts().pending == 1
        assert [each.content for each in transaction.chapters.versions(chapter_id)] == [
            "What came."
        ]
    other.close()


def test_there_must_be_a_chapter_and_a_draft_to_resume(drafting: Drafting, chapter_id: int) -> None:
    with pytest.raises(NotFoundError):
        asyncio.run(write_all(drafting, 999))
    with pytest.raises(RuleError):
        asyncio.run(write_all(drafting, chapter_id, resume=True))
