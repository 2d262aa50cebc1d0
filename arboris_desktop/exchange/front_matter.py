"""The front matter, before the first heading: the title, the author, and text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from arboris_desktop.text.book_names import BookName, author_in, is_name, name_in_line
from arboris_desktop.text.headings.titles import tidy_title
from arboris_desktop.text.paragraphs import columns

_MAX_TITLE_COLUMNS = 80
_AUTHOR_WITHIN = 4
"""So many lines below the title the author may stand."""

_QUOTED = re.compile(r"[“”‘「『」』\"]")
_SENTENCE = re.compile(r"[，。！？；…]|[.,!?;:：]$")
_DEDICATION = re.compile(r"(?:献给|獻給|谨以|謹以|致[^\w]|[Ff]or\s|FOR\s|[Tt]o\s|TO\s|[—–*#=~-]).*")
"""The beginnings of dedications and ornaments."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """``text`` are the lines that are neither title nor author; blank ones included."""

    title: str
    author: str
    text: list[int]


def read_front(
    front: Sequence[int], lines: Sequence[str], stem: str, *, alone: bool
) -> FrontMatter:
    """Reads the lines before the first heading; ``stem`` is the name of the file.

    ``alone``: there is no heading, and what stands here is the whole text. Then only what is
    plainly a title is one.
    """
    filled = [line for line in front if any(map(str.isalnum, lines[line]))]
    if not filled:
        return FrontMatter("", "", [])
    name = name_in_line(lines[filled[0]])
    taken: set[int] = set()
    following = filled
    if name.title or _is_title(filled, lines, stem, alone=alone):
        title = name.title or tidy_title(lines[filled[0]])
        name = BookName(title, name.author)
        taken.add(filled[0])
        following = filled[1:]
    author_line = _author_line(following, lines, has_title=bool(taken)) if not name.author else None
    if author_line is not None:
        taken.add(author_line)
        author = author_in(lines[author_line]) or tidy_title(lines[author_line])
        name = BookName(name.title, author)
    text = [line for line in front if line not in taken]
    if not any(any(map(str.isalnum, lines[line])) for line in text):
        text = []
    return FrontMatter(name.title, name.author, text)


def _is_title(filled: Sequence[int], lines: Sequence[str], stem: str, *, alone: bool) -> bool:
    """True if the first line looks like a title: short, no sentence, apart from what follows."""
    first = filled[0]
    line = tidy_title(lines[first])
    if stem and line == stem:
        return True
    following = filled[1] if len(filled) > 1 else None
    if following is None and not alone and _is_far_from_text(lines, first):
        return True
    if columns(line) > _MAX_TITLE_COLUMNS or _DEDICATION.fullmatch(line) or author_in(line):
        return False
    if _SENTENCE.search(line) or (following is not None and _QUOTED.search(line)):
        return False
    if following is not None and author_in(lines[following]):
        return True
    return not alone and (following is None or following > first + 1)


def _is_far_from_text(lines: Sequence[str], line: int) -> bool:
    """True if the line has two blank lines below it, as titles in this program's texts have."""
    return not "".join(lines[line + 1 : line + 3]).strip() and line + 2 < len(lines)


def _author_line(following: Sequence[int], lines: Sequence[str], *, has_title: bool) -> int | None:
    for line in following[:_AUTHOR_WITHIN]:
        if author_in(lines[line]):
            return line
    is_lonely = has_title and len(following) == 1 and is_name(lines[following[0]])
    return following[0] if is_lonely else None
