"""``arboris-desktop FILE``: which argument is a file, where a command could stand too.

The rule: the first argument that is no option is a command if one has that name, whatever files
there are. Otherwise it is a file if it exists or looks like one: a path with a separator, or a name
that ends as novels and texts do. After ``--`` it is always a file. So a file called ``status`` is
opened with ``./status`` or ``-- status``; a desktop passes absolute paths, which are no commands.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NoReturn

_WITH_VALUE = ("--report",)


def take_file(
    arguments: list[str], commands: Collection[str], fail: Callable[[str], NoReturn]
) -> tuple[list[str], Path | None]:
    """The arguments without the file, and the file's absolute path, if one is given.

    Calls ``fail`` with a line for more than one, and for one that is not there.
    """
    place = _place(arguments)
    if place is None:
        return arguments, None
    is_marked = arguments[place] == "--"
    files = arguments[place + 1 :] if is_marked else arguments[place : place + 1]
    if not is_marked and not _is_file(files[0], commands):
        return arguments, None
    others = arguments[:place] if is_marked else arguments[:place] + arguments[place + 1 :]
    if len(files) != 1 or any(not one.startswith("-") for one in others[place:]):
        fail("one file can be opened at a time")
    if not os.path.isfile(files[0]):
        fail(f"there is no file {files[0]}")
    return others, Path(os.path.abspath(files[0]))


def _place(arguments: list[str]) -> int | None:
    """The place of the first argument that is neither an option nor the value of one."""
    follows = False
    for place, argument in enumerate(arguments):
        if argument == "--" or not (follows or argument.startswith("-")):
            return place
        follows = argument in _WITH_VALUE
    return None


def _is_file(argument: str, commands: Collection[str]) -> bool:
    if argument in commands:
        return False
    from arboris_desktop.exchange.importing import FILE_SUFFIXES  # no command waits for it

    has_separator = any(one in argument for one in (os.sep, os.altsep) if one)
    looks_like_one = has_separator or argument.lower().endswith(FILE_SUFFIXES)
    return looks_like_one or os.path.isfile(argument)
