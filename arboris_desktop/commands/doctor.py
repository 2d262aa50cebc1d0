"""``arboris-desktop doctor``: examines the environment, the data and the provider."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop import __version__
from arboris_desktop.commands.queue_checks import check_queue
from arboris_desktop.commands.saying import print_json, tell, words
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.domain.connection import ConnectionReport
    from arboris_desktop.domain.errors import ArborisError
    from arboris_desktop.domain.profiles import ProviderProfile
    from arboris_desktop.exchange.backups import Backups
    from arboris_desktop.services import Services

_SHOWN_MODELS = 8


def add_arguments(doctor: argparse.ArgumentParser) -> None:
    """Declares what may follow ``doctor``."""
    task = doctor.add_mutually_exclusive_group()
    task.add_argument("--list-backups", action="store_true", help="list and check the backups")
    task.add_argument(
        "--restore", type=str, metavar="FILE", help="put a backup, or the 'newest', in place"
    )
    doctor.add_argument("--json", action="store_true", help="with --list-backups")


def run(options: argparse.Namespace, ending: Termination) -> int:
    """Does what the options ask for; returns the exit code. Raises ``StorageError``."""
    if options.list_backups:
        return _list_backups(as_json=options.json)
    if options.restore is not None:
        return _restore(options.restore)
    return _examine(ending)


def _backups() -> Backups:
    from arboris_desktop.domain.errors import ErrorKind, RuleError
    from arboris_desktop.exchange.backups import Backups
    from arboris_desktop.storage.engine.paths import data_paths

    paths = data_paths(os.environ)
    if paths.server is not None:
        reason = "the library is on a server: use its own tools, such as pg_dump or mariadb-dump"
        raise RuleError(ErrorKind.INVALID_VALUE, reason)
    return Backups(paths)


def _list_backups(*, as_json: bool) -> int:
    backups = _backups()
    rows = [(backup, backups.examine(backup)) for backup in backups.list()]
    if as_json:
        listed = [
            {
                "file": str(backup.path),
                "made_at": backup.made_at.isoformat(),
                "reason": backup.reason.value,
                "bytes": backup.size,
                "novels": found.novels,
                "chapters": found.chapters,
                "words": found.words,
                "damage": found.damage,
            }
            for backup, found in rows
        ]
        print_json(listed)
        return 0
    for backup, found in rows:
        held = f"{found.novels} novels, {found.chapters} chapters, {found.words} words"
        print(f"{backup.path}  {backup.made_at:%Y-%m-%d %H:%M} UTC  {found.damage or held}")
    return 0


def _restore(wanted: str) -> int:
    from arboris_desktop.domain.errors import ErrorKind, NotFoundError

    backups = _backups()
    path = Path(wanted)
    if wanted == "newest":
        newest = backups.newest_good()
        if newest is None:
            raise NotFoundError(ErrorKind.NOT_FOUND, "no sound backup was found")
        path = newest[0].path
    kept = backups.restore(path)
    beside = f"; what was there is kept as {kept}" if kept else ""
    tell(f"restored {path}{beside}")
    return 0


def _examine(ending: Termination) -> int:
    """Prints what was found, a line each; returns 1 if anything is a problem.

    It opens the data itself: what hinders that is what it is asked for.
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
        findings.append(_problem(f"data folder {paths.home}", error))
    else:
        try:
            findings += [_check_database(services), *_check_privacy(services)]
            findings += check_queue(services)
            findings.append(_check_keyring(services))
            findings += _check_providers(services, ending)
        finally:
            services.close()
    for state, text in findings:
        print(f"{state:8} {text}")
    return 1 if any(state == "problem" for state, _ in findings) else 0


def _problem(what: str, error: ArborisError) -> tuple[str, str]:
    to_do = TO_DO.get(error.kind.value, "check the model settings")
    return "problem", f"{what}: {words(error.kind)} ({error.message}): {to_do}"


_KEPT_AS_DRAFT = "what came is kept as a draft: --draft continue goes on, or keep or discard it"

