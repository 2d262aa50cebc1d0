"""Days of writing: how many words of a novel came to be on each, and what the author aims at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from arboris_desktop.domain.record import record

MOST_WORDS = 10_000_000
"""More than any target."""

_DAY = timedelta(days=1)


def local_day(moment: datetime) -> date:
    """The day that a moment belongs to where the author is."""
    return moment.astimezone().date()


@record
class NotTyped:
    """The part of a change of a text that the author did not type, in words that came or went."""

    by_model: int = 0
    brought_back: int = 0
    """Of a text that the chapter had before."""

    def __add__(self, other: NotTyped) -> NotTyped:
        return NotTyped(self.by_model + other.by_model, self.brought_back + other.brought_back)

    def __neg__(self) -> NotTyped:
        return NotTyped(-self.by_model, -self.brought_back)


NOTHING_ELSE = NotTyped()
"""The author typed all of it."""


@record
class WritingDay:
    """The words that came on a day, less those that went: the author's own, and a model's."""

    day: date
    own_words: int = 0
    model_words: int = 0


@record
class WritingTargets:
    """The words that the author aims at; 0 where there is no aim."""

    chapter: int = 0
    day: int = 0
    book: int = 0


@record
class WritingRecord:
    """A novel's writing days and the author's goals."""

    days: tuple[WritingDay, ...] = ()
    targets: WritingTargets = WritingTargets()

    def on(self, day: date) -> WritingDay:
        """One day, also one on which nothing was written."""
        return next((each for each in self.days if each.day == day), WritingDay(day))

    def with_words(self, day: date, own: int, by_model: int) -> WritingRecord:
        """The record with more words of a day."""
        now = self.on(day)
        more = WritingDay(day, now.own_words + own, now.model_words + by_model)
        others = [each for each in self.days if each.day != day]
        return WritingRecord(tuple(sorted([*others, more], key=lambda d: d.day)), self.targets)

    @property
    def own_words(self) -> int:
        """All that the author wrote since days are counted."""
        return sum(each.own_words for each in self.days)

    @property
    def model_words(self) -> int:
        """All that models wrote since days are counted."""
        return sum(each.model_words for each in self.days)


def streak(days: Iterable[WritingDay], today: date) -> int:
    """The number of days in a row on which the author wrote, up to today, or up to yesterday while
    today may still count."""
    written = {each.day for each in days if each.own_words > 0}
    day = today if today in written else today - _DAY
    count = 0
    while day in written:
        count, day = count + 1, day - _DAY
    return count


def last_days(days: Sequence[WritingDay], today: date, number: int) -> list[WritingDay]:
    """The last days up to today, in order, with those on which nothing was written."""
    known = {each.day: each for each in days}
    first = today - (number - 1) * _DAY
    wanted = (first + step * _DAY for step in range(number))
    return [known.get(day, WritingDay(day)) for day in wanted]


class NotTypedWords:
    """Tells each save how much of it a model wrote, or came back from an older text."""

    def __init__(self) -> None:
        self._waiting: dict[int, NotTyped] = defaultdict(NotTyped)

    def note(self, chapter_id: int, change: NotTyped) -> None:
        """A text was changed so, since it was stored last."""
        self._waiting[chapter_id] += change

    def take(self, chapter_id: int) -> NotTyped:
        """Returns what is to be noted with a text that is stored now."""
        return self._waiting.pop(chapter_id, NOTHING_ELSE)

    def give_back(self, chapter_id: int, change: NotTyped) -> None:
        """The text could not be stored; the next one learns of it."""
        self.note(chapter_id, change)
