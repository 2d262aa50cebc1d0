"""Names and docstrings in the form in which an engineer looks for them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "arboris_desktop"

A_QUESTION = re.compile(r"(What|How|Whether|Where|When|Why|Who|Whom|Whose|Which|That)\b")


def public_classes(source: str) -> Iterator[str]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def public_aliases(source: str) -> Iterator[str]:
    """Other names in the form of a class: aliases of types, and type variables."""
    for node in ast.parse(source).body:
        names = node.targets if isinstance(node, ast.Assign) else []
        yield from (
            name.id
            for name in names
            if isinstance(name, ast.Name) and name.id[0].isupper() and not name.id.isupper()
        )


def docstrings(source: str) -> Iterator[tuple[int, str]]:
    """All texts that stand alone, with their lines: also those below an attribute."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield node.lineno, text.strip()


def python_files() -> Iterator[Path]:
    yield ROOT / "dev.py"
    for folder in ("arboris_desktop", "packaging", "tests"):
        yield from (ROOT / folder).rglob("*.py")


def test_no_two_public_classes_have_one_name() -> None:
    homes = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in public_classes(path.read_text(encoding="utf-8")):
            homes[name].append(str(path.relative_to(PACKAGE)))

    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_no_alias_has_the_name_of_a_public_class() -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))]
    classes = {name for source in sources for name in public_classes(source)}

    assert {name for source in sources for name in public_aliases(source)} & classes == set()


def test_docstrings_begin_with_a_verb_or_a_noun() -> None:
    questions = [
        f"{path.relative_to(ROOT)}:{line}: {text.splitlines()[0]}"
        for path in python_files()
        for line, text in docstrings(path.read_text(encoding="utf-8"))
        if A_QUESTION.match(text)
    ]

    assert sorted(questions) == []


def test_no_module_of_the_program_has_the_name_of_a_test() -> None:
    assert [path.name for path in PACKAGE.rglob("test_*.py")] == []
