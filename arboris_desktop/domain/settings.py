"""The settings of the author, with their allowed ranges."""

from __future__ import annotations

import math
from dataclasses import field
from enum import StrEnum
from typing import Any

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.page_look import (
    COLUMN_EMS,
    LINE_PERCENT,
    ChineseFace,
    PageColour,
    PageLook,
)
from arboris_desktop.domain.record import record
from arboris_desktop.domain.usage import TokenUsage

POLL_SECONDS = (5, 10, 30)
MAX_CONCURRENT = (1, 3, 10)
TASK_TIMEOUT_SECONDS = (300, 600, 900)
"""Each: smallest, default, largest (DESIGN 5)."""
FINISHED_DAYS = (1, 90, 3650)
FINISHED_TASKS = (100, 5000, 1_000_000)
READ_NOTIFICATIONS = (10, 1000, 1_000_000)
SNAPSHOT_DAYS = (1, 365, 36_500)
SNAPSHOTS = (1, 100, 10_000)
CANDIDATES = (0, 0, 5)
"""The same. Zero goes by whether the model answers several calls at once."""
TARGET_WORDS = (0, 0, 20_000)
"""The same. Zero goes by the language of the novel."""

_USUAL_WORDS = {Language.ENGLISH: 1200, Language.CHINESE: 2500}
"""The usual length of a chapter. Readers of Chinese serials expect 2,000 to 3,000 characters."""

_SIDE_BY_SIDE = 2
BOOK_TOKENS = (1_000, 4_000, 500_000)


class ProviderKind(StrEnum):
    """The implementation that answers."""

    BUILT_IN = "built_in"
    OPENAI_COMPATIBLE = "openai_compatible"


class InterfaceLanguage(StrEnum):
    """The language of the window."""

    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"


class ColourScheme(StrEnum):
    """Light, dark, or as the system says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def _check(name: str, value: int, limits: tuple[int, int, int]) -> None:
    if not limits[0] <= value <= limits[2]:
        raise RuleError(
            ErrorKind.INVALID_VALUE, f"{name} must be from {limits[0]} to {limits[2]}, not {value}"
        )


@record
class QueueSettings:
    """Settings of the processor. Seconds and a count; raises ``RuleError`` outside the ranges."""

    poll_seconds: int = POLL_SECONDS[1]
    max_concurrent: int = MAX_CONCURRENT[1]
    task_timeout_seconds: int = TASK_TIMEOUT_SECONDS[1]
    paused: bool = False

    def __post_init__(self) -> None:
        _check("poll_seconds", self.poll_seconds, POLL_SECONDS)
        _check("max_concurrent", self.max_concurrent, MAX_CONCURRENT)
        _check("task_timeout_seconds", self.task_timeout_seconds, TASK_TIMEOUT_SECONDS)


@record
class RetentionSettings:
    """Limits to how long finished work is remembered: days, and counts of the newest rows.

    Failed tasks, unread notifications and snapshots with a name are kept whatever is set here.
    ``snapshots`` is their number for each chapter.
    """

    finished_days: int = FINISHED_DAYS[1]
    finished_tasks: int = FINISHED_TASKS[1]
    read_notifications: int = READ_NOTIFICATIONS[1]
    snapshot_days: int = SNAPSHOT_DAYS[1]
    snapshots: int = SNAPSHOTS[1]

    def __post_init__(self) -> None:
        _check("finished_days", self.finished_days, FINISHED_DAYS)
        _check("finished_tasks", self.finished_tasks, FINISHED_TASKS)
        _check("read_notifications", self.read_notifications, READ_NOTIFICATIONS)
        _check("snapshot_days", self.snapshot_days, SNAPSHOT_DAYS)
        _check("snapshots", self.snapshots, SNAPSHOTS)


@record
class ProviderSettings:
    """Settings that say where the model is. The key is not here: it is in the operating system's
    keyring.

    ``model_path`` is a GGUF file of the author's for the built-in provider; empty means the
    model that ships with the app. ``configured`` is false until the first-run page was answered.
    """

    kind: ProviderKind = ProviderKind.BUILT_IN
    base_url: str = ""
    model: str = ""
    model_path: str = ""
    context_tokens: int = 0
    configured: bool = False


@record
class InterfaceSettings:
    """Settings of the looks and behaviour of the window."""

    language: InterfaceLanguage = InterfaceLanguage.SYSTEM
    colour_scheme: ColourScheme = ColourScheme.SYSTEM
    keep_in_tray: bool = False
    notify_desktop: bool = True
    editor_font_points: int = 13
    column_ems: int = COLUMN_EMS[1]
    line_percent: int = LINE_PERCENT[1]
    page_colour: PageColour = PageColour.WINDOW
    chinese_face: ChineseFace = ChineseFace.SONG
    prose_family: str = ""
    """A family of fonts that this computer has, ``SANS_SERIF``, or nothing."""

    @property
    def page_look(self) -> PageLook:
        """The look of the page, but for the size of the letters."""
        return PageLook(
            self.column_ems,
            self.line_percent,
            self.page_colour,
            self.chinese_face,
            self.prose_family,
        )


@record
class WritingSettings:
    """Settings of the way in which chapters are asked for; ``words_in`` and ``versions`` say what
    is meant by a zero.

    ``candidates`` is how many versions the window asks for side by side; with one, it is streamed
    straight into the chapter. ``continue_until_target``: a chapter that comes out clearly short is
    continued. ``book_tokens`` is the most that a chapter is told of the book, however much more the
    model could read: it is paid for with each chapter.
    """

    target_words: int = TARGET_WORDS[1]
    temperature: float = 0.8
    candidates: int = CANDIDATES[1]
    continue_until_target: bool = True
    book_tokens: int = BOOK_TOKENS[1]

    def __post_init__(self) -> None:
        _check("candidates", self.candidates, CANDIDATES)
        _check("book_tokens", self.book_tokens, BOOK_TOKENS)

    def words_in(self, language: Language) -> int:
        """The length wanted of a chapter, in words, or in characters for Chinese."""
        return self.target_words or _USUAL_WORDS[language]

    def versions(self, *, one_at_a_time: bool) -> int:
        """The number of versions to write; where calls go ``one_at_a_time``, a second one would
        double the wait."""
        return self.candidates or (1 if one_at_a_time else _SIDE_BY_SIDE)


@record
class TypingSettings:
    """The help that the author has with marks while typing.

    ``corner_quotes``: 「」 and 『』 in a Chinese novel, where ``curly_quotes`` makes “” and ‘’.
    ``selection_bar``: above what is selected stands what a model can be asked to make of it.
    """

    curly_quotes: bool = True
    corner_quotes: bool = False
    dashes: bool = True
    ellipsis: bool = True
    full_width: bool = True
    selection_bar: bool = True


@record
class SpellingSettings:
    """The check of words while they are typed, and the folders with more dictionaries."""

    checks: bool = True
    folders: tuple[str, ...] = ()


@record
class CountingRecord:
    """The rule by which the chapters of the library were counted; 0 before rules had numbers."""

    rule: int = 0


class Merging(StrEnum):
    """The way in which facts enter the codex: at once, or after the author's review."""

    AUTOMATIC = "automatic"
    REVIEWED = "reviewed"


