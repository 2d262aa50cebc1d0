"""A change has its own tests run, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.changed import MOST_IMPORTERS, touched_tests


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
        ("tests/unit/llm/test_that_was_deleted.py", []),
    ],
)
def test_tests_of_a_path(tree: Path, path: str, tests: list[str]) -> None:
    assert touched_tests([path], tree) == tests


def test_a_module_that_everything_imports_is_tested_by_its_mirror(tree: Path) -> None:
    for number in range(MOST_IMPORTERS):
        path = tree / f"tests/unit/many/test_{number}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text("from arboris_desktop.llm.keys import KeyStore\n", encoding="utf-8")
    assert touched_tests(["arboris_desktop/llm/keys.py"], tree) == ["tests/unit/llm/test_keys.py"]
