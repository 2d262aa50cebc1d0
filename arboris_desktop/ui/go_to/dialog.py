"""The dialog of *Go to anything*: a field, and the matching destinations below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.ui.go_to.destinations import Destination, DestinationKind, matching
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon

_ICONS = {
    DestinationKind.CHAPTER: "chapter-written",
    DestinationKind.ENTRY: "codex",
    DestinationKind.ACTION: "task",
    DestinationKind.WORDS: "search",
}
_DESTINATION = Qt.ItemDataRole.UserRole
_MOST = 60
"""Rows; to find others, the author types another letter."""

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class GoToDialog(Translated, QDialog):
    """Lists destinations as the author types; Enter takes the selected row."""

    def __init__(self, destinations: Sequence[Destination], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._destinations = list(destinations)
        self._search: Callable[[str], object] | None = None
        self._words = QLineEdit()
        self._model = QStandardItemModel(0, 2, self)
        self._list = QTreeView()
        self._nothing = QLabel()
        self._build_list()
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        column.addWidget(self._list, 1)
        column.addWidget(self._nothing)
        self.resize(560, 420)
        self._words.installEventFilter(self)
        self._words.textChanged.connect(self._show)
        self._words.returnPressed.connect(self._take)
        self._list.activated.connect(self._take)
        self._list.clicked.connect(self._take)
        self._retranslate()
        self._show()

    def _build_list(self) -> None:
        self._list.setModel(self._model)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def chosen(self) -> Destination | None:
        """The selected destination."""
        found = self._list.currentIndex().siblingAtColumn(0).data(_DESTINATION)
        return found if isinstance(found, Destination) else None

    def offer_search(self, search: Callable[[str], object]) -> None:
        """Adds a last row that searches the book for the typed words."""
        self._search = search

    def add(self, destinations: Sequence[Destination]) -> None:
        """Lists further destinations, which took time to read."""
        self._destinations += destinations
        self._show()

    @Slot()
    def _show(self) -> None:
        words = self._words.text().strip()
        found = [*matching(self._destinations, words, _MOST)]
        if words and self._search is not None:
            title = self.tr("Find “{words}” in the book").format(words=words)
            search = partial(self._search, words)
            found.append(Destination(DestinationKind.WORDS, title, search))
        self._model.removeRows(0, self._model.rowCount())
        for each in found:
            self._model.appendRow(_row(each))
        self._list.setCurrentIndex(self._model.index(0, 0))
        self._nothing.setVisible(not found)

    @Slot()
    def _take(self, _index: QModelIndex | None = None) -> None:
        if self.chosen() is not None:
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Moves the selection by arrow keys while the field keeps the focus."""
        is_move = isinstance(event, QKeyEvent) and event.key() in _MOVES
        if is_move and event.type() == QEvent.Type.KeyPress:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Go to anything"))
        self._words.setPlaceholderText(self.tr("A chapter, a name of the codex, or what to do"))
        self._words.setAccessibleName(self.tr("Go to"))
        self._list.setAccessibleName(self.tr("Where to go"))
        self._nothing.setText(self.tr("Nothing of that name."))


def _row(destination: Destination) -> list[QStandardItem]:
    title = QStandardItem(icon(_ICONS[destination.kind]), destination.title)
    title.setData(destination, _DESTINATION)
    title.setToolTip(destination.title)
    detail = QStandardItem(destination.detail)
    detail.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return [title, detail]
