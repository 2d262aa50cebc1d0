"""A small desktop under Xvfb, within ``dbus-run-session``: window manager, tray, notifications.

Run as a script with the address of a scripted provider and a folder; it leaves ``report.json``
and ``screen.png`` there, and ends everything that it started.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.support import real_desktop
from tests.support.real_desktop import screen

WAIT_SECONDS = 60.0

_NEEDED = ("dunst", "dunstctl", "import")

TITLE, TEXT = "第二章", "分析完成 <b> & more"
"""A notification that is sent to the desktop's own service, in words that look like markup."""


def missing() -> list[str]:
    """The programs that are needed and not installed."""
    return real_desktop.missing() + [name for name in _NEEDED if shutil.which(name) is None]


def main() -> None:
    """Starts the desktop, then the app in this process."""
    base_url, folder = sys.argv[1], Path(sys.argv[2])
    # Its own configuration: what is set on this machine must not decide what is shown, and none
    # goes by itself before it was looked at.
    lasting = "".join(f"[urgency_{urgency}]\ntimeout = 0\n" for urgency in ("low", "normal"))
    (folder / "dunstrc").write_text(f"[global]\nmarkup = full\n{lasting}", encoding="utf-8")
    with screen(folder, tray=True) as shown:
        bus = {"DBUS_SESSION_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"]}
        shown.run_beside(bus, "dunst", "-config", str(folder / "dunstrc"))
        os.environ |= {"DISPLAY": shown.display, "QT_QPA_PLATFORM": "xcb"}
        report = _run_app(base_url, folder)
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")


def _run_app(base_url: str, folder: Path) -> dict[str, Any]:
    from arboris_desktop.app import create_application, run_in_qt_loop
    from arboris_desktop.composition import build_studio
    from arboris_desktop.domain.novel import Language
    from arboris_desktop.domain.settings import (
        InterfaceLanguage,
        InterfaceSettings,
        ProviderSettings,
    )
    from arboris_desktop.llm.keys import SessionKeyStore
    from arboris_desktop.services import build_services

    application = create_application(["arboris-desktop"])
    environment = {
        "ARBORIS_HOME": str(folder / "home"),
        "ARBORIS_BASE_URL": base_url,
        "ARBORIS_MAX_PARALLEL": "16",
        "ARBORIS_API_KEY": "sk-scripted",
        "ARBORIS_MODEL": "scripted",
    }
    services = build_services(environment, keys=SessionKeyStore())
    services.preferences.set(
        ProviderSettings(configured=True), InterfaceSettings(language=InterfaceLanguage.CHINESE)
    )
    project_id = services.novels.create_sample(Language.CHINESE)
    chapter_id = services.novels.open(project_id).chapters[0].id

    async def play() -> dict[str, Any]:
        studio, window = build_studio(application, services)
        window.show()
        try:
            return await _watch(studio, window, services, chapter_id, folder)
        finally:
            await studio.stop()
            window.deleteLater()

    try:
        return run_in_qt_loop(application, play())
    finally:
        services.close()


async def _watch(
    studio: Any, window: Any, services: Any, chapter_id: int, folder: Path
) -> dict[str, Any]:
    """Analyses a chapter and notes what the author is shown of it."""
    from PySide6.QtWidgets import QSystemTrayIcon

    from arboris_desktop.background.desktop_notifications import DesktopNotifications
    from arboris_desktop.background.operations import Operations
    from arboris_desktop.ui.notices.toast import Toast
    from arboris_desktop.ui.notices.tray_icon import TrayIcon

    tray = window.findChild(TrayIcon)
    await _until(tray.is_available, "the tray is there")
    shown: list[tuple[str, str]] = []
    show = tray.show_message

    def note_and_show(title: str, text: str) -> bool:
        shown.append((title, text))
        return bool(show(title, text))

    tray.show_message = note_and_show
    studio.start()
    studio.library.open_novel(services.novels.all()[0].id)
    await _until(lambda: window.chapter_view.chapter_id == chapter_id, "the chapter is open")
    service = window.findChild(DesktopNotifications)
    await _until(lambda: _looked(service), "the app has found the service")
    window.actions_.analyse.trigger()
    await _until(lambda: _displayed() > 0, "the service was told")
    await _until(services.inbox.unread_count, "it is in the inbox")
    await asyncio.to_thread(_run, ["dunstctl", "close-all"])
    await _until(_history, "the notification is in the service's history")
    told = _history()
    icon = tray.findChild(QSystemTrayIcon)
    area = icon.geometry()
    report: dict[str, Any] = {
        "tray_available": QSystemTrayIcon.isSystemTrayAvailable(),
        "icon_visible": icon.isVisible(),
        "icon_size": [area.width(), area.height()],
        "supports_messages": tray.supports_messages(),
        "shown": shown,
        "told": told,
        "unread": services.inbox.unread_count(),
        "notifications": [n.type.value for n in services.inbox.list()],
        "toasts": [toast.isVisible() for toast in window.findChildren(Toast)],
    }
    operations = Operations(window)
    desktop = DesktopNotifications("Arboris Desktop", operations)
    report["sent_before_look"] = desktop.send("unsent", "unsent")
    await _until(lambda: _looked(desktop), "the notification service answers")
    report["desktop_available"] = desktop.is_available
    clicked: list[object] = []
    desktop.clicked.connect(clicked.append)
    report["desktop_sent"] = desktop.send(TITLE, TEXT, "the subject")
    await _until(lambda: _displayed() > 0, "the notification is displayed")
    window.show_notifications()
    await asyncio.sleep(0.3)  # nothing tells when the X server has drawn the last frame
    await asyncio.to_thread(_run, ["import", "-window", "root", str(folder / "screen.png")])
    await asyncio.to_thread(_run, ["dunstctl", "action", "0"])
    await _until(lambda: clicked, "the click on the notification is heard")
    report["desktop_clicked"] = clicked
    await asyncio.to_thread(_run, ["dunstctl", "close-all"])
    await _until(lambda: len(_history()) > 1, "the notification is in the service's history")
    report["history"] = _history()
    desktop.close()
    await asyncio.to_thread(operations.finish)
    return report


def _looked(desktop: Any) -> bool:
    """Looks again until the service has started: it takes its name a moment after its start."""
    if not desktop.is_available:
        desktop.look()
    return bool(desktop.is_available)


def _displayed() -> int:
    return int(_run(["dunstctl", "count", "displayed"]))


def _history() -> list[list[str]]:
    entries = json.loads(_run(["dunstctl", "history"]))["data"][0]
    return [[entry[key]["data"] for key in ("appname", "summary", "body")] for entry in entries]


def _run(command: list[str]) -> str:
    return subprocess.run(
        command, check=True, timeout=WAIT_SECONDS, capture_output=True, text=True
    ).stdout


async def _until(condition: Any, what: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"never: {what}")
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    main()
