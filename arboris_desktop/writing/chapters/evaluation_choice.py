"""A choice among candidates that a model made in plain words."""

from __future__ import annotations

import re
from collections.abc import Collection

from arboris_desktop.domain.record import record
from arboris_desktop.llm.cleaning.thoughts import without_thinking
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import one_line

# "A" is also an article: it counts if it is called a version, or stands like a label. In "A-0f3b",
# a small model has only copied the line above a version.
_CALLED = lazy_pattern(
    r"(?:version|candidate|option|choice|版本|候选)\s*[\"'“‘*(<\[]*\s*([A-J])(?![A-Za-z])",
    re.IGNORECASE,
)
_ALONE = lazy_pattern(r"\W*([A-J])(?:\s*$|\s*[:.,;)：。，、*\"”]|\s*[-–—]+\s)", re.IGNORECASE)
_BEFORE_REASON = lazy_pattern(r"^[\s:：.,，。;*\"”’)\]>-]+")


@record
class LetterChoice:
    """The letter that was named, and the reason that was given."""

    letter: str
    reason: str


def read_choice(answer: str, letters: Collection[str]) -> LetterChoice | None:
    """Returns the first candidate that an answer names, and the rest of that line, if any."""
    for line in without_thinking(answer).splitlines():
        said = one_line(line)
        found = _ALONE.match(said) or _CALLED.search(said)
        if found and found[1].upper() in letters:
            return LetterChoice(found[1].upper(), _BEFORE_REASON.sub("", said[found.end(1) :]))
    return None
