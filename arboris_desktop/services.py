"""Everything below the window: what the app and the command line use."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arboris_desktop.domain.chapter_writers import Program
from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.profiles import FIRST_PROFILE, ProviderProfile, ProviderRoster
from arboris_desktop.domain.settings import ProviderSettings, WritingSettings
from arboris_desktop.llm.keys import (
    KeyringOrSession,
    KeyringStore,
    KeyStore,
    SessionKeyStore,
)
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
from arboris_desktop.use_cases import UseCases
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.providers import Providers, StoredTraits
from arboris_desktop.writing.spending import CallLedger, Spending, settled_first

if TYPE_CHECKING:
    from arboris_desktop.domain.connection import ConnectionReport
    from arboris_desktop.domain.novel import ChapterVersion
    from arboris_desktop.domain.server_presets import LocalServer
    from arboris_desktop.domain.tasks import AnalysisTask
    from arboris_desktop.exchange.codex_table import CodexTable
    from arboris_desktop.llm.prompts import PromptLibrary
    from arboris_desktop.llm.shared_places import SharedPlaces
    from arboris_desktop.llm.shelf.store import ModelStore
    from arboris_desktop.tasks.work import ChapterWork
    from arboris_desktop.tasks.worker import AnalysisWorker
    from arboris_desktop.writing.asking import ModelCalls
    from arboris_desktop.writing.chapters.auto_writer import AutoWriter

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Services(UseCases):
    """The parts that a start needs, the use cases, and what has to be closed at the end."""

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

    @cached_property
    def routed(self) -> ModelCalls:
        """Calls of the models that the author's roster names for each kind of work."""
        from arboris_desktop.writing.asking import ModelCalls

        return ModelCalls(self.database, self.source, self.prompts)

    @cached_property
    def prompts(self) -> PromptLibrary:
        """The prompts as they were shipped."""
        from arboris_desktop.llm.prompts import PromptLibrary

        return PromptLibrary()

    @cached_property
    def calls(self) -> ModelCalls:
        """Calls of the models that plan and write."""
        from arboris_desktop.writing.asking import ModelCalls

        return ModelCalls(self.database, self.source, self.prompts)

    @cached_property
    def auto_writer(self) -> AutoWriter:
        """Writes many chapters."""
        from arboris_desktop.writing.chapters.auto_work import Writers
        from arboris_desktop.writing.chapters.auto_writer import AutoWriter

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
    def worker(self) -> AnalysisWorker:
        """Works on tasks of the queue."""
        from arboris_desktop.tasks.worker import AnalysisWorker

        return AnalysisWorker(self.database, self.routed, _begin_analysis)

    @cached_property
    def codex_table(self) -> CodexTable:
        """The codex as a table."""
        from arboris_desktop.exchange.codex_table import CodexTable

        return CodexTable(self.database, self.instance.noting)

    async def probe(
        self, provider: ProviderSettings, key: str | None, profile_id: str = FIRST_PROFILE
    ) -> ConnectionReport:
        """Asks a provider with these settings what it offers and how it does; raises
        ``ProviderError``.

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
        """The number of versions of a chapter that the window asks for."""
        settings = self.preferences.get(WritingSettings)
        return settings.versions(one_at_a_time=self.source.takes_turns())

    def written_by(
        self, profile: ProviderProfile, environment: Mapping[str, str] | None = None
    ) -> Services:
        """The same services, with one profile planning and writing, whatever is routed.

        Other variables than those of this process's environment may override it, or none.
        """
        return replace(self, source=self.source.only(profile, environment))

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
        """True if another file is in the library's place, or none."""
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
        from arboris_desktop.writing.recounting import recount

        clear_unlisted(self.database, self.instance, shall_stop)
        self.queue.prune(shall_stop)
        recount(self.database, shall_stop)

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
    paths.refuse_lost_link()
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


def _places_of(database: Database, instance: Instance) -> Callable[[], SharedPlaces]:
    """Makes the one count of calls of this process when a model is first opened."""

    @cache
    def make() -> SharedPlaces:
        from arboris_desktop.writing.call_places import CallPlaces

        return CallPlaces(database, instance)

    return make


def build_services(
    environment: Mapping[str, str] = os.environ,
    keys: KeyStore | None = None,
    *,
    program: Program = Program.WINDOW,
) -> Services:
    """Opens the author's data, upgrading it if needed; raises ``StorageError``.

    ``program`` is the name by which other processes know this one.
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
        places=_places_of(database, instance),
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
    )
