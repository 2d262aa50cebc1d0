"""Title and author, as names of files and first lines of texts say them: 《书名》作者：某人."""

from __future__ import annotations

import re

from arboris_desktop.domain.record import record
from arboris_desktop.text.parted_names import title_and_author
from arboris_desktop.text.patterns import lazy_pattern


@record
class BookName:
    """The names that a line tells of the whole book; empty what it does not tell."""

    title: str = ""
    author: str = ""


_BOOK = lazy_pattern(
    r"(?:(?:np|bl|bg|gl|完[结結本]|全[本集文]|[连連][载載]|精校|校[对對]版?)[\s_·\-]+)*[^\w《]*《(?P<title>[^《》]+)》(?P<rest>.{0,40})",
    re.IGNORECASE,
)
_TITLE_LABEL = (
    r"(?:书\s*名|書\s*名|标题|標題|(?:作品|小[说說])(?:名称|名稱|名)|书籍名称|(?i:title))"
)
_LABELLED_TITLE = lazy_pattern(
    rf"(?:{_TITLE_LABEL}\s*[:：]|[\[【]\s*{_TITLE_LABEL}\s*[\]】]\s*[:：]?)\s*(?P<title>\S.*)"
)
_AUTHOR_LABEL = (
    r"(?:(?:小[说說]|作品|原)?作\s*者|作家|著\s*者|[笔筆]名|(?i:author|(?:written\s+)?by))"
)
_LABELLED_AUTHOR = lazy_pattern(
    rf"(?:[(（\[【]?\s*{_AUTHOR_LABEL}\s*[:：]|[\[【]\s*{_AUTHOR_LABEL}\s*[\]】]\s*[:：]?)"
    r"\s*(?P<author>[^()（）\[\]【】]{1,60}?)\s*[)）\]】]?"
)
_AUTHOR_AFTER = lazy_pattern(
    r"(?P<title>.+?)[\s_\-—–·,，(（\[【]*(?:作者|著者)\s*[:：_\-\s]\s*(?P<author>[^()（）\[\]【】]{1,40}?)[)）\]】]?"
)
_SIGNED = lazy_pattern(r"文\s*[:：/]\s*(?P<author>[^\W\d_]{2,8})")
_WRITTEN_BY = lazy_pattern(
    r"(?P<author>[^\W\d_]{2,4}|[^\W\d_][^，。！？；：、“”\s]{0,11}(?=[\s/／]))[\s/／]*[著撰]"
)
_CHINESE_NAME = r"[^\W\d_A-Za-z]{1,8}(?:[·・][^\W\d_A-Za-z]{1,8}){0,3}"
_CHINESE_BY = lazy_pattern(
    rf"(?P<title>.*[^\W\d_A-Za-z].*?)[\s_\-–—]*[bB][yY][\s:：]*(?P<author>{_CHINESE_NAME})"
)
_AUTHOR_BEFORE = lazy_pattern(
    rf"[\[【]\s*(?P<author>{_CHINESE_NAME})\s*[\]】]\s*(?P<title>[^\[【].*)"
)
_CAPITAL = r"(?:[A-Z][\w.'’\-]*|de|da|del|van|von|der|la|le|and|&)"
_BY = lazy_pattern(rf"(?:by|By|BY)\s+(?P<author>[A-Z][\w.'’\-]*(?:\s+{_CAPITAL}){{0,6}})")
_TITLE_BY = lazy_pattern(
    rf"(?P<title>\S.*?)[\s,_\-–—]+[bB]y\s+(?P<author>[A-Z][\w.'’\-]*(?:\s+{_CAPITAL}){{1,6}})"
)
_NAME = lazy_pattern(r"[A-Z][\w.'’\-]+(?:\s+[A-Z][\w.'’\-]*){1,3}")
_PLAIN_NAME = lazy_pattern(r"[\s:：/·\-—]*(?P<author>[^\W\d_]{2,8}(?:[·・][^\W\d_]{1,8}){0,3})\s*")
_NO_NAME = lazy_pattern(
    r"全[本集文]|完[结結本]|精校|校[对對]|[实實]体|[连連][载載]|修[订訂]|番外|合集|[电電]子|[无無][删刪]|简体|繁体|txt|"
    r"献给|獻給|谨以|[上中下第][一二三四五六七八九十\d]*[册冊卷部集]|出版|原著|小说|小說|目录|序|版",
    re.IGNORECASE,
)
_TAG = lazy_pattern(
    r"(?:\s*[(（\[【][^()（）\[\]【】]*(?:全[本集文]|完[结結本]|校|[实實]体|[连連][载載]|修[订訂]|[电電]子"
    r"|[无無][删刪]|简体|繁体|txt|版|\d[-~—至到]\d+\s*[章回节話话])[^()（）\[\]【】]*[)）\]】]"
    r"|[\s_·-]+(?:全[本集文]|完[结結本]|[连連][载載]|精校|校[对對]|番外)(?:[版+＋、&]|全[本集文]|完[结結本]|番外)*)+$",
    re.IGNORECASE,
)
"""（校对版全本）: what a library says of a file."""
_COPY = lazy_pattern(
    r"\s*[(（]\d{1,2}[)）]$|^[\[【(（](?:完[结結本]|全[本集文]|[连連][载載]|精校|校[对對])[^\[\]【】()（）]{0,6}[\]】)）]\s*"
)
"""Marks that a browser puts behind the name of a second copy, and that sites put before a title."""
_LIBRARY = lazy_pattern(
    r"(?P<title>.+?)\s*\((?P<author>[^()]{2,60})\)\s*\((?:z-lib[^()]*|Z-Library)\)", re.IGNORECASE
)
_IS_PROSE = lazy_pattern(r"[，。！？；“”]|^(?:作|著)\s*者|^[(（\[【]")
_LEADING_BY = lazy_pattern(r"^[\s_\-–—]*[bB][yY][\s:：]*(?=[^\W\d_A-Za-z])")
_MAX_TITLE = 40
_MAX_REMARK = 12
_INITIAL_END = lazy_pattern(r"(?:\b[A-Z]|Jr|Sr)\.")


