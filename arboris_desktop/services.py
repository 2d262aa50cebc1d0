"""Everything below the window, built once: what the app and the command line use."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.chapter_writers import Program
from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.connection import ConnectionReport
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.profiles import FIRST_PROFILE, ProviderProfile, ProviderRoster
from arboris_desktop.domain.server_presets import LocalServer
from arboris_desktop.domain.settings import ProviderSettings, WritingSettings
from arboris_desktop.exchange.arriving import Arriving
from arboris_desktop.exchange.codex_table import CodexTable
from arboris_desktop.exchange.progress import Progress, silent
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.llm.connection import test_connection
from arboris_desktop.llm.keys import (
    KeyringOrSession,
    KeyringStore,
    KeyStore,
    SessionKeyStore,
)
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.backups.leftovers import clear_leftovers
from arboris_desktop.storage.backups.lost_library import keep_lost_library
from arboris_desktop.storage.backups.restore import refuse_while_restoring
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.errors import data_folder_error
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths, data_paths
from arboris_desktop.storage.novels.unlisted import clear_unlisted
from arboris_desktop.tasks.batches import Batches
from arboris_desktop.tasks.inbox import Inbox
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.tasks.work import ChapterWork
from arboris_desktop.tasks.worker import AnalysisWorker
from arboris_desktop.writing.asking import CallLedger, ModelCalls, settled_first
from arboris_desktop.writing.blueprint.blueprints import Blueprints
from arboris_desktop.writing.book_replacing import BookReplacing
from arboris_desktop.writing.book_search import BookSearch
from arboris_desktop.writing.chapters.auto_writer import AutoWriter, Writers
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from arboris_desktop.writing.chapters.candidates import Candidates
from arboris_desktop.writing.chapters.continuing import Continuing
from arboris_desktop.writing.chapters.drafting import Drafting
from arboris_desktop.writing.chapters.evaluation import Evaluation
from arboris_desktop.writing.chapters.guides import Guides
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.chapters.revision import Revision
from arboris_desktop.writing.concept.dialogue import Concept
from arboris_desktop.writing.context.inspection import ContextInspection
from arboris_desktop.writing.context.summaries import Summaries
from arboris_desktop.writing.costs import Costs
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.outline.editing import OutlineEditing
from arboris_desktop.writing.outline.outlining import Outlining
from arboris_desktop.writing.outline.regeneration import Regeneration
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.prompt_texts import PromptTexts
from arboris_desktop.writing.providers import Providers, StoredTraits
from arboris_desktop.writing.rescue import Rescue
from arboris_desktop.writing.reviews.reviewing import Reviews
from arboris_desktop.writing.search import Search
from arboris_desktop.writing.snapshots import Snapshots
from arboris_desktop.writing.spending import Spending

if TYPE_CHECKING:
    from arboris_desktop.domain.novel import ChapterVersion
    from arboris_desktop.domain.tasks import AnalysisTask
    from arboris_desktop.exchange.appending import Appended
    from arboris_desktop.exchange.brought import BroughtNovels, FoundNovels
    from arboris_desktop.exchange.correction import Correction
    from arboris_desktop.exchange.preview import FilePreview
    from arboris_desktop.llm.shelf.store import ModelStore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases, and what has to be closed at the end."""

    paths: DataPaths
    database: Database
    instance: Instance
    register: ChapterRegister
    source: ProviderSource
    keys: KeyringOrSession
    providers: Providers
    spending: Spending
    costs: Costs
    preferences: Preferences
    novels: Novels
    editing: Editing
    rescue: Rescue
    drafting: Drafting
    candidates: Candidates
    rounds: CandidateRounds
    evaluation: Evaluation
    continuing: Continuing
    auto_writer: AutoWriter
    calls: ModelCalls
    guides: Guides
    revision: Revision
    reviews: Reviews
    outline_editing: OutlineEditing
    outlining: Outlining
    regeneration: Regeneration
    concept: Concept
    blueprint: Blueprints
    search: Search
    book_search: BookSearch
    book_replacing: BookReplacing
    snapshots: Snapshots
    summaries: Summaries
    inspection: ContextInspection
    prompt_texts: PromptTexts
    queue: AnalysisQueue
    worker: AnalysisWorker
    batches: Batches
    arriving: Arriving
    inbox: Inbox
    codex: Codex
    codex_table: CodexTable

    async def probe(
        self, provider: ProviderSettings, key: str | None, profile_id: str = FIRST_PROFILE
    ) -> ConnectionReport:
        """What a provider offers by these settings, and how it does; raises ``ProviderError``.

        Without a ``key``, the one that is kept for ``profile_id`` is used.
        """
        keys: KeyStore = self.keys
        if key is not None:
            keys = SessionKeyStore()
            keys.set(profile_id, key)
        profile = ProviderProfile(profile_id, connection=provider)
        source = ProviderSource(lambda: ProviderRoster((profile,)), keys, {})
        opened = await asyncio.to_thread(source.open)
        try:
            return await test_connection(opened)
        finally:
            await opened.aclose()
            await asyncio.to_thread(source.close)

    async def find_servers(self) -> tuple[LocalServer, ...]:
        """The servers with models that run on this computer."""
        return await asyncio.to_thread(_find_local_servers)

    def open_shelf(self) -> ModelStore:
        """The folder with the models that were fetched for this computer."""
        from arboris_desktop.llm.shelf.store import ModelStore

        return ModelStore(self.paths.models)

    def versions_wanted(self) -> int:
        """How many versions of a chapter the window asks for."""
        settings = self.preferences.get(WritingSettings)
        return settings.versions(one_at_a_time=self.source.takes_turns())

    def written_by(
        self, profile: ProviderProfile, environment: Mapping[str, str] | None = None
    ) -> Services:
        """The same services, with one profile planning and writing, whatever is routed.

        Other variables than those of this process's environment may override it, or none.
        """
        source = self.source.only(profile, environment)
        by_model = _by_model(
            source, self.database, self.instance, self.register, self.novels, self.rounds
        )
        return replace(self, **by_model)

    def look_into(self, path: Path) -> FilePreview:
        """Tells what a file would be as a novel; raises ``ArborisError``."""
        from arboris_desktop.exchange.preview import look_into

        return look_into(path)

    def import_book(
        self,
        path: Path,
        progress: Progress = silent,
        correction: Correction | None = None,
        *,
        accept_instructions: bool = False,
    ) -> str:
        """Brings a file in as a new novel and returns its id; raises ``ArborisError``."""
        from arboris_desktop.exchange.books import import_book

        return import_book(
            self.database, path, progress, correction, accept_instructions=accept_instructions
        )

    def look_into_several(self, path: Path) -> FoundNovels | None:
        """Tells which novels a file holds that may hold several; ``None`` for other files.

        Raises ``ArborisError`` where it is damaged, or a database of something else.
        """
        from arboris_desktop.exchange.several import look_into

        return look_into(path)

    def import_several(self, path: Path, progress: Progress = silent) -> BroughtNovels:
        """Brings in all novels of such a file, or none; raises ``ArborisError``."""
        from arboris_desktop.exchange.several import import_all

        return import_all(self.database, path, progress)

    def append_book(
        self,
        project_id: str,
        path: Path,
        progress: Progress = silent,
        correction: Correction | None = None,
    ) -> Appended:
        """Adds the chapters of a text to a novel; raises ``ArborisError`` and ``RuleError``."""
        from arboris_desktop.exchange.appending import append_book

        return append_book(self.database, project_id, path, correction, progress)

    def export_library(self, path: Path, progress: Progress = silent) -> int:
        """Writes every novel to one file; returns how many. Raises ``ArborisError``."""
        from arboris_desktop.exchange.library_file import export_library

        return export_library(self.database, path, progress, self.instance.noting)

    def export_book(
        self,
        project_id: str,
        form: str,
        path: Path,
        *,
        overwrite: bool = False,
        options: ExportOptions | None = None,
        progress: Progress = silent,
    ) -> None:
        """Writes a novel to a file (``arboris``, ``docx``, ``epub`` …); raises ``ArborisError``."""
        from arboris_desktop.exchange.books import export_book

        export_book(
            self.database,
            project_id,
            form,
            path,
            overwrite=overwrite,
            options=options,
            progress=progress,
            noting=self.instance.noting,
        )

    @property
    def cares(self) -> tuple[Callable[[str], Coroutine[Any, Any, object]], ...]:
        """Care that asks a model when a chapter was analysed: the summaries, the rules."""
        return (self.summaries.refresh, self.reviews.check_new_chapters)

    async def look_after(self, project_id: str) -> None:
        """Does what is due when a chapter was analysed: the index, the summaries, the rules.

        Raises ``ArborisError``; the next call goes on from there.
        """
        await asyncio.to_thread(self.search.refresh, project_id)
        for care in self.cares:
            await care(project_id)

    def keep_lost_library(self) -> Path:
        """Makes a backup of what was stored until another file came to the library's place, and
        returns its path; raises ``StorageError``."""
        return keep_lost_library(self.database, utc_now())

    def is_lost(self) -> bool:
        """Whether another file is in the library's place, or none."""
        try:
            self.database.refuse_exchanged()
        except StorageError as error:
            return error.kind is ErrorKind.DATABASE_EXCHANGED
        return False

    def refuse_read_only(self) -> None:
        """Raises ``StorageError`` when the database may only be read: who wants to write in it
        should not learn that by the first save."""
        database = self.paths.database
        if not os.access(database, os.W_OK):
            raise StorageError(ErrorKind.DATABASE_READ_ONLY, f"{database} may not be written")

    def tidy(self, shall_stop: Callable[[], bool] = lambda: False) -> None:
        """Clears away what nobody needs: old finished work, and novels that a kill left half
        arrived or half removed. Raises ``StorageError``."""
        clear_unlisted(self.database, self.instance, shall_stop)
        self.queue.prune(shall_stop)

    def close(self) -> None:
        """Ends the built-in model, gives up this process's claims and closes the database."""
        self.source.close()
        self.instance.close()
        self.database.close()


