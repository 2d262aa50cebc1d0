"""The documents of the chapters that the author visited, with their undo history and position."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument

from arboris_desktop.domain.record import record

KEPT_CHAPTERS = 20


@record
class TextPlace:
    """A position in a document: the selection and the scroll offset."""

    anchor: int = 0
    position: int = 0
    scroll: int = 0


class DocumentCache(QObject):
    """Keeps documents; the least recently used one is dropped first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[int, tuple[QTextDocument, TextPlace]] = OrderedDict()

    def put(self, chapter_id: int, document: QTextDocument, place: TextPlace) -> None:
        """Keeps a chapter's document, with the author's position."""
        self._kept[chapter_id] = (document, place)
        self._kept.move_to_end(chapter_id)
        while len(self._kept) > KEPT_CHAPTERS:
            _oldest, (document, _place) = self._kept.popitem(last=False)
            document.deleteLater()

    def take(self, chapter_id: int) -> tuple[QTextDocument, TextPlace] | None:
        """Removes a chapter's document and returns it."""
        return self._kept.pop(chapter_id, None)

    def clear(self) -> None:
        """Drops all of them."""
        for document, _place in self._kept.values():
            document.deleteLater()
        self._kept.clear()
