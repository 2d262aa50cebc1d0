"""The length of a chapter, against the one that was wanted: whether it has to be continued."""

from __future__ import annotations

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.counts import count_words

MAX_CONTINUATIONS, MAX_CUT_CONTINUATIONS = 3, 16
"""So often a chapter that came out short is continued, and one that its model's limit cut: a long
chapter takes many answers of a model that may only say little at once."""

LENGTH_REACHED = 0.85
"""A chapter of this share of the words that were wanted is long enough."""

_FAR_BEYOND = 2.0
"""At so many times the wanted length a chapter that a limit cuts is not continued any more: its
model does not end it. An answer's room is two tokens a word, so that wordy English is cut by it at
about one and a half times: such a chapter is still asked for its end."""

_LEAST_GAIN = 0.03
"""A continuation that brings less than this share has come to its end."""


def is_short(text: str, language: Language, target_words: int) -> bool:
    """True if a text is clearly shorter than it was wanted."""
    return count_words(text, language) < target_words * LENGTH_REACHED


def is_far_too_long(text: str, language: Language, target_words: int) -> bool:
    """True if a text has so much more than was wanted that no end is to be hoped for."""
    return count_words(text, language) >= target_words * _FAR_BEYOND


def words_left(text: str, language: Language, target_words: int) -> int:
    """The number of words still to be written; enough for an ending when there are none."""
    return max(target_words - count_words(text, language), target_words // 10, 1)


def is_worth_going_on(before: str, after: str, language: Language, target_words: int) -> bool:
    """True if a continuation added so much that another one may help."""
    gained = count_words(after[len(before) :], language)
    return gained >= max(1, target_words * _LEAST_GAIN)
