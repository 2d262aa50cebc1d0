"""``arboris-desktop outline``: plans a book with a model."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import PROVIDER_HELP, with_services
from arboris_desktop.commands.output import print_json, tell
from arboris_desktop.commands.spent import spent_as_json
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services
    from arboris_desktop.writing.outline.book import BookOutlined
    from arboris_desktop.writing.outline.planning_run import OutlineEvent


def add_arguments(outline: argparse.ArgumentParser) -> None:
    """Declares the options of ``outline``."""
    outline.add_argument("project_id")
    outline.add_argument("--chapters", type=int, required=True, metavar="N")
    text = "how many volumes; one for every forty chapters, if not given; 0 for none"
    outline.add_argument("--volumes", type=int, metavar="N", help=text)
    outline.add_argument("--instruction", default="", help="wishes for the plan")
    outline.add_argument("--provider", help=PROVIDER_HELP)
    outline.add_argument("--json", action="store_true")


@with_services
def run(services: Services, options: argparse.Namespace, ending: Termination) -> int:
    """Plans what is missing, resuming an interrupted run. Raises ``ArborisError``."""
    from arboris_desktop.writing.outline.book import plan_whole_book

    done = ending.run(
        plan_whole_book(
            services.outlining,
            services.outline_editing,
            options.project_id,
            options.chapters,
            volumes=options.volumes,
            instruction=options.instruction,
            on_event=_tell,
        )
    )
    if options.json:
        print_json(_as_json(done))
    else:
        _print(done)
    return 0


def _tell(event: OutlineEvent) -> None:
    from arboris_desktop.writing.outline.planning_run import ChaptersPlanned

    if isinstance(event, ChaptersPlanned):
        tell(f"{event.done} of {event.total} chapters planned")


def _print(done: BookOutlined) -> None:
    for group in done.outline.groups:
        if group.volume is not None:
            print(f"# {group.volume.title}".rstrip())
        for chapter in group.chapters:
            print(f"{chapter.number:5}  {chapter.title}: {chapter.plan}")


def _as_json(done: BookOutlined) -> dict[str, object]:
    gaps = [number for each in done.outline.gaps() for number in each]
    return {
        "volumes": [
            {"title": v.title, "summary": v.summary, "chapters": v.size}
            for v in done.outline.volumes
        ],
        "chapters": [
            {"number": c.number, "title": c.title, "plan": c.plan} for c in done.outline.chapters
        ],
        "missing": gaps,
        **spent_as_json(done.spent),
    }
