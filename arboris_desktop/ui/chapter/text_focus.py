"""The part of a text that is in focus."""

from __future__ import annotations

from enum import StrEnum


class TextFocus(StrEnum):
    """The part of the text that is not dimmed."""

    EVERYTHING = "everything"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"