TO_DO = {
    "connection": "check that the server runs and that its address is right",
    "unauthorized": "check the API key",
    "quota_exhausted": "top up the account, or choose another model",
    "model_not_found": "choose one of the models that it offers",
    "not_an_api": "check the address; most of them end in /v1",
    "region": "choose another provider, or another way to it",
    "guard_page": "check the address, or try another network",
    "broken_variable": "correct the variable or remove it",
    "moderated": "what came is kept as a draft; word it differently, or choose another model",
    "model_declined": "what came is kept as a draft; word it differently, or choose another model",
    "answer_cut": _KEPT_AS_DRAFT,
    "no_end": _KEPT_AS_DRAFT,
    "unknown_end": _KEPT_AS_DRAFT,
    "runaway": "what came is kept as a draft; look at its end before --draft continue",
    "keyring": "give the key in ARBORIS_API_KEY",
    "built_in_model_missing": "choose a model file in the settings, or set ARBORIS_BASE_URL",
    "not_configured": "choose a model in the settings, or set ARBORIS_BASE_URL",
    "spend_limit": "raise the limit in the settings",
    "disk_full": "make room on the disk",
    "disk_error": "check that the disk works",
    "chapter_busy": "wait until that has ended, or stop it there, and try again",
    "database_locked": "close the other programs that use the file, and try again",
    "database_unreachable": "check that the database runs and ARBORIS_DATABASE_URL is right",
    "database_read_only": "make the data folder and its files writable",
    "path_too_long": "name a folder with a shorter path in ARBORIS_HOME",
    "database_corrupt": "run 'arboris-desktop doctor --restore newest' (see --list-backups)",
    "database_exchanged": "let nothing move or synchronise the data folder while Arboris runs, and"
    " start it again",
    "database_too_new": "install the newer version of Arboris Desktop that wrote it",
    "internal": "run 'arboris-desktop doctor --restore newest' (see --list-backups)",
}
"""Advice to the author, by the value of the error's kind."""


def _check_input_method(environment: Mapping[str, str]) -> list[tuple[str, str]]:
    """With which input method the window would start from here; never a problem in itself."""
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
            pass  # to begin writing is the test
        damage = check_integrity(services.paths.database) if is_file else []
    except StorageError as error:
        return _problem(place, error)
    if damage:
        return "problem", f"{place} is damaged ({damage[0]}): {TO_DO['database_corrupt']}"
    return "ok", f"{place} {'is sound and' if is_file else 'is reached and'} can be written"


def _check_privacy(services: Services) -> list[tuple[str, str]]:
    """Opening the data has closed it to other users, where the disk and its owner allow that."""
    from arboris_desktop.storage.engine.private_files import is_open_to_others

    paths = services.paths
    if not is_open_to_others((paths.home, paths.database)):
        return []
    advice = "name a folder of your own in ARBORIS_HOME, on a disk that knows rights"
    return [("note", f"other users of this computer may look into {paths.home}: {advice}")]


def _check_keyring(services: Services) -> tuple[str, str]:
    """No problem in itself: where a key is needed, opening the provider fails."""
    from arboris_desktop.domain.errors import ArborisError
    from arboris_desktop.llm.keys import keyring_name

    try:
        if keyring_name() is None:
            return "note", f"this system has no keyring: {TO_DO['keyring']} where a key is needed"
        services.providers.with_key(services.source.profiles())
    except ArborisError as error:
        return "note", f"{error.message}: {TO_DO['keyring']} where a key is needed"
    return "ok", "the system's keyring can be used"


def _check_providers(services: Services, ending: Termination) -> list[tuple[str, str]]:
    """Each profile is asked for its models; so is the one of the environment, if it sets one."""
    from arboris_desktop.domain.profiles import is_open_on_the_way

    profiles = services.source.profiles()
    findings = [_check_provider(services, profile, len(profiles), ending) for profile in profiles]
    return findings + [
        (
            "note",
            f"{services.source.describe(profile)} is asked without https: text and key can be read"
            " by others on the way",
        )
        for profile in profiles
        if not profile.is_built_in and is_open_on_the_way(profile.connection.base_url)
    ]


def _check_provider(
    services: Services, profile: ProviderProfile, profiles: int, ending: Termination
) -> tuple[str, str]:
    from arboris_desktop.domain.connection import ModelFailedError
    from arboris_desktop.domain.errors import ArborisError

    name = services.source.describe(profile)
    if profiles > 1:
        name = f"{profile.title} ({name})"
    try:
        found = ending.run(_find_model(services, profile))
    except ModelFailedError as error:
        state, text = _problem(name, error)
        return state, f"{text}: {_some_of(error.models)}"
    except ArborisError as error:
        return _problem(name, error)
    if found.is_listed is False:
        return "note", (
            f"{name} answers, but its server does not list {found.model}, and may ask another model"
            f" in its place: it lists {_some_of(found.models)}"
        )
    if not found.models:
        return "ok", f"{name} answers; its server does not tell what models it has"
    count = len(found.models)
    return "ok", f"{name} offers {count} model{'' if count == 1 else 's'}{_how_it_runs(found)}"


def _how_it_runs(found: ConnectionReport) -> str:
    if not found.slots:
        return ""
    return (
        f", run with a context of {found.context_tokens} tokens, {found.slots} at a time and"
        f" {found.threads} thread{'' if found.threads == 1 else 's'}"
    )


def _some_of(models: tuple[str, ...]) -> str:
    shown = ", ".join(models[:_SHOWN_MODELS])
    more = len(models) - _SHOWN_MODELS
    return f"{shown} and {more} more" if more > 0 else shown


async def _find_model(services: Services, profile: ProviderProfile) -> ConnectionReport:
    from arboris_desktop.llm.connection import find_model

    provider = services.source.open_profile(profile)
    try:
        return services.source.with_room(profile, await find_model(provider))
    finally:
        await provider.aclose()
