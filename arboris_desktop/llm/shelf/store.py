"""The models of the shelf that are on this computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from arboris_desktop.domain.errors import ArborisError, ErrorKind, RuleError
from arboris_desktop.domain.shelf import Hub, ShelfModel, shelf_model
from arboris_desktop.llm.shelf.hubs import HubPlace, file_in

if TYPE_CHECKING:
    from arboris_desktop.llm.shelf.fetching import FetchProgress, OnProgress, Wait


class ModelStore:
    """A folder with a file for each model. Calls may take hours: make them off the GUI thread.

    The code that asks the hubs is imported with the first download.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, model: ShelfModel) -> Path:
        """Returns the path of the model's file, whether or not it has been fetched."""
        return self.folder / model.file

    def has(self, model: ShelfModel) -> bool:
        """True if the model is here as a whole; only then does its file have this name."""
        return self.path(model).is_file()

    def begun(self, model: ShelfModel) -> int:
        """Returns the bytes of an unfinished download."""
        try:
            return self._part(model).stat().st_size
        except OSError:
            return 0

    def fetch(
        self, model: ShelfModel, place: HubPlace, on_progress: OnProgress, wait: Wait
    ) -> Path:
        """Downloads the model, unless it is here; returns its file.

        Raises ``FetchStoppedError``, ``ProviderError``, and ``ArborisError`` (DISK_FULL,
        DISK_ERROR, or a refusal while another process downloads it).
        """
        from arboris_desktop.llm.shelf.fetching import fetch_file
        from arboris_desktop.llm.shelf.web import listing_at

        if self.has(model):
            return self.path(model)
        self._make_folder()
        lock = FileLock(f"{self.path(model)}.lock")
        try:
            with lock.acquire(timeout=0):
                listed = file_in(listing_at(place.listing(model)), model)
                fetch_file(place.download(model), listed, self.path(model), on_progress, wait)
        except Timeout:
            raise RuleError(
                ErrorKind.RUN_BUSY, "this model is being fetched by another process"
            ) from None
        return self.path(model)

    def fetch_from(
        self, model: ShelfModel, hub: Hub, on_bytes: Callable[[int, int], None], wait: Wait
    ) -> bool:
        """See ``fetch``; returns false if it was stopped."""
        return self.fetch_at(model, HubPlace(hub), on_bytes, wait)

    def fetch_at(
        self, model: ShelfModel, place: HubPlace, on_bytes: Callable[[int, int], None], wait: Wait
    ) -> bool:
        """See ``fetch_from``; the hub may be a mirror."""
        from arboris_desktop.llm.shelf.fetching import FetchStoppedError

        def tell(progress: FetchProgress) -> None:
            on_bytes(progress.done, progress.size)

        try:
            self.fetch(model, place, tell, wait)
        except FetchStoppedError:
            return False
        return True

    def remove(self, model: ShelfModel) -> bool:
        """Removes the model and any unfinished download; returns true if there was something."""
        found = [path for path in self.folder.glob(f"{model.file}*") if path.is_file()]
        try:
            for path in found:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise ArborisError(ErrorKind.DISK_ERROR, str(error)) from error
        return any(path.suffix != ".lock" for path in found)

    def _part(self, model: ShelfModel) -> Path:
        return self.folder / f"{model.file}.part"

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArborisError(ErrorKind.DISK_ERROR, str(error)) from error


def wanted_model(id: str) -> ShelfModel:
    """Returns the model of the shelf with this id. Raises ``RuleError``."""
    model = shelf_model(id)
    if model is None:
        raise RuleError(ErrorKind.INVALID_VALUE, f"no model on the shelf is called '{id}'")
    return model


def place_of(source: str) -> HubPlace:
    """Returns a hub by its name, or a mirror of Hugging Face by its address."""
    for hub in Hub:
        if source.strip().lower() == hub.value:
            return HubPlace(hub)
    return HubPlace(Hub.HUGGING_FACE, source.strip())
