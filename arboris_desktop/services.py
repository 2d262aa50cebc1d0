"""Everything below the window: what the app and the command line use."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arboris_desktop.domain.chapter_writers import Program
from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.connection import ConnectionReport
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.profiles import FIRST_PROFILE, ProviderProfile, ProviderRoster
from arboris_desktop.domain.server_presets import LocalServer
from arboris_desktop.domain.settings import ProviderSettings, WritingSettings
from arboris_desktop.exchange.progress import Progress, silent
from arboris_desktop.exchange.writing.options import ExportOptions
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
from arboris_desktop.tasks.inbox import Inbox
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.tasks.work import ChapterWork
from arboris_desktop.writing.asking import CallLedger, ModelCalls, settled_first
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.providers import Providers, StoredTraits
from arboris_desktop.writing.spending import Spending

if TYPE_CHECKING:
    from arboris_desktop.codex.codex import Codex
    from arboris_desktop.domain.novel import ChapterVersion
    from arboris_desktop.domain.tasks import AnalysisTask
    from arboris_desktop.exchange.appending import Appended
    from arboris_desktop.exchange.arriving import Arriving
    from arboris_desktop.exchange.brought import BroughtNovels, FoundNovels
    from arboris_desktop.exchange.codex_table import CodexTable
    from arboris_desktop.exchange.correction import Correction
    from arboris_desktop.exchange.preview import FilePreview
    from arboris_desktop.llm.shelf.store import ModelStore
    from arboris_desktop.tasks.batches import Batches
    from arboris_desktop.tasks.worker import AnalysisWorker
    from arboris_desktop.writing.blueprint.blueprints import Blueprints
    from arboris_desktop.writing.book_replacing import BookReplacing
    from arboris_desktop.writing.book_search import BookSearch
    from arboris_desktop.writing.chapters.auto_writer import AutoWriter
    from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
    from arboris_desktop.writing.chapters.candidates import Candidates
    from arboris_desktop.writing.chapters.continuing import Continuing
    from arboris_desktop.writing.chapters.drafting import Drafting
    from arboris_desktop.writing.chapters.evaluation import Evaluation
    from arboris_desktop.writing.chapters.guides import Guides
    from arboris_desktop.writing.chapters.revision import Revision
    from arboris_desktop.writing.comments import Comments
    from arboris_desktop.writing.concept.dialogue import Concept
    from arboris_desktop.writing.context.inspection import ContextInspection
    from arboris_desktop.writing.context.summaries import Summaries
    from arboris_desktop.writing.costs import Costs
    from arboris_desktop.writing.editing import Editing
    from arboris_desktop.writing.outline.editing import OutlineEditing
    from arboris_desktop.writing.outline.outlining import Outlining
    from arboris_desktop.writing.outline.regeneration import Regeneration
    from arboris_desktop.writing.prompt_texts import PromptTexts
    from arboris_desktop.writing.rescue import Rescue
    from arboris_desktop.writing.reviews.reviewing import Reviews
    from arboris_desktop.writing.search import Search
    from arboris_desktop.writing.snapshots import Snapshots
    from arboris_desktop.writing.spelling.spelling import Spelling
    from arboris_desktop.writing.writing_days import WritingDays

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Services:
    """The use cases, and what has to be closed at the end.

    Each use case is read and made when it is first asked for: a start needs few of them.
    """

    paths: DataPaths
    database: Database
    instance: Instance
    register: ChapterRegister
    keys: KeyringOrSession
    providers: Providers
    spending: Spending
    preferences: Preferences
    novels: Novels
    queue: AnalysisQueue
    inbox: Inbox
    source: ProviderSource
    """The models that plan and write."""
    routed: ModelCalls
    """Calls of the models that the author's roster names for each kind of work."""

    @cached_property
    def calls(self) -> ModelCalls:
        """Calls of the models that plan and write."""
        return ModelCalls(self.database, self.source, PromptLibrary())

    @cached_property
    def costs(self) -> Costs:
        """What the author's models have cost."""
        from arboris_desktop.writing.costs import Costs

        return Costs(self.database)

    @cached_property
    def editing(self) -> Editing:
        """Saves what the author types."""
        from arboris_desktop.writing.editing import Editing

        return Editing(self.database)

    @cached_property
    def rescue(self) -> Rescue:
        """Keeps texts that could not be saved."""
        from arboris_desktop.writing.rescue import Rescue

        return Rescue(self.database, self.editing, self.register)

    @cached_property
    def rounds(self) -> CandidateRounds:
        """Rounds of candidates, and their decision."""
        from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds

        return CandidateRounds(self.database, self.instance, self.register)

    @cached_property
    def drafting(self) -> Drafting:
        """Writes a chapter as one draft."""
        from arboris_desktop.writing.chapters.drafting import Drafting

        return Drafting(self.database, self.calls, self.register)

    @cached_property
    def candidates(self) -> Candidates:
        """Writes a chapter as several candidates."""
        from arboris_desktop.writing.chapters.candidates import Candidates

        return Candidates(self.database, self.calls, self.rounds, self.register)

    @cached_property
    def evaluation(self) -> Evaluation:
        """Judges candidates."""
        from arboris_desktop.writing.chapters.evaluation import Evaluation

        return Evaluation(self.database, self.calls)

    @cached_property
    def auto_writer(self) -> AutoWriter:
        """Writes many chapters."""
        from arboris_desktop.writing.chapters.auto_writer import AutoWriter, Writers

        writers = Writers(
            self.novels,
            self.drafting,
            self.candidates,
            self.rounds,
            self.evaluation,
            self.register,
        )
        return AutoWriter(self.database, writers, self.instance)

    @cached_property
    def continuing(self) -> Continuing:
        """Goes on from the cursor."""
        from arboris_desktop.writing.chapters.continuing import Continuing

        return Continuing(self.database, self.calls, self.register)

    @cached_property
    def guides(self) -> Guides:
        """Voice and rules of a novel."""
        from arboris_desktop.writing.chapters.guides import Guides

        return Guides(self.database)

    @cached_property
    def revision(self) -> Revision:
        """Revises passages."""
        from arboris_desktop.writing.chapters.revision import Revision

        return Revision(self.database, self.routed, self.register)

    @cached_property
    def reviews(self) -> Reviews:
        """Reviews chapters, and checks rules."""
        from arboris_desktop.writing.reviews.reviewing import Reviews

        return Reviews(self.database, self.routed)

    @cached_property
    def outline_editing(self) -> OutlineEditing:
        """Changes of the outline by the author."""
        from arboris_desktop.writing.outline.editing import OutlineEditing

        return OutlineEditing(self.database)

    @cached_property
    def outlining(self) -> Outlining:
        """Plans chapters."""
        from arboris_desktop.writing.outline.outlining import Outlining

        return Outlining(self.database, self.calls)

    @cached_property
    def regeneration(self) -> Regeneration:
        """Takes an outline's new chapters over."""
        from arboris_desktop.writing.outline.regeneration import Regeneration

        return Regeneration(self.database)

    @cached_property
    def concept(self) -> Concept:
        """The dialogue about the idea."""
        from arboris_desktop.writing.concept.dialogue import Concept

        return Concept(self.database, self.calls)

    @cached_property
    def blueprint(self) -> Blueprints:
        """Makes and changes the blueprint."""
        from arboris_desktop.writing.blueprint.blueprints import Blueprints

        return Blueprints(self.database, self.calls)

    @cached_property
    def search(self) -> Search:
        """Finds passages for the context."""
        from arboris_desktop.writing.search import Search

        return Search(self.database)

    @cached_property
    def book_search(self) -> BookSearch:
        """Finds words in the whole book."""
        from arboris_desktop.writing.book_search import BookSearch

        return BookSearch(self.database)

    @cached_property
    def book_replacing(self) -> BookReplacing:
        """Replaces words in the whole book."""
        from arboris_desktop.writing.book_replacing import BookReplacing

        return BookReplacing(self.database)

    @cached_property
    def comments(self) -> Comments:
        """What authors note about passages."""
        from arboris_desktop.writing.comments import Comments

        return Comments(self.database)

    @cached_property
    def snapshots(self) -> Snapshots:
        """Earlier texts of chapters."""
        from arboris_desktop.writing.snapshots import Snapshots

        return Snapshots(self.database)

    @cached_property
    def spelling(self) -> Spelling:
        """The words that are right in a novel."""
        from arboris_desktop.writing.spelling.spelling import Spelling

        return Spelling(self.database)

    @cached_property
    def writing_days(self) -> WritingDays:
        """What was written on which day, and what authors aim at."""
        from arboris_desktop.writing.writing_days import WritingDays

        return WritingDays(self.database)

    @cached_property
    def summaries(self) -> Summaries:
        """Summaries of what has happened."""
        from arboris_desktop.writing.context.summaries import Summaries

        return Summaries(self.database, self.routed)

    @cached_property
    def inspection(self) -> ContextInspection:
        """Shows what a model is told."""
        from arboris_desktop.writing.context.inspection import ContextInspection

        return ContextInspection(self.database, self.routed, self.summaries)

    @cached_property
    def prompt_texts(self) -> PromptTexts:
        """The author's own prompts."""
        from arboris_desktop.writing.prompt_texts import PromptTexts

        return PromptTexts(self.database, PromptLibrary(), self.routed)

    @cached_property
    def worker(self) -> AnalysisWorker:
        """Works on tasks of the queue."""
        from arboris_desktop.tasks.worker import AnalysisWorker

        return AnalysisWorker(self.database, self.routed, _begin_analysis)

    @cached_property
    def batches(self) -> Batches:
        """Analyses of many chapters."""
        from arboris_desktop.tasks.batches import Batches

        return Batches(self.database)

    @cached_property
    def arriving(self) -> Arriving:
        """What was brought along with a novel."""
        from arboris_desktop.exchange.arriving import Arriving

        return Arriving(self.database)

    @cached_property
    def codex(self) -> Codex:
        """Facts and entries."""
        from arboris_desktop.codex.codex import Codex

        return Codex(self.database)

    @cached_property
    def codex_table(self) -> CodexTable:
        """The codex as a table."""
        from arboris_desktop.exchange.codex_table import CodexTable

        return CodexTable(self.database, self.instance.noting)

    async def probe(
        self, provider: ProviderSettings, key: str | None, profile_id: str = FIRST_PROFILE
    ) -> ConnectionReport:
        """What a provider offers by these settings, and how it does; raises ``ProviderError``.

        Without a ``key``, the one that is kept for ``profile_id`` is used.
        """
        from arboris_desktop.llm.connection import test_connection

        keys: KeyStore = self.keys
        if key is not None:
            keys = SessionKeyStore()
            keys.set(profile_id, key)
        profile = ProviderProfile(profile_id, connection=provider)
        source = ProviderSource(lambda: ProviderRoster((profile,)), keys, {})
        opened = await asyncio.to_thread(source.open)
        try:
            report = await test_connection(opened)
            return source.with_room(profile, report)
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
        return replace(self, source=self.source.only(profile, environment))

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
        return (self._summarise, self._check_rules)

    async def _summarise(self, project_id: str) -> None:
        await self.summaries.refresh(project_id)

    async def _check_rules(self, project_id: str) -> None:
        await self.reviews.check_new_chapters(project_id)

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

    def reach(self) -> None:
        """Asks the database for nothing; raises ``StorageError`` where it does not answer."""
        with self.database.read():
            pass

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
        if self.paths.server is not None:
            return  # a server says so itself
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


def _find_local_servers() -> tuple[LocalServer, ...]:
    # Imported on that thread: it brings httpx along.
    from arboris_desktop.llm.local_servers import find_local_servers

    return find_local_servers()


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
    try:
        return paths, database.known_to_others(instance), database
    except StorageError:
        instance.close()
        database.close()
        raise


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
    return Services(
        paths=paths,
        database=database,
        instance=instance,
        register=ChapterRegister(database, instance, program),
        keys=kept,
        providers=providers,
        spending=spending,
        preferences=Preferences(database),
        novels=Novels(database),
        queue=AnalysisQueue(database, instance),
        inbox=Inbox(database),
        source=source,
        routed=ModelCalls(database, source, PromptLibrary()),
    )
