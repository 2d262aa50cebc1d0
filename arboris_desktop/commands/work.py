"""``arboris-desktop work``: works the queue as a service, until it is stopped."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import fail, tell, tell_outcome
from arboris_desktop.commands.termination import Termination
from arboris_desktop.commands.variables import add_number

if TYPE_CHECKING:
    from arboris_desktop.domain.settings import QueueSettings
    from arboris_desktop.services import Services


def add_arguments(work: argparse.ArgumentParser) -> None:
    """Declares the options of ``work``."""
    add_number(
        work, "--poll-seconds", "ARBORIS_POLL_SECONDS", "seconds between looks for work, 5 to 30"
    )
    add_number(
        work, "--max-concurrent", "ARBORIS_MAX_CONCURRENT", "chapters analysed at once, 1 to 10"
    )
    add_number(
        work, "--task-timeout", "ARBORIS_TASK_TIMEOUT", "seconds for one analysis, 300 to 900"
    )


@with_services
def run(services: Services, options: argparse.Namespace, ending: Termination) -> int:
    """Works the queue until a signal arrives, which is how a service ends, and then returns 0.

    It waits while the queue is paused, a provider is out of order or a database is locked.
    """
    from arboris_desktop.background.headless import work_queue
    from arboris_desktop.background.processor import Processor
    from arboris_desktop.background.service_manager import ServiceManager
    from arboris_desktop.domain.settings import QueueSettings

    settings = _settings(services.preferences.get(QueueSettings), options)
    worker = services.worker.limited_to(settings.task_timeout_seconds)
    at_once = f"at most {settings.max_concurrent} at once"
    try:
        # A reader of this line may stop the service at once.
        tell(f"works {services.database.place}: {at_once}, a look every {settings.poll_seconds} s")
        ended = work_queue(
            lambda: Processor(
                services.queue, lambda: worker, services.preferences, tidy=services.tidy
            ),
            services.search,
            services.cares,
            settings,
            None,
            tell_outcome,
            ending.calling,
            manager=ServiceManager(),
        )
    except KeyboardInterrupt:
        # The signal came before the loop turned.
        return 0
    if ended.failure is not None:
        raise ended.failure
    if ended.reason:
        return fail(ended.reason, 1)
    tell("ended; what ran is back in the queue")
    return 0


def _settings(stored: QueueSettings, options: argparse.Namespace) -> QueueSettings:
    """Returns the author's settings with the given options.

    Raises ``RuleError`` outside the ranges.
    """
    given = {
        "poll_seconds": options.poll_seconds,
        "max_concurrent": options.max_concurrent,
        "task_timeout_seconds": options.task_timeout,
    }
    return replace(stored, **{name: value for name, value in given.items() if value is not None})
