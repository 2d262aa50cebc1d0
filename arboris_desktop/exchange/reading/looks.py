"""Headings recognised by their look: short lines that are bold, larger, or centred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.text.headings.finder import find_headings
from arboris_desktop.text.patterns import lazy_pattern

_LONGEST = 40
_LEAST = 2
_LEAST_BELOW = 300
"""The mean number of characters below each bold line, if they are headings."""
_MOST_SHARE = 3
"""At most one paragraph in this many is a heading."""

_ENDS_A_SENTENCE = lazy_pattern(r".*[。！？；，、：:,;.…—”’\"』」]\s*", 0)
_BOLD = lazy_pattern(r"(\*\*\*?)[^*]+\1")
_WORD = lazy_pattern(r"[^\W_]")


@record
class LineLook:
    """The look of a paragraph; ``size`` is that of its letters, 0 for the usual one.

    ``begins_page``: it is the first of a page that its author began.
    """

    is_centred: bool = False
    is_bold: bool = False
    size: float = 0
    begins_page: bool = False


def with_bold_headings(manuscript: Manuscript) -> Manuscript:
    """Returns the manuscript; if its format marks no headings, short bold lines become such."""
    if not manuscript.is_composed or manuscript.levels:
        return manuscript
    looks = {
        line: LineLook(is_bold=bool(_BOLD.fullmatch(text.strip())))
        for line, text in enumerate(manuscript.lines)
    }
    levels = levels_by_looks(manuscript.lines, looks)
    if not levels:
        return manuscript
    lines = [_plain(t) if line in levels else t for line, t in enumerate(manuscript.lines)]
    return replace(manuscript, lines=lines, levels=levels)


def levels_by_looks(lines: Sequence[str], looks: Mapping[int, LineLook]) -> dict[int, int]:
    """Returns the levels of the lines that look like headings, larger ones higher, by line.

    There are none if the words of the text say where its chapters begin, or if too many lines look
    like headings. ``looks`` are those of all paragraphs.
    """
    written = [line for line in looks if lines[line].strip()]
    usual = _usual_size(lines, looks, written)
    short = [line for line in written if _is_short(lines[line])]
    found = [line for line in short if _signs(looks[line], usual) >= 2]
    if len(found) < _LEAST:  # Bold alone says less: words within a text may be bold as well.
        found = [line for line in short if looks[line].is_bold]
        found = found or _firsts_of_pages(short, looks)
        if sum(map(len, lines)) < _LEAST_BELOW * len(found):
            return {}
    if not _LEAST <= len(found) <= len(written) // _MOST_SHARE or find_headings(lines).marks:
        return {}
    sizes = sorted({looks[line].size for line in found}, reverse=True)
    return {line: 1 + sizes.index(looks[line].size) for line in found}


def _firsts_of_pages(short: Sequence[int], looks: Mapping[int, LineLook]) -> list[int]:
    """Returns the short lines with which each page begins that the author began, if all do."""
    firsts = [line for line, look in looks.items() if look.begins_page]
    return firsts if len(firsts) > _LEAST and set(firsts).issubset(short) else []


def _usual_size(
    lines: Sequence[str], looks: Mapping[int, LineLook], written: Sequence[int]
) -> float:
    """Returns the size of most of the letters."""
    letters: Counter[float] = Counter()
    for line in written:
        letters[looks[line].size] += len(lines[line])
    return letters.most_common(1)[0][0] if letters else 0


def _signs(look: LineLook, usual: float) -> int:
    return look.is_centred + look.is_bold + (look.size > usual)


def _is_short(text: str) -> bool:
    plain = _plain(text)
    is_short = len(plain) <= _LONGEST and "\n" not in plain
    return is_short and bool(_WORD.search(plain)) and not _ENDS_A_SENTENCE.fullmatch(plain)


def _plain(text: str) -> str:
    return text.replace("*", "").strip()
