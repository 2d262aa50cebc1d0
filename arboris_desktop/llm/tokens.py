"""Estimating tokens without a tokenizer."""

from __future__ import annotations

import math

ASCII_CHARACTERS_PER_TOKEN = 3.5
"""English prose has about 4.4 characters a token in byte-pair vocabularies of 32k to 200k
entries; 3.5 errs on the safe side."""

OTHER_TOKENS_PER_CHARACTER = 1.2
"""Models with Chinese in their vocabulary take 0.6 to 1.1 tokens for a Chinese character."""


def estimate_tokens(text: str, other_tokens_per_character: float = 1.2) -> int:
    """An upper estimate: ASCII by 3.5 characters a token, every other character by the factor."""
    ascii_count = len(text.encode("ascii", "ignore"))
    other = len(text) - ascii_count
    return math.ceil(ascii_count / ASCII_CHARACTERS_PER_TOKEN + other * other_tokens_per_character)
