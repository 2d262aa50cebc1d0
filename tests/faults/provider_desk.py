"""The queue, a worker and the drafting of chapters at a provider that fails as a test wants it."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from arboris_desktop.analysis.chapter_analysis import begin_analysis
from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.codex import CodexFact
from arboris_desktop.domain.notifications import Notification
from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.settings import ProviderSettings
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask, GenerationConfig
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.llm.wire.timeouts import Timeouts
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.tasks.outcome import TaskOutcome
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.tasks.worker import AnalysisWorker
from arboris_desktop.ui.error_words import ErrorWords, error_kind, error_sentence
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.drafting import Drafting, store_chapter
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.preferences import Preferences
from tests.conftest import SECRET
from tests.support.scripted_provider import (
    Behaviour,
    ChapterFacts,
    Rule,
    ScriptedProvider,
    perfect_rule,
    prompt_of,
    schema_name,
)
from tests.support.short_chapters import SHORT_CHAPTERS

STEP = AnalysisStep.CHARACTER_TRACKING
"""The step at which the provider fails; the summary before it succeeds."""

UNHURRIED = Timeouts(connect=20.0, first_token=20.0, stall=20.0)
QUICK = Timeouts(connect=20.0, first_token=3.0, stall=3.0)
"""The steps that succeed are asked with it too, on a machine that may be silent for a second by
itself."""

ALIVE = Timeouts(connect=20.0, first_token=1.0, stall=1.0)
"""As ``QUICK``, for servers that show signs of life, which prolong it tenfold."""

TEXT = (
    "Mara came home to Saltwick in the rain. The lighthouse was dark.\n\n"
    "“You are late,” said Tobias Reed, the harbour master, and would not meet her eyes.\n\n"
    "She closed her hand around the brass key. She would never trust the sea again."
)
CHANGE = {
    "quotation": "She would never trust the sea again.",
    "character": "Mara",
    "change": "She has lost her trust in the sea.",
    "reason": "The lighthouse is dark.",
    "confidence": 0.9,
}
CHANGES = {"changes": [CHANGE]}
PERFECT = perfect_rule(ChapterFacts(TEXT, "Mara comes home.", {STEP.value: CHANGES}))


def failing_with(answers: tuple[Behaviour, ...]) -> Rule:
    """Gives these answers, over and over, at the step that fails, and perfect ones elsewhere."""
    next_answers = itertools.cycle(answers)
    asked: list[str] = []

    def choose(request: dict[str, Any]) -> Behaviour:
        if schema_name(request) == STEP:
            asked[:] = [request["messages"][-1]["content"]]
        # It may be asked again without what the server does not understand, such as the schema.
        is_asked = any(question in prompt_of(request) for question in asked)
        return next(next_answers) if is_asked else PERFECT(request)

    return choose


@dataclass(slots=True)
class MovableClock:
    """The time, ``ahead`` by some seconds."""

    ahead: float = 0.0

    def now(self) -> datetime:
        """The moment that the database notes."""
        return utc_now() + timedelta(seconds=self.ahead)

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return time.monotonic() + self.ahead


@dataclass(slots=True)
class ProviderDesk:
    """A novel whose first chapter is queued and whose second one is planned, and its workers."""

    database: Database
    queue: AnalysisQueue
    worker: AnalysisWorker
    drafting: Drafting
    provider: ScriptedProvider
    project_id: str
    chapter_id: int
    planned_id: int
    task_id: int
    environment: dict[str, str] = field(repr=False)

    def use(self, address: str) -> None:
        """Lets the app call another address from now on."""
        self.environment["ARBORIS_BASE_URL"] = address

    def claim(self) -> AnalysisTask:
        """The next task, which must exist."""
        task = self.queue.claim_next()
        assert task is not None
        return task

    def work(
        self, task: AnalysisTask | None = None, stop: threading.Event | None = None
    ) -> TaskOutcome:
        """Works one task to its end."""
        return self.worker.run(
            task or self.claim(), stop or threading.Event(), lambda _id, _step: None
        )

    def rewrite(self, text: str) -> None:
        """Gives the chapter another text, whose analysis is queued in place of the first one's."""
        self.task_id = store_chapter(self.database, self.chapter_id, text, provider="scripted")[1]

    def work_again(self) -> TaskOutcome:
        """Works a task that waits after an error at once."""
        self.queue.make_due()
        self.worker.forget_faults()
        return self.work()

    @property
    def task(self) -> AnalysisTask:
        """The task as it is stored now."""
        return self.queue.task(self.task_id)

    def shown_error(self) -> ErrorWords:
        """The task panel's words for the task's error."""
        return error_sentence(error_kind(self.task.error_type))

    def notifications(self) -> list[Notification]:
        """The notifications to the author."""
        with self.database.read() as transaction:
            return transaction.notifications.list()

    def facts(self) -> list[CodexFact]:
        """All facts of the codex."""
        with self.database.read() as transaction:
            entries = transaction.codex.entries(self.project_id)
        return [fact for entry in entries for fact in entry.facts]

    def summary(self) -> str:
        """The stored summary of the chapter."""
        with self.database.read() as transaction:
            return transaction.chapters.overview(self.chapter_id).summary

    def requests_for(self, step: AnalysisStep) -> list[dict[str, Any]]:
        """The requests of a step, repairs among them."""
        name = None if step is AnalysisStep.SUMMARY else step.value
        return [request for request in self.provider.requests if schema_name(request) == name]

    def stored_bytes(self) -> bytes:
        """Everything on the disk: the database, its WAL, and what lies beside them."""
        home = self.database.paths.home
        return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


