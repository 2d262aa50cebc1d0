"""``arboris-desktop new``: creates a novel."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import print_json
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services


def add_arguments(new: argparse.ArgumentParser) -> None:
    """Declares the options of ``new``."""
    new.add_argument("title")
    new.add_argument("--premise", default="")
    new.add_argument("--language", choices=("en", "zh"), default="en")
    new.add_argument("--json", action="store_true")


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Stores the novel and prints its id."""
    from arboris_desktop.domain.novel import Language, NewNovel

    novel = NewNovel(
        title=options.title, premise=options.premise, language=Language(options.language)
    )
    project_id = services.novels.create(novel)
    if options.json:
        print_json({"project_id": project_id})
    else:
        print(project_id)
    return 0
