"""The new place of a passage after the text around it, or the passage itself, was changed."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from arboris_desktop.text.differences import TextSegment, changed_middle, text_diff
from arboris_desktop.text.quotations import Span, locate

_LEAST_KEPT = 0.5
"""The part of a passage that has to be left for a rewritten text to have it still."""

_LONGEST_COMPARED = 200_000
"""Characters of a change, on both sides, within which what is left is looked for."""


def follow(span: Span, old: str, new: str) -> Span | None:
    """The passage in the new text, longer or shorter if it was changed; nothing if it is gone."""
    change, middle = changed_middle(old, new)
    longer = len(middle) - (change.end - change.start)
    if span.end <= change.start:
        return span
    if span.start >= change.end:
        return Span(span.start + longer, span.end + longer)
    if span.start <= change.start and change.end <= span.end:
        at = new.find(old[span.start : span.end], span.start, span.end + longer)
        longer = longer if at < 0 else 0
        start = max(at, span.start)
        return _some(start, start + span.end - span.start + longer)
    there = find_words(old[span.start : span.end], new, span.start)
    if there is not None or len(middle) + change.end - change.start > _LONGEST_COMPARED:
        return there
    return _left_of(span, change, text_diff(old[change.start : change.end], middle), longer)


def find_words(words: str, text: str, near: int) -> Span | None:
    """The place where words stand to the letter, the nearest if there are several; else as evidence
    is found."""
    places = [text.rfind(words, 0, near + len(words)), text.find(words, near)]
    places = [place for place in places if place >= 0]
    if not words.strip() or not places:
        return locate(words, text, near)
    start = min(places, key=lambda place: abs(place - near))
    return Span(start, start + len(words))


def _left_of(
    span: Span, change: Span, segments: tuple[TextSegment, ...], longer: int
) -> Span | None:
    """The part of a passage that the segments of a change left."""
    inside = Span(span.start - change.start, span.end - change.start)
    kept = sum(
        max(0, min(inside.end, at.old_start + len(at.old)) - max(inside.start, at.old_start))
        for at in segments
        if not at.is_change
    )
    outside = max(0, change.start - span.start) + max(0, span.end - change.end)
    if kept + outside < _LEAST_KEPT * (span.end - span.start):
        return None
    start = span.start if inside.start <= 0 else change.start + _carried(inside.start, segments)
    if span.end >= change.end:
        return _some(start, span.end + longer)
    return _some(start, change.start + _carried(inside.end, segments, is_end=True))


def _carried(place: int, segments: tuple[TextSegment, ...], *, is_end: bool = False) -> int:
    """A place of the old text in the new one; amid what was changed, the edge of that."""
    ends = list(accumulate(len(at.old) for at in segments))
    at = segments[min(bisect_left(ends, place if is_end else place + 1), len(segments) - 1)]
    if at.is_change:
        return at.new_start + (len(at.new) if is_end else 0)
    return at.new_start + place - at.old_start


def _some(start: int, end: int) -> Span | None:
    return Span(start, end) if end > start else None
