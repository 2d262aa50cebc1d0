"""The costs, as commands print them."""

from __future__ import annotations

from arboris_desktop.domain.spent import Spent


def spent_as_json(spent: Spent) -> dict[str, object]:
    """The tokens, the money by currency (``None``: none of it is known), and how many calls have
    no known price."""
    is_known = spent.money or not spent.unpriced
    return {
        "token_usage": spent.usage.to_json(),
        "cost": dict(spent.money) if is_known else None,
        "unpriced_calls": spent.unpriced,
    }
