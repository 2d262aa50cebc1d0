"""Metrics for Prometheus, read when it asks: right over all processes, and of few rows.

MySQL and MariaDB count tasks and calls when they are asked to, which takes seconds with a million
of them: there these figures are of a while ago, once they take long.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import accumulate

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from arboris_desktop.domain.costs import CostRow
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.server.cached_figures import CachedFigures
from arboris_desktop.services import Services


class QueueCollector(Collector):
    """Reads the queue and the ledger of calls from the database, at each scrape."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._counts = CachedFigures(services.queue.counts)
        self._calls = CachedFigures(services.costs.of_models)

    def collect(self) -> Iterable[Metric]:
        """Called by the registry; raises ``StorageError``, except where the database is away:
        that is a figure itself, and the only one then."""
        try:
            figures = list(self._figures())
        except StorageError as error:
            if error.kind is not ErrorKind.DATABASE_UNREACHABLE:
                raise
            figures = []
        yield GaugeMetricFamily(
            "arboris_database_reachable",
            "1 while the database answers, 0 while it is waited for.",
            value=float(bool(figures)),
        )
        yield from figures

    def _figures(self) -> Iterable[Metric]:
        yield self._tasks()
        yield self._durations()
        yield self._oldest()
        yield GaugeMetricFamily(
            "arboris_workers_alive",
            "Processes that work the queue.",
            value=self._services.queue.processors(),
        )
        yield from _calls(self._calls.get())

    def _tasks(self) -> Metric:
        counts = self._counts.get()
        gauge = GaugeMetricFamily(
            "pending_analysis_total", "Analysis tasks by state.", labels=["status"]
        )
        for status in ("pending", "processing", "completed", "failed"):
            gauge.add_metric([status], getattr(counts, status))
        return gauge

    def _durations(self) -> Metric:
        histogram = HistogramMetricFamily(
            "pending_analysis_duration_seconds", "How long completed analyses took."
        )
        buckets = self._services.queue.durations()
        numbers = accumulate(bucket.number for bucket in buckets)
        histogram.add_metric(
            [],
            [(bucket.bound, number) for bucket, number in zip(buckets, numbers, strict=True)],
            sum(bucket.seconds for bucket in buckets),
        )
        return histogram

    def _oldest(self) -> Metric:
        oldest = self._services.queue.oldest_waiting()
        age = 0.0 if oldest is None else (datetime.now(UTC) - oldest).total_seconds()
        text = "Age of the task that waits longest."
        return GaugeMetricFamily("arboris_oldest_waiting_seconds", text, value=max(age, 0.0))


def _calls(rows: Iterable[CostRow]) -> Iterable[Metric]:
    calls = CounterMetricFamily(
        "arboris_model_calls", "Calls to models, also failed ones.", labels=["provider"]
    )
    tokens = CounterMetricFamily(
        "arboris_model_tokens", "Tokens read and written.", labels=["provider", "direction"]
    )
    cost = CounterMetricFamily(
        "arboris_model_cost", "What calls cost.", labels=["provider", "currency"]
    )
    for row in rows:
        calls.add_metric([row.key], row.calls)
        tokens.add_metric([row.key, "read"], row.spent.usage.prompt_tokens)
        tokens.add_metric([row.key, "written"], row.spent.usage.completion_tokens)
        for currency, amount in row.spent.money.items():
            cost.add_metric([row.key, currency], amount)
    yield from (calls, tokens, cost)


def registry_of(services: Services) -> CollectorRegistry:
    """A registry of this library's own figures alone."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(QueueCollector(services))
    return registry
