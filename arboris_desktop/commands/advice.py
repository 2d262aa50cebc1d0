"""Advice on failures: what the author can do about each kind of error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arboris_desktop.commands.output import words

if TYPE_CHECKING:
    from arboris_desktop.domain.errors import ArborisError


def problem(what: str, error: ArborisError) -> tuple[str, str]:
    """Returns a finding of ``doctor`` about an error, with advice."""
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
    "disk_unsuitable": "name a folder on a disk of this computer in ARBORIS_HOME",
    "chapter_busy": "wait until that has ended, or stop it there, and try again",
    "database_locked": "close the other programs that use the file, and try again",
    "database_unreachable": "check that the database runs and ARBORIS_DATABASE_URL is right",
    "database_away": "connect the disk that it is on, or correct the link",
    "database_read_only": "make the data folder and its files writable",
    "path_too_long": "name a folder with a shorter path in ARBORIS_HOME",
    "database_corrupt": "run 'arboris-desktop doctor --restore newest' (see --list-backups)",
    "database_exchanged": "let nothing move or synchronise the data folder while Arboris runs, and"
    " start it again",
    "database_too_new": "install the newer version of Arboris Desktop that wrote it",
    "internal": "run 'arboris-desktop doctor --restore newest' (see --list-backups)",
}
"""Advice to the author, by the value of the error's kind."""
