"""``arboris-desktop analyse``: works the queue without a window."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import fail, tell_outcome
from arboris_desktop.commands.termination import STOPPED, Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services


def add_arguments(analyse: argparse.ArgumentParser) -> None:
    """Declares the options of ``analyse``."""
    analyse.add_argument("--until-empty", action="store_true")
    analyse.add_argument("--max-concurrent", type=int)


@with_services
def run(services: Services, options: argparse.Namespace, ending: Termination) -> int:
    """Works until the queue is empty, or a signal arrives; returns 1 if a task failed."""
    from arboris_desktop.background.headless import PATIENCE_SECONDS, work_queue
    from arboris_desktop.background.processor import Processor
    from arboris_desktop.domain.settings import QueueSettings

    settings = services.preferences.get(QueueSettings)
    if options.max_concurrent is not None:
        settings = replace(settings, max_concurrent=options.max_concurrent)
    if settings.paused:
        return fail("the queue is paused; resume it in the window", 1)
    ended = work_queue(
        lambda: Processor(services.queue, lambda: services.worker, services.preferences),
        services.search,
        services.cares,
        settings,
        services.queue.is_idle if options.until_empty else None,
        tell_outcome,
        ending.calling,
        patience=PATIENCE_SECONDS if services.database.is_shared else 0.0,
    )
    if ended.failure is not None:
        raise ended.failure
    if ended.reason:
        return fail(ended.reason, 1)
    if ended.interrupted:
        return fail("stopped; what ran is back in the queue", STOPPED)
    return 1 if ended.failed else 0
