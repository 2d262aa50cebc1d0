"""Names that an engineer can look up: each public class has one of its own."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "arboris_desktop"


def public_classes(source: str) -> Iterator[str]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def public_aliases(source: str) -> Iterator[str]:
    """What else is named as a class is: aliases of types, and type variables."""
    for node in ast.parse(source).body:
        names = node.targets if isinstance(node, ast.Assign) else []
        yield from (
            name.id
            for name in names
            if isinstance(name, ast.Name) and name.id[0].isupper() and not name.id.isupper()
        )


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