def _clear_unlisted(database: Database, instance: Instance) -> None:
    try:
        clear_unlisted(database, instance)
    except StorageError as error:
        log.warning("half of a novel is left for the next start: %s", error)


class _ByModel(TypedDict):
    """The services whose model may be chosen for a command: those that plan and write."""

    source: ProviderSource
    calls: ModelCalls
    drafting: Drafting
    candidates: Candidates
    evaluation: Evaluation
    auto_writer: AutoWriter
    continuing: Continuing
    outlining: Outlining
    concept: Concept
    blueprint: Blueprints


def _find_local_servers() -> tuple[LocalServer, ...]:
    # Imported on that thread: it brings httpx along.
    from arboris_desktop.llm.local_servers import find_local_servers

    return find_local_servers()


def _by_model(
    source: ProviderSource,
    database: Database,
    instance: Instance,
    register: ChapterRegister,
    novels: Novels,
    rounds: CandidateRounds,
) -> _ByModel:
    prompts = PromptLibrary()
    calls = ModelCalls(database, source, prompts)
    writers = Writers(
        novels,
        Drafting(database, calls, register),
        Candidates(database, calls, rounds, register),
        rounds,
        Evaluation(database, calls),
        register,
    )
    return _ByModel(
        source=source,
        calls=calls,
        drafting=writers.drafting,
        candidates=writers.candidates,
        evaluation=writers.evaluation,
        auto_writer=AutoWriter(database, writers, instance),
        continuing=Continuing(database, calls, register),
        outlining=Outlining(database, calls),
        concept=Concept(database, calls),
        blueprint=Blueprints(database, calls),
    )


