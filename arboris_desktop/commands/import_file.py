"""``arboris-desktop import``: brings a file in as a novel."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.saying import print_json
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declares what may follow ``import``."""
    command.add_argument("file", type=Path)
    command.add_argument("--json", action="store_true")


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Stores the file as a novel and prints its id."""
    project_id = services.import_book(options.file)
    if options.json:
        print_json({"project_id": project_id})
    else:
        print(project_id)
    return 0
