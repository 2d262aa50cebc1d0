"""The whole window, played by a script (`tests.benchmarks.play`); prints what it found as JSON."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from arboris_desktop.app import create_application
from tests.support.studio_stage import Act, Stage, perform

Found = dict[str, list[float]]

TICK_MILLISECONDS = 8
"""Half a frame: what blocks the loop for longer is seen."""


class PaintWatch(QObject):
    """Calls back after each painting of a widget."""

    def __init__(self, widget: QWidget, painted: Callable[[], None]) -> None:
        super().__init__(widget)
        self._painted = painted
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # The widget has painted when the loop comes round again.
            QTimer.singleShot(0, self._painted)
        return super().eventFilter(watched, event)


class TokenClock:
    """A clock of each token: when the view received it, and when a painting showed it."""

    def __init__(self, stage: Stage) -> None:
        self._view = stage.window.chapter_view
        self._editor = stage.editor()
        self._append = self._view.append
        self._received: list[tuple[int, float]] = []
        self._length = 0
        self._next = 0
        self.latencies: list[float] = []
        # The desk calls the view by this name: what comes is noted and passed on.
        setattr(self._view, "append", self._receive)  # noqa: B010
        self._watch = PaintWatch(stage.editor().viewport(), self._painted)

    def per_second(self) -> float:
        """The speed of the tokens, from the first to the last."""
        (_, first), *_rest, (_, last) = self._received
        return (len(self._received) - 1) / (last - first)

    def _receive(self, chapter_id: int, text: str) -> None:
        self._length += len(text)
        self._received.append((self._length, time.perf_counter()))
        self._append(chapter_id, text)

    def _painted(self) -> None:
        shown, now = self._editor.document().characterCount() - 1, time.perf_counter()
        while self._next < len(self._received) and self._received[self._next][0] <= shown:
            self.latencies.append((now - self._received[self._next][1]) * 1000)
            self._next += 1


class LoopClock:
    """The gaps between ticks of the event loop, in milliseconds."""

    def __init__(self, parent: QObject) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MILLISECONDS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def stop(self) -> None:
        """Ends the measurement."""
        self._timer.stop()


async def open_first_novel(stage: Stage) -> None:
    """Opens the novel that was changed last, at its first chapter."""
    (project, *_others) = stage.services.novels.all()
    stage.studio.library.open_novel(project.id)
    await stage.until(lambda: stage.window.chapter_view.chapter_id, "a chapter is shown")


def stream(found: Found) -> Act:
    """The last chapter, which has no text, is written while the first ones are analysed."""

    async def act(stage: Stage) -> None:
        await open_first_novel(stage)
        contents = stage.studio.library.contents
        assert contents is not None
        chapter = contents.chapters[-1]
        await stage.open_chapter(chapter.number)
        running = len(contents.chapters) - 1
        for analysed in contents.chapters[:running]:
            await asyncio.to_thread(stage.services.queue.add_chapter, analysed.id)
        stage.studio.writing.task_queued.emit()
        counts = stage.services.queue.counts
        await stage.until(lambda: counts().processing == running, "the analyses run")
        tokens = TokenClock(stage)
        stage.studio.drafts.generate(chapter.id)
        await stage.until(lambda: stage.window.chapter_view.is_streaming, "the chapter begins")
        ticks = LoopClock(stage.window)
        await ended(stage)
        ticks.stop()
        found["analyses running at the end"] = [float(counts().processing)]
        found["latency"], found["gaps"] = tokens.latencies, ticks.gaps
        found["rate"] = [tokens.per_second()]

    return act


async def ended(stage: Stage) -> None:
    """Waits for the end of the stream without polling faster than a person would look."""
    while stage.window.chapter_view.is_streaming:
        await asyncio.sleep(0.1)


def book(found: Found) -> Act:
    """Opens a long novel and several of its chapters."""

    async def act(stage: Stage) -> None:
        await open_first_novel(stage)
        contents = stage.studio.library.contents
        assert contents is not None
        view, step = stage.window.chapter_view, max(len(contents.chapters) // 20, 1)
        took = []
        for chapter in contents.chapters[1::step]:
            shown = asyncio.Event()
            stage.studio.writing.chapter_shown.connect(shown.set)
            started = time.perf_counter()
            stage.studio.writing.open_chapter(chapter.id)
            await shown.wait()
            stage.editor().viewport().repaint()
            took.append((time.perf_counter() - started) * 1000)
            stage.studio.writing.chapter_shown.disconnect(shown.set)
            assert view.chapter_id == chapter.id
        found["opened"] = took
        found["megabytes"] = [resident_megabytes()]

    return act


def large(found: Found) -> Act:
    """Opens a novel of very many chapters."""

    async def act(stage: Stage) -> None:
        await asyncio.sleep(1.0)  # what follows the start is over
        ticks = LoopClock(stage.window)
        started = time.perf_counter()
        await open_first_novel(stage)
        found["opened"] = [time.perf_counter() - started]
        ticks.stop()
        found["gaps"] = ticks.gaps

    return act


def resident_megabytes() -> float:
    """The memory of this process that is in use now (Linux; elsewhere it raises ``OSError``)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


PLAYS: dict[str, Callable[[Found], Act]] = {"stream": stream, "book": book, "large": large}


def print_findings(play: str) -> None:
    """Performs the play and prints the findings."""
    found: Found = {}
    perform(create_application([]), os.environ, PLAYS[play](found))
    print(json.dumps(found))
