"""``arboris-desktop export``: writes a novel to a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declares what may follow ``export``."""
    command.add_argument("project_id")
    command.add_argument("--format", choices=("arboris", "md", "txt"), required=True)
    command.add_argument("--out", type=Path, required=True)
    text = "replace an older novel file (texts always are)"
    command.add_argument("--overwrite", action="store_true", help=text)


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Writes the file, whole or not at all."""
    services.export_book(
        options.project_id, options.format, options.out, overwrite=options.overwrite
    )
    return 0
