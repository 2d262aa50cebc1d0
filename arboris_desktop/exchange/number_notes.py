"""Notes on gaps, repetitions and steps back in the numbers of headings."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from arboris_desktop.text.headings.marks import Mark
from arboris_desktop.text.numerals import Value, follows

_FIRST = ((0,), (1,), (0, 1), (1, 1))


class NumberNote(StrEnum):
    """The relation of a number to the one before."""

    FINE = ""
    JUMP = "jump"
    REPEAT = "repeat"
    BACK = "back"


def number_notes(marks: Sequence[Mark]) -> list[NumberNote]:
    """Returns a note for each heading. In a new volume the numbers may continue or restart."""
    notes = []
    last: Value = ()
    opened = True
    for mark in marks:
        value = mark.heading.value
        if mark.opens_volume or not value:
            notes.append(NumberNote.FINE)
            opened = opened or mark.opens_volume
            continue
        may_begin = not last or (opened and value in _FIRST)
        notes.append(NumberNote.FINE if may_begin else _note(value, last))
        last, opened = value, False
    return notes


def _note(value: Value, last: Value) -> NumberNote:
    if follows(value, last):
        return NumberNote.FINE
    if value == last:
        return NumberNote.REPEAT
    return NumberNote.JUMP if value > last else NumberNote.BACK
