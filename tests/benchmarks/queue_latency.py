"""From the author's order to analyse a chapter to the worker that begins, in an idle app."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEventLoop, SignalInstance
from PySide6.QtWidgets import QApplication

from arboris_desktop.analysis.chapter_analysis import begin_analysis
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import Services, build_services
from arboris_desktop.tasks.attempt import ClaimSuccessor, ReportStep
from arboris_desktop.tasks.outcome import TaskOutcome
from arboris_desktop.tasks.worker import AnalysisWorker, no_successor
from tests.benchmarks.books import add_novel, empty_home
from tests.benchmarks.figures import Budget, Figure
from tests.support.scripted_provider import ScriptedProvider


class _TimedWorker(AnalysisWorker):
    """The app's worker, which notes when it was called."""

    started_at = 0.0

    def run(
        self,
        task: AnalysisTask,
        stop: threading.Event,
        report_step: ReportStep,
        *,
        is_probe: bool = False,
        claim_successor: ClaimSuccessor = no_successor,
    ) -> TaskOutcome:
        self.started_at = time.perf_counter()
        return super().run(
            task, stop, report_step, is_probe=is_probe, claim_successor=claim_successor
        )


def measure(runs: int, *, chapters: int = 20) -> Iterator[Figure]:
    """Each run's slowest start; every chapter waits until the one before is analysed."""
    QCoreApplication.instance() or QApplication([])
    slowest = [max(_start_milliseconds(chapters)) for _ in range(runs)]
    name = f"enqueue → worker started, slowest of {chapters}"
    yield Figure(name, "ms", tuple(slowest), Budget(50))


def _start_milliseconds(count: int) -> list[float]:
    with _services() as services:
        worker = _TimedWorker(services.database, services.calls, begin_analysis)
        processor = Processor(services.queue, lambda: worker, services.preferences)
        contents = services.novels.open(add_novel(services.database, count, "她回家了。"))
        try:
            _until(processor.idle, processor.start)
            return [_start_one(services, processor, worker, c.id) for c in contents.chapters]
        finally:
            processor.stop()


def _start_one(
    services: Services, processor: Processor, worker: _TimedWorker, chapter_id: int
) -> float:
    ordered_at = time.perf_counter()
    services.queue.add_chapter(chapter_id)
    _until(processor.idle, processor.wake)
    return (worker.started_at - ordered_at) * 1000


def _until(signal: SignalInstance, act: Callable[[], None]) -> None:
    loop = QEventLoop()
    connection = signal.connect(loop.quit)
    act()
    loop.exec()
    signal.disconnect(connection)


@contextmanager
def _services() -> Iterator[Services]:
    with empty_home() as paths, ScriptedProvider() as provider:
        environment = {
            "ARBORIS_HOME": str(paths.home),
            "ARBORIS_BASE_URL": provider.base_url,
            "ARBORIS_MAX_PARALLEL": "16",
            "ARBORIS_MODEL": "scripted",
        }
        services = build_services(environment, SessionKeyStore())
        try:
            yield services
        finally:
            services.close()
