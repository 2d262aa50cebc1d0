"""``arboris-desktop --self-test``: is this installation whole?

Plays the main job once, offscreen and in a data folder of its own: a window, a database brought
to its schema, fifty tokens from the built-in model, one chapter analysed by the queue. A file
that the frozen application lacks shows here, and not before an author who misses it.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop import __version__

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from arboris_desktop.services import Services
    from arboris_desktop.ui.main_window import MainWindow

TOKENS = 50
"""The tokens that the built-in model must write."""

_DEADLINE_SECONDS = 600.0

_CHAPTER = (
    "Ida Marsh climbed the stairs of the lighthouse with the lamp in her left hand. Her brother "
    "Tom, who had been afraid of the dark since the wreck of the Halcyon, waited below and counted "
    "the steps aloud. On the gallery she found a letter under the glass, sealed with black wax. "
    "“Burn it,” called Tom, “before the tide turns.” She put it into her coat instead, and did not "
    "say whose name was on it."
)


class SelfTestError(Exception):
    """Something does not work; the message says what."""


@dataclass(slots=True)
class SelfTestReport:
    """The findings, a part after the other; ``failed`` is the reason when it did not pass."""

    parts: dict[str, object] = field(default_factory=dict)
    failed: str | None = None

    @contextmanager
    def part(self, name: str) -> Iterator[dict[str, object]]:
        """Collects the findings of one part, and how long it took."""
        began = time.monotonic()
        found: dict[str, object] = {}
        self.parts[name] = found
        yield found
        found["seconds"] = round(time.monotonic() - began, 2)

    def to_json(self) -> str:
        """The whole report."""
        about = {
            "passed": self.failed is None,
            "failed": self.failed,
            "version": __version__,
            "frozen": bool(getattr(sys, "frozen", False)),
            "python": platform.python_version(),
            "system": platform.platform(),
        }
        return json.dumps(about | self.parts, ensure_ascii=False, indent=2)


def run(report_file: Path | None = None) -> int:
    """Runs the test, prints the report and writes it to a file if one is given.

    Returns 0 when all of it works, otherwise 1, with the reason on standard error too.
    """
    # Set before Qt starts; what the window looks like is not the question.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    report = SelfTestReport()
    try:
        with tempfile.TemporaryDirectory(prefix="arboris-self-test-") as home:
            _examine(report, Path(home))
    except Exception as error:
        report.failed = _reason(error)
        sys.stderr.write(f"arboris-desktop: the self-test failed: {report.failed}\n")
    sys.stdout.write(report.to_json() + "\n")
    if report_file is not None:
        report_file.write_text(report.to_json() + "\n", encoding="utf-8")
    return 0 if report.failed is None else 1


def _reason(error: Exception) -> str:
    if isinstance(error, SelfTestError):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"{type(error).__name__} in {where}: {error}"


def _examine(report: SelfTestReport, home: Path) -> None:
    from arboris_desktop.app import create_application, run_in_qt_loop
    from arboris_desktop.llm.keys import SessionKeyStore
    from arboris_desktop.services import build_services

    _look_around(report)
    application = create_application(["arboris-desktop"])
    # Nothing of the author's: neither the model server nor the keys.
    services = build_services({"ARBORIS_HOME": str(home)}, SessionKeyStore())
    try:
        with report.part("database") as part:
            part.update(_check_database(services))
        run_in_qt_loop(application, _play(report, application, services))
    finally:
        services.close()


def _look_around(report: SelfTestReport) -> None:
    """Looks at what the system offers; an author can do without."""
    from arboris_desktop.background.desktop_notifications import service_name
    from arboris_desktop.domain.errors import ArborisError
    from arboris_desktop.llm.keys import keyring_name

    try:
        report.parts["keyring"] = keyring_name()
    except ArborisError as error:
        report.parts["keyring"] = error.message
    try:
        report.parts["notifications"] = service_name() if sys.platform == "linux" else None
    except Exception as error:
        # No bus, no service, or one that does not answer: each library has errors of its own.
        report.parts["notifications"] = f"none ({type(error).__name__})"


def _check_database(services: Services) -> dict[str, object]:
    from arboris_desktop.storage.backups.backup import check_integrity
    from arboris_desktop.storage.engine.migrate import HEAD, stored_revision

    revision = stored_revision(services.paths.database)
    if revision != HEAD:
        raise SelfTestError(f"the database is at schema {revision}, not {HEAD}")
    if damage := check_integrity(services.paths.database):
        raise SelfTestError(f"the new database is damaged: {damage[0]}")
    return {"schema": revision}


async def _play(report: SelfTestReport, application: QApplication, services: Services) -> None:
    from arboris_desktop.composition import build_studio

    task_id = await asyncio.to_thread(_queue_chapter, services)
    with report.part("window") as part:
        studio, window = build_studio(application, services)
        window.show()
        part.update(_check_window(application, window))
    try:
        async with asyncio.timeout(_DEADLINE_SECONDS):
            with report.part("model") as part:
                part.update(await _write(services))
            with report.part("analysis") as part:
                studio.start()
                part.update(await _analysed(services, task_id))
    except TimeoutError:
        raise SelfTestError(f"not done in {_DEADLINE_SECONDS:.0f} seconds") from None
    finally:
        await studio.stop()
        window.deleteLater()


def _check_window(application: QApplication, window: MainWindow) -> dict[str, object]:
    picture = window.grab().toImage()
    if not window.isVisible() or picture.isNull():
        raise SelfTestError("the window does not show")
    if application.windowIcon().pixmap(64).isNull():
        raise SelfTestError("the icon cannot be drawn")
    # Qt's translation and ours; the source texts would come out when a file is missing.
    for context, text in (("QPlatformTheme", "Cancel"), ("Menus", "&Novel")):
        if application.translate(context, text) == text:
            raise SelfTestError(f"{text!r} of {context} is not translated")
    return {"size": [picture.width(), picture.height()], "platform": application.platformName()}


def _queue_chapter(services: Services) -> int:
    from arboris_desktop.domain.novel import NewNovel
    from arboris_desktop.domain.settings import (
        InterfaceLanguage,
        InterfaceSettings,
        ProviderSettings,
    )
    from arboris_desktop.domain.tasks import GenerationConfig

    services.preferences.set(
        ProviderSettings(configured=True),
        InterfaceSettings(language=InterfaceLanguage.CHINESE),
        # The chapter is short, so that a slow machine is done soon.
        GenerationConfig(min_chapter_length=100),
    )
    project_id = services.novels.create(NewNovel(title="Self-test"))
    chapter = services.novels.ensure_chapter(project_id, 1)
    services.editing.save(chapter.id, _CHAPTER, None)
    return services.queue.add_chapter(chapter.id)


async def _write(services: Services) -> dict[str, object]:
    from arboris_desktop.llm.provider import ChatRequest, Message, Role, complete

    question = Message(Role.USER, "Tell a long story about a lighthouse and its keeper.")
    provider = await asyncio.to_thread(services.source.open)
    try:
        answer = await complete(provider, ChatRequest((question,), TOKENS, temperature=0.0))
    finally:
        await provider.aclose()
    written = answer.usage.completion_tokens
    if written != TOKENS or not answer.text.strip():
        raise SelfTestError(f"the built-in model wrote {written} of {TOKENS} tokens")
    return {"name": provider.model, "tokens": written}


async def _analysed(services: Services, task_id: int) -> dict[str, object]:
    from arboris_desktop.domain.tasks import TaskStatus

    while True:
        task = await asyncio.to_thread(services.queue.task, task_id)
        if task.status is TaskStatus.COMPLETED:
            unread = await asyncio.to_thread(services.inbox.unread_count)
            if unread == 0:
                raise SelfTestError("the analysis was completed without a notification")
            return {"tokens": task.spent.tokens, "attempts": task.attempt}
        if task.status is not TaskStatus.PENDING and task.status is not TaskStatus.PROCESSING:
            raise SelfTestError(f"the analysis {task.status.value}: {task.error_message}")
        await asyncio.sleep(0.2)
