"""``arboris-desktop codex``: exports or imports the codex of a novel as a table."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import print_json
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declares the options of ``codex``."""
    command.add_argument("project_id")
    way = command.add_mutually_exclusive_group(required=True)
    way.add_argument("--export", type=Path, metavar="FILE", help="write it as CSV")
    text = "take entries of a CSV (kind, name, aliases, role, description, facts) or character card"
    way.add_argument("--import", type=Path, metavar="FILE", dest="taken", help=text)


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Writes or imports the table, completely or not at all."""
    if options.export is not None:
        services.codex_table.write(options.project_id, options.export)
        return 0
    taken = services.codex_table.take(options.project_id, options.taken)
    print_json({"added": taken.added, "changed": taken.changed})
    return 0
