"""The front matter, before the first heading: the title, the author, and text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.title_pages import title_on_page
from arboris_desktop.text.book_names import BookName, author_in, is_name, name_in_line
from arboris_desktop.text.headings import recognise
from arboris_desktop.text.headings.titles import tidy_title
from arboris_desktop.text.paragraphs import columns
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import letters_only

_MAX_TITLE_COLUMNS = 80
_TITLE_AND_NAME = 2
_AUTHOR_WITHIN = 4
"""Lines below the title in which the author may be named."""

_EMPHASISED = lazy_pattern(r"^(\*{1,3})([^*]+)\1$")
_QUOTED = lazy_pattern(r"[“”‘「『」』\"]")
_ADDRESS = lazy_pattern(
    r"https?://|www\.|\b[\w-]+\.(?:com|net|org|cc|cn)\b", re.IGNORECASE | re.ASCII
)
_SENTENCE = lazy_pattern(r"[，。！？；…]|[.,!?;:：]$")
_NAMES_AUTHOR = lazy_pattern(r"(?:by\s+|作者[:：])\S[^.!?。！？]{1,60}$", re.IGNORECASE)
"""Right below a line, it marks that as the title, whatever punctuation it contains."""
_NICKNAME = lazy_pattern(r"[Bb]y\s+([\w-]{3,30})")
""""by annm": only below a title."""
_KIND = lazy_pattern(r"an?\s+(?:\w+\s+)?(?:novel|novella|romance|story|tale|memoir)", re.IGNORECASE)
_DEDICATION = lazy_pattern(
    r"(?:献给|獻給|谨以|謹以|致[^\w]|[Ff]or\s|FOR\s|[Tt]o\s|TO\s|[—–*#=~-]).*"
)
"""The beginnings of dedications and ornaments."""


@record
class FrontMatter:
    """``text`` holds the lines that are neither title nor author, including blank ones."""

    title: str
    author: str
    text: list[int]


def read_front(
    front: Sequence[int], lines: Sequence[str], known: BookName, stem: str, *, alone: bool
) -> FrontMatter:
    """Reads the lines before the first heading.

    ``known`` is what the file states about the book apart from its text, and ``stem`` the file's
    name. ``alone`` means that there is no heading and this is the whole text; then only an obvious
    title counts as one.
    """
    plain = {line: _EMPHASISED.sub(r"\2", lines[line].strip()) for line in front}
    filled = [line for line in front if any(map(str.isalnum, plain[line]))]
    title_line, name = _title_line(filled, plain, known, stem, alone=alone)
    taken = set() if title_line is None else {title_line}
    # The address of the author may stand above the title.
    following = sorted(
        (line for line in filled if line not in taken),
        key=lambda line: (line < (title_line or 0), line),
    )
    author = known.author or name.author
    author_line = _author_line(following, plain, author, has_title=bool(taken or known.title))
    if author_line is not None:
        taken.add(author_line)
        nickname = _NICKNAME.fullmatch(plain[author_line].strip())
        said = nickname[1] if nickname else author_in(plain[author_line])
        author = author or said or tidy_title(plain[author_line])
    text = [line for line in front if line not in taken]
    is_empty = taken.issuperset(filled)
    return FrontMatter(known.title or name.title, author, [] if is_empty else text)


def _title_line(
    filled: Sequence[int], lines: Mapping[int, str], known: BookName, stem: str, *, alone: bool
) -> tuple[int | None, BookName]:
    """Returns the first line if it is the title, and the title it states."""
    if not filled:
        return None, BookName()
    if not alone:
        filled = _without_addresses(filled, lines)
    name = name_in_line(lines[filled[0]])
    plain = tidy_title(lines[filled[0]])
    if known.title:
        is_title = letters_only(known.title) in (letters_only(plain), letters_only(name.title))
        return (filled[0], name) if is_title else (None, BookName())
    if name.title:
        return filled[0], name
    if author_in(lines[filled[0]]):  # 作者：某人 above 书名：雨巷
        for line in filled[1:_AUTHOR_WITHIN]:
            if (below := name_in_line(lines[line])).title:
                return line, below
    if not alone and (found := title_on_page(filled, lines)):
        return found
    is_title = bool(plain) and _is_title(filled, lines, stem, alone=alone)
    return (filled[0], BookName(plain)) if is_title else (None, BookName())


def _without_addresses(filled: Sequence[int], lines: Mapping[int, str]) -> Sequence[int]:
    """Returns the lines from the book's name on, if only boilerplate of a site precedes it."""
    for place, line in enumerate(filled[:_AUTHOR_WITHIN]):
        below = filled[place + 1] if place + 1 < len(filled) else line
        if name_in_line(lines[line]).title or (place and author_in(lines[below])):
            return filled[place:]
        if not _ADDRESS.search(lines[line]):
            break
    return filled


def _is_title(filled: Sequence[int], lines: Mapping[int, str], stem: str, *, alone: bool) -> bool:
    """True if the first line looks like a title: short, no sentence, separate from what follows."""
    first = filled[0]
    line = tidy_title(lines[first])
    if stem and line == stem:
        return True
    following = filled[1] if len(filled) > 1 else None
    is_other = author_in(line) or _ADDRESS.search(line) or line.startswith("<!--")
    if following is None and not alone and not is_other and _is_far_from_text(lines, first):
        return True
    is_long = columns(line) > _MAX_TITLE_COLUMNS
    if is_other or is_long or _DEDICATION.fullmatch(line) or recognise(line):
        return False
    is_signed = following == first + 1 and bool(_NAMES_AUTHOR.match(lines[following]))
    is_prose = _SENTENCE.search(line) or (following is not None and _QUOTED.search(line))
    if is_prose and not is_signed:
        return False
    if is_signed or (following is not None and author_in(lines[following])):
        return True
    if following is not None and len(filled) > 2 and _KIND.fullmatch(lines[following].strip()):
        return True
    if alone or following is None:
        return not alone
    is_above_name = len(filled) == _TITLE_AND_NAME and is_name(lines[following])
    return is_above_name or following > first + 1


def _is_far_from_text(lines: Mapping[int, str], line: int) -> bool:
    """True if two blank lines follow, as below titles in texts of this program."""
    return not any(lines.get(below, "x").strip() for below in (line + 1, line + 2))


def _author_line(
    following: Sequence[int], lines: Mapping[int, str], known: str, *, has_title: bool
) -> int | None:
    """Returns the line that names the author; if the author is known, only a line that agrees."""
    for line in following[:_AUTHOR_WITHIN]:
        if _says(known, lines[line]) if known else author_in(lines[line]):
            return line
        if has_title and not known and _NICKNAME.fullmatch(lines[line].strip()):
            return line
    is_lonely = has_title and len(following) == 1 and not known
    return following[0] if is_lonely and is_name(lines[following[0]]) else None


def _says(author: str, line: str) -> bool:
    """True if a line only states the author."""
    plain, name = letters_only(line), letters_only(author)
    return plain in (name, f"by{name}", f"作者{name}", f"{name}著")
