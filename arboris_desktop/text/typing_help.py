"""Typing aids for prose: quotation marks, dashes, ellipses, full-width marks."""

from __future__ import annotations

import re

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import TypingSettings
from arboris_desktop.text.elisions import ELIDED_WORDS
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import CJK

_FULL_WIDTH = dict(zip(",.?!:;()", "，。？！：；（）", strict=True))
_CORNERS = dict(zip("“”‘’", "「」『』", strict=True))
_AFTER_CHINESE = lazy_pattern(rf"[{CJK}，。？！：；（）、《》〈〉「」『』【】“”‘’…—·～]$")
_ENDS_CJK = lazy_pattern(f"[{CJK}]$")
_APOSTROPHES = lazy_pattern(r"(?<=[A-Za-z0-9])’(?=[A-Za-z0-9])")
_OPENS_ENGLISH = lazy_pattern(r"(?:^|[\s([{/\-–])$")
_ELISION = lazy_pattern(
    rf"(?:^|[\s“(—–-])‘({'|'.join(sorted(ELIDED_WORDS))}|\d\ds?)$", re.IGNORECASE
)
"""Words whose first letters are left out: what stands before them is no opening quotation mark."""


@record
class TypedChange:
    """The last ``len(plain)`` characters before the cursor, as the keys said them, and what they
    become; ``held`` of them are there before the key is pressed, in whatever form."""

    plain: str
    becomes: str
    held: int


def help_typing(
    before: str, typed: str, language: Language, settings: TypingSettings
) -> TypedChange | None:
    """The replacement for a character typed after ``before``, the beginning of its paragraph."""
    for rule in (_ellipsis, _dash, _elision, _quote, _full_width):
        change = rule(before, typed, language, settings)
        if change is not None:
            return change
    return None


def _ellipsis(
    before: str, typed: str, language: Language, settings: TypingSettings
) -> TypedChange | None:
    if not settings.ellipsis or typed not in ".。":
        return None
    if language is Language.ENGLISH:
        fits = typed == "." and before.endswith("..") and not before.endswith("...")
        return TypedChange("...", "…", 2) if fits else None
    dots = before[-3:].replace("。", ".")
    fits = dots.endswith("..") and dots != "..."
    return TypedChange(typed * 3, "……", 2) if fits else None


def _dash(
    before: str, typed: str, language: Language, settings: TypingSettings
) -> TypedChange | None:
    if not settings.dashes or typed != "-":
        return None
    dash = "—" if language is Language.ENGLISH else "——"
    if before.strip() == dash and before.endswith(dash):
        # A third one in a paragraph of nothing else: a line that parts two scenes.
        return TypedChange(f"{dash}-", "---", len(dash))
    fits = before.endswith("-") and not before.endswith("--")
    return TypedChange("--", dash, 1) if fits else None


def _quote(
    before: str, typed: str, language: Language, settings: TypingSettings
) -> TypedChange | None:
    if not settings.curly_quotes:
        return None
    has_corners = settings.corner_quotes and language is Language.CHINESE
    if typed in _CORNERS:
        return TypedChange(typed, _CORNERS[typed], 0) if has_corners else None
    if typed not in ("'", '"'):
        return None
    pair = "“”" if typed == '"' else "‘’"
    if has_corners:
        pair = "".join(_CORNERS[mark] for mark in pair)
    is_open = _is_open(before, pair)
    if typed == "'" and before[-1:].isascii() and before[-1:].isalnum():
        # An apostrophe, unless corners were opened that it closes.
        return TypedChange(typed, pair[1] if has_corners and is_open else "’", 0)
    if language is Language.CHINESE or _ENDS_CJK.search(before):
        return TypedChange(typed, pair[1] if is_open else pair[0], 0)
    opens = _opens_english(before, typed, is_open=is_open)
    return TypedChange(typed, pair[0] if opens else pair[1], 0)


def _opens_english(before: str, typed: str, *, is_open: bool) -> bool:
    if before.endswith("—"):
        return not is_open
    if before.endswith("‘" if typed == '"' else "“"):
        return True
    return _OPENS_ENGLISH.search(before) is not None


def _is_open(before: str, pair: str) -> bool:
    """True if the paragraph has a quotation that is not closed yet."""
    if pair == "‘’":
        before = _APOSTROPHES.sub("", before)
    return before.rfind(pair[0]) > before.rfind(pair[1])


def _full_width(
    before: str, typed: str, language: Language, settings: TypingSettings
) -> TypedChange | None:
    wide = _FULL_WIDTH.get(typed)
    if not settings.full_width or language is not Language.CHINESE or wide is None:
        return None
    closes = typed == ")" and before.rfind("（") > before.rfind("）")
    fits = closes or _AFTER_CHINESE.search(before)
    return TypedChange(typed, wide, 0) if fits else None


def _elision(
    before: str, typed: str, language: Language, settings: TypingSettings
) -> TypedChange | None:
    if not settings.curly_quotes or language is not Language.ENGLISH or typed.isalnum():
        return None
    match = _ELISION.search(before[-9:])
    if match is None or (typed == "'" and not _is_left_open(before, match[1])):
        return None
    word = match[1]
    becomes = {"'": "’", '"': "”"}.get(typed, typed)
    return TypedChange(f"‘{word}{typed}", f"’{word}{becomes}", len(word) + 1)


def _is_left_open(before: str, word: str) -> bool:
    """True if a single mark behind a word with one before it is no end of its quotation."""
    return word.casefold() == "n" or _is_open(before[: -len(word) - 1], "‘’")
