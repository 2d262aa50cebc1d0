"""Costs in the output of commands."""

from __future__ import annotations

from arboris_desktop.domain.spent import Spent


def spent_as_json(spent: Spent) -> dict[str, object]:
    """Returns the tokens, the money by currency (``None`` if it is unknown), and the number of
    calls without a known price."""
    is_known = spent.money or not spent.unpriced
    return {
        "token_usage": spent.usage.to_json(),
        "cost": dict(spent.money) if is_known else None,
        "unpriced_calls": spent.unpriced,
    }
