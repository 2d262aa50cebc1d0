"""Fetches of models that go on while the settings are closed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from arboris_desktop.domain.shelf import Hub, ShelfModel

_END_SECONDS = 5.0


class Shelf(Protocol):
    """The model folder, as far as the window needs it."""

    def path(self, model: ShelfModel) -> Path:
        """Returns the path of the model's file, whether or not it has been fetched."""
        ...

    def has(self, model: ShelfModel) -> bool:
        """True if the model is here as a whole."""
        ...

    def begun(self, model: ShelfModel) -> int:
        """The bytes of a fetch that was not finished."""
        ...

    def fetch_from(
        self,
        model: ShelfModel,
        hub: Hub,
        on_bytes: Callable[[int, int], None],
        wait: Callable[[float], bool],
    ) -> bool:
        """Fetches the model; false when it was stopped. Raises ``ArborisError``."""
        ...

    def remove(self, model: ShelfModel) -> bool:
        """Removes the model, or what was begun of it."""
        ...


@dataclass(slots=True)
class _Fetch:
    thread: threading.Thread
    stop: threading.Event = field(default_factory=threading.Event)


class ModelFetches(QObject):
    """Fetches models, each in a thread of its own. It lives as long as the window."""

    progressed = Signal(str, float)
    """A model's id, and how much of it is here, from 0 to 1."""

    ended = Signal(str, object)
    """A model's id, and the exception that ended the fetch; ``None`` when it is here or paused."""

    def __init__(self, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shelf = shelf
        self._running: dict[str, _Fetch] = {}
        self.ended.connect(self._on_ended)

    def is_running(self, model: ShelfModel) -> bool:
        """True while the model is being fetched."""
        return model.id in self._running

    def start(self, model: ShelfModel, hub: Hub) -> None:
        """Fetches a model; goes on where an earlier fetch was stopped."""
        if not self.is_running(model):
            thread = threading.Thread(target=self._fetch, args=(model, hub), daemon=True)
            self._running[model.id] = _Fetch(thread)
            thread.start()

    def pause(self, model: ShelfModel) -> None:
        """Stops the fetch; what came is kept."""
        if fetch := self._running.get(model.id):
            fetch.stop.set()

    def stop(self) -> None:
        """Stops all, before the window ends."""
        running = list(self._running.values())  # one that ends meanwhile leaves the others
        for fetch in running:
            fetch.stop.set()
        for fetch in running:
            fetch.thread.join(_END_SECONDS)

    def _fetch(self, model: ShelfModel, hub: Hub) -> None:
        stop = self._running[model.id].stop
        told = [0.0]

        def tell(done: int, size: int) -> None:
            share = done / size
            # A signal for each piece would drown the window.
            if share - told[0] >= 0.002 or done == size:
                told[0] = share
                self.progressed.emit(model.id, share)

        failure: Any = None
        try:
            self.shelf.fetch_from(model, hub, tell, stop.wait)
        except Exception as error:
            # Whatever it is, the author reads it; a thread of its own would only print it.
            failure = error
        self.ended.emit(model.id, failure)

    @Slot(str, object)
    def _on_ended(self, id: str, _failure: object) -> None:
        self._running.pop(id, None)
