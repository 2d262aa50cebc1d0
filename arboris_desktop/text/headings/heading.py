"""One line of a text, read as the heading of a volume or chapter."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.record import record
from arboris_desktop.text.numerals import Value

MAX_HEADING = 120
"""A longer line is prose, whatever it begins with. In characters."""


class HeadingKind(StrEnum):
    """The kind of part that a heading opens. ``SPECIAL`` is a chapter with a name instead of a
    number."""

    VOLUME = "volume"
    CHAPTER = "chapter"
    SECTION = "section"
    SPECIAL = "special"


CLEAR = 0
"""The doubt about a line that is hardly anything but a heading."""

LIKELY = 1
"""The doubt about a line that is a heading if nothing speaks against it."""

UNLIKELY = 2
"""The doubt about a line that reads like a sentence; each further reason adds one."""

SPECIAL_FORM = "special"


@record
class Heading:
    """A line read as a heading.

    ``form`` names how it is written (``第N章``, ``Chapter N``, ``1、``): headings of one form make
    a series. ``number`` is as written, ``value`` what it says, ``title`` what follows and ``label``
    what stands before that ("Part One"). ``doubt`` says how much like prose the line reads.
    ``numbers_only``: the form is found in any prose, and counts only as a series.
    """

    kind: HeadingKind
    form: str
    number: str
    value: Value
    title: str
    label: str = ""
    doubt: int = CLEAR
    numbers_only: bool = False

    @property
    def name(self) -> str:
        """A name for it where there is no other number: the title, else the label."""
        return self.title or self.label
