"""Fields for a range of chapters and the author's wishes, used in several dialogs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QWidget

from arboris_desktop.domain.outline import MOST_CHAPTERS, ChapterRange
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chapter_number import ChapterNumber, NumberedChapter
from arboris_desktop.ui.widgets.form import FieldForm


class RangeFields(Translated, QWidget):
    """Two numbers that always form a range, and a few lines of wishes."""

    changed = Signal()

    def __init__(
        self,
        within: ChapterRange,
        chapters: Iterable[NumberedChapter] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        known = tuple(chapters)
        self._first, self._last = ChapterNumber(known), ChapterNumber(known)
        for box, number in ((self._first, within.first), (self._last, within.last)):
            box.setRange(1, MOST_CHAPTERS)
            box.setValue(number)
        self._first.valueChanged.connect(self._keep_order)
        self._last.valueChanged.connect(self._keep_order)
        self._to = QLabel()
        self._range_label, self._wishes_label = QLabel(), QLabel()
        self._wishes = QPlainTextEdit()
        self._wishes.setTabChangesFocus(True)
        self._wishes.setFixedHeight(self.fontMetrics().lineSpacing() * 4)
        self._range_label.setBuddy(self._first)
        self._wishes_label.setBuddy(self._wishes)
        numbers = QHBoxLayout()
        numbers.addWidget(self._first)
        numbers.addWidget(self._to)
        numbers.addWidget(self._last)
        numbers.addStretch(1)
        form = FieldForm(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self._range_label, numbers)
        form.addRow(self._wishes_label, self._wishes)
        self._retranslate()

    def range(self) -> ChapterRange:
        """The selected range."""
        return ChapterRange(self._first.value(), self._last.value())

    def instruction(self) -> str:
        """The author's instruction."""
        return self._wishes.toPlainText().strip()

    def _retranslate(self) -> None:
        self._range_label.setText(self.tr("&Chapters"))
        self._to.setText(self.tr("to"))
        self._wishes_label.setText(self.tr("&Wishes"))
        self._wishes.setPlaceholderText(self.tr("What the model should mind; may stay empty"))
        self._first.setAccessibleName(self.tr("First chapter"))
        self._last.setAccessibleName(self.tr("Last chapter"))

    @Slot()
    def _keep_order(self) -> None:
        if self._last.value() < self._first.value():
            other = self._last if self.sender() is self._first else self._first
            other.setValue(self._first.value() if other is self._last else self._last.value())
        self.changed.emit()
