"""Asks for a query, and lists every match in the book."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.text.finding import Wanted
from arboris_desktop.ui.book_search.hit_list import HitList
from arboris_desktop.ui.book_search.hit_model import HitModel, HitRole
from arboris_desktop.ui.chapter.find.field import FindField
from arboris_desktop.ui.chapter.find.options import FindOptions
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.writing.book_search import BookHits


class BookSearchPanel(Translated, QWidget):
    """A field, options, the matches, and the replacement."""

    wanted_changed = Signal()
    place_opened = Signal(object)
    """A ``BookPlace`` that the author wants to see."""
    replace_requested = Signal(str)
    take_back_requested = Signal()
    left = Signal()
    """The author returns to the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.replacement = FindField(), FindField()
        self.model = HitModel()
        self._done = ""
        self._is_searching = False
        self._list, self._empty = HitList(), EmptyState("search")
        self._places, self._blank = QStackedWidget(), QWidget()
        self._options = FindOptions()
        self._choose = QToolButton()
        self._choose.setCheckable(True)
        self._choose.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._result = plain_label()
        self._replace, self._take_back = QPushButton(), QPushButton()
        self._list.setModel(self.model)
        self._lay_out()
        self._connect()
        self._retranslate()
        self.show_nothing()

    def wanted(self) -> Wanted:
        """The current query."""
        return self._options.wanted(self.words.text())

    def open(self, words: str = "") -> None:
        """Focuses the field; ``words`` is the selection, if any."""
        if words:
            self.words.setText(words)
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin_to_rename(self, old: str, new: str) -> None:
        """Searches for a whole name, and offers another in its place."""
        self._options.ask_for_a_name()
        self._choose.setChecked(True)
        self.replacement.setText(new)
        self.open(old)

    def show_nothing(self) -> None:
        """Clears the query."""
        self.words.clear()
        self.replacement.clear()
        self.show_hits(BookHits(Wanted("")))
        self.offer_to_take_back(False)

    def show_searching(self) -> None:
        """Shows that a search is running; matches of another query that are still listed cannot be
        replaced.

        Nothing is shown if the query is the same.
        """
        self._is_searching = self.wanted() != self.model.hits.wanted
        self._say_count()

    def show_hits(self, hits: BookHits) -> None:
        """Lists the matches."""
        self._is_searching = False
        here = self._list.currentIndex().data(HitRole.PLACE)
        same = hits.wanted == self.model.hits.wanted
        self.model.show_hits(hits)
        if same and here is not None:
            self._list.setCurrentIndex(self.model.near(here))
        self._say_count()

    def show_trouble(self, words: str) -> None:
        """Shows why nothing can be found, or the result of a replacement."""
        self._result.setText(words)

    def show_done(self, words: str) -> None:
        """Shows the result of a replacement until the next search."""
        self._done = words
        self._say_count()

    def result(self) -> str:
        """The message of the panel."""
        return self._result.text()

    def offer_to_take_back(self, possible: bool) -> None:
        """Offers to undo the last replacement."""
        if not possible and self._take_back.hasFocus():
            # Qt would give it to whatever comes next in the window.
            self.words.setFocus()
        self._take_back.setVisible(possible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Returns to the text on Escape, and moves into the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down and self.words.hasFocus():
            self._step(1)
            self._list.setFocus()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        options = QHBoxLayout()
        options.addWidget(self._options)
        options.addStretch(1)
        options.addWidget(self._choose)
        last = QHBoxLayout()
        last.addWidget(self._result, 1)
        last.addWidget(self._take_back)
        row = QHBoxLayout()
        row.addWidget(self.replacement, 1)
        row.addWidget(self._replace)
        layout.addWidget(self.words)
        layout.addLayout(options)
        layout.addLayout(row)
        layout.addLayout(last)
        self._places.addWidget(self._blank)
        self._places.addWidget(self._empty)
        self._places.addWidget(self._list)
        layout.addWidget(self._places, 1)
        self.setFocusProxy(self.words)
        self._show_choice(False)

    def _connect(self) -> None:
        self.words.textChanged.connect(self._forget_done)
        self.words.textChanged.connect(self.wanted_changed)
        self._options.changed.connect(self.wanted_changed)
        self._choose.toggled.connect(self._show_choice)
        self._choose.clicked.connect(self._go_on_typing)
        self.words.entered.connect(lambda: self._go(1))
        self.words.entered_backwards.connect(lambda: self._go(-1))
        self.replacement.entered.connect(self._ask_to_replace)
        self._replace.clicked.connect(self._ask_to_replace)
        self._take_back.clicked.connect(self.take_back_requested)
        self._list.clicked.connect(self._open)
        self._list.activated.connect(self._open)
        self.model.ticks_changed.connect(self._say_count)

    @Slot(bool)
    def _show_choice(self, choosing: bool) -> None:
        self.replacement.setVisible(choosing)
        self._replace.setVisible(choosing)
        self.model.set_choosing(choosing)
        self._say_count()

    @Slot(bool)
    def _go_on_typing(self, choosing: bool) -> None:
        """Lets the author type what is to stand there: an empty field takes the words away."""
        (self.replacement if choosing else self.words).setFocus()

    @Slot()
    def _forget_done(self) -> None:
        self._done = ""

    @Slot()
    def _say_count(self) -> None:
        count, chosen, hint = self.model.hits.count, self.model.chosen_count(), self._hint()
        empty = self._empty if hint else self._blank
        self._places.setCurrentWidget(self._list if count else empty)
        self._empty.set_text(hint)
        self._replace.setEnabled(chosen > 0 and not self._is_searching)
        self._replace.setText(self.tr("Replace %Ln", "", chosen))
        if self._done:
            self._result.setText(self._done)
        elif not self.words.text():
            self._result.setText("")
        elif self._is_searching:
            self._result.setText(self.tr("Searching the book…"))
        elif not count:
            self._result.setText(self.tr("Not found"))
        else:
            chapters = self.tr("in %Ln chapter(s)", "", len(self.model.hits.chapters))
            places = self.tr("%Ln place(s)", "", count)
            words = self.tr("{places} {chapters}").format(places=places, chapters=chapters)
            self._result.setText(words)

    def _hint(self) -> str:
        if self._is_searching or self._done:
            return ""
        if self.model.hits.wanted.words:
            return self.tr("Try fewer words, or switch off some of the options above.")
        return self.tr("Every place in the book is listed here while you type.")

    def _go(self, step: int) -> None:
        if self._step(step):
            self._open(self._list.currentIndex())

    def _step(self, step: int) -> bool:
        """Selects the next match; after the last comes the first.

        Returns false if there is none.
        """
        rows, row = self.model.rowCount(), self._list.currentIndex().row()
        row = row if row >= 0 else (-1 if step > 0 else 0)
        for _ in range(rows):
            row = (row + step) % rows
            index = self.model.index(row)
            if index.data(HitRole.PLACE) is not None:
                self._list.setCurrentIndex(index)
                return True
        return False

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        place = index.data(HitRole.PLACE)
        if place is not None:
            self.place_opened.emit(place)

    @Slot()
    def _ask_to_replace(self) -> None:
        if self._replace.isEnabled() and not self._replace.isHidden():
            self.replace_requested.emit(self.replacement.text())

    def _retranslate(self) -> None:
        self.words.setPlaceholderText(self.tr("Find in the book"))
        self.words.setAccessibleName(self.tr("Find in the book"))
        self.replacement.setPlaceholderText(self.tr("Replace with"))
        self.replacement.setAccessibleName(self.tr("Replace with"))
        self._list.setAccessibleName(self.tr("Matches"))
        self._choose.setText(self.tr("Replace…"))
        self._choose.setToolTip(self.tr("Replace the ticked matches"))
        self._take_back.setText(self.tr("Undo"))
        self._take_back.setToolTip(self.tr("Restore the previous text of each chapter"))
        self._say_count()
