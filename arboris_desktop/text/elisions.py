"""English words whose first letters are left out: what stands before them is an apostrophe."""

from __future__ import annotations

ELIDED_WORDS = frozenset(
    ("tis", "tisn", "twas", "twasn", "twere", "twill", "twould", "em", "til", "cause", "bout", "n")
)
"""In lower case, up to a second apostrophe."""


def is_elided(before: str, word: str) -> bool:
    """True if a word, with what stands before it, is one of them."""
    first = word.replace("’", "'").partition("'")[0]
    return before.endswith(("’", "'")) and first.casefold() in ELIDED_WORDS
