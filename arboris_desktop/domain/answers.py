"""The end of a model's answer: the one thing by which it is known to be whole."""

from __future__ import annotations

from enum import StrEnum


class AnswerEnd(StrEnum):
    """The reason why no more of an answer comes. Only a whole one may become anything that is
    finished."""

    WHOLE = "whole"
    """The model was done."""
    CUT = "cut"
    """A limit was reached: of the answer, or of the context."""
    WITHHELD = "withheld"
    """A filter of the provider stopped it, or the model declined to go on."""
    FAILED = "failed"
    """Something broke at the provider."""
    UNKNOWN = "unknown"
    """The provider gave a reason that is not known."""


LONGEST_KEPT = 20_000
"""The number of characters that are kept of an answer, for inspection."""

_LEFT_OUT = "\n[…]\n"


def kept(answer: str) -> str:
    """An answer as it is kept: of a very long one the beginning and the end."""
    if len(answer) <= LONGEST_KEPT:
        return answer
    half = (LONGEST_KEPT - len(_LEFT_OUT)) // 2
    return answer[:half] + _LEFT_OUT + answer[-half:]
