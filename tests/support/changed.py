"""Choosing the tests that a change touches: `python -m tests.support.changed` prints them.

Chosen are changed tests, the tests that mirror a changed module, and those that import it
directly, unless half the suite does.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

MOST_IMPORTERS = 20
"""A module that more test files import than this is tested by its mirror alone."""

_FIXED = {
    "dev.py": "tests/unit/test_dev_script.py",
    "pyproject.toml": "tests/unit/test_dev_script.py",
    "packaging": "tests/unit/packaging",
    "resources/translations": "tests/unit/test_translations.py",
    "resources": "tests/unit/test_resources.py",
}
"""Places outside the package, and what tests them; the first that fits counts."""


def changed_paths() -> list[str]:
    """Returns what differs from where the branch left `main`, with files that are not yet added.

    On `main` itself that is what is not yet committed.
    """
    base = _git("merge-base", "HEAD", "main").strip() or "HEAD"
    added = _git("ls-files", "--others", "--exclude-standard")
    return sorted({*_git("diff", "--name-only", base).split(), *added.split()})


def touched_tests(paths: Iterable[str], root: Path = ROOT) -> list[str]:
    """Returns the test files and folders that belong to `paths`, each once, in order."""
    found = {test for path in paths for test in _tests_of(path, root)}
    return sorted(test for test in found if (root / test).exists())


def _tests_of(path: str, root: Path) -> Iterator[str]:
    pure = Path(path)
    if pure.suffix == ".py" and pure.parts[0] in ("arboris_desktop", "tests"):
        if pure.name.startswith("test_"):
            yield path
            return
        if pure.parts[0] == "arboris_desktop":
            yield from _mirrors(pure)
        yield from _importers(".".join(pure.with_suffix("").parts), root)
        return
    for place, test in _FIXED.items():
        if pure.is_relative_to(place):
            yield test
            return


def _mirrors(module: Path) -> Iterator[str]:
    inner = module.parts[1:]
    if inner[0] == "ui" and len(inner) > 2:
        yield f"tests/gui/{inner[1]}"
    yield str(Path("tests/unit", *inner[:-1], f"test_{inner[-1]}"))


def _importers(module: str, root: Path) -> list[str]:
    package, _, name = module.rpartition(".")
    pattern = re.compile(
        rf"^\s*from ({re.escape(module)} import|{re.escape(package)} import .*\b{name}\b)", re.M
    )
    tests = root.glob("tests/**/test_*.py")
    found = [t for t in tests if pattern.search(t.read_text(encoding="utf-8"))]
    return [str(t.relative_to(root)) for t in found] if len(found) <= MOST_IMPORTERS else []


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout


if __name__ == "__main__":
    print("\n".join(touched_tests(changed_paths())))
