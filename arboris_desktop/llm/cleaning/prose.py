"""Extracting the requested text from an answer, without the model's remarks around it.

What certainly does not belong to the text is removed; what might be the model's own words is kept
and reported, for the author to decide.
"""

from __future__ import annotations

from arboris_desktop.domain.record import record
from arboris_desktop.llm.cleaning.phrases import (
    DOUBTFUL_CLOSING,
    NOTE,
    OF_A_REQUEST,
    OFFER,
    PREFACE,
    PREFACE_BEGINNINGS,
    PREFACE_SET_APART,
    REFUSAL,
)
from arboris_desktop.text.patterns import lazy_pattern

_FENCE = lazy_pattern(r"\s*(?:`{3,}|~{3,})[\w+-]*\s*")
_RULE = lazy_pattern(r"\s*(?:[-*_=—]\s?){3,}\s*")
_HEADING = lazy_pattern(r"\s*(?:#{1,6}\s|\*\*[^*]+\*\*\s*$|第[^\n]{1,12}章)")
_LONGEST_PREFACE = 300
_LONGEST_RULE = 80
_LONGEST_REFUSAL = 700
"""Characters; a longer text is a story rather than a refusal."""

_CURT_REFUSAL = 200
"""Characters; a shorter text is no chapter."""

_QUOTED = lazy_pattern("^[\\s*_]*[\"“‘「『'—]")


@record
class Closing:
    """The end of a text that does not belong to it.

    ``length`` characters are to be removed. ``doubtful`` is a last paragraph that may be the
    model's own words; ``declined`` holds the words in which it refuses to go on.
    """

    length: int = 0
    doubtful: str = ""
    declined: str = ""


class OpeningFilter:
    """Reads a text in pieces and returns it without a preface and without the fence around it.

    Only what may begin a preface is held back, until its line has ended. ``taken_off`` is
    everything that was removed.
    """

    def __init__(self) -> None:
        self._held = ""
        self._decided = False
        self._prefaces: list[str] = []
        self.fenced = False

    @property
    def taken_off(self) -> str:
        """Everything that was removed, as one text."""
        return "".join(self._prefaces)

    def feed(self, text: str) -> str:
        """Returns the text in the next piece and in what was held back."""
        if self._decided:
            return text
        self._held += text
        return self._sift(ended=False)

    def finish(self) -> str:
        """Returns what was held back, once the answer has ended."""
        return "" if self._decided else self._sift(ended=True)

    def _sift(self, *, ended: bool) -> str:
        while True:
            line, rest = _first_line(self._held)
            if not ended and rest is None and self._is_open(self._held):
                return ""
            following = rest or ""
            if _is_fence(line):
                self.fenced = True
            elif self._prefaces and line.strip() and _RULE.fullmatch(line):
                pass
            elif not self._is_preface(line, following, ended=ended):
                if not ended and self._waits_for_more(line, following):
                    return ""
                return self._release()
            taken = len(self._held) - len(following)
            self._prefaces.append(self._held[:taken])
            self._held = following
            if not following.strip() and not ended:
                return ""
            if not following.strip():
                return self._release()

    def _release(self) -> str:
        self._decided = True
        text, self._held = self._held, ""
        return text.lstrip("\n") if self._prefaces else text

    def _is_open(self, held: str) -> bool:
        """True if the unfinished line may turn out not to belong to the text."""
        if self._prefaces and len(held.strip()) < _LONGEST_RULE:
            return held.strip(" \n-*_=—") == "" or self._may_be_preface(held)
        return self._may_be_preface(held)

    @staticmethod
    def _may_be_preface(held: str) -> bool:
        start = held.lstrip().lower()
        if len(start) > _LONGEST_PREFACE:
            return False
        if start.strip("`~") == "" or _FENCE.fullmatch(held):
            return True
        start = start.lstrip("*_# ")
        return any(_begins(start, word) for word in PREFACE_BEGINNINGS)

    @staticmethod
    def _is_preface(line: str, following: str, *, ended: bool) -> bool:
        if not line.strip() or len(line) > _LONGEST_PREFACE:
            return False
        if not following.strip() and ended:
            # There is nothing else; the author decides what it is.
            return False
        if PREFACE.fullmatch(line):
            return True
        return PREFACE_SET_APART.fullmatch(line) is not None and _is_set_apart(following)

    @staticmethod
    def _waits_for_more(line: str, following: str) -> bool:
        """True if only the next line, which has not arrived, will tell what this one is."""
        is_open = not following.strip() or "\n" not in following.lstrip("\n")
        short = len(following) < 40
        return is_open and short and PREFACE_SET_APART.fullmatch(line) is not None


