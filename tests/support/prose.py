"""Text that says something else in each sentence: a model that repeats itself is stopped."""

from __future__ import annotations

from itertools import cycle, islice

_WHO = ("Mara", "Tobias", "The keeper", "Her brother", "The boy", "An old woman")
_DID = ("carried", "lost", "watched", "hid", "mended", "found", "sold")
_WHAT = ("lamp", "key", "net", "letter", "boat", "glass", "rope", "coin", "map")
_WHERE = ("harbour", "stair", "window", "well", "mill")
_THEN = ("said nothing", "thought of the storm", "went home", "counted the hours")


def sentences(count: int) -> list[str]:
    """So many sentences, no two of them the same."""
    words = zip(cycle(_WHO), cycle(_DID), cycle(_WHAT), cycle(_WHERE), cycle(_THEN), strict=False)
    return [
        f"{who} {did} the {what} by the {where}, and {then}."
        for who, did, what, where, then in islice(words, count)
    ]


def prose(words: int) -> str:
    """Sentences of so many words together, or a few more."""
    found: list[str] = []
    for sentence in sentences(words):
        found.append(sentence)
        if sum(len(each.split()) for each in found) >= words:
            break
    return " ".join(found)
