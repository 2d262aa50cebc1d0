"""Runs of the auto-writer: several chapters in a row, unattended, within bounds.

A run is a row that says which chapter is next, and why it waits for the author. The work itself is
in ``auto_work``.
"""

from __future__ import annotations

import asyncio

from arboris_desktop.domain.auto_runs import (
    UNFINISHED,
    AutoOptions,
    AutoRun,
    AutoRunStatus,
    StopReason,
)
from arboris_desktop.domain.errors import (
    ArborisError,
    ErrorKind,
    ProviderError,
    RuleError,
    StorageError,
)
from arboris_desktop.domain.rescue import UnsavedTextError
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.retrying_store import patiently, to_its_end
from arboris_desktop.writing.chapters.auto_events import AnalysesHeldError, QueueChanged, TellAuto
from arboris_desktop.writing.chapters.auto_work import AutoWork, StopRunError, Writers


class AutoWriter:
    """Starts runs and works them."""

    def __init__(self, database: Database, writers: Writers, instance: Instance) -> None:
        self._database = database
        self._writers = writers
        self._instance = instance

    def start(self, project_id: str, first: int, last: int, options: AutoOptions) -> AutoRun:
        """Stores a new run over the chapters ``first`` to ``last``; ``work`` it next.

        Raises ``RuleError`` if the novel has an unfinished run, or if chapters before the first are
        missing; ``NotFoundError``.
        """
        if not 1 <= first <= last:
            raise RuleError(ErrorKind.INVALID_VALUE, "a run goes from a chapter to a later one")
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            if transaction.auto_runs.unfinished(project_id):
                raise RuleError(
                    ErrorKind.RUN_UNFINISHED, "another run of this novel is not finished"
                )
            planned = len(transaction.chapters.of_project(project_id))
            if first > planned + 1:
                raise RuleError(
                    ErrorKind.CHAPTERS_MISSING,
                    f"chapter {first} cannot be first: {planned} are planned",
                )
            return transaction.auto_runs.add(project_id, first, last, options)

    def run(self, run_id: int) -> AutoRun:
        """Returns the present state of a run. Raises ``NotFoundError``."""
        with self._database.read() as transaction:
            return transaction.auto_runs.get(run_id)

    def unfinished(self, project_id: str) -> AutoRun | None:
        """Returns the unfinished run of a novel."""
        with self._database.read() as transaction:
            return next(iter(transaction.auto_runs.unfinished(project_id)), None)

    def waiting(self, project_id: str) -> AutoRun | None:
        """Returns the run of a novel that waits, including one whose process ended while it was
        running.

        Returns ``None`` if this or another process is working it.
        """
        run = self.unfinished(project_id)
        if run is None:
            return None
        with self._instance.claim(_claim(run.id)) as is_free:
            if not is_free:
                return None
            if run.status is AutoRunStatus.RUNNING:
                return self.pause(run.id, StopReason.INTERRUPTED)
        return run

    def change_options(self, run_id: int, options: AutoOptions) -> AutoRun:
        """Changes the bounds for the rest of a run."""
        with self._database.write() as transaction:
            transaction.auto_runs.change_options(run_id, options)
            return transaction.auto_runs.get(run_id)

    def cancel(self, run_id: int) -> None:
        """Ends a run for good; what is written stays."""
        with self._database.write() as transaction:
            transaction.auto_runs.change_status(run_id, AutoRunStatus.CANCELLED)

    def pause(
        self, run_id: int, reason: StopReason, detail: str = "", seconds: float = 0.0
    ) -> AutoRun:
        """Notes why a run waits, and seconds that it took before."""
        with self._database.write() as transaction:
            transaction.auto_runs.add_seconds(run_id, seconds)
            if transaction.auto_runs.get(run_id).status in UNFINISHED:
                transaction.auto_runs.change_status(run_id, AutoRunStatus.PAUSED, reason, detail)
            return transaction.auto_runs.get(run_id)

    async def work(self, run_id: int, queue_changed: QueueChanged, tell: TellAuto) -> AutoRun:
        """Writes chapter after chapter until the run ends or waits; returns it then.

        Cancel the task to pause: what arrived is kept. Failures make the run wait and are not
        raised, except a ``StorageError`` that cannot be recorded or carries a text. Raises
        ``RuleError`` if the run has ended or is being worked already, here or by another process,
        and ``NotFoundError``, also if its novel is removed meanwhile.
        """
        with self._instance.claim(_claim(run_id)) as is_free:
            if not is_free:
                raise RuleError(ErrorKind.RUN_BUSY, "another window or command works this run now")
            waited = await asyncio.to_thread(self._set_running, run_id)
            job = AutoWork(self._database, self._writers, queue_changed, tell)
            return await self._work(job, waited)

    async def _work(self, job: AutoWork, waited: AutoRun) -> AutoRun:
        run_id = waited.id
        try:
            await job.to_the_end(waited)
        except StopRunError as stop:
            return await self._paused(job, run_id, stop.reason, stop.detail)
        except AnalysesHeldError as held:
            return await self._paused(job, run_id, StopReason.ANALYSIS, str(held))
        except asyncio.CancelledError:
            await to_its_end(self._paused(job, run_id, StopReason.AUTHOR, ""))
            raise
        except ProviderError as error:
            limited = error.kind is ErrorKind.SPEND_LIMIT
            reason = StopReason.SPENDING if limited else StopReason.PROVIDER
            return await self._paused(job, run_id, reason, _reason(error))
        except StorageError as error:
            return await self._paused_by(error, job, run_id)
        except RuleError as error:
            return await self._paused(job, run_id, StopReason.BUSY, str(error))
        except Exception as error:
            # A bug of ours is reported, but no run is left that appears to continue.
            await self._paused(job, run_id, StopReason.INTERRUPTED, str(error))
            raise
        return await asyncio.to_thread(self.run, run_id)

    def _set_running(self, run_id: int) -> AutoRun:
        """Resumes the run, and returns it as it waited."""
        with self._database.write() as transaction:
            run = transaction.auto_runs.get(run_id)
            if run.status not in UNFINISHED:
                raise RuleError(ErrorKind.RUN_OVER, "the run has ended")
            transaction.auto_runs.change_status(run_id, AutoRunStatus.RUNNING)
            return run

    async def _paused_by(self, fault: StorageError, job: AutoWork, run_id: int) -> AutoRun:
        """Records the pause if possible; raises an error that carries a text, or that would
        otherwise go unnoticed."""
        is_told = isinstance(fault, UnsavedTextError)
        try:
            run = await self._paused(job, run_id, StopReason.STORAGE, _reason(fault))
        except StorageError:
            is_told = True
        if is_told:
            raise fault
        return run

    async def _paused(self, job: AutoWork, run_id: int, reason: StopReason, detail: str) -> AutoRun:
        def note() -> AutoRun:
            with job.stopwatch.counted() as seconds:
                return self.pause(run_id, reason, detail, seconds)

        return await patiently(note)


def _claim(run_id: int) -> str:
    return f"auto-run-{run_id}"


def _reason(error: ArborisError) -> str:
    return f"{error.kind.value}: {error.message}"
