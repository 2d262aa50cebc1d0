"""A field for a chapter: its position in the book, shown with its author's label."""

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
    """A chapter with its position, and the label that its author gives it."""

    @property
    def number(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def label(self) -> str | None: ...


class ChapterNumber(NumberBox):
    """Steps through the chapters in order; labels of the author's are shown, and can be typed."""

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
        """The label of the chapter."""
        return self._names.get(value) or super().textFromValue(value)

    def valueFromText(self, text: str) -> int:
        """Returns the chapter with that label or number."""
        place = self._place(text)
        return super().valueFromText(text) if place is None else place

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Accepts any text if there are labels; it counts once it names a chapter."""
        if not self._names:
            return super().validate(text, position)
        place = self._place(text)
        is_one = place is not None and self.minimum() <= place <= self.maximum()
        state = QValidator.State.Acceptable if is_one else QValidator.State.Intermediate
        return state, text, position

    def fixup(self, text: str) -> str:
        """Restores the field if the text names no chapter."""
        return self.textFromValue(self.value()) if self._names else super().fixup(text)

    def _place(self, text: str) -> int | None:
        typed = " ".join(text.split()).casefold()
        return self._places.get(typed, int(typed) if typed.isdecimal() else None)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Returns the positions of chapters by what may be typed: their labels, and the numbers in
        these; the first match counts."""
        named = [(name.casefold(), place) for place, name in self._names.items()]
        told = [(str(number_in(label) or label), place) for place, label in self._labels]
        return dict(reversed([*named, *told]))


def own_names(chapters: Iterable[NumberedChapter]) -> Mapping[int, str]:
    """Returns the author's labels by position; none if the numbering is the usual one.

    A number that recurs, as in each volume, is shown with the title.
    """
    known = [chapter for chapter in chapters if chapter.label is not None]
    times = Counter(chapter.label for chapter in known)
    names = {}
    for chapter in known:
        is_one = bool(chapter.label) and times[chapter.label] == 1
        parts = [chapter.label, "" if is_one else chapter.title]
        names[chapter.number] = " ".join(filter(None, parts))[:_LONGEST_NAME].strip()
    return names
