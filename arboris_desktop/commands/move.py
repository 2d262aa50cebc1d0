"""``arboris-desktop move``: copies the library into an empty database, or another folder."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import tell
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.services import Services
    from arboris_desktop.storage.engine.paths import DataPaths


def add_arguments(move: argparse.ArgumentParser) -> None:
    """Declares the options of ``move``."""
    move.add_argument(
        "--to",
        required=True,
        metavar="PLACE",
        help="an empty database, as postgresql+psycopg://user@host/name or"
        " mysql+pymysql://user@host/name, or a folder without a library",
    )


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Copies all rows and compares them; the old library stays. Raises ``RuleError``."""
    from arboris_desktop.domain.errors import ErrorKind, RuleError
    from arboris_desktop.storage.database import Database
    from arboris_desktop.storage.moving import move_library

    if services.instance.live_owners() != [services.instance.owner]:
        reason = "the library is in use: end the window, the workers and the server first"
        raise RuleError(ErrorKind.INVALID_VALUE, reason)
    place = _place(services.paths, options.to)
    with closing(Database(place)) as target:
        moved = move_library(services.database, target)
        tell(f"{moved.rows} rows of {moved.tables} tables are in {target.place}, as they were")
    variable = "ARBORIS_DATABASE_URL" if place.server else "ARBORIS_HOME"
    tell(f"set {variable} to use it; {services.database.place} stays as it is")
    return 0


def _place(own: DataPaths, given: str) -> DataPaths:
    from arboris_desktop.storage.engine.errors import data_folder_error
    from arboris_desktop.storage.engine.paths import DataPaths

    if "://" in given:
        return DataPaths(own.home, given)
    paths = DataPaths(Path(given).expanduser().absolute())
    try:
        paths.create()
    except OSError as error:
        raise data_folder_error(error) from error
    return paths
