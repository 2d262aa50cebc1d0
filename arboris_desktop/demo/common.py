"""Parts that the demonstrations share: waiting for the window, and what the process took."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arboris_desktop.domain.settings import ColourScheme, InterfaceLanguage, InterfaceSettings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def interface(language: str, scheme: str) -> InterfaceSettings:
    """The looks of the window in the pictures."""
    return InterfaceSettings(
        language=InterfaceLanguage(language), colour_scheme=ColourScheme(scheme)
    )


def next_signal(signal: Any) -> asyncio.Future[None]:
    """A future that is done when the signal is emitted next."""
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def settle(*_arguments: object) -> None:
        if not future.done():
            signal.disconnect(settle)
            future.set_result(None)

    signal.connect(settle)
    return future


async def frames(count: int) -> None:
    """Lets the window paint."""
    for _ in range(count):
        await asyncio.sleep(0.05)


class Album:
    """The pictures of a window, numbered in the order in which they are taken."""

    def __init__(self, window: QWidget, folder: Path) -> None:
        self._window = window
        self._folder = folder
        self.names: list[str] = []

    async def take(self, stage: str) -> None:
        """Takes a picture when the window has been painted."""
        await frames(5)
        name = f"{len(self.names) + 1}-{stage}.png"
        self._window.grab().save(str(self._folder / name))
        self.names.append(name)


def peak_memory_mib(*, of_children: bool = False) -> float | None:
    """Peak memory of this process, or of the largest that it started and that has ended: the model
    runs in one of its own. ``None`` where it is not told."""
    try:
        import resource
    except ImportError:
        return None
    who = resource.RUSAGE_CHILDREN if of_children else resource.RUSAGE_SELF
    peak = resource.getrusage(who).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def tell_report(report: dict[str, Any], folder: Path) -> None:
    """Writes the report into the folder, and prints it."""
    text = json.dumps(report, indent=2, ensure_ascii=False)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    print(text)
