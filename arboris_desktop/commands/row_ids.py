"""Ids on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError

from arboris_desktop.domain.tasks import LARGEST_ID


def row_id(given: str) -> int:
    """Parses the id of a row for argparse, so that no invalid number reaches a database."""
    if len(given) <= 10 and given.isascii() and given.isdecimal() and 1 <= int(given) <= LARGEST_ID:
        return int(given)
    raise ArgumentTypeError(f"{given[:20]!r} is no id")
