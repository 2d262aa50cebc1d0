"""Options that a service's environment may give in place of the command line."""

from __future__ import annotations

import os
from argparse import ArgumentParser


def add_number(parser: ArgumentParser, option: str, variable: str, text: str) -> None:
    """Declares an option that takes a whole number; without it, ``variable`` counts, if it is set.

    A default that is a text is read by argparse as if it had been given, with its errors.
    """
    default = os.environ.get(variable, "").strip() or None
    parser.add_argument(
        option, type=int, default=default, metavar="N", help=f"{text} (or {variable})"
    )
