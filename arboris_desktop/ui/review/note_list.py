"""The remarks of a review; each leads to its passage."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from arboris_desktop.domain.reviews import ReviewNote, Severity
from arboris_desktop.text.prose import one_line
from arboris_desktop.text.quoting import quoted, within_quotes
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.review.words import dimension, severity
from arboris_desktop.ui.widgets.icons import icon

_ICONS = {Severity.PRAISE: "check", Severity.HINT: "info", Severity.PROBLEM: "warning"}
_ORDER = (Severity.PROBLEM, Severity.HINT, Severity.PRAISE)


class NoteList(Translated, QListWidget):
    """Lists remarks, problems first. A click or Enter asks for the passage."""

    passage_requested = Signal(int, int)
    """The range in the chapter, in characters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: list[ReviewNote] = []
        self._rules: Sequence[str] = ()
        self.setWordWrap(True)
        self.setAlternatingRowColors(True)
        self.setSpacing(2)
        self.itemClicked.connect(self._open)
        self.itemActivated.connect(self._open)
        self._retranslate()

    def show_notes(self, notes: Sequence[ReviewNote], *, in_order: bool = False) -> None:
        """Lists these remarks; ``in_order`` keeps their order, as a reader met them."""
        self._notes = list(notes)
        if not in_order:
            self._notes.sort(key=lambda note: _ORDER.index(note.severity))
        self.clear()
        for note in self._notes:
            item = QListWidgetItem(icon(_ICONS[note.severity]), self._words(note), self)
            if not note.is_supported:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsSelectable)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Remarks"))
        for row, note in enumerate(self._notes):
            self.item(row).setText(self._words(note))

    def _words(self, note: ReviewNote) -> str:
        about = dimension(note.dimension) if note.dimension else ""
        if note.rule is not None:
            about = self.tr("Rule {number}").format(number=note.rule)
        kind = severity(note.severity)
        head = self.tr("{kind} · {about}").format(kind=kind, about=about) if about else kind
        lines = [f"{head}: {note.comment}"]
        if note.is_supported:
            lines.append(quoted(one_line(note.quotation)))
        elif note.quotation:
            quotation = within_quotes(one_line(note.quotation))
            lines.append(self.tr("Not in the chapter: “{text}”").format(text=quotation))
        return "\n".join(lines)

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        note = self._notes[self.row(item)]
        if note.start is not None and note.end is not None:
            self.passage_requested.emit(note.start, note.end)