def _begin_analysis(
    transaction: Transaction, task: AnalysisTask, version: ChapterVersion
) -> ChapterWork:
    """Begins the work of a task; its modules are read then, since a start has no need of them."""
    from arboris_desktop.analysis.chapter_analysis import begin_analysis

    return begin_analysis(transaction, task, version)


def _open_data(environment: Mapping[str, str]) -> tuple[DataPaths, Instance, Database]:
    paths = data_paths(environment)
    try:
        paths.create()
        instance = Instance(paths.instances)
    except OSError as error:
        raise data_folder_error(error) from error
    try:
        refuse_while_restoring(paths)
        clear_leftovers(paths, instance)
        database = Database(paths)
    except StorageError:
        # This process goes on without the data, to offer a backup: it must not be in its own way.
        instance.close()
        raise
    return paths, instance, database


def build_services(
    environment: Mapping[str, str] = os.environ,
    keys: KeyStore | None = None,
    *,
    program: Program = Program.WINDOW,
) -> Services:
    """Opens the author's data, upgrading it if needed; raises ``StorageError``.

    ``program`` is what other processes are told of this one.
    """
    paths, instance, database = _open_data(environment)
    if program is Program.COMMAND:
        # A window has time for it later (see ``tidy``); a command may be the only one in days.
        _clear_unlisted(database, instance)
    preferences = Preferences(database)
    editing = Editing(database)
    kept = KeyringOrSession(keys or KeyringStore())
    providers = Providers(database, kept)
    spending = Spending(database)
    ledger = CallLedger(database)
    source = ProviderSource(
        providers.roster,
        kept,
        environment,
        record=ledger.record,
        check_spending=settled_first(ledger, spending.check),
        traits=StoredTraits(database),
    )
    prompts = PromptLibrary()
    register = ChapterRegister(database, instance, program)
    rounds = CandidateRounds(database, instance, register)
    novels = Novels(database)
    by_model = _by_model(source, database, instance, register, novels, rounds)
    calls = by_model["calls"]
    summaries = Summaries(database, calls)
    return Services(
        **by_model,
        paths=paths,
        database=database,
        instance=instance,
        register=register,
        keys=kept,
        providers=providers,
        spending=spending,
        costs=Costs(database),
        preferences=preferences,
        novels=novels,
        editing=editing,
        rescue=Rescue(database, editing, register),
        guides=Guides(database),
        revision=Revision(database, calls, register),
        reviews=Reviews(database, calls),
        outline_editing=OutlineEditing(database),
        regeneration=Regeneration(database),
        rounds=rounds,
        search=Search(database),
        book_search=BookSearch(database),
        book_replacing=BookReplacing(database),
        snapshots=Snapshots(database),
        summaries=summaries,
        inspection=ContextInspection(database, calls, summaries),
        prompt_texts=PromptTexts(database, prompts, calls),
        queue=AnalysisQueue(database, instance),
        worker=AnalysisWorker(database, calls, _begin_analysis),
        batches=Batches(database),
        arriving=Arriving(database),
        inbox=Inbox(database),
        codex=Codex(database),
        codex_table=CodexTable(database, instance.noting),
    )
