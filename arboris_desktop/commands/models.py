"""``arboris-desktop models``: the shelf of models that run on this computer."""

from __future__ import annotations

import argparse
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import print_json, tell
from arboris_desktop.commands.termination import STOPPED, Termination

if TYPE_CHECKING:
    from arboris_desktop.domain.shelf import ShelfModel
    from arboris_desktop.llm.shelf.fetching import FetchProgress
    from arboris_desktop.llm.shelf.store import ModelStore
    from arboris_desktop.services import Services

_STEPS = 20
"""The number of times that a download reports its progress."""


def add_arguments(models: argparse.ArgumentParser) -> None:
    """Declares the options of ``models``."""
    deeds = models.add_subparsers(dest="deed", required=True, metavar="list|get|remove|use")
    text = "the models of the shelf, those that are here, and the one that fits this computer"
    deeds.add_parser("list", help=text).add_argument("--json", action="store_true")
    get = deeds.add_parser("get", help="fetch a model; goes on where it was stopped")
    text = "huggingface (as it comes), modelscope, or the address of a mirror of the first"
    get.add_argument("--from", dest="source", default="huggingface", metavar="HUB", help=text)
    remove = deeds.add_parser("remove", help="remove a model, or what was begun of it")
    use = deeds.add_parser("use", help="let a model that is here write from now on")
    for deed in (get, remove, use):
        deed.add_argument("model", metavar="MODEL", help="its id, as `models list` shows it")


@with_services
def run(services: Services, options: argparse.Namespace, ending: Termination) -> int:
    """Lists, downloads, removes or selects; a signal pauses a download, which can be resumed."""
    from arboris_desktop.llm.shelf.store import ModelStore, wanted_model

    store = ModelStore(services.paths.models)
    if options.deed == "list":
        return _list(services, store, as_json=options.json)
    model = wanted_model(options.model)
    if options.deed == "get":
        return _get(store, model, options.source, ending)
    if options.deed == "remove":
        return _remove(services, store, model)
    return _use(services, store, model)


def _list(services: Services, store: ModelStore, *, as_json: bool) -> int:
    from arboris_desktop.domain.shelf import LISTED_ON, SHELF

    rows = [_row(services, store, model) for model in SHELF]
    if as_json:
        print_json(rows)
        return 0
    for row in rows:
        marks = [word for word in ("here", "in_use", "recommended") if row[word]]
        languages = "+".join(row["languages"])
        print(
            f"{row['id']:<14} {row['title']:<18} {languages:<6} {row['size'] / 1e9:5.1f} GB, "
            f"{row['memory'] / 1e9:5.1f} GB of memory  {row['licence']}"
            f"{'  (' + ', '.join(marks).replace('_', ' ') + ')' if marks else ''}"
        )
    tell(f"as of {LISTED_ON}; `models get MODEL` fetches one")
    return 0


def _row(services: Services, store: ModelStore, model: ShelfModel) -> dict[str, Any]:
    from arboris_desktop.domain.novel import Language
    from arboris_desktop.domain.shelf import recommended
    from arboris_desktop.llm.shelf.memory import total_memory

    return {
        "id": model.id,
        "title": model.title,
        "languages": [language.value for language in model.languages],
        "licence": model.licence,
        "size": model.size,
        "memory": model.memory,
        "here": store.has(model),
        "begun": store.begun(model),
        "in_use": _is_used(services, store, model),
        "recommended": recommended(total_memory(), Language.CHINESE) is model,
        "path": str(store.path(model)) if store.has(model) else None,
    }


def _get(store: ModelStore, model: ShelfModel, source: str, ending: Termination) -> int:
    from arboris_desktop.llm.shelf.fetching import FetchStoppedError
    from arboris_desktop.llm.shelf.store import place_of

    stop = threading.Event()
    tell(f"fetching {model.title}, about {model.size / 1e9:.1f} GB, under {model.licence}")
    try:
        with ending.calling(stop.set):
            path = store.fetch(model, place_of(source), _Teller(), stop.wait)
    except FetchStoppedError:
        tell("paused; `models get` goes on, `models remove` forgets what came")
        return STOPPED
    tell(f"it is here; `models use {model.id}` lets it write")
    print(path)
    return 0


class _Teller:
    """Reports the progress now and then."""

    def __init__(self) -> None:
        self._told = -1

    def __call__(self, progress: FetchProgress) -> None:
        step = progress.done * _STEPS // progress.size
        if step > self._told:
            self._told = step
            share = progress.done * 100 // progress.size
            tell(f"{share:3d} % ({progress.done / 1e9:.2f} of {progress.size / 1e9:.2f} GB)")


def _remove(services: Services, store: ModelStore, model: ShelfModel) -> int:
    from arboris_desktop.domain.errors import ErrorKind, RuleError

    if _is_used(services, store, model):
        raise RuleError(
            ErrorKind.INVALID_VALUE, f"{model.id} is in use; choose another model in the settings"
        )
    tell("removed" if store.remove(model) else "it was not here")
    return 0


def _use(services: Services, store: ModelStore, model: ShelfModel) -> int:
    from arboris_desktop.domain.errors import ErrorKind, RuleError
    from arboris_desktop.domain.settings import ProviderKind

    if not store.has(model):
        raise RuleError(
            ErrorKind.INVALID_VALUE, f"{model.id} is not here; `models get {model.id}` fetches it"
        )
    connection = services.providers.roster().first.connection
    path = str(store.path(model))
    services.providers.set_first(replace(connection, kind=ProviderKind.BUILT_IN, model_path=path))
    tell(f"{model.title} writes from now on")
    return 0


def _is_used(services: Services, store: ModelStore, model: ShelfModel) -> bool:
    profiles = services.providers.roster().profiles
    path = str(store.path(model))
    return any(p.is_built_in and p.connection.model_path == path for p in profiles)
