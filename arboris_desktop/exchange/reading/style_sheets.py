"""Style-sheet classes that make text italic or bold, as Google Docs writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern

_COMMENT = lazy_pattern(r"/\*.*?\*/", re.DOTALL)
_RULE = lazy_pattern(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_CLASS = lazy_pattern(r"\s*(?:span|p|em|i|b|strong)?\.([\w-]+)\s*")
_ITALIC = lazy_pattern(r"font-style:(?:italic|oblique)")
_BOLD = lazy_pattern(r"font-weight:(?:bold|bolder|[6-9]00)")
_SPACES = lazy_pattern(r"white-space:(?:pre|pre-wrap|break-spaces)(?:;|!|$)")
_MOST = 1_000_000
"""Characters of a sheet that are read."""


@record
class EmphasisedClasses:
    """Names of classes; nested selectors are not supported."""

    italic: frozenset[str] = frozenset()
    bold: frozenset[str] = frozenset()


def is_italic(declarations: str) -> bool:
    """True if declarations, without white space, make text italic."""
    return _ITALIC.search(declarations) is not None


def is_bold(declarations: str) -> bool:
    """True if declarations, without white space, make text bold."""
    return _BOLD.search(declarations) is not None


def keeps_spaces(declarations: str) -> bool:
    """True if declarations, without white space, show spaces and lines as they are written."""
    return _SPACES.search(declarations) is not None


def emphasised_classes(sheets: Iterable[str]) -> EmphasisedClasses:
    """Returns the classes that the rules of the sheets emphasise."""
    italic: set[str] = set()
    bold: set[str] = set()
    for sheet in sheets:
        for selectors, stated in _RULE.findall(_COMMENT.sub("", sheet[:_MOST])):
            declarations = "".join(stated.lower().split())
            names = {found[1] for one in selectors.split(",") if (found := _CLASS.fullmatch(one))}
            italic |= names if is_italic(declarations) else set()
            bold |= names if is_bold(declarations) else set()
    return EmphasisedClasses(frozenset(italic), frozenset(bold))
