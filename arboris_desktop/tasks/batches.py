"""Analysing many chapters together: an imported book, say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from arboris_desktop.domain.batches import AnalysisBatch, BatchEstimate, BatchStatus
from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.novel import ChapterVersion
from arboris_desktop.domain.profiles import ProviderRoster
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.spent import Spent, all_spent
from arboris_desktop.domain.tasks import LEAST_FOR_ONE_QUESTION, AnalysisStep, GenerationConfig
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.llm.traits import told_context
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.tasks.batches import OPEN
from arboris_desktop.tasks.enqueuing import enqueue

BATCH_PRIORITY = 3
"""Below that of a chapter just written, which the author waits for."""

_PROMPT_TOKENS = 900
_ANSWER_TOKENS = 350
"""The tokens of a step's prompt beside the chapter, and those of its answer. Rough: the prompts
alone take 200 to 700, what is known of the book may take as much again, and an answer a line per
fact."""

_MEASURED_TASKS = 50


@record
class BatchChoice:
    """A choice of a novel's chapters: those of these numbers, or all (``None``).

    ``again`` includes chapters whose present text is analysed already.
    """

    project_id: str
    numbers: Collection[int] | None = None
    again: bool = False


class Batches:
    """The batches of this database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def estimate(self, choice: BatchChoice) -> BatchEstimate:
        """Estimates what the batch would take; costs nothing, asks no model. Raises
        ``NotFoundError``."""
        with self._database.read() as transaction:
            return _estimate(transaction, list(_chosen(transaction, choice)))

    def start(self, choice: BatchChoice) -> int:
        """Queues the chapters and returns the batch's id.

        Raises ``NotFoundError``, or ``RuleError`` when there is nothing to analyse, or a batch of
        the same novel is open.
        """
        with self._database.write() as transaction:
            if any(batch.project_id == choice.project_id for batch in _open(transaction)):
                raise RuleError(ErrorKind.BATCH_UNDER_WAY, "a batch of this novel is under way")
            versions = list(_chosen(transaction, choice))
            if not versions:
                raise RuleError(ErrorKind.NOTHING_TO_ANALYSE, "no chapter is left to analyse")
            estimate = _estimate(transaction, versions)
            batch_id = transaction.batches.add(choice.project_id, estimate)
            for version in versions:
                enqueue(transaction, version, priority=BATCH_PRIORITY, batch_id=batch_id)
            return batch_id

    def pause(self, batch_id: int) -> None:
        """Holds its waiting chapters back, also after a restart; running ones end normally.

        Raises ``NotFoundError``, or ``RuleError`` when it does not run.
        """
        self._hold(batch_id, BatchStatus.RUNNING, BatchStatus.PAUSED)

    def resume(self, batch_id: int) -> None:
        """Goes on with a paused batch; raises ``NotFoundError`` or ``RuleError``."""
        self._hold(batch_id, BatchStatus.PAUSED, BatchStatus.RUNNING)

    def _hold(self, batch_id: int, before: BatchStatus, after: BatchStatus) -> None:
        with self._database.write() as transaction:
            _change(transaction, batch_id, (before,), after)
            transaction.queue.hold_batch(batch_id, after is BatchStatus.PAUSED)

    def cancel(self, batch_id: int) -> None:
        """Ends a batch; what is analysed stays. Raises ``NotFoundError`` or ``RuleError``."""
        with self._database.write() as transaction:
            _change(transaction, batch_id, OPEN, BatchStatus.CANCELLED)
            transaction.queue.cancel_of_batch(batch_id)

    def list(self, *, open_only: bool = False) -> list[AnalysisBatch]:
        """The newest batches first."""
        with self._database.read() as transaction:
            return transaction.batches.list(open_only=open_only)

    def get(self, batch_id: int) -> AnalysisBatch:
        """One batch; raises ``NotFoundError``."""
        with self._database.read() as transaction:
            return transaction.batches.get(batch_id)


