"""New numbers, after chapters were moved, for chapter numbers that are noted elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from arboris_desktop.domain.outline import Outline


def number_map(before: Outline, after: Outline) -> Callable[[int], int]:
    """Maps an old number to the new one of the same chapter.

    A number that no chapter has, or has any more, keeps its distance to the chapter before it.
    """
    kept = [(c.number, after.by_id[c.id].number) for c in before.chapters if c.id in after.by_id]
    kept.sort()
    old = [number for number, _ in kept]

    def new_number(number: int) -> int:
        at = bisect_left(old, number)
        if at < len(old) and old[at] == number:
            return kept[at][1]
        if at == 0:
            return number
        past, present = kept[at - 1]
        return present + number - past

    return new_number
