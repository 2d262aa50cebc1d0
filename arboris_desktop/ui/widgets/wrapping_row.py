"""A flow layout: buttons in a row that wraps if there is not enough space."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class WrappingRow(QLayout):
    """Lays out widgets like words in lines; no narrower than the widest of them."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Appends an item."""
        self._items.append(item)

    def count(self) -> int:
        """Returns the number of items, including hidden ones."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Returns the item at an index, if there is one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Removes an item and returns it."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Returns that it takes no more space than its lines need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Returns that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Returns the height of all lines."""
        return self._lines(QRect(0, 0, width, 0), place=False)

    def sizeHint(self) -> QSize:
        """Returns the size of all items in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        gaps = self.spacing() * max(0, len(hints) - 1)
        return QSize(
            sum(hint.width() for hint in hints) + gaps,
            max((hint.height() for hint in hints), default=0),
        )

    def minimumSize(self) -> QSize:
        """Returns the size with each item in a line of its own."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        """Places the items."""
        super().setGeometry(rect)
        self._lines(rect, place=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, rect: QRect, *, place: bool) -> int:
        """Returns the height of the lines within the rectangle; with ``place`` the items are
        placed.

        Lines are as high as the highest item, and each is centred vertically, since some have an
        icon.
        """
        height = self.sizeHint().height()
        left = top = 0
        for item in self._shown():
            width = min(item.sizeHint().width(), max(rect.width(), 1))
            if left and left + width > rect.width():
                left, top = 0, top + height + self.spacing()
            if place:
                item.setGeometry(QRect(rect.x() + left, rect.y() + top, width, height))
            left += width + self.spacing()
        return top + height
