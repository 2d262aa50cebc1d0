"""Files for text that the database did not take: beside it, or where there is room."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.domain.record import record
from arboris_desktop.domain.rescue import RescuedKind, RescuedText
from arboris_desktop.storage.engine.durable_files import sync_folder
from arboris_desktop.storage.engine.errors import file_errors
from arboris_desktop.storage.engine.fallback_folders import (
    all_fallback_folders,
    fallback_folders,
    make_fallback_folder,
)
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.engine.private_files import make_private_folder, private_opener


@record
class FoundText:
    """A text, and whether it lies where those of this data folder are put."""

    rescued: RescuedText
    is_own: bool


class RescueFiles:
    """One file for each text, readable without this program. Usable from any thread."""

    def __init__(self, paths: DataPaths) -> None:
        self._paths = paths

    def keep(self, rescued: RescuedText) -> Path:
        """Writes the text to the disk, in place of an older one, and returns the file.

        Where the data folder takes none, another place does. Raises ``StorageError`` if none does.
        """
        failure: StorageError | None = None
        for folder in self._folders():
            try:
                with file_errors():
                    self._make(folder)
                    path = _write(folder, rescued)
            except StorageError as error:
                failure = failure or error
            else:
                self._remove(rescued, except_for=path)
                return path
        assert failure is not None  # there are fallback folders
        raise failure

    def forget(self, rescued: RescuedText) -> None:
        """Removes the text, which is stored now or unwanted; raises ``StorageError``."""
        with file_errors():
            self._remove(rescued)

    def found(self) -> list[FoundText]:
        """The texts that are there, the oldest first; those of other data folders too, since this
        one may have been moved. A file that cannot be read is left alone."""
        own = set(self._folders())
        newest: dict[tuple[str, str], FoundText] = {}
        for folder in self._places():
            for rescued in filter(None, map(_read, folder.glob("*.json"))):
                key = (rescued.project_id, rescued.key)
                present = newest.get(key)
                if present is None or present.rescued.written_at < rescued.written_at:
                    newest[key] = FoundText(rescued, is_own=folder in own)
        return sorted(newest.values(), key=lambda found: found.rescued.written_at)

    def _folders(self) -> Iterator[Path]:
        """Folders where texts of this library may be put, the best first."""
        if self._paths.home.is_dir():
            yield self._paths.rescue
        yield from fallback_folders(self._paths.home, self._paths.rescue.name)

    def _places(self) -> Iterator[Path]:
        """Folders that may hold texts."""
        if self._paths.rescue.is_dir():
            yield self._paths.rescue
        yield from all_fallback_folders(self._paths.rescue.name)

    def _make(self, folder: Path) -> None:
        if folder == self._paths.rescue:
            make_private_folder(folder)
        else:
            make_fallback_folder(folder)

    def _remove(self, rescued: RescuedText, except_for: Path | None = None) -> None:
        for folder in self._places():
            path = folder / f"{rescued.key}.json"
            read = None if path == except_for else _read(path)
            if read is not None and read.project_id == rescued.project_id:
                path.unlink(missing_ok=True)


def _write(folder: Path, rescued: RescuedText) -> Path:
    path = folder / f"{rescued.key}.json"
    values = asdict(rescued) | {"written_at": rescued.written_at.isoformat()}
    # The session may end while the same text is being written on another thread.
    partial = path.with_suffix(f".{threading.get_ident()}.partial")
    try:
        with open(
            partial, "w", encoding="utf-8", errors="surrogatepass", opener=private_opener
        ) as file:
            json.dump(values, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    sync_folder(folder)
    return path


def _read(path: Path) -> RescuedText | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
        written_at = datetime.fromisoformat(values.pop("written_at"))
        kind = RescuedKind(values.pop("kind", RescuedKind.TYPED))
        return RescuedText(**values, written_at=written_at, kind=kind)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
