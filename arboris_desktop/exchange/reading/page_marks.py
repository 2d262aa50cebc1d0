"""Marks of web pages in a plain text: those that a site left in it, not those it is about.

A text copied from a page has them where its paragraphs begin and end. A text about HTML has them in
the middle of its sentences, and keeps all of them.
"""

from __future__ import annotations

import re

from arboris_desktop.text.patterns import lazy_pattern

_MARK = lazy_pattern(
    r"(?P<break>[ \t]*<(?P<name>br|/?p)\s*/?>[ \t]*)|(?P<rule>[ \t]*<hr\s*/?>[ \t]*)"
    r"|(?P<space>&(?:nbsp|emsp|ensp|#160|#12288|#x3000);)",
    re.IGNORECASE,
)
_FORUM_MARKS = lazy_pattern(
    r"\[/?(?:b|u|center|align|size|color|font|quote|code)(?:=[^\[\]\n]{1,30})?\]", re.IGNORECASE
)
_RULE = "\n\n* * *\n\n"
_INDENTATION = "\u3000"
_ENDS = frozenset("。！？…；：”’」』）》.!?;:\"')—>")
"""Signs before a mark that separates two paragraphs in one line."""
_NEAR = 8
_QUOTES = dict(zip("“‘「『《（(\"'`", "”’」』》）)\"'`", strict=True))
"""A mark between these is spoken of."""


def without_page_marks(text: str) -> str:
    """Cleans a text that was copied from a page with some markup: ``&nbsp;``, ``<br>``, ``<p>``."""
    if "[/" in text:
        text = _FORUM_MARKS.sub("", text)
    marks = list(_MARK.finditer(text)) if "<" in text or "&" in text else []
    spoken = sum(_is_spoken_of(mark, text) for mark in marks)
    if 2 * spoken >= len(marks):
        return text
    return _MARK.sub(_replaced, text)


def _is_spoken_of(mark: re.Match[str], text: str) -> bool:
    """True for a mark within a sentence, which a site has no reason to leave there.

    Lines of verse are parted by ``<br>`` within a sentence too, and words by ``&nbsp;``, but not
    with spaces on both sides.
    """
    whole = mark[0].strip()
    start = mark.start() + mark[0].index(whole)
    end = start + len(whole)
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if before and _QUOTES.get(before) == after:
        return True
    if not (mark["name"] or "").lower().endswith("p"):
        return before == after == " " and _is_within(mark, text)
    return _is_within(mark, text)


def _is_within(mark: re.Match[str], text: str) -> bool:
    start, end = mark.span()
    before = text[max(start - _NEAR, 0) : start].rstrip(" ")[-1:]
    after = text[end : end + _NEAR].lstrip(" ")[:1]
    is_at_edge = before in ("", "\n") or after in ("", "\n", "<", "&", _INDENTATION)
    return not is_at_edge and before not in _ENDS and not before.isspace()


def _replaced(mark: re.Match[str]) -> str:
    if mark["space"]:
        return _INDENTATION
    return _RULE if mark["rule"] else "\n"
