"""Carrying the numbers of a novel over into another form: 第五回 becomes 第5章, 楔子 stays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arboris_desktop.text.headings import HeadingKind, recognise
from arboris_desktop.text.number_labels import label_of, number_in, number_parts, own_labels
from arboris_desktop.text.patterns import lazy_pattern

_OF_CHAPTERS = lazy_pattern(r"第N[^卷部集篇册幕]|(?:Chapter|Episode|Chap\.|Ch\.) N", re.IGNORECASE)
_NUMBERED = lazy_pattern(r"(.*)\{[^{}]{1,4}\}(.*)")


def renumbered(own: Sequence[str | None], before: str, after: str) -> list[str | None]:
    """The labels to store once the form of the numbers changes.

    ``own`` are the stored ones: each number is kept in the new form, each name without a number as
    it is.
    """
    number, written = 0, []
    for label in own:
        if label is None:
            number += 1
            written.append(label_of(after, number))
        else:
            written.append(_carried(label, before, after))
            found = number_in(label)
            number = number if found is None else found
    return own_labels(written, after)


def is_named(title: str) -> bool:
    """True for the title of a chapter that has a name instead of a number, such as 楔子."""
    found = recognise(title)
    return len(found) == 1 and found[0].kind is HeadingKind.SPECIAL


def _carried(label: str, before: str, after: str) -> str:
    """Writes a label in the form ``after``, unless it counts something else than chapters."""
    parts = number_parts(label)
    if parts is None:
        return label
    words, value = parts
    if not _counts_chapters(label, words, before):
        return label
    if len(value) == 1:
        return label_of(after, value[0])
    # 12.5 is written in figures in each form.
    return _NUMBERED.sub(lambda found: ".".join(map(str, value)).join(found.groups()), after)


def _counts_chapters(label: str, words: tuple[str, str], before: str) -> bool:
    """True if the number stands between the words of the form before, or those of any chapter."""
    form = _NUMBERED.fullmatch(before)
    if form and "{".join(form.groups()).casefold() == "{".join(words).casefold():
        return True
    if not any(map(str.isalnum, "".join(words))):
        return True
    found = recognise(label)
    return len(found) == 1 and not found[0].title and bool(_OF_CHAPTERS.fullmatch(found[0].form))
