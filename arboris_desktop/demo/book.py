"""A whole short book, unattended: from a spark to files, then pictures of each stage in the window.

All of it happens in a data folder of its own; the built-in model writes. The report tells what was
done also when a stage did not come to its end.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.commands.termination import STOPPED, Termination
from arboris_desktop.demo.common import (
    Album,
    frames,
    interface,
    next_signal,
    peak_memory_mib,
    tell_report,
)

if TYPE_CHECKING:
    from arboris_desktop.demo.book_making import BookMaking
    from arboris_desktop.services import Services

_LEAST_ANALYSED_CHARACTERS = 300
"""The chapters are short, and are to be analysed none the less."""


def run(options: argparse.Namespace, started: float) -> int:
    """Makes the book; exit code 0 when every stage came to its end."""
    from arboris_desktop.demo.book_making import BookMaking, BookRequest
    from arboris_desktop.llm.keys import SessionKeyStore
    from arboris_desktop.services import build_services

    with tempfile.TemporaryDirectory(prefix="arboris-book-") as home:
        # A keyring might ask the author to unlock it.
        services = build_services({**os.environ, "ARBORIS_HOME": home}, SessionKeyStore())
        making = BookMaking(services, BookRequest(options.chapters, options.words, options.out))
        figures = making.report.figures
        try:
            code = _make(making, services, options)
        finally:
            figures["seconds"] = round(time.monotonic() - started, 1)
            report = making.report.to_json()
            services.close()
        # The model's memory is known when its process has ended.
        report["peak_memory_mib"] = peak_memory_mib()
        report["peak_memory_of_model_mib"] = peak_memory_mib(of_children=True)
        tell_report(report, options.out)
    return code


def _make(making: BookMaking, services: Services, options: argparse.Namespace) -> int:
    from arboris_desktop.demo.book_making import StageError
    from arboris_desktop.demo.export_check import ExportError
    from arboris_desktop.domain.errors import ArborisError

    _prepare(services, options)
    figures = making.report.figures
    figures["model"] = services.source.describe()
    code = 0
    # Whoever ends the process is to find the report of what was done.
    try:
        with Termination() as ending:
            ending.run(making.make())
    except (StageError, ExportError, ArborisError) as error:
        figures["failed"] = f"{type(error).__name__}: {error}"
        code = 1
    except KeyboardInterrupt:
        figures["failed"] = "interrupted"
        code = STOPPED
    if code:
        sys.stderr.write(f"demo: the book is not finished: {figures['failed']}\n")
    if making.project_id and code != STOPPED:
        figures["pictures"] = _take_pictures(services, making.project_id, options.out)
    return code


def _prepare(services: Services, options: argparse.Namespace) -> None:
    from arboris_desktop.domain.settings import ProviderSettings, WritingSettings
    from arboris_desktop.domain.tasks import GenerationConfig

    services.preferences.set(
        ProviderSettings(configured=True),
        WritingSettings(options.words, candidates=1),
        GenerationConfig(min_chapter_length=_LEAST_ANALYSED_CHARACTERS),
        interface(options.language, options.scheme),
    )


def _take_pictures(services: Services, project_id: str, folder: Path) -> list[str]:
    """Opens the book in the real window and leaves a picture of each stage."""
    from arboris_desktop.app import create_application, run_in_qt_loop
    from arboris_desktop.composition import build_studio

    application = create_application(["arboris-desktop"])

    async def play() -> list[str]:
        studio, window = build_studio(application, services)
        album = Album(window, folder)
        try:
            window.show()
            studio.start()
            opened = next_signal(studio.library.novel_opened)
            studio.library.open_novel(project_id)
            await opened
            for stage in window.workspace.stages:
                window.workspace.show_stage(stage)
                await frames(10)
                await album.take(stage.value)
        finally:
            await studio.stop()
            window.deleteLater()
        return album.names

    return run_in_qt_loop(application, play())
