"""The author's corrections in the preview of an import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from arboris_desktop.domain.record import record

AUTOMATIC = "auto"
"""The rule that lets the program choose."""

STYLES = "styles"
"""The rule that uses the headings marked as such in the file."""

NO_HEADINGS = "none"
"""The rule by which the whole text is one chapter."""

PATTERN_PREFIX = "regex:"
"""The prefix of a rule that is a pattern of the author's own."""

FRONT_KEY = -1
"""The key of the chapter that holds the text before the first heading."""


@record
class Split:
    """A chapter that begins at a line of the text. ``takes_line`` makes the line its heading."""

    title: str
    takes_line: bool = False


@record
class Correction:
    """Choices that replace the guesses; ``None`` and empty values change nothing.

    Headings are identified by their keys (see ``division.key_of``), which depend only on file,
    encoding and rule, the text before them by ``FRONT_KEY``; splits by their lines. ``unticked``
    headings become text, chapters in ``left_out`` are not imported. ``as_plans``: the file is an
    outline (see ``outline_import``).
    """

    title: str | None = None
    author: str | None = None
    encoding: str | None = None
    rule: str = AUTOMATIC
    unticked: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    renamed: Mapping[int, str] = field(default_factory=dict)
    splits: Mapping[int, Split] = field(default_factory=dict)
    as_plans: bool = False

    def without(self, keys: Iterable[int]) -> Correction:
        """Headings that are none: their lines go to the text of the previous chapter."""
        return replace(self, unticked=self.unticked | frozenset(keys))

    def merged(self, keys: Iterable[int]) -> Correction:
        """Chapters that are merged: all but the first of these headings become text."""
        return self.without(sorted(keys)[1:])
