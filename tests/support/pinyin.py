"""Fcitx 5 with pinyin on a screen, with a session bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from arboris_desktop.background.input_method import is_served
from tests.support.real_desktop import WAIT_SECONDS, Screen, until

NEEDED = ("fcitx5", "fcitx5-remote", "dbus-run-session")
"""Programs that have to be on the path."""

_PINYIN = Path("share/fcitx5/inputmethod/pinyin.conf")

_PROFILE = """
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""


def missing() -> list[str]:
    """The programs and data that are needed and not installed."""
    programs = [name for name in NEEDED if shutil.which(name) is None]
    has_pinyin = any((Path(root) / _PINYIN).exists() for root in ("/usr", "/usr/local"))
    return programs if has_pinyin else [*programs, "fcitx5-pinyin"]


class Pinyin:
    """The author's input method, begun with a new configuration in a folder."""

    def __init__(self, screen: Screen, folder: Path) -> None:
        self._bus = folder / "bus"
        self.environment = {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }
        profile = folder / "config" / "fcitx5" / "profile"
        profile.parent.mkdir(parents=True)
        profile.write_text(_PROFILE, encoding="utf-8")
        shell = f'echo "$DBUS_SESSION_BUS_ADDRESS" > "{self._bus}"; exec fcitx5'
        screen.run_beside(self.environment, "dbus-run-session", "--", "sh", "-c", shell)
        looked_for = self.environment | {"DISPLAY": screen.display}
        until(lambda: is_served(looked_for), "Fcitx 5 speaks the protocol of IBus")

    def is_on(self) -> bool:
        """True if pinyin has the keyboard of what is in front now, having been switched on."""
        self._ask("-o")
        return self._ask() == "2" and self._ask("-n") == "pinyin"

    def on_its_bus(self) -> tuple[str, ...]:
        """Before a command: it shares the session's bus with the input method, as on a desktop."""
        return ("env", f"DBUS_SESSION_BUS_ADDRESS={self._bus.read_text().strip()}")

    def _ask(self, *arguments: str) -> str:
        bus = {"DBUS_SESSION_BUS_ADDRESS": self._bus.read_text().strip()}
        ended = subprocess.run(
            ["fcitx5-remote", *arguments],
            env=os.environ | bus,
            capture_output=True,
            text=True,
            check=False,
            timeout=WAIT_SECONDS,
        )
        return ended.stdout.strip()
