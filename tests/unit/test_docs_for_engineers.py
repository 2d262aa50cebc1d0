"""The documents name files and functions that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "arboris_desktop"
BASES = (PACKAGE, ROOT)

MOST_FILES = 35
"""A newcomer's afternoon."""


def stops() -> list[tuple[str, list[str]]]:
    """The files of the tour, each with the names to read in it."""
    rows = re.findall(r"^\| `([\w/]+\.py)` \| (.+?) \|", (ROOT / "docs/tour.md").read_text(), re.M)
    return [(file, re.findall(r"`(\w+)`", names)) for file, names in rows]


def test_every_stop_of_the_tour_is_there() -> None:
    for file, names in stops():
        text = (PACKAGE / file).read_text(encoding="utf-8")
        missing = [name for name in names if not re.search(rf"\b{name}\b", text)]
        assert names, file
        assert missing == [], file


def test_the_tour_is_short() -> None:
    assert 20 <= len({file for file, _names in stops()}) <= MOST_FILES


def test_the_recipes_name_what_is_there() -> None:
    recipes = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Recipes")[1]
    named = re.findall(r"`((?:\w+/)+(?:\w+\.py)?)`", recipes.split("\n## ")[0])
    places = [path for path in named if "NAME" not in path]
    assert len(places) > 10
    assert [path for path in places if not any((base / path).exists() for base in BASES)] == []


@pytest.mark.parametrize(
    "document", ["README.md", "docs/architecture.md", "docs/reliability.md", "docs/threat-model.md"]
)
def test_a_document_names_files_that_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:\w+/)+\w+\.py)`", text))
    bases = (*BASES, ROOT / "tests")
    assert len(named) > 3
    assert [each for each in sorted(named) if not any((b / each).exists() for b in bases)] == []
