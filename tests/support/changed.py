"""Choosing the tests that a change touches: `python -m tests.support.changed` prints them.

Chosen are changed tests, the tests that mirror a changed module, and those that import it. Of many
importers those that bear its name are enough. A module that no test knows is tested by the tests of
those that use it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]

MOST_IMPORTERS = 20
"""Of more test files that import a module, only those that bear its name are run."""

MOST_OF_USERS = 8
"""Test files of a module's users that are run in place of its own."""

_IMPORT = re.compile(r"^\s*from ((?:arboris_desktop|tests)[\w.]*) import (.*)$", re.M)
_WORD = re.compile(r"\w+")

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
    checkout = Checkout(root)
    return sorted({test for path in paths for test in checkout.tests_of(path)})


class Checkout:
    """The modules and tests of a checkout, each read once."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def tests_of(self, path: str) -> Iterable[str]:
        """Returns what tests a file."""
        pure = PurePosixPath(path)
        if pure.suffix != ".py" or pure.parts[0] not in ("arboris_desktop", "tests"):
            fixed = (test for place, test in _FIXED.items() if pure.is_relative_to(place))
            return self._existing(next(fixed, ""))
        if pure.name.startswith("test_"):
            return self._existing(path)
        if pure.parts[0] == "tests":
            return self._tests_with_helper(path)
        return self._tests_of_module(path) or self._tests_of_users(path)

    def _tests_of_module(self, path: str) -> set[str]:
        """Returns the tests that know a module."""
        importers = self._tests_that_import.get(_name(path), [])
        if len(importers) > MOST_IMPORTERS:
            name = f"test_{PurePosixPath(path).stem}"
            importers = [each for each in importers if PurePosixPath(each).name.startswith(name)]
        return {*self._existing(*_mirrors(PurePosixPath(path))), *importers}

    def _tests_of_users(self, path: str) -> list[str]:
        """Returns some tests of the modules that import this one, or of those that import them."""
        seen, users = {path}, {path}
        while users:
            users = {
                user for each in users for user in self._modules_that_import.get(_name(each), ())
            } - seen
            seen |= users
            if tests := self._files(
                {test for user in users for test in self._tests_of_module(user)}
            ):
                return _nearest(PurePosixPath(path), tests)
        # What is imported by a name that is put together, such as a command, has no users.
        return _nearest(PurePosixPath(path), self._files([f"tests/unit/{path.split('/')[1]}"]))

    def _tests_with_helper(self, path: str) -> set[str]:
        """Returns the tests that a helper serves, or some of many, from all folders."""
        importers = self._tests_that_import.get(_name(path), [])
        if PurePosixPath(path).name == "conftest.py":
            importers = sorted(self._files([str(PurePosixPath(path).parent)]))
        return set(importers[:: 1 + len(importers) // MOST_IMPORTERS])

    def _existing(self, *tests: str) -> list[str]:
        return [test for test in tests if test and (self._root / test).exists()]

    def _files(self, tests: Iterable[str]) -> set[str]:
        """Returns test files for files and folders."""
        return {
            each
            for test in tests
            for each in ([test] if test.endswith(".py") else self._tests)
            if PurePosixPath(each).is_relative_to(test)
        }

    @cached_property
    def _tests(self) -> list[str]:
        return self._found("tests/**/test_*.py")

    @cached_property
    def _tests_that_import(self) -> dict[str, list[str]]:
        return self._importers(self._tests)

    @cached_property
    def _modules_that_import(self) -> dict[str, list[str]]:
        return self._importers(self._found("arboris_desktop/**/*.py"))

    def _found(self, pattern: str) -> list[str]:
        return [
            path.relative_to(self._root).as_posix() for path in sorted(self._root.glob(pattern))
        ]

    def _importers(self, files: Iterable[str]) -> dict[str, list[str]]:
        """Returns the files that import each module by its name."""
        found: dict[str, list[str]] = {}
        for file in files:
            imports = _IMPORT.findall((self._root / file).read_text(encoding="utf-8"))
            imported = {
                f"{package}.{name}" for package, names in imports for name in _WORD.findall(names)
            }
            for module in {package for package, _names in imports} | imported:
                found.setdefault(module, []).append(file)
        return found


def _mirrors(module: PurePosixPath) -> Iterator[str]:
    """Yields where the tests of a module may be: in the folder of that name, or in one above it.

    ``llm/wire`` has its servers and their answers in ``tests/wire``.
    """
    inner = module.parts[1:]
    if len(inner) > 2:
        yield f"tests/gui/{inner[1]}" if inner[0] == "ui" else f"tests/{inner[1]}"
    for depth in range(len(inner) - 1, 0, -1):
        yield str(PurePosixPath("tests/unit", *inner[:depth], f"test_{inner[-1]}"))
    if len(inner) == 1:
        yield f"tests/unit/test_{inner[0]}"


def _name(path: str) -> str:
    """Returns the name by which a module is imported."""
    return ".".join(PurePosixPath(path).with_suffix("").parts).removesuffix(".__init__")


def _nearest(module: PurePosixPath, tests: Iterable[str]) -> list[str]:
    """Returns some tests: those whose paths share the most folders with the module's."""
    folders = set(module.parts[1:-1])
    near = sorted(tests, key=lambda test: (-len(folders & set(PurePosixPath(test).parts)), test))
    return near[:MOST_OF_USERS]


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout


if __name__ == "__main__":
    print("\n".join(touched_tests(changed_paths())))
