"""``arboris-desktop retry``: queues a failed or cancelled task again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.row_ids import row_id
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services


def add_arguments(retry: argparse.ArgumentParser) -> None:
    """Declares the options of ``retry``."""
    retry.add_argument("task_id", type=row_id)


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Queues the task again."""
    services.queue.retry(options.task_id)
    return 0
