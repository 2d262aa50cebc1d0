"""A field for a chapter: its place in the book, said as its author calls it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QWidget

from arboris_desktop.text.number_labels import number_in
from arboris_desktop.ui.widgets.number_box import NumberBox

_LONGEST_NAME = 24


class NumberedChapter(Protocol):
    """A chapter with its place, and the number that its author gives it."""

    @property
    def number(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def label(self) -> str | None: ...


class ChapterNumber(NumberBox):
    """Counts through the chapters in their order; where they have numbers of their author's, these
    are shown, and typed."""

    def __init__(
        self, chapters: Iterable[NumberedChapter] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        known = tuple(chapters)
        self._names = own_names(known)
        self._labels = [(one.number, one.label) for one in known if one.label]
        self.setKeyboardTracking(not self._names)
        self.setAccelerated(True)

    def textFromValue(self, value: int) -> str:
        """The chapter as it is called."""
        return self._names.get(value) or super().textFromValue(value)

    def valueFromText(self, text: str) -> int:
        """The chapter of that name, or of that number."""
        place = self._place(text)
        return super().valueFromText(text) if place is None else place

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Anything may be typed where there are names; it counts once it names a chapter."""
        if not self._names:
            return super().validate(text, position)
        place = self._place(text)
        is_one = place is not None and self.minimum() <= place <= self.maximum()
        state = QValidator.State.Acceptable if is_one else QValidator.State.Intermediate
        return state, text, position

    def fixup(self, text: str) -> str:
        """Text that names no chapter leaves the field as it was."""
        return self.textFromValue(self.value()) if self._names else super().fixup(text)

    def _place(self, text: str) -> int | None:
        typed = " ".join(text.split()).casefold()
        return self._places.get(typed, int(typed) if typed.isdecimal() else None)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The places of chapters by what may be typed: their names, and the numbers in these; the
        first counts."""
        named = [(name.casefold(), place) for place, name in self._names.items()]
        told = [(str(number_in(label) or label), place) for place, label in self._labels]
        return dict(reversed([*named, *told]))


def own_names(chapters: Iterable[NumberedChapter]) -> Mapping[int, str]:
    """The names that the author gives chapters, by their places; none where they count as usual.

    A number that comes again, as in each volume, is told with the title.
    """
    known = [chapter for chapter in chapters if chapter.label is not None]
    times = Counter(chapter.label for chapter in known)
    names = {}
    for chapter in known:
        is_one = bool(chapter.label) and times[chapter.label] == 1
        parts = [chapter.label, "" if is_one else chapter.title]
        names[chapter.number] = " ".join(filter(None, parts))[:_LONGEST_NAME].strip()
    return names
