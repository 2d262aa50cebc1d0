"""The database as the use cases see it: short read and write transactions."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, get_type_hints

from sqlalchemy import Connection

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.codex.alerts import AlertRepository
from arboris_desktop.storage.codex.entries import CodexRepository
from arboris_desktop.storage.codex.journal import JournalRepository
from arboris_desktop.storage.costs.model_calls import ModelCallRepository
from arboris_desktop.storage.costs.totals import CallCostRepository
from arboris_desktop.storage.engine.creation import create_database
from arboris_desktop.storage.engine.database_file import DatabaseFile
from arboris_desktop.storage.engine.errors import storage_errors
from arboris_desktop.storage.engine.migrate import run_alembic, upgrade
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.engine.sqlite import (
    BUSY_SECONDS,
    create_database_engine,
    driver_connection,
    empty_log,
    raise_generation,
    writing,
)
from arboris_desktop.storage.novels.chapters import ChapterRepository
from arboris_desktop.storage.novels.drafts import DraftRepository
from arboris_desktop.storage.novels.passages import PassageRepository
from arboris_desktop.storage.novels.projects import ProjectRepository
from arboris_desktop.storage.novels.snapshots import SnapshotRepository
from arboris_desktop.storage.novels.story import StoryRepository
from arboris_desktop.storage.novels.summaries import StorySummaryRepository
from arboris_desktop.storage.planning.blueprints import BlueprintRepository
from arboris_desktop.storage.planning.concepts import ConceptRepository
from arboris_desktop.storage.planning.guides import GuideRepository
from arboris_desktop.storage.planning.outline_runs import OutlineRunRepository
from arboris_desktop.storage.planning.outlines import OutlineRepository
from arboris_desktop.storage.portable.rows import ProjectRows
from arboris_desktop.storage.settings.groups import SettingsRepository
from arboris_desktop.storage.settings.profiles import ProfileRepository
from arboris_desktop.storage.settings.traits import ModelTraitRepository
from arboris_desktop.storage.tasks.batches import BatchRepository
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
from arboris_desktop.storage.writing.instructions_aside import InstructionRepository
from arboris_desktop.storage.writing.kept_answers import KeptAnswerRepository
from arboris_desktop.storage.writing.prompt_overrides import PromptOverrideRepository
from arboris_desktop.storage.writing.reviews import ReviewRepository
from arboris_desktop.storage.writing.revisions import RevisionRepository


class Transaction:
    """The repositories, all on one connection and within one transaction.

    Each is made when it is first asked for: most transactions need two or three.
    """

    projects: ProjectRepository
    outlines: OutlineRepository
    outline_runs: OutlineRunRepository
    chapters: ChapterRepository
    drafts: DraftRepository
    writers: ChapterWriterRepository
    candidates: CandidateRepository
    evaluations: EvaluationRepository
    queue: QueueRepository
    history: TaskHistory
    batches: BatchRepository
    retention: RetentionRepository
    durations: DurationRepository
    notifications: NotificationRepository
    codex: CodexRepository
    journal: JournalRepository
    alerts: AlertRepository
    settings: SettingsRepository
    prompt_overrides: PromptOverrideRepository
    instructions: InstructionRepository
    calls: ModelCallRepository
    costs: CallCostRepository
    profiles: ProfileRepository
    traits: ModelTraitRepository
    guides: GuideRepository
    concepts: ConceptRepository
    blueprints: BlueprintRepository
    passages: PassageRepository
    revisions: RevisionRepository
    kept_answers: KeptAnswerRepository
    snapshots: SnapshotRepository
    reviews: ReviewRepository
    story: StoryRepository
    summaries: StorySummaryRepository
    context_choices: ContextChoiceRepository
    auto_runs: AutoRunRepository
    whole: ProjectRows

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    if not TYPE_CHECKING:  # The checker takes the annotations alone for what there is.

        def __getattr__(self, name: str) -> Repository:
            kind = _repositories().get(name)
            if kind is None:
                raise AttributeError(f"a transaction has no {name}")
            repository = kind(self._connection, self._clock)
            setattr(self, name, repository)
            return repository


@cache
def _repositories() -> dict[str, type[Repository]]:
    """The class of each repository, as ``Transaction`` declares them."""
    return get_type_hints(Transaction)


_GENERATION_SECONDS = 1.0
"""How often the file's generation is raised, at most."""


