"""A chapter that is written and queued, and a model that knows it; the novels of the corpus."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from arboris_desktop.analysis.chapter_analysis import begin_analysis
from arboris_desktop.domain.tasks import AnalysisTask, GenerationConfig
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.outcome import TaskOutcome
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.tasks.worker import AnalysisWorker
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.analysis_book import Book
from tests.support.scripted_provider import ChapterFacts, ScriptedProvider, perfect_rule

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
"""Public-domain novels that stand beside the repository, where they are present."""

TEXT = (
    "Mara came home to Saltwick in the rain. The lighthouse was dark.\n\n"
    "“You are late,” said Tobias Reed, the harbour master, and would not meet her eyes.\n\n"
    "She closed her hand around the brass key. She would never trust the sea again."
)

FACTS = ChapterFacts(
    text=TEXT,
    summary="Mara comes home and finds the lighthouse dark.",
    answers={
        "character_tracking": {
            "changes": [
                {
                    "quotation": "She would never trust the sea again.",
                    "character": "Mara",
                    "change": "She has lost her trust in the sea.",
                    "reason": "The lighthouse is dark.",
                    "confidence": 0.9,
                },
                {
                    "quotation": "Mara laughed and danced on the pier.",
                    "character": "Mara",
                    "change": "She is happy.",
                    "reason": "Nobody knows.",
                    "confidence": 0.9,
                },
            ]
        },
        "new_characters": {
            "characters": [
                {
                    "quotation": '"You are late," said Tobias Reed',
                    "name": "Tobias Reed",
                    "aliases": ["the harbour master"],
                    "role": "supporting",
                    "description": "The harbour master.",
                    "confidence": 0.95,
                }
            ]
        },
        "world_expansion": {
            "entries": [
                {
                    "quotation": "Mara came home to Saltwick in the rain.",
                    "category": "location",
                    "name": "Saltwick",
                    "description": "A harbour town.",
                    "confidence": 0.3,
                }
            ]
        },
        "foreshadowing": {
            "seeds": [
                {
                    "quotation": "would not meet her eyes",
                    "content": "The harbour master hides something.",
                    "kind": "hint",
                    "confidence": 0.8,
                }
            ]
        },
    },
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The queue and a worker at it."""

    database: Database
    queue: AnalysisQueue
    worker: AnalysisWorker

    def claim(self) -> AnalysisTask:
        """The next task, which must exist."""
        task = self.queue.claim_next()
        assert task is not None
        return task

    def work(self, task: AnalysisTask | None = None) -> TaskOutcome:
        """Works one task to its end."""
        return self.worker.run(task or self.claim(), threading.Event(), lambda _id, _step: None)

    def work_again(self) -> TaskOutcome:
        """Works a postponed task at once."""
        self.queue.make_due()
        return self.work()


@pytest.fixture
def desk(
    database: Database,
    instance: Instance,
    source: ProviderSource,
    scripted_provider: ScriptedProvider,
) -> Desk:
    Preferences(database).set(GenerationConfig(min_chapter_length=50))
    scripted_provider.rule = perfect_rule(FACTS)
    worker = AnalysisWorker(database, ModelCalls(database, source, PromptLibrary()), begin_analysis)
    return Desk(database, AnalysisQueue(database, instance), worker)


@pytest.fixture
def task_id(desk: Desk, novel: NovelContents) -> int:
    """The waiting task of chapter 1."""
    chapter = novel.chapters[0]
    return store_chapter(desk.database, chapter.id, TEXT, provider="scripted")[1]


@pytest.fixture
def book(database: Database, instance: Instance, novel: NovelContents) -> Book:
    """A novel that is told what is found in its chapters."""
    return Book(database, instance, novel.project.id)


@pytest.fixture
def corpus_file() -> Callable[[str], Path]:
    """Gives the path of a novel, or skips the test."""

    def find(name: str) -> Path:
        path = CORPUS / name
        if not path.is_file():
            pytest.skip(f"the novel {name} is not beside the repository (../shared/corpus)")
        return path

    return find
