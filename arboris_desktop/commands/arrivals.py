"""``arboris-desktop arrivals``: items of a novel file that wait for a decision."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import print_json, tell
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.domain.instructions import Arrivals
    from arboris_desktop.services import Services


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declares the options of ``arrivals``."""
    command.add_argument("project_id")
    tasks = command.add_mutually_exclusive_group()
    tasks.add_argument("--analyse", action="store_true", help="queue the analyses that rest")
    tasks.add_argument("--leave", action="store_true", help="give them up")
    texts = command.add_mutually_exclusive_group()
    texts.add_argument(
        "--accept-instructions",
        action="store_true",
        help="tell the model from now on what the file says",
    )
    texts.add_argument("--discard-instructions", action="store_true", help="forget what it says")
    command.add_argument("--json", action="store_true")


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Decides as the options say, and prints what still waits."""
    arriving, project_id = services.arriving, options.project_id
    if options.analyse:
        arriving.analyse(project_id)
    elif options.leave:
        arriving.leave(project_id)
    if options.accept_instructions:
        arriving.accept_instructions(project_id)
    elif options.discard_instructions:
        arriving.discard_instructions(project_id)
    arrivals = arriving.of(project_id)
    if options.json:
        print_json(arrivals_as_json(arrivals))
    else:
        _print(arrivals)
    return 0


def arrivals_as_json(arrivals: Arrivals) -> dict[str, object]:
    """Returns what waits for a decision, with the full text of each instruction."""
    return {
        "resting": arrivals.resting,
        "instructions": [
            {
                "kind": each.kind.value,
                "name": each.name,
                "language": each.language.value if each.language else None,
                "content": each.content,
            }
            for each in arrivals.instructions
        ],
    }


def tell_arrivals(project_id: str, arrivals: Arrivals) -> None:
    """Reports after an import what rests and what is off, and how to change that."""
    if arrivals.resting:
        tell(
            f"{arrivals.resting} chapters wait for analysis, as the file says: "
            f"'arrivals {project_id} --analyse' queues them, '--leave' gives them up"
        )
    if arrivals.instructions:
        tell(
            f"the file brought instructions for the model ({_names(arrivals)}), which are off: "
            f"'arrivals {project_id}' shows them, '--accept-instructions' uses them"
        )


def _print(arrivals: Arrivals) -> None:
    print(f"{arrivals.resting} chapters wait for analysis")
    for each in arrivals.instructions:
        language = f" ({each.language.value})" if each.language else ""
        print(f"\n--- {each.kind.value} {each.name}{language}".rstrip() + f"\n{each.content}")


def _names(arrivals: Arrivals) -> str:
    names = [f"{each.kind.value} {each.name}".strip() for each in arrivals.instructions]
    counted = {name: names.count(name) for name in names}
    return ", ".join(name if count == 1 else f"{count} {name}s" for name, count in counted.items())