class Database:
    """Opens the author's database, migrated to the present schema.

    Usable from any thread: each transaction has its own pooled connection. Raises
    ``StorageError`` when the file cannot be opened or upgraded.
    """

    def __init__(self, paths: DataPaths, clock: Clock = utc_now) -> None:
        self.paths = paths
        self._clock = clock
        # SQLite lets waiting writers sleep and look again, up to 100 ms at a time; within one
        # process they take turns here instead, in no time.
        self._turn = threading.Lock()
        if not paths.database.exists():
            create_database(paths.database, run_alembic)
        self._file = DatabaseFile(paths.database)
        self._readers = create_database_engine(paths.database, self._refuse_another)
        # One connection for all writing: SQLite then tells by it what others wrote.
        self._writer = create_database_engine(paths.database, writes=True)
        self._connection: Connection | None = None
        self._seen_version: int | None = None
        self._generation_at = 0.0
        try:
            with storage_errors():
                upgrade(self._writer, paths.database, paths.backups, clock)
                # What hinders opening it, such as a full disk, is told now; the connection stays.
                with self._readers.connect(), self._writer.connect():
                    pass
            self._refuse_another()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A consistent view; what is written in it is not kept."""
        with storage_errors(), self._readers.connect() as connection:
            yield self._transaction(connection)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction that is on the disk when the block has ended, or left no trace."""
        with self._writing() as connection:
            yield self._transaction(connection)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._taking_turns():
            self._file.refuse_exchanged(self._renew)
            try:
                with storage_errors(), writing(self._writing_connection()) as connection:
                    self._age(driver_connection(connection))
                    yield connection
            except BaseException:
                self._drop_writing_connection()
                raise
            # What was written into a file that is not there any more is not stored.
            self._file.refuse_exchanged(self._renew)

    @contextmanager
    def _taking_turns(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise StorageError(ErrorKind.DATABASE_LOCKED, "another thread is writing")
        try:
            yield
        finally:
            self._turn.release()

    def _writing_connection(self) -> Connection:
        """Return the one connection that writes; it stays open, whoever has the turn may use it."""
        if self._connection is None:
            self._connection = self._writer.connect()
        return self._connection

    def _drop_writing_connection(self) -> None:
        """Give the connection back after a failure: the pool knows whether it can be used again."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    # --- the file ---

    def refuse_exchanged(self) -> None:
        """Raises ``StorageError`` (DATABASE_EXCHANGED) when another file is in the place of the one
        that is open, or none."""
        with self._taking_turns():
            self._file.refuse_exchanged(self._renew)

    def _refuse_another(self) -> None:
        """Nobody may connect to a file that came to the place of the one that is open."""
        if not self._file.seems_in_place():
            self.refuse_exchanged()

    @contextmanager
    def open_file(self) -> Iterator[sqlite3.Connection]:
        """The file that is open, wherever it is by now; nothing is written meanwhile."""
        with self._taking_turns(), storage_errors():
            yield driver_connection(self._writing_connection())

    def _age(self, driver: sqlite3.Connection) -> None:
        """Lets older copies of the file be told from it, by one more write each second."""
        if time.monotonic() - self._generation_at >= _GENERATION_SECONDS:
            raise_generation(driver)
            self._generation_at = time.monotonic()

    def _renew(self) -> int:
        try:
            with storage_errors(), writing(self._writing_connection()) as connection:
                generation = raise_generation(driver_connection(connection), by_much=True)
            with storage_errors():
                is_empty = empty_log(driver_connection(self._writing_connection()))
        except BaseException:
            self._drop_writing_connection()
            raise
        if not is_empty:
            raise StorageError(ErrorKind.DATABASE_LOCKED, "its log is being read")
        return generation

    def changed_elsewhere(self, *, wait: bool = False) -> bool:
        """True if another process wrote since the last call; the first one only begins to watch.

        Costs no more than a look at the shared memory of the WAL (SQLite's ``data_version``), and
        at the file itself: raises ``StorageError`` as ``refuse_exchanged``. False while a thread of
        this process writes: the next call tells. Whoever reads right after it, and relies on being
        told of what comes then, has it ``wait`` for that thread: nobody watches otherwise.
        """
        if not self._turn.acquire(blocking=wait):
            return False
        try:
            self._file.refuse_exchanged(self._renew)
            with storage_errors():
                version = self._data_version()
        finally:
            self._turn.release()
        seen, self._seen_version = self._seen_version, version
        return seen is not None and seen != version

    def _data_version(self) -> int:
        """Read outside any transaction: this connection's would take the lock for writing."""
        cursor = driver_connection(self._writing_connection()).execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])

    def _transaction(self, connection: Connection) -> Transaction:
        return Transaction(connection, self._clock)

    def close(self) -> None:
        """Closes every connection."""
        self._drop_writing_connection()
        self._readers.dispose()
        self._writer.dispose()
        self._file.close()
