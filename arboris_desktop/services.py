"""Everything below the window, built once and handed down: what the app and the command line use."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from arboris_desktop.analysis.codex import Codex
from arboris_desktop.analysis.inbox import Inbox
from arboris_desktop.analysis.queue import AnalysisQueue
from arboris_desktop.analysis.worker import AnalysisWorker
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.settings import ProviderSettings
from arboris_desktop.llm.keys import KeyringStore, KeyStore
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.instances import Instance
from arboris_desktop.storage.paths import DataPaths, data_paths
from arboris_desktop.writing.drafting import Drafting
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases, and what has to be closed at the end."""

    paths: DataPaths
    database: Database
    instance: Instance
    source: ProviderSource
    keys: KeyStore
    preferences: Preferences
    novels: Novels
    editing: Editing
    drafting: Drafting
    queue: AnalysisQueue
    worker: AnalysisWorker
    inbox: Inbox
    codex: Codex

    def close(self) -> None:
        """Ends the built-in model, gives up this process's claims and closes the database."""
        self.source.close()
        self.instance.close()
        self.database.close()


def build_services(
    environment: Mapping[str, str] = os.environ, keys: KeyStore | None = None
) -> Services:
    """Opens the author's data, upgrading it if needed; raises ``StorageError``."""
    paths = data_paths(environment)
    try:
        paths.create()
        instance = Instance(paths.instances)
    except OSError as error:
        raise StorageError(ErrorKind.DATABASE_READ_ONLY, str(error)) from error
    database = Database(paths)
    preferences = Preferences(database)
    keys = keys or KeyringStore()
    source = ProviderSource(lambda: preferences.get(ProviderSettings), keys, environment)
    prompts = PromptLibrary()
    return Services(
        paths=paths,
        database=database,
        instance=instance,
        source=source,
        keys=keys,
        preferences=preferences,
        novels=Novels(database),
        editing=Editing(database),
        drafting=Drafting(database, source, prompts, instance),
        queue=AnalysisQueue(database, instance),
        worker=AnalysisWorker(database, source, prompts),
        inbox=Inbox(database),
        codex=Codex(database),
    )
