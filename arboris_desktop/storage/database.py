"""The database as the use cases see it: short read and write transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.migrate import run_alembic
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.engine.repository import Part
from arboris_desktop.storage.engine.sqlite_store import SqliteStore

# Repositories are read when they are first used, but tables refer to each other: all are known.
from arboris_desktop.storage.tables import schema  # noqa: F401 (the tables join it)

if TYPE_CHECKING:
    from arboris_desktop.storage.codex.alerts import AlertRepository
    from arboris_desktop.storage.codex.entries import CodexRepository
    from arboris_desktop.storage.codex.journal import JournalRepository
    from arboris_desktop.storage.costs.call_places import CallPlaceRepository
    from arboris_desktop.storage.costs.model_calls import ModelCallRepository
    from arboris_desktop.storage.costs.totals import CallCostRepository
    from arboris_desktop.storage.engine.port import Store
    from arboris_desktop.storage.novels.adoption import AdoptionRepository
    from arboris_desktop.storage.novels.chapters import ChapterRepository
    from arboris_desktop.storage.novels.comments import CommentRepository
    from arboris_desktop.storage.novels.drafts import DraftRepository
    from arboris_desktop.storage.novels.notes import NoteRepository
    from arboris_desktop.storage.novels.numbers import NumberRepository
    from arboris_desktop.storage.novels.passages import PassageRepository
    from arboris_desktop.storage.novels.projects import ProjectRepository
    from arboris_desktop.storage.novels.snapshots import SnapshotRepository
    from arboris_desktop.storage.novels.story import StoryRepository
    from arboris_desktop.storage.novels.summaries import StorySummaryRepository
    from arboris_desktop.storage.novels.words import WordRepository
    from arboris_desktop.storage.novels.writing_days import WritingDayRepository
    from arboris_desktop.storage.planning.blueprints import BlueprintRepository
    from arboris_desktop.storage.planning.concepts import ConceptRepository
    from arboris_desktop.storage.planning.guides import GuideRepository
    from arboris_desktop.storage.planning.outline_runs import OutlineRunRepository
    from arboris_desktop.storage.planning.outlines import OutlineRepository
    from arboris_desktop.storage.portable.rows import ProjectRows
    from arboris_desktop.storage.settings.groups import SettingsRepository
    from arboris_desktop.storage.settings.profiles import ProfileRepository
    from arboris_desktop.storage.settings.traits import ModelTraitRepository
    from arboris_desktop.storage.tasks.attempts import AttemptRepository
    from arboris_desktop.storage.tasks.batches import BatchRepository
    from arboris_desktop.storage.tasks.circuits import CircuitRepository
    from arboris_desktop.storage.tasks.durations import DurationRepository
    from arboris_desktop.storage.tasks.history import TaskHistory
    from arboris_desktop.storage.tasks.notifications import NotificationRepository
    from arboris_desktop.storage.tasks.queue import QueueRepository
    from arboris_desktop.storage.tasks.retention import RetentionRepository
    from arboris_desktop.storage.writing.auto_runs import AutoRunRepository
    from arboris_desktop.storage.writing.candidates import CandidateRepository
    from arboris_desktop.storage.writing.chapter_writers import ChapterWriterRepository
    from arboris_desktop.storage.writing.context_choices import ContextChoiceRepository
    from arboris_desktop.storage.writing.evaluations import EvaluationRepository
    from arboris_desktop.storage.writing.inactive_instructions import InstructionRepository
    from arboris_desktop.storage.writing.kept_answers import KeptAnswerRepository
    from arboris_desktop.storage.writing.prompt_overrides import PromptOverrideRepository
    from arboris_desktop.storage.writing.reviews import ReviewRepository
    from arboris_desktop.storage.writing.revisions import RevisionRepository


class Transaction:
    """The repositories, all on one connection and within one transaction.

    Each is read and made when it is first asked for: most transactions need two or three.
    """

    projects: Part[ProjectRepository] = Part("novels.projects")
    outlines: Part[OutlineRepository] = Part("planning.outlines")
    outline_runs: Part[OutlineRunRepository] = Part("planning.outline_runs")
    chapters: Part[ChapterRepository] = Part("novels.chapters")
    adoption: Part[AdoptionRepository] = Part("novels.adoption")
    numbers: Part[NumberRepository] = Part("novels.numbers")
    drafts: Part[DraftRepository] = Part("novels.drafts")
    writers: Part[ChapterWriterRepository] = Part("writing.chapter_writers")
    candidates: Part[CandidateRepository] = Part("writing.candidates")
    evaluations: Part[EvaluationRepository] = Part("writing.evaluations")
    queue: Part[QueueRepository] = Part("tasks.queue")
    attempts: Part[AttemptRepository] = Part("tasks.attempts")
    history: Part[TaskHistory] = Part("tasks.history")
    batches: Part[BatchRepository] = Part("tasks.batches")
    retention: Part[RetentionRepository] = Part("tasks.retention")
    durations: Part[DurationRepository] = Part("tasks.durations")
    notifications: Part[NotificationRepository] = Part("tasks.notifications")
    codex: Part[CodexRepository] = Part("codex.entries")
    journal: Part[JournalRepository] = Part("codex.journal")
    alerts: Part[AlertRepository] = Part("codex.alerts")
    settings: Part[SettingsRepository] = Part("settings.groups")
    prompt_overrides: Part[PromptOverrideRepository] = Part("writing.prompt_overrides")
    instructions: Part[InstructionRepository] = Part("writing.inactive_instructions")
    calls: Part[ModelCallRepository] = Part("costs.model_calls")
    costs: Part[CallCostRepository] = Part("costs.totals")
    profiles: Part[ProfileRepository] = Part("settings.profiles")
    traits: Part[ModelTraitRepository] = Part("settings.traits")
    call_places: Part[CallPlaceRepository] = Part("costs.call_places")
    circuits: Part[CircuitRepository] = Part("tasks.circuits")
    guides: Part[GuideRepository] = Part("planning.guides")
    concepts: Part[ConceptRepository] = Part("planning.concepts")
    blueprints: Part[BlueprintRepository] = Part("planning.blueprints")
    passages: Part[PassageRepository] = Part("novels.passages")
    revisions: Part[RevisionRepository] = Part("writing.revisions")
    kept_answers: Part[KeptAnswerRepository] = Part("writing.kept_answers")
    comments: Part[CommentRepository] = Part("novels.comments")
    snapshots: Part[SnapshotRepository] = Part("novels.snapshots")
    notes: Part[NoteRepository] = Part("novels.notes")
    words: Part[WordRepository] = Part("novels.words")
    writing_days: Part[WritingDayRepository] = Part("novels.writing_days")
    reviews: Part[ReviewRepository] = Part("writing.reviews")
    story: Part[StoryRepository] = Part("novels.story")
    summaries: Part[StorySummaryRepository] = Part("novels.summaries")
    context_choices: Part[ContextChoiceRepository] = Part("writing.context_choices")
    auto_runs: Part[AutoRunRepository] = Part("writing.auto_runs")
    whole: Part[ProjectRows] = Part("portable.rows")

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.connection = connection
        self.clock = clock

    def anchor(self, chapter_id: int, text: str, before: str | None = None) -> bool:
        """Points what is about places of a chapter at where these are in its present text.

        ``before`` is the text that it had until now, if that is known. True if any fact of the
        codex stands elsewhere, or is stale or fresh again.
        """
        self.comments.anchor(chapter_id, text, before)
        return self.codex.anchor_facts(chapter_id, text)


class _Block:
    """A transaction for the length of a block, on the connection that the store gives for it."""

    def __init__(self, connected: AbstractContextManager[Connection], clock: Clock) -> None:
        self._connected = connected
        self._clock = clock

    def __enter__(self) -> Transaction:
        return Transaction(self._connected.__enter__(), self._clock)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        return self._connected.__exit__(kind, error, trace)


class Database:
    """Opens the author's database, migrated to the present schema.

    Usable from any thread: each transaction has its own pooled connection. Raises
    ``StorageError`` when the database cannot be opened or upgraded. Without a ``clock``, the one
    that all processes at the database share.
    """

    def __init__(self, paths: DataPaths, clock: Clock | None = None) -> None:
        self.paths = paths
        self._store = _open(paths, clock or utc_now)
        self._clock = clock or self._store.clock()

    @property
    def place(self) -> str:
        """The location in words for people: a file, or an address without its password."""
        return self._store.place

    def read(self) -> AbstractContextManager[Transaction]:
        """A consistent view; what is written in it is not kept."""
        return _Block(self._store.reading(), self._clock)

    def write(self) -> AbstractContextManager[Transaction]:
        """One transaction that is on the disk when the block has ended, or left no trace."""
        return _Block(self._store.writing(), self._clock)

    def claim(self) -> AbstractContextManager[Transaction]:
        """A transaction that may run beside others that write, on a server: only for statements
        that are right by themselves, such as to take a task or to renew its lease. Each may be
        stored at once, whatever comes of the next one."""
        return _Block(self._store.claiming(), self._clock)

    def write_in(self, project_id: str) -> AbstractContextManager[Transaction]:
        """A transaction that writes in one novel only, on a server beside those of other novels;
        it is on the disk when the block has ended, or left no trace."""
        return _Block(self._store.writing_in(project_id), self._clock)

    def refuse_exchanged(self) -> None:
        """Raises ``StorageError`` (DATABASE_EXCHANGED) when another file is in the place of the one
        that is open, or none."""
        self._store.refuse_exchanged()

    @contextmanager
    def open_file(self) -> Iterator[sqlite3.Connection]:
        """The file that is open, wherever it is by now; nothing is written meanwhile."""
        assert isinstance(self._store, SqliteStore)
        with self._store.open_file() as file:
            yield file

    def changed_elsewhere(self, *, wait: bool = False) -> bool:
        """True if another process wrote since the last call; the first one only begins to watch.

        Raises ``StorageError`` as ``refuse_exchanged``. False while a thread of this process
        writes: the next call tells. Whoever reads right after it, and relies on being told of what
        comes then, has it ``wait`` for that thread: nobody watches otherwise.
        """
        return self._store.changed_elsewhere(wait=wait)

    @property
    def is_shared(self) -> bool:
        """True if several people may have it open, each on a machine of their own."""
        return self._store.is_shared

    def on_change(self, heard: Callable[[], None]) -> Callable[[], None]:
        """Calls a function, on some thread, soon after another process wrote, where the database
        tells it; elsewhere ``changed_elsewhere`` has to be asked. Returns what ends that."""
        return self._store.on_change(heard)

    def known_to_others(self, instance: Instance) -> Instance:
        """This process as all others at the database see it, on whatever machine."""
        return self._store.known_to_others(instance)

    def close(self) -> None:
        """Closes every connection."""
        self._store.close()


def _open(paths: DataPaths, clock: Clock) -> Store:
    if paths.server is None:
        return SqliteStore(paths, clock, run_alembic)
    from arboris_desktop.storage.engine.servers import open_server

    return open_server(paths.server)
