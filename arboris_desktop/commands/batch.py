"""``arboris-desktop batch``: analyses many chapters together."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import print_json, tell
from arboris_desktop.commands.row_ids import row_id
from arboris_desktop.commands.spent import spent_as_json
from arboris_desktop.commands.termination import Termination
from arboris_desktop.domain.chapter_numbers import parse_chapter_numbers
from arboris_desktop.domain.spent import money_words

if TYPE_CHECKING:
    from arboris_desktop.domain.batches import AnalysisBatch, BatchEstimate
    from arboris_desktop.services import Services

_CHANGES = ("pause", "resume", "cancel")


def add_arguments(batch: argparse.ArgumentParser) -> None:
    """Declares the options of ``batch``."""
    actions = batch.add_subparsers(dest="action", required=True)
    for name, text in (
        ("estimate", "what analysing the chapters would take; asks no model"),
        ("start", "queue the chapters; `analyse` or the window works them"),
    ):
        action = actions.add_parser(name, help=text, description=text)
        action.add_argument("project_id")
        action.add_argument("--chapters", metavar="1-20,25", help="all, if not given")
        action.add_argument("--again", action="store_true", help="also those analysed already")
        action.add_argument("--json", action="store_true")
    listed = actions.add_parser("list", help="show the batches")
    listed.add_argument("--json", action="store_true")
    for name in _CHANGES:
        actions.add_parser(name, help=f"{name} a batch").add_argument("batch_id", type=row_id)


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Runs the subcommand. Raises ``RuleError`` and ``NotFoundError``."""
    if options.action in _CHANGES:
        getattr(services.batches, options.action)(options.batch_id)
    elif options.action == "list":
        _list(services, as_json=options.json)
    else:
        _estimate_or_start(services, options)
    return 0


def _estimate_or_start(services: Services, options: argparse.Namespace) -> None:
    from arboris_desktop.tasks.batches import BatchChoice

    numbers = None if options.chapters is None else parse_chapter_numbers(options.chapters)
    choice = BatchChoice(options.project_id, numbers, options.again)
    if options.action == "estimate":
        estimate = services.batches.estimate(choice)
        print_json(_estimate_as_json(estimate)) if options.json else print(
            _estimate_in_words(estimate)
        )
        return
    batch_id = services.batches.start(choice)
    if options.json:
        print_json({"batch_id": batch_id})
    else:
        print(batch_id)
        tell(_estimate_in_words(services.batches.get(batch_id).estimate))


def _list(services: Services, *, as_json: bool) -> None:
    batches = services.batches.list()
    if as_json:
        print_json([_as_json(batch) for batch in batches])
        return
    for batch in batches:
        print(
            f"{batch.id}\t{batch.status.value}\t{batch.completed}/{batch.total} analysed, "
            f"{batch.failed} failed\t{batch.project_title}"
        )


def _as_json(batch: AnalysisBatch) -> dict[str, Any]:
    return {
        "batch_id": batch.id,
        "project_id": batch.project_id,
        "status": batch.status.value,
        "total": batch.total,
        "unfinished": batch.unfinished,
        "completed": batch.completed,
        "failed": batch.failed,
        "cancelled": batch.cancelled,
        "estimate": _estimate_as_json(batch.estimate),
        "created_at": batch.created_at.isoformat(),
    }


def _estimate_as_json(estimate: BatchEstimate) -> dict[str, object]:
    return {
        "chapters": estimate.chapters,
        "seconds": estimate.seconds,
        **spent_as_json(estimate.spent),
    }


def _estimate_in_words(estimate: BatchEstimate) -> str:
    seconds = "unknown" if estimate.seconds is None else f"{estimate.seconds:.0f} s"
    tokens, cost = estimate.spent.tokens, money_words(estimate.spent)
    return f"{estimate.chapters} chapters, about {tokens} tokens, time {seconds}, cost {cost}"
