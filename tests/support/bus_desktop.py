"""The studio on a desktop whose tray is spoken to over D-Bus, as on KDE and GNOME.

Run as a script within ``dbus-run-session``, with a folder: ``told.json`` there says what the author
was told in words that look like markup, and which way.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from arboris_desktop.app import create_application, run_in_qt_loop
from arboris_desktop.background.desktop_notifications import DesktopNotifications
from arboris_desktop.composition import build_studio
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.settings import ProviderSettings, QueueSettings
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import Services, build_services
from arboris_desktop.ui.notices.toast import Toast
from arboris_desktop.ui.notices.tray_icon import TrayIcon
from tests.support import notifier_host

WAIT_SECONDS = 60.0
TITLE = "<b>Bold</b> & <img src='x'/>"
CURRENCY = "<i>¥</i>&"
"""Words that an imported novel may have of itself."""


def main() -> None:
    """Starts the desktop, then the studio in this process."""
    folder = Path(sys.argv[1])
    shown = folder / "shown"
    with subprocess.Popen([sys.executable, notifier_host.__file__, str(shown)]) as host:
        try:
            application = create_application(["arboris-desktop"])
            environment = {"ARBORIS_HOME": str(folder / "home")}
            services = build_services(environment, SessionKeyStore())
            services.preferences.set(QueueSettings(paused=True), ProviderSettings(configured=True))
            elsewhere = build_services(environment, SessionKeyStore())
            play = _play(application, services, elsewhere, shown)
            told = run_in_qt_loop(application, play)
            elsewhere.close()
            services.close()
            (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")
        finally:
            host.terminate()


async def _play(
    application: Any, services: Services, elsewhere: Services, shown: Path
) -> dict[str, Any]:
    await _until(shown.exists, "the desktop is there")
    studio, window = build_studio(application, services)
    window.show()
    studio.start()
    try:
        tray = window.findChild(TrayIcon)
        desktop = window.findChild(DesktopNotifications)
        assert isinstance(tray, TrayIcon)
        assert isinstance(desktop, DesktopNotifications)
        await _until(tray.is_available, "the tray is there")
        await _until(lambda: desktop.is_available, "the service is found")
        task = _queued(elsewhere)
        # What was there before the studio first looked, it does not announce.
        while not shown.read_text(encoding="utf-8"):
            _notify(elsewhere, task)
            await asyncio.sleep(1.5)
        return {
            "shown": [json.loads(line) for line in shown.read_text("utf-8").splitlines()],
            "tray_takes_messages": tray.supports_messages(),
            "toasts": len(window.findChildren(Toast)),
        }
    finally:
        await studio.stop()
        window.deleteLater()


def _queued(services: Services) -> AnalysisTask:
    """A task of a novel that calls itself by markup; the queue rests."""
    volume = OutlineVolume("One", (OutlineChapter(TITLE, "A plan."),))
    project_id = services.novels.create(NewNovel(TITLE, volumes=(volume,)))
    [chapter] = services.novels.open(project_id).chapters
    services.editing.save(chapter.id, "A text.", None)
    return services.queue.task(services.queue.add_chapter(chapter.id))


def _notify(services: Services, task: AnalysisTask) -> None:
    """As another process does, when an analysis has ended that cost too much."""
    data: dict[str, object] = {"alarming_cost": 3.5, "currency": CURRENCY}
    with services.database.write() as transaction:
        transaction.notifications.add(
            task, NotificationType.COMPLETED, title="", message="", data=data
        )


async def _until(condition: Any, what: str) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while not condition():
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    main()