def name_of_file(stem: str) -> BookName:
    """The names in a file's name, without its ending; all of it is the title if there is no
    more."""
    found = _name_in_words(stem)
    if found.author:
        return found
    title, author = title_and_author(_with_blanks(found.title))
    return BookName(title, author) if author else found


def _name_in_words(stem: str) -> BookName:
    """The names in a line, where words or signs say which is which."""
    plain = " ".join(_with_blanks(stem).split())
    plain = _COPY.sub("", _without_tags(plain)).strip() or plain
    if match := _LIBRARY.fullmatch(plain):
        return BookName(match["title"], match["author"])
    for form in (_BOOK, _AUTHOR_AFTER, _TITLE_BY, _CHINESE_BY, _AUTHOR_BEFORE):
        match = form.fullmatch(plain)
        if match:
            found = match.groupdict()
            author = found.get("author") or _author_of_rest(found.get("rest") or "")
            return BookName(_without_tags(found["title"].strip()), _without_remarks(author))
    is_changed = _TAG.search(stem) or _COPY.search(stem)
    return BookName(plain if is_changed else stem.strip())


def _with_blanks(name: str) -> str:
    return name if " " in name else name.replace("_", " ")


def name_in_line(line: str) -> BookName:
    """The names in a line that names the book and perhaps its author; nothing for other lines."""
    plain = " ".join(line.split())
    if match := _BOOK.fullmatch(plain):
        author = _author_of_rest(match["rest"])
        if author or _is_remark(match["rest"]):
            return BookName(match["title"].strip(), author)
    if match := _LABELLED_TITLE.fullmatch(plain):
        title = match["title"].strip()
        inner = _name_in_words(title)
        return inner if inner.author or title.startswith("《") else BookName(title)
    match = _AUTHOR_AFTER.fullmatch(plain)
    if match and len(match["title"]) <= _MAX_TITLE and not _IS_PROSE.search(match["title"]):
        return BookName(match["title"].strip(), match["author"].strip())
    return BookName()


def author_in(line: str) -> str:
    """The author, if a line says nothing else."""
    plain = " ".join(line.split())
    for form in (_LABELLED_AUTHOR, _SIGNED, _WRITTEN_BY, _BY):
        match = form.fullmatch(plain)
        if match and not (plain.endswith(".") and not _ends_with_initial(plain)):
            return match["author"].strip()
    return ""


def is_name(line: str) -> bool:
    """True if a line in Latin letters is nothing but the name of a person."""
    plain = " ".join(line.split())
    return _NAME.fullmatch(plain) is not None and not plain.lower().startswith(
        ("for ", "to ", "the ")
    )


def _without_tags(name: str) -> str:
    """A name without （校对版全本） and the like at its end, unless nothing else is there."""
    return _TAG.sub("", name).strip() or name


def _author_of_rest(rest: str) -> str:
    """The author behind a title in 《》, with or without a word that says so."""
    if found := author_in(rest.strip(" ：:-—/·")):
        return _without_remarks(found)
    if label := re.search(r"作\s*者\s*[:：\s]\s*([^()（）\[\]【】]{1,40})", rest):
        return _without_remarks(label[1].strip())
    match = _PLAIN_NAME.fullmatch(_LEADING_BY.sub("", rest))
    return match["author"] if match and not _NO_NAME.search(rest) else ""


def _is_remark(rest: str) -> bool:
    plain = rest.strip(" ：:-—/·()（）[]【】")
    return not plain or (len(plain) <= _MAX_REMARK and bool(_NO_NAME.search(plain)))


def _without_remarks(author: str) -> str:
    """A name from the name of a file, without 全本 and the like."""
    parts = author.split()
    while parts and _NO_NAME.search(parts[-1]):
        parts.pop()
    return " ".join(parts)


def _ends_with_initial(line: str) -> bool:
    return _INITIAL_END.fullmatch(line.rsplit(maxsplit=1)[-1]) is not None
