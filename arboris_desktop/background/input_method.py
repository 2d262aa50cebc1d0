"""The input method with which Chinese and other scripts are typed, as variables name it.

Qt's wheel has a plugin for IBus and none for Fcitx, and a system's own plugin does not load into
it. But Fcitx 5 speaks the protocol of IBus too, so ``QT_IM_MODULE=fcitx``, with which nothing but
letters could be typed, becomes a list in which IBus follows. Qt's plugin for IBus does nothing
where no ``ibus-daemon`` is installed, as with Fcitx alone, unless it is told to go by the session's
bus, as in a sandbox: there Fcitx 5 answers too.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

log = logging.getLogger(__name__)

MODULES = "QT_IM_MODULES"
"""Qt's variable with all input methods to try, the best first. Whoever set it knows better."""

NAMING = ("QT_IM_MODULE", "GTK_IM_MODULE", "XMODIFIERS")
"""The variables by which desktops name the input method, that of Qt itself first."""

PORTAL = "IBUS_USE_PORTAL"
"""Qt's variable for reaching IBus by the bus of the session. Whoever set it knows better."""

VARIABLES = (MODULES, *NAMING)
"""All that have a say, the one that counts most first."""

FCITX, IBUS, WAYLAND = "fcitx", "ibus", "wayland"

_NOT_CHOSEN = ("", "xim")
"""Values of Qt's own that leave the choice to others; Qt 6 has no module called ``xim``."""

_DAEMON, _SESSION_BUS = "ibus-daemon", "DBUS_SESSION_BUS_ADDRESS"
_MACHINE_IDS = (Path("/var/lib/dbus/machine-id"), Path("/etc/machine-id"))


def prepare(
    environment: MutableMapping[str, str] = os.environ, platform: str = sys.platform
) -> None:
    """Lets Qt find the input method; to be called before the application is made."""
    if modules := missing_modules(environment, platform):
        log.info("%s=%s", MODULES, modules)
        environment[MODULES] = modules
    if wants_portal(environment, platform):
        environment[PORTAL] = "1"


def missing_modules(environment: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """The value that ``QT_IM_MODULES`` needs, or None when Qt finds its way as it is."""
    if not has_modules(platform) or environment.get(MODULES):
        return None
    own, *others = (environment.get(variable, "").lower() for variable in NAMING)
    if own not in _NOT_CHOSEN and FCITX not in own:
        return None
    named = " ".join((own, *others))
    methods = [FCITX, IBUS] if FCITX in named else [IBUS] if IBUS in named else []
    if not methods:
        return None
    return ";".join([WAYLAND, *methods] if is_wayland(environment) else methods)


def wants_portal(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """True if IBus is to be tried and its program, which Qt wants to see, is not installed."""
    if not has_modules(platform) or PORTAL in environment:
        return False
    if IBUS not in modules(environment, platform) or not environment.get(_SESSION_BUS):
        return False
    folders = filter(None, environment.get("PATH", "").split(os.pathsep))
    return not any(os.access(os.path.join(folder, _DAEMON), os.X_OK) for folder in folders)


def modules(environment: Mapping[str, str], platform: str = sys.platform) -> list[str]:
    """The input methods that Qt tries in turn, once it was prepared."""
    chosen = environment.get(MODULES) or missing_modules(environment, platform)
    chosen = chosen or environment.get(NAMING[0]) or (WAYLAND if is_wayland(environment) else "")
    return [module for module in chosen.split(";") if module]


def has_modules(platform: str = sys.platform) -> bool:
    """True if Qt chooses among input methods here; Windows and macOS have one, their own."""
    return platform not in ("win32", "darwin")


def has_screen(environment: Mapping[str, str]) -> bool:
    """True if a window could be shown from here: a server has no screen, and nobody types there."""
    return is_wayland(environment) or bool(environment.get("DISPLAY"))


def is_wayland(environment: Mapping[str, str]) -> bool:
    """True if the session is one of Wayland, whose compositor may pass the input method on."""
    is_session = environment.get("XDG_SESSION_TYPE") == WAYLAND
    return is_session or bool(environment.get("WAYLAND_DISPLAY"))


def is_sandboxed(environment: Mapping[str, str]) -> bool:
    """True if Qt reaches IBus through the desktop's portal, as in a Flatpak."""
    return Path("/.flatpak-info").exists() or "SNAP" in environment


def address_file(environment: Mapping[str, str]) -> Path:
    """The file in which Qt looks for the address of IBus, or of Fcitx that speaks its protocol."""
    if named := environment.get("IBUS_ADDRESS_FILE"):
        return Path(named)
    configuration = environment.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()
    return Path(configuration, "ibus", "bus", f"{_machine_id()}-{_display(environment)}")


def is_served(environment: Mapping[str, str]) -> bool:
    """True if a living process has left its address there."""
    try:
        text = address_file(environment).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    said = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    process = said.get("IBUS_DAEMON_PID", "")
    return bool(said.get("IBUS_ADDRESS")) and process.isdigit() and _is_alive(int(process))


def _machine_id() -> str:
    for path in _MACHINE_IDS:
        try:
            return path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
    return ""


def _display(environment: Mapping[str, str]) -> str:
    """A screen's name in that of the file: ``:1.0`` is ``unix-1``."""
    if name := environment.get("WAYLAND_DISPLAY"):
        return f"unix-{name}"
    host, _, number = environment.get("DISPLAY", "").partition(":")
    return f"{host or 'unix'}-{number.partition('.')[0] or '0'}"


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True
