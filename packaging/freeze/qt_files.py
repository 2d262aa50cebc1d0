"""Files of Qt that go into the frozen application: those that it uses, by name.

PyInstaller collects every plugin that could belong to the modules we import, and with them
libraries such as Qt Quick that no window of ours needs. What is listed here is kept, everything
else of Qt is left out; `--self-test` in the frozen application shows when something is missing.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

MODULES = frozenset({"Core", "DBus", "Gui", "Network", "Svg", "WaylandClient", "Widgets", "XcbQpa"})
"""Qt's libraries, without the `Qt6` before them. Network: the local socket of single instance."""

TRANSLATIONS = frozenset({"qtbase_zh_CN.qm"})
"""Qt's own words on standard buttons and menus; the source texts are English."""

PLUGINS: dict[str, frozenset[str]] = {
    "iconengines": frozenset({"qsvgicon"}),
    "imageformats": frozenset({"qico", "qjpeg", "qsvg"}),
    "platforminputcontexts": frozenset(
        {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"}
    ),
    # offscreen: the self-test, and machines without a screen.
    "platforms": frozenset({"qcocoa", "qoffscreen", "qwayland", "qwindows", "qxcb"}),
    # Not gtk3: it would load the system's GLib beside the one we bring.
    "platformthemes": frozenset({"qxdgdesktopportal"}),
    "styles": frozenset({"qmacstyle", "qmodernwindowsstyle"}),
    "wayland-decoration-client": frozenset({"adwaita", "bradient"}),
    "wayland-shell-integration": frozenset({"xdg-shell"}),
}
"""Folder of plugins -> those that are kept, without `lib` and suffix."""

_OTHER_LIBRARIES = frozenset({"d3dcompiler_47.dll", "opengl32sw.dll"})
"""Renderers for Qt Quick and OpenGL on Windows; widgets are drawn without them."""

_MODULE = re.compile(r"(?:lib)?Qt6?(?P<module>[A-Z][A-Za-z0-9]*)(?P<rest>[.].*)?$")


def is_wanted(path: PurePosixPath) -> bool:
    """True if a file belongs into the application, by its place there; true for all but Qt's."""
    if path.name.lower() in _OTHER_LIBRARIES:
        return False
    if path.parts[0] == "PySide6":
        if "plugins" in path.parts:
            return _is_wanted_plugin(path)
        if "translations" in path.parts:
            return path.name in TRANSLATIONS
        if "qml" in path.parts:
            return False
    module = library_module(path)
    return module is None or module in MODULES


def library_module(path: PurePosixPath) -> str | None:
    """The Qt module whose shared library this is (`Core`), or None for any other file.

    Python's bindings (`QtCore.abi3.so`, `QtCore.pyd`) are none: only imported ones are collected.
    """
    framework = next((part for part in path.parts if part.endswith(".framework")), None)
    if framework is not None:
        found = _MODULE.match(framework.removesuffix(".framework"))
        return found["module"] if found else None
    found = _MODULE.match(path.name)
    if found is None or not path.name.startswith(("libQt6", "Qt6")):
        return None
    return found["module"]


def _is_wanted_plugin(path: PurePosixPath) -> bool:
    folder = path.parts[path.parts.index("plugins") + 1]
    name = path.name.split(".")[0].removeprefix("lib")
    return name in PLUGINS.get(folder, frozenset())
