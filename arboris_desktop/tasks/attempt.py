"""One attempt at a claimed task: step after step, each stored, and one transaction at the end."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

from arboris_desktop.domain import profiles
from arboris_desktop.domain.errors import (
    PROVIDER_DOWN,
    PROVIDER_TROUBLE,
    ArborisError,
    ErrorKind,
    NotFoundError,
    ProviderError,
    StorageError,
)
from arboris_desktop.domain.model_calls import CallPurpose
from arboris_desktop.domain.retry import backoff_seconds
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.spent import all_spent
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.storage.tasks.history import StepCheckpoint
from arboris_desktop.tasks.notifications import after_completion, after_failure
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from arboris_desktop.tasks.supervision import (
    LEASE,
    LeaseLostError,
    Supervisor,
    TaskStoppedError,
    TimeAllowed,
)
from arboris_desktop.tasks.work import BeginWork, ChapterWork, Models

log = logging.getLogger(__name__)


ReportStep = Callable[[int, AnalysisStep], None]

ClaimSuccessor = Callable[[Transaction], AnalysisTask | None]
"""Claims another task within the transaction that completes one; ``None`` if none shall follow."""


class Attempt:
    """One attempt at one task; a checkpoint after each step lets the next attempt go on there."""

    def __init__(
        self,
        database: Database,
        models: Models,
        begin_work: BeginWork,
        allowed: TimeAllowed,
        task: AnalysisTask,
        stop: threading.Event,
        report_step: ReportStep,
        *,
        is_probe: bool,
        claim_successor: ClaimSuccessor,
    ) -> None:
        self._database = database
        self._models = models
        self._begin_work = begin_work
        self._allowed = allowed
        self._task = task
        self._stop = stop
        self._report_step = report_step
        self._is_probe = is_probe
        self._claim_successor = claim_successor
        self._step: AnalysisStep | None = None
        self._provider_name = ""
        self._model = ""
        self._route = ""
        self._answered: set[str] = set()
        self._contexts: dict[str, int] = {}
        self._started = time.monotonic()
        self._answer = ""

    def to_the_end(self) -> TaskOutcome:
        """Works the task and says how that ended; raises ``ArborisError`` only when even the end
        cannot be written."""
        try:
            successor = self._work_through()
        except TaskStoppedError:
            return self._release()
        except LeaseLostError:
            return self._outcome(OutcomeKind.LOST)
        except NotFoundError as error:
            return self._give_up(ErrorKind.CHAPTER_GONE, str(error))
        except ArborisError as error:
            return self._fail_or_postpone(error)
        except Exception as error:
            # A defect of ours must end as a failed task that says so, not as a dead thread.
            log.exception("task %d failed unexpectedly", self._task.id)
            return self._give_up(ErrorKind.INTERNAL, f"{type(error).__name__}: {error}")
        return replace(self._outcome(OutcomeKind.COMPLETED), successor=successor)

    def _work_through(self) -> AnalysisTask | None:
        chapter, done, settings = self._begin()
        remaining = [step for step in chapter.steps if step not in done]
        if remaining:
            with asyncio.Runner() as runner:
                runner.run(self._run_steps(chapter, remaining, settings))
        return self._complete(chapter)

    def _begin(self) -> tuple[ChapterWork, set[AnalysisStep], QueueSettings]:
        with self._database.write_in(self._task.project_id) as transaction:
            version = transaction.chapters.selected_version(self._task.chapter_id)
            if version is None:
                raise NotFoundError(
                    ErrorKind.CHAPTER_GONE, f"chapter {self._task.chapter_id} has no text"
                )
            target = (self._task.chapter_version_id, self._task.version_revision)
            if target != (version.id, version.revision):
                self._keep(transaction.attempts.retarget(self._task, version.id, version.revision))
                transaction.history.forget_steps(self._task.id)
                self._task = transaction.queue.get(self._task.id)
            chapter = self._begin_work(transaction, self._task, version)
            done = set(transaction.history.steps(self._task.id))
            settings = transaction.settings.get(QueueSettings)
        return chapter, done, settings

    async def _run_steps(
        self, chapter: ChapterWork, steps: list[AnalysisStep], settings: QueueSettings
    ) -> None:
        # Until it is known who is asked.
        most = self._allowed.seconds(settings, profiles.SLOWNESS_NEAR)
        supervisor = Supervisor(self._stop, self._heartbeat, most)
        for step in steps:
            await self._run_step(step, chapter, supervisor, settings)

    async def _run_step(
        self,
        step: AnalysisStep,
        chapter: ChapterWork,
        supervisor: Supervisor,
        settings: QueueSettings,
    ) -> None:
        started = time.monotonic()
        self._step = step
        with self._database.claim() as transaction:
            self._keep(transaction.attempts.begin_step(self._task, step))
        self._report_step(self._task.id, step)
        async with AsyncExitStack() as stack:
            provider, prompts = await self._open(chapter.purpose_of(step), supervisor, stack)
            supervisor.allow(self._allowed.seconds(settings, provider.profile.slowness))
            try:
                result = await supervisor.watch(chapter.run(step, provider, prompts))
            except ProviderError as error:
                # Of an answer that broke off, or took too long, what had come.
                self._answer = provider.without_secrets(error.answer) or provider.heard
                raise
            finally:
                self._provider_name, self._model = provider.name, provider.model
                # What one step had to learn about the context holds for those to come.
                self._contexts[provider.profile.id] = provider.context_tokens
        self._answered.add(self._route)
        checkpoint = StepCheckpoint(
            step,
            result,
            provider.spent,
            time.monotonic() - started,
            provider=self._provider_name,
            model=self._model,
        )
        try:
            # The answer is paid for: it is stored at once, also when the app quits this moment.
            self._save(checkpoint, chapter)
        except StorageError as error:
            if not error.retryable:
                raise
            await supervisor.watch(patiently(lambda: self._save(checkpoint, chapter)))

    async def _open(
        self, purpose: CallPurpose, supervisor: Supervisor, stack: AsyncExitStack
    ) -> tuple[MeteredProvider, PromptLibrary]:
        self._route = ""
        # The keyring may let one wait: the heart beats meanwhile.
        opened = self._models.opened(purpose, background=True, on_waiting=supervisor.waits)
        provider, prompts = await supervisor.watch(stack.enter_async_context(opened))
        self._route = provider.route
        if context := self._contexts.get(provider.profile.id):
            provider.context_tokens = context
        return provider, prompts

    def _save(self, checkpoint: StepCheckpoint, chapter: ChapterWork) -> None:
        with self._database.write_in(self._task.project_id) as transaction:
            self._keep(transaction.attempts.is_own(self._task))
            transaction.history.save_step(self._task.id, checkpoint)
            chapter.keep_step(transaction, self._task, checkpoint.step, checkpoint.result)

    def _complete(self, chapter: ChapterWork) -> AnalysisTask | None:
        """Keeps, completes, notifies and claims a successor in one transaction, if the task is
        still ours."""
        with self._database.write_in(self._task.project_id) as transaction:
            steps = transaction.history.steps(self._task.id)
            results = {step: checkpoint.result for step, checkpoint in steps.items()}
            spent = all_spent(checkpoint.spent for checkpoint in steps.values())
            duration = sum(checkpoint.duration_seconds for checkpoint in steps.values())
            counts = chapter.keep(transaction, self._task, results)
            self._keep(
                transaction.attempts.complete(
                    self._task,
                    result={
                        "steps": {step.value: result for step, result in results.items()},
                        "counts": counts.to_json(),
                    },
                    spent=spent,
                    duration_seconds=duration,
                )
            )
            transaction.durations.count(self._task.id, duration)
            after_completion(transaction, self._task, counts, spent)
            successor = self._claim_successor(transaction)
        return successor

    def _fail_or_postpone(self, error: ArborisError) -> TaskOutcome:
        blameless = self._is_probe and error.kind in PROVIDER_DOWN | PROVIDER_TROUBLE
        # Nor is it held against the task that no more may be spent.
        blameless |= error.kind is ErrorKind.SPEND_LIMIT
        may_retry = error.retryable and self._task.retry_count < self._task.max_retries
        if not (may_retry or blameless):
            return self._give_up(error.kind, error.message)
        retry_after = error.retry_after if isinstance(error, ProviderError) else None
        # When a probe failed, or a limit is reached, it is the circuit breaker that waits.
        wait = (
            0.0
            if blameless
            else backoff_seconds(self._task.retry_count + 1, retry_after=retry_after)
        )
        with self._database.write_in(self._task.project_id) as transaction:
            ours = transaction.attempts.postpone(
                self._task,
                error_type=error.kind.value,
                message=error.message,
                wait=timedelta(seconds=wait),
                spend_retry=not blameless,
            )
            if ours:
                self._record(transaction, error.kind, error.message)
        outcome = self._outcome(
            OutcomeKind.POSTPONED if ours else OutcomeKind.LOST, error.kind, error.message
        )
        return replace(outcome, retry_after=retry_after)

    def _give_up(self, kind: ErrorKind, message: str) -> TaskOutcome:
        with self._database.write_in(self._task.project_id) as transaction:
            ours = transaction.attempts.fail(
                self._task,
                error_type=kind.value,
                message=message,
                duration_seconds=time.monotonic() - self._started,
            )
            if ours:
                self._record(transaction, kind, message)
                after_failure(transaction, self._task, kind, message)
        return self._outcome(OutcomeKind.FAILED if ours else OutcomeKind.LOST, kind, message)

    def _record(self, transaction: Transaction, kind: ErrorKind, message: str) -> None:
        transaction.history.add_failure(
            self._task,
            step=self._step,
            error_type=kind.value,
            message=message,
            provider=self._provider_name,
            model=self._model,
            raw_answer=self._answer,
        )

    def _release(self) -> TaskOutcome:
        with self._database.write_in(self._task.project_id) as transaction:
            ours = transaction.attempts.release(self._task)
        return self._outcome(OutcomeKind.RELEASED if ours else OutcomeKind.LOST)

    def _heartbeat(self) -> bool:
        with self._database.claim() as transaction:
            return transaction.attempts.extend_lease(self._task, LEASE)

    def _keep(self, ours: bool) -> None:
        """Leaves the transaction without a trace when the task is no longer ours."""
        if not ours:
            raise LeaseLostError

    def _outcome(
        self, kind: OutcomeKind, error: ErrorKind | None = None, message: str = ""
    ) -> TaskOutcome:
        return TaskOutcome(
            self._task.id, kind, error, message, self._route, answered=frozenset(self._answered)
        )
