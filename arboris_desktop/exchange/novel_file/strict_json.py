"""The strict JSON of a novel file: what Python's parser accepts beyond it is rejected."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.novel_file import limits

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')


def damaged(reason: str) -> ArborisError:
    """Returns the error for a file that no export has written."""
    return ArborisError(ErrorKind.NOVEL_FILE_DAMAGED, reason)


def parse_object(line: bytes) -> dict[str, Any]:
    """Parses the object in a line.

    Raises ``ArborisError`` (``NOVEL_FILE_DAMAGED``) for anything else, for numbers that are not
    finite or beyond 64 bits, for text with NUL or a lone surrogate, and for too deep nesting or too
    many parts.
    """
    if _parts(line) > limits.PARTS and _parts(_TEXT.sub(b"", line)) > limits.PARTS:
        raise damaged("a row has too many parts")
    try:
        value = json.loads(
            line.decode("utf-8"),
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_no_constant,
        )
        _check(value, limits.DEPTH)
    except (ValueError, RecursionError) as error:
        raise damaged(f"a row is no sound JSON ({type(error).__name__})") from error
    if not isinstance(value, dict):
        raise damaged("a row is no object")
    return value


def to_line(row: dict[str, Any]) -> bytes:
    """Returns the row as one line, without its line end."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _parts(line: bytes) -> int:
    """Returns an upper bound of the values in a line. Commas in texts count too."""
    return sum(line.count(one) for one in (b"[", b"{", b","))


def _integer(digits: str) -> int:
    value = int(digits) if len(digits) <= limits.INTEGER_DIGITS + 1 else None
    if value is None or not -(2**63) <= value < 2**63:
        raise ValueError("a number is too large")
    return value


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _check(value: Any, depth: int) -> None:
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, list | dict):
        if not depth:
            raise ValueError("nested too deeply")
        if isinstance(value, dict):
            for name in value:
                _check_text(name)
        for one in value.values() if isinstance(value, dict) else value:
            if isinstance(one, str | list | dict):
                _check(one, depth - 1)


def _check_text(text: str) -> None:
    if "\0" in text:
        raise ValueError("a text holds NUL")
    if not text.isascii():
        text.encode("utf-8")  # Fails at a lone surrogate.
