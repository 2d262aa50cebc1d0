"""Amounts spent, written down shortly."""

from __future__ import annotations

from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.usage import TokenUsage


def took(tokens: int = 0, money: dict[str, float] | None = None, unpriced: int = 0) -> Spent:
    """So many tokens that were read, and amounts by currency."""
    return Spent(TokenUsage(tokens), money or {}, unpriced)
