"""A text cut to what a model can be shown, with a note where something is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.prose import tail, whole_sentences

_HEAD_SHARE = 0.6
_NOTES = {
    Language.ENGLISH: "[Here {count} words are left out, for want of room.]",
    Language.CHINESE: "〔限于篇幅，此处略去 {count} 字。〕",
}


@record
class ShownText:
    """The part of a text that is shown; ``left_out`` counts words or Chinese characters."""

    text: str
    left_out: int = 0


def shortened(
    text: str, language: Language, budget: int, count_tokens: Callable[[str], int]
) -> ShownText:
    """The text within ``budget`` tokens: its beginning and its end, if not the whole."""
    if count_tokens(text) <= budget:
        return ShownText(text)
    shortest, longest = 0, len(text)
    best = _with_gap(text, language, 0)
    while longest - shortest > 20:
        middle = (shortest + longest) // 2
        tried = _with_gap(text, language, middle)
        if count_tokens(tried.text) <= budget:
            shortest, best = middle, tried
        else:
            longest = middle
    return best


def _with_gap(text: str, language: Language, characters: int) -> ShownText:
    head = text[: int(characters * _HEAD_SHARE)]
    if len(sentences := whole_sentences(head)) > len(head) // 2:
        head = sentences
    end = tail(text, characters - int(characters * _HEAD_SHARE))
    left_out = count_words(text[len(head) : len(text) - len(end)], language)
    note = _NOTES[language].format(count=left_out)
    parts = (head.strip(), note, end.strip())
    return ShownText("\n\n".join(part for part in parts if part), left_out)


def fitting(lines: Iterable[str], budget: int, count_tokens: Callable[[str], int]) -> list[str]:
    """The first lines that fit the budget together."""
    chosen: list[str] = []
    for line in lines:
        budget -= count_tokens(line) + 1
        if budget < 0:
            break
        chosen.append(line)
    return chosen


def shares(needs: list[int], budget: int) -> list[int]:
    """The share of the budget that each need gets: what small ones leave over goes to the
    others."""
    given = [0] * len(needs)
    left = budget
    for rank, place in enumerate(sorted(range(len(needs)), key=needs.__getitem__)):
        given[place] = min(needs[place], max(left, 0) // (len(needs) - rank))
        left -= given[place]
    return given
