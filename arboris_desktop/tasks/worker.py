"""The worker of the queue, without Qt: a thread calls ``run`` for each task that it has claimed."""

from __future__ import annotations

import logging
import threading

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.tasks.attempt import Attempt, ClaimSuccessor, ReportStep
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from arboris_desktop.tasks.supervision import TimeAllowed
from arboris_desktop.tasks.work import BeginWork, Models

log = logging.getLogger(__name__)


def no_successor(_transaction: Transaction) -> None:
    """Claims nothing: whoever runs one task at a time asks for the next."""


class AnalysisWorker:
    """Runs tasks. One instance serves all threads of the pool: it keeps no state between calls.

    ``time_limit`` is in seconds for one attempt, whoever answers; see ``TimeAllowed``.
    """

    def __init__(
        self,
        database: Database,
        models: Models,
        begin_work: BeginWork,
        *,
        time_limit: float | None = None,
    ) -> None:
        self._database = database
        self._models = models
        self._begin_work = begin_work
        self._allowed = TimeAllowed(exactly=time_limit)

    def limited_to(self, seconds: float) -> AnalysisWorker:
        """The same worker that allows so much for an attempt, whatever the author has set."""
        worker = AnalysisWorker(self._database, self._models, self._begin_work)
        worker._allowed = TimeAllowed(usually=seconds)
        return worker

    def forget_faults(self) -> None:
        """Asks every provider again, also one that wants to be left alone for a while."""
        self._models.forget_faults()

    def run(
        self,
        task: AnalysisTask,
        stop: threading.Event,
        report_step: ReportStep,
        *,
        is_probe: bool = False,
        claim_successor: ClaimSuccessor = no_successor,
    ) -> TaskOutcome:
        """Works a claimed task to its end and says how it ended; never raises.

        ``is_probe``: the provider is known to be out of order, and this task finds out whether it
        still is. If it is, that is not held against the task.

        If even the end cannot be written (a full disk, say), the task is left to its lease and
        comes back into the queue when that has expired.
        """
        attempt = Attempt(
            self._database,
            self._models,
            self._begin_work,
            self._allowed,
            task,
            stop,
            report_step,
            is_probe=is_probe,
            claim_successor=claim_successor,
        )
        try:
            return attempt.to_the_end()
        except ArborisError as error:
            log.error("task %d is left to its lease: %s", task.id, error)
            return TaskOutcome(task.id, OutcomeKind.LOST, error.kind, error.message)
