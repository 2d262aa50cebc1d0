"""A choice among candidates that a model made in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from arboris_desktop.domain.text import one_line
from arboris_desktop.llm.thinking import without_thinking

# "A" is also an article: it counts where it is called a version, or begins as a label does.
_CALLED = re.compile(
    r"(?:version|candidate|option|choice|版本|候选)\s*[\"'“‘*(<\[]*\s*([A-J])(?![A-Za-z])",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\W*([A-J])(?:\s*$|\s*[-:.,;)：。，、*\"”])", re.IGNORECASE)
_BEFORE_REASON = re.compile(r"^[\s:：.,，。;*\"”’)\]>-]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """The letter that was named, and what was said for it."""

    letter: str
    reason: str


def read_choice(answer: str) -> Choice | None:
    """The first candidate that an answer names; ``None`` when it names none."""
    said = one_line(without_thinking(answer))
    found = _ALONE.match(said) or _CALLED.search(said)
    if found is None:
        return None
    return Choice(found[1].upper(), _BEFORE_REASON.sub("", said[found.end(1) :]))
