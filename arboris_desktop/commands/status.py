"""``arboris-desktop status``: the state of the queue."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import print_json
from arboris_desktop.commands.termination import Termination
from arboris_desktop.tasks.as_json import counts_as_json, task_as_json

if TYPE_CHECKING:
    from arboris_desktop.domain.tasks import AnalysisTask, QueueCounts
    from arboris_desktop.services import Services

_RECENT = 20


def add_arguments(status: argparse.ArgumentParser) -> None:
    """Declares the options of ``status``."""
    status.add_argument("project_id", nargs="?")
    status.add_argument("--json", action="store_true")


def run(options: argparse.Namespace, ending: Termination) -> int:
    """Prints counts and the last tasks, of one novel or all."""
    from arboris_desktop.storage.engine.paths import data_paths
    from arboris_desktop.storage.tasks.quick_status import quick_status

    seen = quick_status(data_paths(), options.project_id, _RECENT)
    if seen is None:
        return _run_opened(options, ending)
    return _show(seen.counts, seen.recent, as_json=options.json)


@with_services
def _run_opened(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Prints the same after opening the data, which creates or upgrades it, or reports what
    prevents that."""
    if options.project_id is not None:
        services.novels.open(options.project_id)
    counts = services.queue.counts(options.project_id)
    recent = services.queue.recent(options.project_id, limit=_RECENT)
    return _show(counts, recent, as_json=options.json)


def _show(counts: QueueCounts, tasks: list[AnalysisTask], *, as_json: bool) -> int:
    if as_json:
        recent = [task_as_json(task) for task in tasks]
        print_json({**counts_as_json(counts), "recent_tasks": recent})
        return 0
    print(
        f"{counts.pending} pending, {counts.processing} processing, "
        f"{counts.completed} completed, {counts.failed} failed"
    )
    for task in tasks:
        error = f"  {task.error_type}: {task.error_message}" if task.error_type else ""
        chapter = f"{task.project_title}, chapter {task.chapter_number}"
        print(f"{task.id:6}  {task.status.value:10}  {chapter}{error}")
    return 0