def _open(transaction: Transaction) -> list[AnalysisBatch]:
    return transaction.batches.list(open_only=True)


def _change(
    transaction: Transaction, batch_id: int, allowed: Collection[BatchStatus], to: BatchStatus
) -> None:
    batch = transaction.batches.get(batch_id)
    if not transaction.batches.change_status(batch_id, allowed, to):
        raise RuleError(ErrorKind.BATCH_OVER, f"batch {batch_id} is {batch.status.value}")


def _chosen(transaction: Transaction, choice: BatchChoice) -> Iterator[ChapterVersion]:
    """The present texts of the chosen chapters, in book order."""
    transaction.projects.get(choice.project_id)
    done = set() if choice.again else transaction.queue.analysed_texts(choice.project_id)
    for overview in transaction.chapters.of_project(choice.project_id):
        if choice.numbers is not None and overview.number not in choice.numbers:
            continue
        version = transaction.chapters.selected_version(overview.id)
        if version is None or not version.content.strip():
            continue
        if (version.id, version.revision) not in done:
            yield version


def _estimate(transaction: Transaction, versions: list[ChapterVersion]) -> BatchEstimate:
    config = transaction.settings.get(GenerationConfig)
    roster = transaction.profiles.roster()
    config = replace(config, in_one_question=_are_asked_at_once(transaction, config, roster))
    spent = all_spent(_expected(version, config, roster) for version in versions)
    per_token = _seconds_per_prompt_token(transaction)
    at_once = transaction.settings.get(QueueSettings).max_concurrent
    return BatchEstimate(
        chapters=len(versions),
        spent=spent,
        seconds=None if per_token is None else spent.usage.prompt_tokens * per_token / at_once,
    )


def _are_asked_at_once(
    transaction: Transaction, config: GenerationConfig, roster: ProviderRoster
) -> bool:
    """True if that is wanted, and the model is known to have the room for it."""
    first = roster.route(AnalysisStep.CHARACTER_TRACKING.model_task)[0]
    place = first.connection
    told = told_context(transaction.traits.get(first.id, place.base_url, place.model))
    context = min(filter(None, (told, place.context_tokens)), default=0)
    return config.in_one_question and context >= LEAST_FOR_ONE_QUESTION


def _expected(version: ChapterVersion, config: GenerationConfig, roster: ProviderRoster) -> Spent:
    steps: tuple[AnalysisStep, ...] = config.enabled_steps()
    if len(version.content) < config.min_chapter_length:
        steps = (AnalysisStep.SUMMARY,)
    asked = estimate_tokens(version.content) + _PROMPT_TOKENS
    if config.in_one_question and steps == tuple(AnalysisStep):
        long = TokenUsage(asked + _PROMPT_TOKENS, len(steps) * _ANSWER_TOKENS, estimated=True)
        return _on_step(AnalysisStep.CHARACTER_TRACKING, long, roster)
    usage = TokenUsage(asked, _ANSWER_TOKENS, estimated=True)
    return all_spent(_on_step(step, usage, roster) for step in steps)


def _on_step(step: AnalysisStep, usage: TokenUsage, roster: ProviderRoster) -> Spent:
    """The tokens and the cost of a step, at the model that is asked first."""
    # The environment may name another server than the profile does: without a price nobody knows.
    prices = roster.route(step.model_task)[0].prices
    return Spent.on_call(usage, prices.cost_of(usage), prices.currency)


def _seconds_per_prompt_token(transaction: Transaction) -> float | None:
    """The median of the last analyses, whatever the provider; ``None`` before the first."""
    measured = [
        seconds / usage.prompt_tokens
        for usage, seconds in transaction.queue.measures(_MEASURED_TASKS)
        if usage.prompt_tokens
    ]
    # Brings fractions and decimals along.
    from statistics import median

    return median(measured) if measured else None
