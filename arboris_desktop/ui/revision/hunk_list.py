"""The changes of a proposal, each to be accepted or rejected."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from arboris_desktop.text.differences import TextSegment, changes
from arboris_desktop.ui.i18n import Translated


class HunkList(Translated, QListWidget):
    """Lists changes with check boxes; checked ones are accepted. Space toggles."""

    decisions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: tuple[TextSegment, ...] = ()
        self.setWordWrap(True)
        self.setAlternatingRowColors(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemChanged.connect(lambda _item: self.decisions_changed.emit())
        self._retranslate()

    def show_segments(self, segments: tuple[TextSegment, ...]) -> None:
        """Lists the changes among the segments, all accepted."""
        self._segments = segments
        self.clear()
        for change in changes(segments):
            item = QListWidgetItem(self._words(change), self)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)

    def accepted(self) -> frozenset[int]:
        """The indices of the accepted changes, from 0."""
        checked = Qt.CheckState.Checked
        return frozenset(row for row in range(self.count()) if self._state(row) == checked)

    def take_all(self, taken: bool) -> None:
        """Accepts every change, or none."""
        state = Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked
        for row in range(self.count()):
            self.item(row).setCheckState(state)

    def _state(self, row: int) -> Qt.CheckState:
        return self.item(row).checkState()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Changes of the proposal"))
        for row, change in enumerate(changes(self._segments)):
            self.item(row).setText(self._words(change))

    def _words(self, change: TextSegment) -> str:
        old, new = _shown(change.old), _shown(change.new)
        if not change.old:
            return self.tr("Add: {new}").format(new=new)
        if not change.new:
            return self.tr("Remove: {old}").format(old=old)
        return self.tr("Replace: {old}\nby: {new}").format(old=old, new=new)


def _shown(text: str) -> str:
    """Returns a text in which a new paragraph is visible."""
    return text.replace("\n", "¶ ")
