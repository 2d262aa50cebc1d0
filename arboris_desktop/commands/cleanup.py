"""``arboris-desktop cleanup``: deletes old finished tasks."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import tell
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services

_DAYS = {"d": 1, "w": 7}


def add_arguments(cleanup: argparse.ArgumentParser) -> None:
    """Declares the options of ``cleanup``."""
    cleanup.add_argument(
        "--older-than",
        type=_days,
        required=True,
        metavar="AGE",
        help="days or weeks, such as 30d or 8w; what failed or is unread is kept in any case",
    )


def _days(given: str) -> int:
    found = re.fullmatch(r"([0-9]{1,4})([dw])", given.strip().lower())
    days = int(found[1]) * _DAYS[found[2]] if found else 0
    if not 1 <= days <= 3650:
        raise argparse.ArgumentTypeError(f"'{given}' is no age from 1d to 3650d")
    return days


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Deletes tasks and read notifications; a signal ends it between two transactions."""
    number = services.queue.forget_older_than(options.older_than)
    rows = "1 row" if number == 1 else f"{number} rows"
    tell(f"{rows} of finished work forgotten; what failed or is unread is kept")
    return 0
