"""Regular expressions that cost nothing until a text is matched with them."""

from __future__ import annotations

import re
from typing import Any, cast


class _LazyPattern:
    """Stands for a compiled pattern; keeps each of its methods once it was asked for."""

    def __init__(self, expression: str, flags: int) -> None:
        self._expression, self._flags = expression, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._expression, self._flags), name)
        setattr(self, name, value)
        return value


def lazy_pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of ``re.compile``, compiled when it is first used.

    Some two hundred patterns stand in the program; to compile them all took a tenth of its start.
    Only its methods and attributes may be used: ``re.sub(pattern, …)`` wants a true one.
    A wrong expression raises ``re.error`` at its first use; each pattern is used in some test.
    """
    return cast("re.Pattern[str]", _LazyPattern(expression, flags))
