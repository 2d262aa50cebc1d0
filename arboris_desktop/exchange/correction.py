"""The author's changes in the preview of an import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from arboris_desktop.domain.record import record

AUTOMATIC = "auto"
"""The rule that lets the program choose."""

STYLES = "styles"
"""The rule that takes the headings that the file marks as such."""

NO_HEADINGS = "none"
"""The rule by which the whole text is one chapter."""

PATTERN_PREFIX = "regex:"
"""Before a pattern of the author's own, as a rule."""

FRONT_KEY = -1
"""Names the chapter that holds the text before the first heading, which has no heading."""


@record
class Split:
    """A chapter that begins at a line of the text. ``takes_line``: the line is its heading."""

    title: str
    takes_line: bool = False


@record
class Correction:
    """Choices that take the place of what was guessed; ``None`` and empty change nothing.

    Headings are named by their keys (see ``division.key_of``), which depend on file, encoding and
    rule alone, the text before them by ``FRONT_KEY``; splits by their lines. ``unticked`` headings
    are text, chapters that are ``left_out`` are not imported.
    """

    title: str | None = None
    author: str | None = None
    encoding: str | None = None
    rule: str = AUTOMATIC
    unticked: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    renamed: Mapping[int, str] = field(default_factory=dict)
    splits: Mapping[int, Split] = field(default_factory=dict)

    def without(self, keys: Iterable[int]) -> Correction:
        """Headings that are none: their lines go to the text of the chapter before."""
        return replace(self, unticked=self.unticked | frozenset(keys))

    def merged(self, keys: Iterable[int]) -> Correction:
        """Chapters that are one: all but the first of these headings become text."""
        return self.without(sorted(keys)[1:])