@contextmanager
def provider_desk(
    folder: Path,
    *,
    timeouts: Timeouts = UNHURRIED,
    time_limit: float | None = None,
    title: str = "The Harbour",
    clock: MovableClock | None = None,
) -> Iterator[ProviderDesk]:
    """A desk in a new data folder; the provider answers perfectly until it is told otherwise."""
    clock = clock or MovableClock()
    paths = DataPaths(folder / "home")
    paths.create()
    with ScriptedProvider(PERFECT) as provider:
        environment = {
            "ARBORIS_BASE_URL": provider.base_url,
            "ARBORIS_API_KEY": SECRET,
            "ARBORIS_MODEL": "scripted",
            "ARBORIS_MAX_PARALLEL": "16",
        }
        source = ProviderSource(ProviderSettings, SessionKeyStore(), environment, timeouts=timeouts)
        with (
            closing(Database(paths, clock.now)) as database,
            closing(Instance(paths.instances)) as instance,
            closing(source),
        ):
            Preferences(database).set(GenerationConfig(min_chapter_length=50), SHORT_CHAPTERS)
            project_id, chapter_id, planned_id = _begin_novel(database, title)
            calls = ModelCalls(database, source, PromptLibrary())
            yield ProviderDesk(
                database=database,
                queue=AnalysisQueue(database, instance, clock.monotonic),
                worker=AnalysisWorker(database, calls, begin_analysis, time_limit=time_limit),
                drafting=Drafting(database, calls, ChapterRegister(database, instance)),
                provider=provider,
                project_id=project_id,
                chapter_id=chapter_id,
                planned_id=planned_id,
                task_id=store_chapter(database, chapter_id, TEXT, provider="scripted")[1],
                environment=environment,
            )


def _begin_novel(database: Database, title: str) -> tuple[str, int, int]:
    outline = (
        OutlineChapter(title, "Mara comes home."),
        OutlineChapter("The Letter", "Mara reads."),
    )
    novels = Novels(database)
    project_id = novels.create(
        NewNovel("The Dark Lighthouse", volumes=(OutlineVolume("One", outline),))
    )
    first, second = novels.open(project_id).chapters
    return project_id, first.id, second.id
