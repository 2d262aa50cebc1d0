"""Files beside the database, for text that the database did not take."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from arboris_desktop.domain.rescue import RescuedText
from arboris_desktop.storage.engine.durable_files import sync_folder
from arboris_desktop.storage.engine.errors import file_errors
from arboris_desktop.storage.engine.private_files import make_private_folder, private_opener


class RescueFiles:
    """One file for each chapter, readable without this program. Usable from any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, rescued: RescuedText) -> Path:
        """Writes the text to the disk, in place of an older one; raises ``StorageError``."""
        path = self._path(rescued.chapter_id)
        values = asdict(rescued) | {"written_at": rescued.written_at.isoformat()}
        # The session may end while the same text is being written on another thread.
        partial = path.with_suffix(f".{threading.get_ident()}.partial")
        with file_errors():
            make_private_folder(self.folder)
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
            sync_folder(self.folder)
        return path

    def forget(self, chapter_id: int) -> None:
        """Removes the text, which is stored now or unwanted; raises ``StorageError``."""
        with file_errors():
            self._path(chapter_id).unlink(missing_ok=True)

    def found(self) -> list[RescuedText]:
        """The texts that are there, the oldest first. A file that cannot be read is left alone."""
        read = [rescued for path in self.folder.glob("*.json") if (rescued := _read(path))]
        return sorted(read, key=lambda rescued: rescued.written_at)

    def _path(self, chapter_id: int) -> Path:
        return self.folder / f"chapter-{chapter_id}.json"


def _read(path: Path) -> RescuedText | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
        written_at = datetime.fromisoformat(values.pop("written_at"))
        return RescuedText(**values, written_at=written_at)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
