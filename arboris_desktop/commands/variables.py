"""Options that the environment of a service may set instead of the command line."""

from __future__ import annotations

import os
from argparse import ArgumentParser


def add_number(parser: ArgumentParser, option: str, variable: str, text: str) -> None:
    """Adds an option for a whole number whose default is ``variable``, if set.

    argparse parses a default that is a string like an argument, with the same errors.
    """
    default = os.environ.get(variable, "").strip() or None
    parser.add_argument(
        option, type=int, default=default, metavar="N", help=f"{text} (or {variable})"
    )
