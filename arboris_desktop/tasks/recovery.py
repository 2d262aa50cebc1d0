"""Recovery of tasks whose worker is gone: its process died, or sleeps past its lease."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.tasks import MAX_RESCUES, SUSPICIOUS_RESCUES, AnalysisTask
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.notifications import after_failure
from arboris_desktop.tasks.supervision import GRACE_SECONDS, LEASE


class Recovery:
    """Looks for such tasks, and remembers since when the lease of a living owner has run out."""

    def __init__(
        self, database: Database, instance: Instance, monotonic: Callable[[], float]
    ) -> None:
        self._database = database
        self._instance = instance
        self._monotonic = monotonic
        self._run_out_since: dict[tuple[int, int], float] = {}

    def run(self) -> int:
        """Puts tasks whose worker is gone back into the queue, or ends them; returns how many.

        A worker that died is no failure of the task: another task, or the author, may have ended
        the app. But a chapter that kills the app does not do so for ever (``MAX_RESCUES``).
        """
        live = self._instance.live_owners()
        with self._database.read() as transaction:
            run_out = transaction.queue.expired(live, LEASE)
        abandoned = self._without_sleepers(run_out, live)
        if not abandoned:
            return 0
        with self._database.write() as transaction:
            beside = Counter(task.lease_owner for task in abandoned)
            return sum(
                _recover(transaction, task, was_alone=beside[task.lease_owner] == 1)
                for task in abandoned
            )

    def _without_sleepers(self, run_out: list[AnalysisTask], live: list[str]) -> list[AnalysisTask]:
        """The tasks whose owner is dead, or has not renewed its lease since ``GRACE_SECONDS``."""
        now = self._monotonic()
        since = {(task.id, task.attempt): now for task in run_out} | {
            key: first
            for key, first in self._run_out_since.items()
            if key in {(task.id, task.attempt) for task in run_out}
        }
        self._run_out_since = since
        return [
            task
            for task in run_out
            if task.lease_owner not in live or now - since[task.id, task.attempt] >= GRACE_SECONDS
        ]


def _recover(transaction: Transaction, task: AnalysisTask, *, was_alone: bool) -> bool:
    """Ends the attempt of a worker that is gone; false when the task has been changed meanwhile."""
    kind, message = ErrorKind.LEASE_EXPIRED, "the app stopped while this was running"
    # Of several that ran at once nobody knows which one it was: each is a suspect at most.
    rescues = task.rescue_count + 1
    is_rescued = not was_alone or rescues <= MAX_RESCUES
    if is_rescued:
        rescues = rescues if was_alone else min(rescues, SUSPICIOUS_RESCUES)
        ours = transaction.attempts.rescue(task, rescues=rescues, error_type=kind, message=message)
    else:
        ours = transaction.attempts.fail(
            task, error_type=kind, message=message, duration_seconds=0.0
        )
    if ours:
        transaction.history.add_failure(
            task, step=task.current_step, error_type=kind, message=message
        )
        if not is_rescued:
            after_failure(transaction, task, kind, message)
    return ours
