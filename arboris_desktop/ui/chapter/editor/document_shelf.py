"""The documents of the chapters that the author was at: their undo, and the place in each."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument

from arboris_desktop.domain.record import record

KEPT_CHAPTERS = 20


@record
class TextPlace:
    """A place in a document: what is selected in it, and how far it is scrolled."""

    anchor: int = 0
    position: int = 0
    scroll: int = 0


class DocumentShelf(QObject):
    """Keeps documents, the one used least recently goes first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[int, tuple[QTextDocument, TextPlace]] = OrderedDict()

    def put(self, chapter_id: int, document: QTextDocument, place: TextPlace) -> None:
        """Keeps a chapter's document, with the place where the author left it."""
        self._kept[chapter_id] = (document, place)
        self._kept.move_to_end(chapter_id)
        while len(self._kept) > KEPT_CHAPTERS:
            _oldest, (document, _place) = self._kept.popitem(last=False)
            document.deleteLater()

    def take(self, chapter_id: int) -> tuple[QTextDocument, TextPlace] | None:
        """A chapter's document, which is not on the shelf any more."""
        return self._kept.pop(chapter_id, None)

    def clear(self) -> None:
        """Forgets all of them."""
        for document, _place in self._kept.values():
            document.deleteLater()
        self._kept.clear()
