"""``doctor --list-backups`` and ``doctor --restore``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.commands.output import print_json, tell

if TYPE_CHECKING:
    from arboris_desktop.exchange.backups import Backups


def _backups() -> Backups:
    from arboris_desktop.domain.errors import ErrorKind, RuleError
    from arboris_desktop.exchange.backups import Backups
    from arboris_desktop.storage.engine.paths import data_paths

    paths = data_paths(os.environ)
    if paths.server is not None:
        reason = "the library is on a server: use its own tools, such as pg_dump or mariadb-dump"
        raise RuleError(ErrorKind.INVALID_VALUE, reason)
    return Backups(paths)


def list_backups(*, as_json: bool) -> int:
    """Prints every backup with what it holds; returns the exit code."""
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


def restore(wanted: str) -> int:
    """Puts a backup in place; returns the exit code. Raises ``NotFoundError``."""
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
