"""Chapter numbers as people write them: ``1-20, 25``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from arboris_desktop.domain.errors import ErrorKind, RuleError

MOST_NUMBERS = 100_000

_PART = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


def parse_chapter_numbers(text: str) -> set[int]:
    """The numbers that a list of numbers and ranges names; raises ``RuleError``."""
    numbers: set[int] = set()
    for part in re.split(r"[,，、]", text):
        found = _PART.fullmatch(part.strip())
        if found is None:
            raise RuleError(
                ErrorKind.INVALID_VALUE,
                f"{part.strip() or text!r} is not a chapter number nor a range like 1-20",
            )
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last <= MOST_NUMBERS:
            raise RuleError(ErrorKind.INVALID_VALUE, f"{part.strip()!r} is not a range of chapters")
        numbers.update(range(first, last + 1))
    return numbers


def as_ranges(numbers: Iterable[int]) -> str:
    """A list of numbers and ranges, as ``parse_chapter_numbers`` reads it."""
    ordered = sorted(set(numbers))
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(ordered), lambda placed: placed[1] - placed[0])
    ]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