def closing_of(text: str, *, fenced: bool = False) -> Closing:
    """Finds the end of a text that does not belong to it."""
    kept, doubtful, declined = text.rstrip(), "", ""
    while (shorter := _without_last(kept, text, fenced=fenced)) is not None:
        fenced = fenced and not _is_fence(_last_paragraph(kept)[0])
        kept = shorter
    last, before = _last_paragraph(kept)
    if before.strip() and len(last) <= _LONGEST_REFUSAL and _declines(last, surely=True):
        kept, declined = before, last
    elif before.strip() and not _QUOTED.match(last) and DOUBTFUL_CLOSING.fullmatch(last):
        doubtful = last
    return Closing(
        len(text) - len(kept) if len(kept) < len(text.rstrip()) else 0, doubtful, declined
    )


def _without_last(kept: str, text: str, *, fenced: bool) -> str | None:
    """Returns the text without its last paragraph, if that does not belong to it."""
    last, before = _last_paragraph(kept)
    if _is_fence(last):
        # The closing fence of the whole text, or a stray one.
        return before if fenced or kept.count("```") % 2 else None
    is_left_over = len(kept) < len(text.rstrip()) and _RULE.fullmatch(last)
    return before if before.strip() and (is_left_over or _is_ours(last)) else None


def _is_fence(line: str) -> bool:
    return bool(line.strip()) and _FENCE.fullmatch(line) is not None


def is_refusal(text: str, *, amid_text: bool = False) -> bool:
    """True if an answer is nothing but a refusal.

    ``amid_text`` means that it continues a text, which may well go on with somebody who "cannot".
    """
    said = text.strip()
    surely = amid_text or len(said) > _CURT_REFUSAL
    return 0 < len(said) <= _LONGEST_REFUSAL and _declines(said, surely=surely)


def clean_prose(text: str) -> str:
    """Returns a whole text without preface, fence and closing remarks."""
    opening = OpeningFilter()
    kept = opening.feed(text) + opening.finish()
    closing = closing_of(kept, fenced=opening.fenced)
    return kept[: len(kept) - closing.length]


def _begins(start: str, word: str) -> bool:
    """True if a text begins with a phrase, or is itself the beginning of one."""
    if not start.startswith(word):
        return word.startswith(start)
    following = start[len(word) : len(word) + 1]
    return not (following.isascii() and following.isalpha())


def _declines(said: str, *, surely: bool) -> bool:
    if _QUOTED.match(said) or REFUSAL.match(said) is None:
        return False
    return not surely or OF_A_REQUEST.search(said) is not None


def _is_ours(paragraph: str) -> bool:
    if _QUOTED.match(paragraph) or len(paragraph) > 500:
        return False
    return OFFER.fullmatch(paragraph) is not None or NOTE.fullmatch(paragraph) is not None


def _is_set_apart(following: str) -> bool:
    line, _ = _first_line(following)
    return bool(_RULE.fullmatch(line) or _HEADING.match(line) or _FENCE.fullmatch(line))


def _first_line(text: str) -> tuple[str, str | None]:
    """Returns the first line that is not blank and the rest; ``None`` if the line has not ended
    yet."""
    start = len(text) - len(text.lstrip())
    line, end, rest = text[start:].partition("\n")
    return line, (rest if end else None)


def _last_paragraph(text: str) -> tuple[str, str]:
    """Returns the last line that is not blank and the text before it."""
    before, _, last = text.rpartition("\n")
    return last.strip(), before.rstrip()
