"""Reading prose in English and Chinese."""

from __future__ import annotations

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.quotations import Span

CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_CJK_CHARACTER = lazy_pattern(f"[{CJK}]")
_MARKS = "\u0300-\u036f"
"""Accents that stand apart from their letters, as texts from macOS may have them."""
LETTERS = rf"[^\W_{CJK}]+(?:[{_MARKS}]+[^\W_{CJK}]*)*"
_SENTENCE_END = lazy_pattern(r"[。！？][”’」』\"']*|[.!?]+[”’\"')]*(?=\s|$)")
_ENDED = lazy_pattern(r"[。！？…—.!?][”’」』\"')]*$")
_BOUNDARY = lazy_pattern(r"\n+|[。！？]+[”’」』\"']*\s*|[.!?]+[”’\"')]*\s+")


def cjk_share(text: str) -> float:
    """The share of CJK characters among all that are not white space, from 0 to 1."""
    visible = len(text) - sum(character.isspace() for character in text)
    return len(_CJK_CHARACTER.findall(text)) / visible if visible else 0.0


def guess_language(text: str) -> Language:
    """Chinese when a fifth of the visible characters is CJK, else English."""
    return Language.CHINESE if cjk_share(text[:20_000]) >= 0.2 else Language.ENGLISH


def tail(text: str, characters: int) -> str:
    """The end of a text, cut at the start of a paragraph or sentence where one is near."""
    if len(text) <= characters:
        return text
    end = text[len(text) - max(characters, 0) :]
    boundary = _BOUNDARY.search(end, 0, len(end) // 2)
    return end[boundary.end() :] if boundary else end


def one_line(text: str) -> str:
    """The text with every run of white space, line ends included, as one space."""
    return " ".join(text.split())


def letters_only(text: str) -> str:
    """The letters and digits in one case, by which two names are the same."""
    return "".join(filter(str.isalnum, text)).casefold()


def at_most(characters: int, text: str) -> str:
    """The text, cut to a length with an ellipsis if it is longer."""
    return text if len(text) <= characters else f"{text[: characters - 1]}…"


def whole_sentences(text: str) -> str:
    """The text up to its last sentence end; all of it where there is none."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else text


def sentence_around(paragraph: str, place: int) -> Span:
    """The sentence of a paragraph in which a place is; right after its end counts as in it."""
    start = 0
    for match in _SENTENCE_END.finditer(paragraph):
        if place <= match.end():
            return Span(start, match.end())
        rest = paragraph[match.end() :]
        start = len(paragraph) - len(rest.lstrip())
    return Span(min(start, place), len(paragraph))


def ends_a_sentence(text: str) -> bool:
    """True if the text stops where a sentence does, white space aside."""
    return _ENDED.search(text.rstrip()[-12:]) is not None
