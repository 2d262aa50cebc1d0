"""The title page of a manuscript: the author's address, and further down title and author."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from arboris_desktop.text.book_names import BookName, author_in, is_name
from arboris_desktop.text.headings import recognise
from arboris_desktop.text.headings.titles import tidy_title
from arboris_desktop.text.paragraphs import columns
from arboris_desktop.text.patterns import lazy_pattern

_LONGEST = 60
"""In columns; a longer line is none of an address or a title."""
_MOST_LINES = 14
_LEAST_ABOVE = 2
_SENTENCE = lazy_pattern(r"[.!?。！？；，]$")
_OF_ADDRESS = lazy_pattern(r"\d|@")
_SAYS_BY = lazy_pattern(r"(?:a\s+novel\s+)?by", re.IGNORECASE)


def title_on_page(filled: Sequence[int], lines: Mapping[int, str]) -> tuple[int, BookName] | None:
    """Returns the line of the title, and the names, if the author is named right below it and
    only lines as short as those of an address stand above.

    ``filled`` are the lines before the first heading that are not blank.
    """
    page = filled[: _MOST_LINES + 1]
    for place in range(_LEAST_ABOVE, len(page) - 1):
        author = _author_below(page[place:], lines)
        above = [lines[line] for line in page[:place]]
        if author and _is_address(above, author) and _is_short(lines[page[place]]):
            title = tidy_title(lines[page[place]])
            return None if recognise(title) else (page[place], BookName(title, author))
    return None


def _author_below(page: Sequence[int], lines: Mapping[int, str]) -> str:
    """Returns the author in the line below the first, or below a "by" of its own."""
    below = [lines[line].strip() for line in page[1:3]]
    if len(below) > 1 and _SAYS_BY.fullmatch(below[0]) and is_name(below[1]):
        return below[1]
    return author_in(below[0])


def _is_address(above: Sequence[str], author: str) -> bool:
    """True if these lines are those of an address or the like, not a title with what it is."""
    has_sign = any(_OF_ADDRESS.search(line) or line.strip() == author for line in above)
    return has_sign and all(map(_is_short, above))


def _is_short(line: str) -> bool:
    return columns(line) <= _LONGEST and not _SENTENCE.search(line.strip())
