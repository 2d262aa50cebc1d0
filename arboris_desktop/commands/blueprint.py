"""``arboris-desktop blueprint``: makes a blueprint from a premise."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import PROVIDER_HELP, with_services
from arboris_desktop.commands.output import fail, print_json
from arboris_desktop.commands.spent import spent_as_json
from arboris_desktop.commands.termination import Termination
from arboris_desktop.domain.blueprint import Blueprint, BlueprintField, Item, texts_of
from arboris_desktop.text.blueprint_lines import FIELD_NAMES, as_text

if TYPE_CHECKING:
    from arboris_desktop.domain.novel import Language
    from arboris_desktop.services import Services
    from arboris_desktop.writing.call_events import CallAnswer


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declares the options of ``blueprint``."""
    command.add_argument("project_id")
    command.add_argument("--premise", default="", help="the idea; else the novel's premise")
    text = "give the novel the blueprint's title and summary"
    command.add_argument("--adopt", action="store_true", help=text)
    command.add_argument("--provider", help=PROVIDER_HELP)
    command.add_argument("--json", action="store_true")


@with_services
def run(services: Services, options: argparse.Namespace, ending: Termination) -> int:
    """Creates what is missing. Raises ``ArborisError``, ``RuleError`` and ``NotFoundError``."""
    answer = ending.run(_make(services, options.project_id, options.premise))
    if options.adopt:
        blueprint = answer.value
        title, premise = bool(blueprint.title), bool(blueprint.summary)
        services.blueprint.adopt(options.project_id, title=title, premise=premise)
    opened = services.blueprint.open(options.project_id)
    if options.json:
        print_json(_as_json(options.project_id, answer))
    else:
        _print_text(opened.blueprint, opened.project.language)
    missing = [part.value for part in answer.value.missing_parts()]
    if missing:
        return fail(f"the model left out: {', '.join(missing)}", 1)
    return 0


async def _make(services: Services, project_id: str, premise: str) -> CallAnswer[Blueprint]:
    """Makes the brief first, unless the author has confirmed one."""
    from arboris_desktop.writing.call_events import Bill

    bill = Bill()
    if premise or services.concept.open(project_id).confirmed_at is None:
        bill.add(await services.concept.unattended(project_id, premise))
    made = await services.blueprint.complete(project_id)
    bill.add(made)
    return bill.answer(made.value)


def _as_json(project_id: str, answer: CallAnswer[Blueprint]) -> dict[str, object]:
    return {
        "project_id": project_id,
        "blueprint": {field.value: _plain(answer.value.value(field)) for field in BlueprintField},
        "missing": [part.value for part in answer.value.missing_parts()],
        **spent_as_json(answer.spent),
    }


def _plain(value: str | tuple[Item, ...]) -> object:
    return value if isinstance(value, str) else [texts_of(item) for item in value]


def _print_text(blueprint: Blueprint, language: Language) -> None:
    for field in BlueprintField:
        if text := as_text(blueprint.value(field), language):
            print(f"{FIELD_NAMES[language][field]}\n{text}\n")
