"""Making a new library: the file appears when it is whole, and never in the place of another."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from arboris_desktop.storage.engine.durable_files import sync_folder
from arboris_desktop.storage.engine.errors import data_folder_error
from arboris_desktop.storage.engine.paths import CREATING
from arboris_desktop.storage.engine.side_files import remove_with_side_files, set_log_aside
from arboris_desktop.storage.engine.sqlite import create_database_engine


def create_database(database: Path, make_schema: Callable[[Engine], None]) -> None:
    """Makes an empty library at a path where there is no file; raises ``StorageError``.

    So a file of no bytes is never one that was begun: it was emptied, or is somebody else's. When
    another process is quicker, its library stays.
    """
    mark = uuid.uuid4().hex
    fresh = database.with_name(f"{database.name}.{CREATING}-{mark}")
    engine = create_database_engine(fresh, writes=True)
    try:
        make_schema(engine)
        engine.dispose()
        set_log_aside(database, database.with_name(f"{database.name}.lost-{mark}"))
        _name(fresh, database)
    except OSError as error:
        raise data_folder_error(error) from error
    finally:
        engine.dispose()
        with contextlib.suppress(OSError):
            remove_with_side_files(fresh)


def _name(fresh: Path, database: Path) -> None:
    try:
        os.link(fresh, database)
    except FileExistsError:
        return
    except OSError:
        # A file system without hard links.
        if not database.exists():
            os.rename(fresh, database)
    sync_folder(database.parent)
