"""The whole job on the built-in model, watched: screenshots of each stage and a report.

Runs the real window (offscreen where there is no screen) in a data folder of its own: opens the
sample novel, streams a chapter, and works the queue to its end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arboris_desktop.services import Services
    from arboris_desktop.ui.main_window import MainWindow
    from arboris_desktop.ui.studio import Studio

_TARGET_WORDS = 350
"""Enough to be analysed, and soon done: the built-in model writes about 40 words a second."""

_DEADLINE_SECONDS = 900.0


@dataclass(slots=True)
class Report:
    """What the demo measured; times are seconds since the process began."""

    started: float
    figures: dict[str, Any] = field(default_factory=dict)

    def mark(self, name: str) -> None:
        """Notes the present moment, once."""
        self.figures.setdefault(name, round(time.monotonic() - self.started, 2))


def main(arguments: list[str] | None = None) -> int:
    """Runs the demo; exit code 0 when every stage came to its end."""
    started = time.monotonic()
    parser = argparse.ArgumentParser(prog="demo")
    parser.add_argument("--out", type=Path, default=Path("demo-out"))
    parser.add_argument("--language", choices=("en", "zh_CN"), default="en")
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="arboris-demo-") as home:
        environment = {**os.environ, "ARBORIS_HOME": home}
        return _run(options, environment, Report(started))


def _run(options: argparse.Namespace, environment: dict[str, str], report: Report) -> int:
    from arboris_desktop.app import build_studio, create_application, run_in_qt_loop
    from arboris_desktop.services import build_services

    application = create_application(["arboris-desktop"])
    services = build_services(environment)
    _prepare(services, options)

    async def play() -> bool:
        studio, window = build_studio(application, services)
        try:
            return await Demo(studio, window, services, options.out, report).play()
        finally:
            await studio.stop()
            window.deleteLater()

    done = run_in_qt_loop(application, play())
    services.close()
    (options.out / "report.json").write_text(
        json.dumps(report.figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print(json.dumps(report.figures, indent=2, ensure_ascii=False))
    return 0 if done else 1


def _prepare(services: Services, options: argparse.Namespace) -> None:
    from arboris_desktop.domain.settings import (
        ColourScheme,
        InterfaceLanguage,
        InterfaceSettings,
        ProviderSettings,
        WritingSettings,
    )

    services.preferences.set(
        ProviderSettings(configured=True),
        WritingSettings(_TARGET_WORDS, candidates=1, continue_until_target=False),
        InterfaceSettings(
            language=InterfaceLanguage(options.language),
            colour_scheme=ColourScheme(options.scheme),
        ),
    )


class Demo:
    """Plays the stages one after the other."""

    def __init__(
        self, studio: Studio, window: MainWindow, services: Services, out: Path, report: Report
    ) -> None:
        self._studio = studio
        self._window = window
        self._services = services
        self._out = out
        self._report = report
        self._stages = 0

    async def play(self) -> bool:
        """True when the chapter was stored and analysed within the time there is."""
        try:
            async with asyncio.timeout(_DEADLINE_SECONDS):
                await self._play()
        except TimeoutError:
            self._report.figures["error"] = f"not done in {_DEADLINE_SECONDS:.0f} s"
            return False
        return bool(self._report.figures["tasks"]["completed"])

    async def _play(self) -> None:
        self._window.show()
        self._studio.start()
        await _frames(3)
        self._report.mark("seconds_to_window")
        await self._shoot("start")
        chapter_id = await self._open_sample()
        await self._shoot("novel")
        await self._write(chapter_id)
        await self._shoot("written")
        await self._analyse()
        self._window.codex_dock.raise_()
        await self._shoot("analysed")
        self._window.show_notifications()
        await self._shoot("notified")
        self._measure()

    async def _open_sample(self) -> int:
        writing = self._studio.writing
        opened = _signal(writing.chapter_shown)
        writing.open_sample("en")
        await opened
        second = writing.contents.chapters[1].id if writing.contents else 0
        shown = _signal(writing.chapter_shown)
        writing.open_chapter(second)
        await shown
        return second

    async def _write(self, chapter_id: int) -> None:
        writing, view = self._studio.writing, self._window.chapter_view
        stored = _signal(writing.task_queued)
        writing.generate(chapter_id)
        while not view.current_text():
            await asyncio.sleep(0.02)
        self._report.mark("seconds_to_first_text")
        while len(view.current_text()) < 500 and not stored.done():
            await asyncio.sleep(0.05)
        await self._shoot("writing")
        await stored
        self._report.mark("seconds_to_stored_chapter")
        self._report.figures["characters_written"] = len(view.current_text())

    async def _analyse(self) -> None:
        seen_running = False
        while not await asyncio.to_thread(self._services.queue.is_idle):
            if not seen_running and self._studio.is_analysing:
                seen_running = True
                await self._shoot("analysing")
            await asyncio.sleep(0.2)
        self._report.mark("seconds_to_completed_analysis")
        await asyncio.sleep(1.0)

    def _measure(self) -> None:
        counts = self._services.queue.counts()
        self._report.figures["tasks"] = {
            "total": counts.total,
            "pending": counts.pending,
            "processing": counts.processing,
            "completed": counts.completed,
            "failed": counts.failed,
        }
        self._report.figures["unread_notifications"] = self._services.inbox.unread_count()
        self._report.figures["peak_memory_mib"] = _peak_memory_mib()

    async def _shoot(self, stage: str) -> None:
        await _frames(5)
        self._stages += 1
        self._window.grab().save(str(self._out / f"{self._stages}-{stage}.png"))


def _signal(signal: Any) -> asyncio.Future[None]:
    """A future that is done when the signal is emitted next."""
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def settle(*_arguments: object) -> None:
        if not future.done():
            signal.disconnect(settle)
            future.set_result(None)

    signal.connect(settle)
    return future


async def _frames(count: int) -> None:
    """Lets the window paint."""
    for _ in range(count):
        await asyncio.sleep(0.05)


def _peak_memory_mib() -> float | None:
    """Peak memory of this process; the model runs in another. ``None`` where it is not told."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


if __name__ == "__main__":
    sys.exit(main())
