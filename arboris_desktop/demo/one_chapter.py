"""The whole job on the built-in model, watched: screenshots of each stage and a report.

Runs the real window (offscreen where there is no screen) in a data folder of its own: opens the
sample novel, streams a chapter, and works the queue to its end.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arboris_desktop.demo.common import (
    Album,
    frames,
    interface,
    next_signal,
    peak_memory_mib,
    tell_report,
)

if TYPE_CHECKING:
    from arboris_desktop.services import Services
    from arboris_desktop.ui.main_window import MainWindow
    from arboris_desktop.ui.studio import Studio

_TARGET_WORDS = 350
"""Enough to be analysed, and soon done: the built-in model writes about 40 words a second."""

_DEADLINE_SECONDS = 900.0


@dataclass(slots=True)
class DemoReport:
    """The measurements of the demo; times are seconds since the process began."""

    started: float
    figures: dict[str, Any] = field(default_factory=dict)

    def mark(self, name: str) -> None:
        """Notes the present moment, once."""
        self.figures.setdefault(name, round(time.monotonic() - self.started, 2))


def run(options: argparse.Namespace, started: float) -> int:
    """Runs the demo; exit code 0 when every stage came to its end."""
    with tempfile.TemporaryDirectory(prefix="arboris-demo-") as home:
        environment = {**os.environ, "ARBORIS_HOME": home}
        return _run(options, environment, DemoReport(started))


def _run(options: argparse.Namespace, environment: dict[str, str], report: DemoReport) -> int:
    from arboris_desktop.app import create_application, run_in_qt_loop
    from arboris_desktop.composition import build_studio
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
    tell_report(report.figures, options.out)
    return 0 if done else 1


def _prepare(services: Services, options: argparse.Namespace) -> None:
    from arboris_desktop.domain.settings import ProviderSettings, WritingSettings

    services.preferences.set(
        ProviderSettings(configured=True),
        WritingSettings(_TARGET_WORDS, candidates=1, continue_until_target=False),
        interface(options.language, options.scheme),
    )


class Demo:
    """Plays the stages one after the other."""

    def __init__(
        self, studio: Studio, window: MainWindow, services: Services, out: Path, report: DemoReport
    ) -> None:
        self._studio = studio
        self._window = window
        self._services = services
        self._album = Album(window, out)
        self.report = report

    async def play(self) -> bool:
        """True when the chapter was stored and analysed within the time there is."""
        try:
            async with asyncio.timeout(_DEADLINE_SECONDS):
                await self._play()
        except TimeoutError:
            self.report.figures["error"] = f"not done in {_DEADLINE_SECONDS:.0f} s"
            return False
        return bool(self.report.figures["tasks"]["completed"])

    async def _play(self) -> None:
        from arboris_desktop.ui.frame.side_panel import Panel

        self._window.show()
        self._studio.start()
        await frames(3)
        self.report.mark("seconds_to_window")
        await self._album.take("start")
        chapter_id = await self.open_sample()
        await self._album.take("novel")
        await self.write(chapter_id)
        await self._album.take("written")
        await self._analyse()
        self._window.side.open_panel(Panel.CODEX)
        await self._album.take("analysed")
        self._window.show_notifications()
        await self._album.take("notified")
        self._measure()

    async def open_sample(self) -> int:
        """Opens the sample at a planned chapter and returns the chapter's id."""
        writing, library = self._studio.writing, self._studio.library
        opened = next_signal(writing.chapter_shown)
        library.open_sample("en")
        await opened
        second = library.contents.chapters[1].id if library.contents else 0
        shown = next_signal(writing.chapter_shown)
        writing.open_chapter(second)
        await shown
        return second

    async def write(self, chapter_id: int) -> None:
        """Lets the model write the chapter; returns once it is stored.

        Raises ``RuntimeError`` if the model wrote nothing.
        """
        drafts, view = self._studio.drafts, self._window.chapter_view
        stored, ended = next_signal(self._studio.writing.task_queued), next_signal(drafts.changed)
        drafts.generate(chapter_id)
        while not (view.current_text() or ended.done()):
            await asyncio.sleep(0.02)
        self.report.mark("seconds_to_first_text")
        while len(view.current_text()) < 500 and not ended.done():
            await asyncio.sleep(0.05)
        await self._album.take("writing")
        await ended
        if not stored.done():
            await self._keep_draft(chapter_id)
        await stored
        self.report.mark("seconds_to_stored_chapter")
        self.report.figures["characters_written"] = len(view.current_text())

    async def _keep_draft(self, chapter_id: int) -> None:
        """Keeps a chapter that the model did not end, as an author can: the built-in model is so
        small that most of its chapters run into their limit."""
        draft = await asyncio.to_thread(self._services.drafting.draft, chapter_id)
        if draft is None:
            raise RuntimeError("the model wrote nothing")
        self.report.figures["draft_kept_after"] = str(draft.error_kind)
        self._window.chapter_view.draft_kept.emit(chapter_id)

    async def _analyse(self) -> None:
        seen_running = False
        while not await asyncio.to_thread(self._services.queue.is_idle):
            if not seen_running and self._studio.is_analysing:
                seen_running = True
                await self._album.take("analysing")
            await asyncio.sleep(0.2)
        self.report.mark("seconds_to_completed_analysis")
        await asyncio.sleep(1.0)

    def _measure(self) -> None:
        counts = self._services.queue.counts()
        self.report.figures["tasks"] = {
            "total": counts.total,
            "pending": counts.pending,
            "processing": counts.processing,
            "completed": counts.completed,
            "failed": counts.failed,
        }
        self.report.figures["unread_notifications"] = self._services.inbox.unread_count()
        self.report.figures["peak_memory_mib"] = peak_memory_mib()