@record
class CodexSettings:
    """The way in which analyses are merged, and the age at which a seed is overdue.

    ``overdue_after_chapters`` counts from the chapter in which a seed was last touched.
    """

    merging: Merging = Merging.AUTOMATIC
    overdue_after_chapters: int = 20


@record
class PriceSettings:
    """Prices of the author's provider, per million tokens.

    Zero prices mean that the cost is not known; the built-in model costs nothing. Tokens that the
    provider had kept from a call before cost ``cached_per_million``, with zero what others cost.
    """

    input_per_million: float = 0.0
    output_per_million: float = 0.0
    currency: str = "USD"
    cached_per_million: float = 0.0

    def __post_init__(self) -> None:
        prices = (self.input_per_million, self.output_per_million, self.cached_per_million)
        if not all(math.isfinite(price) and price >= 0 for price in prices):
            raise RuleError(ErrorKind.INVALID_VALUE, "a price must be zero or more")

    def cost_of(self, usage: TokenUsage) -> float | None:
        """The cost of the tokens, in ``currency``; ``None`` when no price is set."""
        if not (self.input_per_million or self.output_per_million):
            return None
        cached = min(usage.cached_tokens, usage.prompt_tokens)
        return (
            (usage.prompt_tokens - cached) * self.input_per_million
            + cached * (self.cached_per_million or self.input_per_million)
            + usage.completion_tokens * self.output_per_million
        ) / 1_000_000


@record
class ExportSettings:
    """The author's choices for exports, as they were last and under names; each as JSON (see
    ``exchange.writing.options``)."""

    last: dict[str, Any] = field(default_factory=dict)
    presets: dict[str, dict[str, Any]] = field(default_factory=dict)
    last_novel: str = ""
    """The novel of the last export: no other one gets its front matter and its cover."""
    folder: str = ""
    """The folder of the last export; empty for that of the author's documents."""


@record
class UpdateSettings:
    """Permission to ask, once a day, for a newer version of the app."""

    check: bool = False


@record
class UpdateRecord:
    """The record of newer versions seen; a group of its own, since the app writes it while the
    author has the settings open.

    ``last_seen_version`` is the newest ever told of, ``last_checked_at`` in seconds since the
    epoch, ``skipped_version`` what the author does not want to hear of again.
    """

    last_seen_version: str = ""
    last_checked_at: float = 0.0
    skipped_version: str = ""
