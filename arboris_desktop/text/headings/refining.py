"""Headings that are written twice, and titles that stand in the line below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from arboris_desktop.text.headings.heading import Heading
from arboris_desktop.text.headings.marks import Mark, body, plain_title, same_heading
from arboris_desktop.text.headings.readings import recognise
from arboris_desktop.text.headings.titles import clean_title, tidy_title
from arboris_desktop.text.paragraphs import columns
from arboris_desktop.text.patterns import lazy_pattern

_MAX_TITLE_COLUMNS = 60
_HARDLY_HALF = 0.4
"""Under half: a table of contents has headings without titles."""
_NEARLY_ALL = 0.9
_FEW_COLUMNS = 40
_LINES_BELOW = 12
_MUCH_BELOW = 125
"""So many characters in three lines are prose, below what may be its title."""
_MANY = 3
"""So many titles that are repeated are a habit."""
_TAIL = lazy_pattern(
    r"\s*[_|｜]\s*[^\s_|｜]{1,20}$|(?<=[^\W\d_A-Za-z])\s*-\s*[^\W\d_A-Za-z]{1,20}$"
)
_RULE = lazy_pattern(r"[+|]?(?:-{3,}|={3,}|_{3,}|~{3,}|─{2,}|━{2,}|═{2,}|—{2,})[+|]?")
_THIRD = lazy_pattern(r"[(（\[【〔]?\s*[上中下]\s*[)）\]】〕]?")
"""One of the parts into which a chapter is divided, not its title."""
_BEFORE = lazy_pattern(r"([^第笫弟苐地]+)(?=[第笫弟苐地])")
_OPEN_BRACKETS = " \t\u3000(（[【〔"
_SENTENCE_END = lazy_pattern(r"[.。!！?？…]$")


def without_doubles(marks: Sequence[Mark], lines: Sequence[str]) -> list[Mark]:
    """A heading that stands twice with nothing between counts once; so does the volume's name
    that stands before each of its chapters."""
    kept: list[Mark] = []
    volume: Heading | None = None
    start: int | None = None
    for index, mark in enumerate(marks):
        if _is_repeated_volume(mark, volume) and not body(marks, index, lines):
            start = mark.line if start is None else start
            continue
        volume = mark.heading if mark.opens_volume else volume
        whole = mark if start is None else replace(mark, line=start)
        start = None
        if kept and _is_double(kept[-1], whole, lines):
            kept[-1] = _merged(kept[-1], whole)
        else:
            kept.append(whole)
    return kept


def with_repeated_titles(marks: list[Mark], lines: Sequence[str]) -> list[Mark]:
    """A line right below a heading that says the heading once more belongs to it; one that says
    only the title, where that is the way of the whole book."""
    repeated = {mark: line for mark in marks if (line := _says_again(mark, lines)) is not None}
    alone = [mark for mark, line in repeated.items() if not recognise(lines[line])]
    if len(alone) < _MANY or 2 * len(alone) < len(marks):
        repeated = {mark: line for mark, line in repeated.items() if mark not in alone}
    return [replace(mark, end=repeated.get(mark, mark.end - 1) + 1) for mark in marks]


def with_titles_below(
    marks: list[Mark], lines: Sequence[str], *, are_paragraphs: bool = False
) -> list[Mark]:
    """Gives headings without a title the line below as such, if it is the way of the whole book.

    ``are_paragraphs``: no blank lines are between what belongs apart.
    """
    if are_paragraphs:
        return _with_titles(marks, lines, _title_above_prose, least=_NEARLY_ALL)
    marks = _with_titles(marks, lines, _title_in_next_line)
    marks = _with_titles(marks, lines, _title_in_capitals)
    return _with_titles(marks, lines, _title_apart, least=_NEARLY_ALL)


def with_rules_around(marks: Sequence[Mark], lines: Sequence[str]) -> list[Mark]:
    """Takes a line of dashes right below a heading, or a frame around it, for a part of it."""
    return [_framed(mark, lines) for mark in marks]


def _framed(mark: Mark, lines: Sequence[str]) -> Mark:
    below = "".join(lines[mark.end : mark.end + 1]).strip()
    if not _RULE.fullmatch(below):
        return mark
    has_rule_above = mark.line > 0 and lines[mark.line - 1].strip() == below
    return replace(mark, line=mark.line - has_rule_above, end=mark.end + 1)


def with_volume_titles_below(marks: Sequence[Mark], lines: Sequence[str]) -> list[Mark]:
    """Gives a volume that has no title the one line that stands between it and its chapter."""
    return [_with_volume_title(mark, index, marks, lines) for index, mark in enumerate(marks)]


def without_common_tail(marks: list[Mark]) -> list[Mark]:
    """Takes from the titles what all of them end with behind a dash: the name of the book or of a
    site."""
    titles = [mark.heading.title for mark in marks if mark.heading.title]
    tails = Counter(match[0] for title in titles if (match := _TAIL.search(title)))
    tail, count = tails.most_common(1)[0] if tails else ("", 0)
    if count < _MANY or 5 * count < 4 * len(titles):
        return marks
    return without_common_tail([_without_tail(mark, tail) for mark in marks])


def with_titles_before(marks: list[Mark]) -> list[Mark]:
    """Reads the words before the numbers: those that most have alike are the name of the book;
    others are the title (渡口 第一章), or with one behind the number a part of it (番外 第一章)."""
    before = {mark: found[1] for mark in marks if (found := _BEFORE.match(mark.heading.label))}
    usual, count = Counter(before.values()).most_common(1)[0] if before else ("", 0)
    is_usual = 2 * count > len(before)
    return [
        _with_title_before(mark, before[mark], drops=is_usual and before[mark] == usual)
        if mark in before
        else mark
        for mark in marks
    ]


def _with_title_before(mark: Mark, words: str, *, drops: bool) -> Mark:
    heading, title = mark.heading, tidy_title(words.strip(_OPEN_BRACKETS))
    drops = drops or not any(map(str.isalpha, title))
    if not drops and heading.title:
        return mark
    label = heading.label[len(words) :].strip()
    named = heading.title if drops else title
    return replace(mark, heading=replace(heading, label=label, title=named))


def _with_volume_title(mark: Mark, index: int, marks: Sequence[Mark], lines: Sequence[str]) -> Mark:
    if not mark.opens_volume or not mark.heading.number or mark.heading.title:
        return mark
    between = body(marks, index, lines)
    stands_alone = len(between) == 1 and index + 1 < len(marks)
    if not stands_alone or not _may_be_title(between[0]) or _SENTENCE_END.search(between[0]):
        return mark
    title = clean_title(between[0])
    end = next(n for n in range(mark.end, len(lines)) if lines[n].strip()) + 1
    return replace(mark, end=end, heading=replace(mark.heading, title=title))


def _without_tail(mark: Mark, tail: str) -> Mark:
    if not mark.heading.title.endswith(tail):
        return mark
    title = mark.heading.title.removesuffix(tail).strip()
    return replace(mark, heading=replace(mark.heading, title=title))


def _is_repeated_volume(mark: Mark, volume: Heading | None) -> bool:
    return mark.opens_volume and volume is not None and same_heading(mark.heading, volume)


def _is_double(first: Mark, second: Mark, lines: Sequence[str]) -> bool:
    if first.line >= second.line or "".join(lines[first.end : second.line]).strip():
        return False
    if same_heading(first.heading, second.heading):
        return True
    one, other = plain_title(first.heading.title), plain_title(second.heading.title)
    is_same_number = first.heading.value == second.heading.value != ()
    return (
        is_same_number
        and first.heading.kind is second.heading.kind
        and (one in other or other in one)
    )


def _merged(first: Mark, second: Mark) -> Mark:
    title = max(first.heading.title, second.heading.title, key=len)
    return Mark(first.line, second.end, replace(second.heading, title=title))


def _says_again(mark: Mark, lines: Sequence[str]) -> int | None:
    """The next line that is not blank, if it is the heading or the title once more."""
    stop = min(mark.end + 3, len(lines))
    below = next((n for n in range(mark.end, stop) if lines[n].strip()), None)
    title = plain_title(mark.heading.title)
    if below is None or len(title) < 2:
        return None
    found = recognise(lines[below])
    if plain_title(lines[below]) == title:
        return below
    is_same = bool(found) and found[-1].value == mark.heading.value
    return below if is_same and plain_title(found[-1].title) == title else None


def _with_titles(
    marks: list[Mark],
    lines: Sequence[str],
    find: Callable[[Mark, Sequence[str]], int | None],
    least: float = _HARDLY_HALF,
) -> list[Mark]:
    bare = [mark for mark in marks if mark.heading.number and not mark.heading.title]
    headed = {mark.line for mark in marks}
    places = {mark: find(mark, lines) for mark in bare}
    found = {mark: n for mark, n in places.items() if n is not None and n not in headed}
    if len(found) < least * len(bare) or (least == _NEARLY_ALL and len(bare) < 2):
        return marks
    return [_with_title_in(mark, found.get(mark), lines) for mark in marks]


def _with_title_in(mark: Mark, line: int | None, lines: Sequence[str]) -> Mark:
    if line is None:
        return mark
    title = clean_title(lines[line].strip().strip("*")).rstrip(".")
    return replace(mark, end=line + 1, heading=replace(mark.heading, title=title))


def _title_in_next_line(mark: Mark, lines: Sequence[str]) -> int | None:
    """The line right below, if it is short, no sentence, and apart from what follows."""
    line, after = [*lines[mark.end : mark.end + 2], "", ""][:2]
    is_apart = not after.strip() or _indentation(after) > _indentation(line)
    return mark.end if is_apart and _may_be_title(line) and line.strip()[-1] not in ".。" else None


def _title_in_capitals(mark: Mark, lines: Sequence[str]) -> int | None:
    """The next line that is not blank, if it is all in capitals and stands alone."""
    stop = min(mark.end + 4, len(lines))
    number = next((n for n in range(mark.end, stop) if lines[n].strip()), None)
    if number is None or "".join(lines[number + 1 : number + 2]).strip():
        return None
    line = lines[number]
    return number if line.isupper() and _may_be_title(line) else None


def _title_apart(mark: Mark, lines: Sequence[str]) -> int | None:
    """The next line that is not blank, if it is a few words with a blank line below it."""
    stop = min(mark.end + 4, len(lines))
    number = next((n for n in range(mark.end, stop) if lines[n].strip()), None)
    if number is None or number == mark.end:
        return None
    line = lines[number].strip()
    is_short = columns(line) <= _FEW_COLUMNS and line[-1] not in ".。!！?？…"
    if not is_short or not _may_be_title(line):
        return None
    below = [one for one in lines[number + 1 : number + _LINES_BELOW] if one.strip()][:3]
    is_further_left = bool(below) and _indentation(below[0]) > _indentation(lines[number])
    is_apart = not "".join(lines[number + 1 : number + 2]).strip()
    is_prose = is_apart and sum(map(len, below)) > _MUCH_BELOW
    return number if is_further_left or is_prose else None


def _title_above_prose(mark: Mark, lines: Sequence[str]) -> int | None:
    """The next paragraph, if it is a few words and much longer ones follow."""
    stop = min(mark.end + _LINES_BELOW, len(lines))
    filled = [n for n in range(mark.end, stop) if lines[n].strip()][:4]
    if len(filled) < 2:
        return None
    line, below = lines[filled[0]].strip(), "".join(lines[n] for n in filled[1:])
    is_short = columns(line) <= _FEW_COLUMNS and line[-1] not in ".。!！?？…"
    return filled[0] if is_short and _may_be_title(line) and len(below) > _MUCH_BELOW else None


def with_notes_of_sites(marks: Sequence[Mark], lines: Sequence[str]) -> list[Mark]:
    """Takes the line that a site writes below a heading, of date and length, for a part of it."""
    return [_with_note(mark, lines) for mark in marks]


def _with_note(mark: Mark, lines: Sequence[str]) -> Mark:
    stop = min(mark.end + 3, len(lines))
    below = next((n for n in range(mark.end, stop) if lines[n].strip()), None)
    if below is None or not any(map(str.isalnum, lines[below])) or clean_title(lines[below]):
        return mark
    return replace(mark, end=below + 1)


def _may_be_title(line: str) -> bool:
    plain = tidy_title(line)
    return (
        any(character.isalnum() for character in plain)
        and columns(plain) <= _MAX_TITLE_COLUMNS
        and plain[-1] not in ',，;；:：、”’」』"'
        and plain[0] not in '“‘「『"—'
        and not recognise(plain)
        and not _THIRD.fullmatch(plain)
    )


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())
