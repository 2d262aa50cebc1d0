"""Patterns that are compiled late are right, and are patterns."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import arboris_desktop
from arboris_desktop.text.patterns import lazy_pattern


def test_it_is_used_like_a_compiled_one() -> None:
    pattern = lazy_pattern("r(ai)n", re.IGNORECASE)
    assert pattern.findall("Rain, rain") == ["ai", "ai"]
    assert pattern.sub("sun", "RAIN") == "sun"
    assert (pattern.pattern, bool(pattern.flags & re.IGNORECASE)) == ("r(ai)n", True)


def test_a_wrong_one_is_told_at_its_first_use() -> None:
    wrong = lazy_pattern("(")
    with pytest.raises(re.error):
        wrong.match("x")


def test_each_pattern_of_the_program_can_be_compiled() -> None:
    found = 0
    for module in pkgutil.walk_packages(arboris_desktop.__path__, "arboris_desktop."):
        if module.name.endswith("__main__") or ".migrations." in module.name:
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if type(value).__name__ == "_LazyPattern":
                assert isinstance(value.pattern, str)
                found += 1
    assert found > 100
