"""``arboris-desktop doctor``: examines the environment, the data and the provider."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from arboris_desktop import __version__
from arboris_desktop.commands.advice import TO_DO, problem
from arboris_desktop.commands.backup_commands import list_backups, restore
from arboris_desktop.commands.provider_checks import check_providers
from arboris_desktop.commands.queue_checks import check_queue
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services


def add_arguments(doctor: argparse.ArgumentParser) -> None:
    """Declares the options of ``doctor``."""
    task = doctor.add_mutually_exclusive_group()
    task.add_argument("--list-backups", action="store_true", help="list and check the backups")
    task.add_argument(
        "--restore", type=str, metavar="FILE", help="put a backup, or the 'newest', in place"
    )
    doctor.add_argument("--json", action="store_true", help="with --list-backups")


def run(options: argparse.Namespace, ending: Termination) -> int:
    """Does what the options ask for; returns the exit code. Raises ``StorageError``."""
    if options.list_backups:
        return list_backups(as_json=options.json)
    if options.restore is not None:
        return restore(options.restore)
    return _examine(ending)


def _examine(ending: Termination) -> int:
    """Prints the findings, one per line; returns 1 if any is a problem.

    It opens the data itself, because it is asked what prevents that.
    """
    from arboris_desktop.domain.errors import StorageError
    from arboris_desktop.services import build_services
    from arboris_desktop.storage.engine.paths import data_paths

    paths = data_paths(os.environ)
    findings = [("ok", f"Arboris Desktop {__version__}, Python {sys.version.split()[0]}")]
    findings += _check_input_method(os.environ)
    try:
        services = build_services()
    except StorageError as error:
        findings.append(problem(f"data folder {paths.home}", error))
    else:
        try:
            findings += [_check_database(services), *_check_privacy(services)]
            findings += check_queue(services)
            findings.append(_check_keyring(services))
            findings += check_providers(services, ending)
        finally:
            services.close()
    for state, text in findings:
        print(f"{state:8} {text}")
    return 1 if any(state == "problem" for state, _ in findings) else 0


def _check_input_method(environment: Mapping[str, str]) -> list[tuple[str, str]]:
    """Reports the input method that the window would use; never a problem in itself."""
    from arboris_desktop.background import input_method as method

    if not (method.has_modules() and method.has_screen(environment)):
        return []
    given = [f"{name}={environment[name]}" for name in method.VARIABLES if environment.get(name)]
    found = f"input method: {', '.join(given) or 'no variable names one'}"
    modules = method.modules(environment)
    if method.WAYLAND in modules:
        return [("ok", f"{found}: {_BY_WAYLAND}")]
    if method.IBUS not in modules:
        return [("note", f"{found}: {_OTHER_MODULE if given else _NO_INPUT_METHOD}")]
    if method.is_sandboxed(environment):
        return [("ok", f"{found}: reached through the desktop's portal")]
    if not method.is_served(environment):
        return [("note", f"{found}: {_NOT_SERVED}")]
    return [("ok", f"{found}: it runs, and is reached by the protocol of IBus")]


_BY_WAYLAND = (
    "the Wayland desktop's is used; if only letters come, choose Fcitx 5 in the desktop's settings "
    "(as the virtual keyboard of KDE), or set QT_IM_MODULES to ibus"
)
_NO_INPUT_METHOD = (
    "to type Chinese or Japanese, install fcitx5 or ibus, set QT_IM_MODULE to its name (on Debian "
    "with im-config) and sign in again"
)
_OTHER_MODULE = (
    "only ibus is built in, which Fcitx 5 understands too: to type Chinese or Japanese, set "
    "QT_IM_MODULES to ibus"
)
_NOT_SERVED = (
    "nothing runs that speaks the protocol of IBus: start fcitx5 (its addon 'IBus Frontend' must "
    "be on) or ibus-daemon, then Arboris; Fcitx 4 does not speak it"
)


def _check_database(services: Services) -> tuple[str, str]:
    from arboris_desktop.domain.errors import StorageError
    from arboris_desktop.storage.backups.backup import check_integrity

    place = services.database.place
    is_file = services.paths.server is None
    try:
        with services.database.write():
            pass  # To begin writing is the test.
        damage = check_integrity(services.paths.database) if is_file else []
    except StorageError as error:
        return problem(place, error)
    if damage:
        return "problem", f"{place} is damaged ({damage[0]}): {TO_DO['database_corrupt']}"
    return "ok", f"{place} {'is sound and' if is_file else 'is reached and'} can be written"


def _check_privacy(services: Services) -> list[tuple[str, str]]:
    """Reports whether other users can read the data, which opening it has prevented if possible."""
    from arboris_desktop.storage.engine.private_files import is_open_to_others

    paths = services.paths
    if not is_open_to_others((paths.home, paths.database)):
        return []
    advice = "name a folder of your own in ARBORIS_HOME, on a disk that knows rights"
    return [("note", f"other users of this computer may look into {paths.home}: {advice}")]


def _check_keyring(services: Services) -> tuple[str, str]:
    """Reports on the keyring.

    No problem in itself: if a key is needed, opening the provider fails.
    """
    from arboris_desktop.domain.errors import ArborisError
    from arboris_desktop.llm.keys import keyring_name

    try:
        if keyring_name() is None:
            return "note", f"this system has no keyring: {TO_DO['keyring']} where a key is needed"
        services.providers.with_key(services.source.profiles())
    except ArborisError as error:
        return "note", f"{error.message}: {TO_DO['keyring']} where a key is needed"
    return "ok", "the system's keyring can be used"
