"""Finding words in many chapters at once: what takes long is done once for each text."""

from __future__ import annotations

from functools import cached_property

from arboris_desktop.text.chinese import simplified
from arboris_desktop.text.finding import ALIKE, WESTERN_EDGE, Wanted, find_all
from arboris_desktop.text.prose import one_line
from arboris_desktop.text.quotations import Span

_BEFORE, _BEFORE_CHINESE, _AFTER = 24, 9, 60
"""Characters of an excerpt on each side of what was found; those of Chinese are wide."""


class SearchedText:
    """A text with the forms of it in which is looked; each character keeps its place in them."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> str:
        return _lower(simplified(self.text).translate(ALIKE))

    def places(self, wanted: Wanted) -> list[Span]:
        """Every place, as ``find_all`` has them; raises what that raises."""
        if wanted.is_pattern:
            return [found.span for found in find_all(self.text, wanted)]
        if not wanted.words:
            return []
        text = self.text if wanted.exact else self._folded
        words = wanted.words if wanted.exact else _lower(simplified(wanted.words).translate(ALIKE))
        spans, start = [], text.find(words)
        while start >= 0:
            end = start + len(words)
            fits = not wanted.whole_word or _is_whole(text, start, end)
            if fits:
                spans.append(Span(start, end))
            start = text.find(words, end if fits else start + 1)
        return spans


def excerpt(text: str, span: Span) -> tuple[str, Span]:
    """The text around a place, on one line, and the position of the place in it."""
    before = (
        _BEFORE if text[max(span.start - _BEFORE, 0) : span.start].isascii() else _BEFORE_CHINESE
    )
    start = max(span.start - before, text.rfind("\n", 0, span.start) + 1)
    line_end = text.find("\n", span.end)
    end = min(span.end + _AFTER, len(text) if line_end < 0 else line_end)
    is_cut = start > 0 and text[start - 1] != "\n"
    ahead = ("…" if is_cut else "") + one_line(f"{text[start : span.start]}|")[:-1]
    words = one_line(text[span.start : span.end])
    after = one_line(f"|{text[span.end : end]}")[1:]
    return ahead + words + after, Span(len(ahead), len(ahead) + len(words))


def _is_whole(text: str, start: int, end: int) -> bool:
    """Nothing parts the words of Chinese: a name in it is found wherever it stands."""
    before = start > 0 and WESTERN_EDGE.match(text, start - 1) and WESTERN_EDGE.match(text, start)
    after = end < len(text) and WESTERN_EDGE.match(text, end) and WESTERN_EDGE.match(text, end - 1)
    return not before and not after


def _lower(text: str) -> str:
    """In small letters; one that would become several stays as it is."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := each.lower()) == 1 else each for each in text)
