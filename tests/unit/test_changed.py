"""A change has its own tests run, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.changed import MOST_IMPORTERS, ROOT, Checkout, touched_tests


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A checkout with a module, its mirror and tests that import it."""
    for path, text in {
        "tests/unit/llm/test_keys.py": "",
        "tests/gui/codex/test_panel.py": "",
        "tests/unit/test_dev_script.py": "",
        "tests/unit/test_resources.py": "",
        "tests/unit/test_translations.py": "",
        "tests/unit/writing/test_novels.py": "from arboris_desktop.llm.keys import KeyStore\n",
        "tests/e2e/test_all.py": "    from arboris_desktop.llm import keys\n",
        "tests/unit/other/test_other.py": "from arboris_desktop.llm.keys_more import X\n",
        "tests/unit/llm/test_rooms.py": "from tests.support.desk import Desk\n",
        "arboris_desktop/llm/shelf/__init__.py": "",
        "arboris_desktop/llm/shelf/lines.py": "",
        "arboris_desktop/llm/shelf/web.py": "from arboris_desktop.llm.shelf.lines import split\n",
        "arboris_desktop/llm/rooms.py": "from arboris_desktop.llm.shelf.web import read\n",
        "arboris_desktop/commands/write.py": "",
        "tests/wire/test_odd_ends.py": "",
        "tests/unit/commands/test_termination.py": "",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "tests"),
    [
        (
            "arboris_desktop/llm/keys.py",
            [
                "tests/e2e/test_all.py",
                "tests/unit/llm/test_keys.py",
                "tests/unit/writing/test_novels.py",
            ],
        ),
        ("arboris_desktop/ui/codex/panel.py", ["tests/gui/codex"]),
        ("tests/unit/llm/test_keys.py", ["tests/unit/llm/test_keys.py"]),
        ("dev.py", ["tests/unit/test_dev_script.py"]),
        ("resources/translations/arboris_zh_CN.ts", ["tests/unit/test_translations.py"]),
        ("resources/prompts/en/summary.md", ["tests/unit/test_resources.py"]),
        ("docs/architecture.md", []),
        ("arboris_desktop/llm/wire/finish_reasons.py", ["tests/wire"]),
        # A folder of the package has its tests in the folder above it.
        ("arboris_desktop/llm/shelf/keys.py", ["tests/unit/llm/test_keys.py"]),
        # No test knows it, nor its user, but that of the user's user.
        ("arboris_desktop/llm/shelf/lines.py", ["tests/unit/llm/test_rooms.py"]),
        ("arboris_desktop/commands/write.py", ["tests/unit/commands/test_termination.py"]),
        ("tests/support/desk.py", ["tests/unit/llm/test_rooms.py"]),
        (
            "tests/unit/llm/conftest.py",
            ["tests/unit/llm/test_keys.py", "tests/unit/llm/test_rooms.py"],
        ),
        ("tests/unit/llm/test_that_was_deleted.py", []),
    ],
)
def test_tests_of_a_path(tree: Path, path: str, tests: list[str]) -> None:
    assert touched_tests([path], tree) == tests


def add_tests(tree: Path, line: str) -> None:
    for number in range(MOST_IMPORTERS):
        path = tree / f"tests/unit/many/test_{number}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(line, encoding="utf-8")


def test_a_module_that_everything_imports_is_tested_by_what_bears_its_name(tree: Path) -> None:
    line = "from arboris_desktop.llm.keys import KeyStore\n"
    add_tests(tree, line)
    assert touched_tests(["arboris_desktop/llm/keys.py"], tree) == ["tests/unit/llm/test_keys.py"]
    named = tree / "tests/faults/test_keys_that_are_lost.py"
    named.parent.mkdir()
    named.write_text(line, encoding="utf-8")
    assert touched_tests(["arboris_desktop/llm/keys.py"], tree) == [
        "tests/faults/test_keys_that_are_lost.py",
        "tests/unit/llm/test_keys.py",
    ]


def test_a_helper_of_many_tests_is_tried_in_some_of_them(tree: Path) -> None:
    add_tests(tree, "from tests.support.desk import Desk\n")
    chosen = touched_tests(["tests/support/desk.py"], tree)
    assert "tests/unit/llm/test_rooms.py" in chosen
    assert 1 < len(chosen) <= MOST_IMPORTERS


def test_no_module_is_changed_untested() -> None:
    """Only the interface for other programs is tested by whole programs alone."""
    modules = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("arboris_desktop/**/*.py")]
    checkout = Checkout(ROOT)
    untested = [each for each in modules if not checkout.tests_of(each)]
    assert [each for each in untested if not each.startswith("arboris_desktop/server/")] == []
