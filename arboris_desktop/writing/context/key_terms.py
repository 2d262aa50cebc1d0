"""The words of a plan that are worth searching the book for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import CJK, LETTERS

MOST_TERMS = 60
"""Words of a plan that are counted in the book; the rest of a longer plan is ignored."""

_RARE_SHARE = 0.05
_RARE_AT_LEAST = 3
"""Passages; a word in more of them is not distinctive, a name in twice as many."""

_MOST_TERMS = 12

_RUN = lazy_pattern(rf"(?P<cjk>[{CJK}]+)|{LETTERS}")
_EMPTY_CHARACTERS = frozenset(
    "的了是在不和与之也一个他她它我你您们这那有到着上下中里就都又还而把被让给从向对"
    "为以及其所于则将会能可要去来说道曰人时后前没无很再只已"
)
_EMPTY_WORD_LIST = """
about after again against also because been before being between both comes could does down each
even every finds from gets gives goes have having here into itself just more most much must only
other over says sees should some still such takes tells than that their them then there these they
this those through under until very wants were what when where which while whom with without would
your
"""
_EMPTY_WORDS = frozenset(_EMPTY_WORD_LIST.split())


def candidate_terms(plan: str) -> list[str]:
    """Returns words of a plan that may be distinctive, in their order.

    Word boundaries are not known in Chinese: every two adjacent characters count as a word.
    """
    found: list[str] = []
    for run in _RUN.finditer(plan):
        word = run[0]
        if not run["cjk"]:
            if len(word) > 3 and word.casefold() not in _EMPTY_WORDS:
                found.append(word)
            continue
        pairs = (word[place : place + 2] for place in range(len(word) - 1))
        found += [pair for pair in pairs if not _EMPTY_CHARACTERS.intersection(pair)]
    return list(dict.fromkeys(found))[:MOST_TERMS]


class Rarity:
    """Returns in how many of a book's passages a word may occur and still be distinctive."""

    def __init__(self, passages: int) -> None:
        self._limit = max(_RARE_AT_LEAST, int(passages * _RARE_SHARE))

    @property
    def counted_to(self) -> int:
        """Counting may stop there: how much more frequent a word is does not matter."""
        return self._limit * 2 + 1

    def telling_terms(self, counts: Mapping[str, int], names: Collection[str]) -> list[str]:
        """Returns words that the book has, but not everywhere: names, then the rarest of the
        others.

        ``counts`` says in how many passages each word is, at least up to ``counted_to``.
        """
        found = _by_frequency(counts)
        told = [word for word in found if word in names and counts[word] <= self._limit * 2]
        others = (word for word in found if word not in names and counts[word] <= self._limit)
        return [*told, *islice(others, _MOST_TERMS)]


def rarest(counts: Mapping[str, int]) -> list[str]:
    """Returns the rarest word, for a book that has every name everywhere."""
    return _by_frequency(counts)[:1]


def _by_frequency(counts: Mapping[str, int]) -> list[str]:
    return [word for n, word in sorted((n, word) for word, n in counts.items()) if n > 0]


def joined_terms(terms: Sequence[str], plan: str) -> list[str]:
    """Pairs of characters that overlap in the plan, as the longer words that they are: 青龙 and
    龙刀 are 青龙刀. Other terms stay as they are."""
    words: list[str] = []
    for term in sorted(terms, key=plan.find):
        longer = words[-1] + term[-1] if words else ""
        if len(term) == 2 and words and words[-1][-1] == term[0] and longer in plan:
            words[-1] = longer
        else:
            words.append(term)
    return words
