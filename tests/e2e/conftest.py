"""A command line in an empty data folder, and a model server that does as it is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from tests.e2e.command_line import SECRET, STORY, CommandLine
from tests.e2e.worker_processes import worker_environment
from tests.support.scripted_provider import ChapterFacts, ScriptedProvider, perfect_rule
from tests.support.served import Served, serving


@pytest.fixture
def environment(tmp_path: Path, paths: DataPaths) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARBORIS_")}
    server = {"ARBORIS_DATABASE_URL": paths.server} if paths.server else {}
    return {**kept, **server, "ARBORIS_HOME": str(tmp_path / "home with space 书")}


@pytest.fixture
def at_work(paths: DataPaths, scripted_provider: ScriptedProvider) -> dict[str, str]:
    """The environment of processes that work the queue."""
    return worker_environment(paths, scripted_provider)


@pytest.fixture
def cli(environment: dict[str, str], scripted_provider: ScriptedProvider) -> CommandLine:
    scripted_provider.rule = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp."))
    return CommandLine(
        {
            **environment,
            "ARBORIS_BASE_URL": scripted_provider.base_url,
            "ARBORIS_MAX_PARALLEL": "16",
            "ARBORIS_API_KEY": SECRET,
            "ARBORIS_MODEL": "scripted",
        }
    )


@pytest.fixture
def task_id(database: Database, novel: NovelContents) -> int:
    """The task of the novel's first chapter, which waits."""
    return store_chapter(database, novel.chapters[0].id, "A short chapter.", provider="p")[1]


@pytest.fixture
def served(database: Database, task_id: int) -> Iterator[Served]:
    """``arboris-desktop serve`` as a process at that database."""
    server = database.paths.server
    variables = {"ARBORIS_DATABASE_URL": server} if server else {}
    with serving(database.paths.home, **variables) as running:
        yield running
