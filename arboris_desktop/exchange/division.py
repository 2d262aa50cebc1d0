"""Dividing a manuscript: where its volumes and chapters begin, and what precedes them.

No text is lost: what precedes the first heading becomes a chapter of its own unless it is only the
title and the author, and so does text between a volume's heading and its first chapter. Of a table
of contents only the entries that occur again as headings are dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.record import record
from arboris_desktop.exchange.correction import (
    AUTOMATIC,
    NO_HEADINGS,
    PATTERN_PREFIX,
    STYLES,
    Correction,
)
from arboris_desktop.exchange.front_matter import FrontMatter, read_front
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.pattern_rule import marks_by_pattern
from arboris_desktop.exchange.style_rule import StyledHeadings, read_styles
from arboris_desktop.text.book_names import BookName
from arboris_desktop.text.headings.contents import (
    contents_range,
    listed_lines,
    names_contents,
    without_table_at_end,
)
from arboris_desktop.text.headings.finder import Findings, find_headings
from arboris_desktop.text.headings.heading import Heading, HeadingKind
from arboris_desktop.text.headings.marks import Mark
from arboris_desktop.text.headings.refining import (
    with_notes_of_sites,
    with_repeated_titles,
    with_rules_around,
    with_titles_before,
    with_titles_below,
    with_volume_titles_below,
    without_common_tail,
    without_doubles,
)
from arboris_desktop.text.numerals import follows

_FAR_MORE = 3
"""The factor by which headings in the text must outnumber those marked in the file to win."""

SPLIT_FORM = "split"


@record
class Division:
    """The headings of a manuscript, the rule that found them, and the lines before them.

    ``contents`` are the lines of a table of contents. ``choices`` are the rules that would find
    headings, with how many.
    """

    marks: list[Mark]
    rule: str
    front: FrontMatter
    contents: frozenset[int]
    choices: Mapping[str, int] = field(default_factory=dict)


def key_of(mark: Mark) -> int:
    """Returns the key of a heading in a correction: a line may be the heading of a volume and a
    chapter."""
    return 2 * mark.line + (0 if mark.opens_volume else 1)


def divide(manuscript: Manuscript, correction: Correction, stem: str = "") -> Division:
    """Finds the headings by the correction's rule, and applies the rest of the correction."""
    found = _find(manuscript, correction.rule)
    places = contents_range(found.marks, manuscript.lines)
    marks = [*found.marks[: places.start], *found.marks[places.stop :]]
    marks = without_table_at_end(marks, manuscript.lines)
    if found.rule != STYLES:
        marks = with_rules_around(marks, manuscript.lines)
        marks = with_notes_of_sites(marks, manuscript.lines)
        composed = manuscript.is_composed
        marks = with_titles_below(marks, manuscript.lines, are_paragraphs=composed)
        marks = with_volume_titles_below(marks, manuscript.lines)
    marks = without_doubles(marks, manuscript.lines)
    if found.rule != STYLES:
        marks = with_titles_before(with_repeated_titles(marks, manuscript.lines))
        marks = without_common_tail(marks)
    marks = _corrected(marks, correction, manuscript.lines)
    before = range(marks[0].line) if marks else range(len(manuscript.lines))
    entries = found.marks[places.start : places.stop]
    listed = {line for mark in entries for line in range(mark.line, mark.end)}
    listed |= listed_lines([n for n in before if n not in listed], marks, manuscript.lines)
    if listed:
        above = range(max(listed))
        listed |= {line for line in (*before, *above) if names_contents(manuscript.lines[line])}
    front = [line for line in before if line not in listed and line not in found.titles]
    is_same = found.title.casefold() == manuscript.title.casefold()
    title = manuscript.title if is_same else found.title or manuscript.title
    known = BookName(title, manuscript.author)
    matter = read_front(front, manuscript.lines, known, stem, alone=not marks)
    return Division(marks, found.rule, matter, frozenset(listed), found.choices)


@record
class _Found:
    marks: list[Mark]
    rule: str
    choices: Mapping[str, int]
    title: str = ""
    titles: frozenset[int] = frozenset()


def _find(manuscript: Manuscript, rule: str) -> _Found:
    """Returns the headings by a rule. Raises ``RuleError`` if there are none."""
    styled = read_styles(manuscript)
    findings = find_headings(manuscript.lines, rule)
    choices = ({STYLES: styled.chapters} if styled.marks else {}) | findings.forms
    if rule == NO_HEADINGS:
        return _Found([], rule, choices)
    if rule.startswith(PATTERN_PREFIX):
        marks = marks_by_pattern(manuscript.lines, rule.removeprefix(PATTERN_PREFIX))
        return _Found(marks, rule, choices)
    if rule not in (AUTOMATIC, *choices):
        known = ", ".join(choices) or "none"
        reason = f"no headings are of the form {rule}; those in the file: {known}"
        raise RuleError(ErrorKind.INVALID_VALUE, reason)
    if rule == STYLES or (rule == AUTOMATIC and _suffices(styled, findings)):
        return _Found(styled.marks, STYLES, choices, styled.title, styled.titles)
    return _Found(findings.marks, findings.form or AUTOMATIC, choices)


def _suffices(styled: StyledHeadings, findings: Findings) -> bool:
    """True if the headings marked in the file are its chapters, not a few lines of its front
    matter."""
    of_text = sum(not mark.opens_volume for mark in findings.marks)
    if _are_completed(styled, findings):
        return False
    return styled.chapters >= 2 or (bool(styled.marks) and of_text <= _FAR_MORE * styled.chapters)


def _are_completed(styled: StyledHeadings, findings: Findings) -> bool:
    """True if the text has headings that its author forgot to mark: among those that are marked,
    numbers are missing, and with the others they count on."""
    found = {mark.line for mark in findings.marks}
    more = sum(not mark.opens_volume for mark in findings.marks) > styled.chapters >= 2
    is_whole = more and found.issuperset(mark.line for mark in styled.marks)
    return is_whole and _count_on(findings.marks) and not _count_on(styled.marks)


def _count_on(marks: Iterable[Mark]) -> bool:
    values = [mark.heading.value for mark in marks if not mark.opens_volume]
    numbers = [value for value in values if value]
    begins = numbers[:1] in ([(0,)], [(1,)])
    return begins and all(follows(after, before) for before, after in pairwise(numbers))


def _corrected(marks: Iterable[Mark], correction: Correction, lines: Sequence[str]) -> list[Mark]:
    kept = [mark for mark in marks if key_of(mark) not in correction.unticked]
    kept = [_renamed(mark, correction.renamed.get(key_of(mark))) for mark in kept]
    taken = {line for mark in kept for line in range(mark.line, mark.end)}
    for line, split in correction.splits.items():
        if line < len(lines) and line not in taken:
            heading = Heading(HeadingKind.CHAPTER, SPLIT_FORM, "", (), split.title)
            mark = Mark(line, line + 1 if split.takes_line else line, heading)
            kept.append(_renamed(mark, correction.renamed.get(key_of(mark))))
    return sorted(kept, key=lambda mark: (mark.line, not mark.opens_volume))


def _renamed(mark: Mark, title: str | None) -> Mark:
    return mark if title is None else replace(mark, heading=replace(mark.heading, title=title))
