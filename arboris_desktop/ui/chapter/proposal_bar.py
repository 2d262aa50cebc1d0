"""The three answers to words that a model proposes for the text."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from arboris_desktop.ui.chapter.editor.proposed_passage import Whereabouts
from arboris_desktop.ui.widgets.floating_bar import FloatingBar
from arboris_desktop.ui.widgets.icons import icon


class ProposalBar(FloatingBar):
    """Shown below the words; the page passes it Tab and Esc meanwhile.

    No key decides on words that are out of view: they are shown first.
    """

    kept = Signal()
    another_wanted = Signal()
    dropped = Signal()
    sought = Signal()
    """The words should be brought into view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where, self._can_keep = Whereabouts.IN_SIGHT, True
        self._keep = QPushButton(icon("check"), "")
        self._another = QPushButton(icon("retry"), "")
        self._drop = QPushButton(icon("cancel"), "")
        self._keep.clicked.connect(self.press_keep)
        self._another.clicked.connect(self.another_wanted)
        self._drop.clicked.connect(self.dropped)
        self.escaped.connect(self.press_drop)

    def show_where(self, where: Whereabouts) -> None:
        """Says on which side the words are out of view, if they are, and offers to go there."""
        if where is not self._where:
            self._where = where
            self._name_answers()

    @Slot()
    def press_keep(self) -> None:
        """Handles Tab, or the first button."""
        (self.kept if self._is_in_sight else self.sought).emit()

    @Slot()
    def press_drop(self) -> None:
        """Handles Esc."""
        (self.dropped if self._is_in_sight else self.sought).emit()

    @property
    def _is_in_sight(self) -> bool:
        return self._where is Whereabouts.IN_SIGHT

    def _offer_keeping(self, can_keep: bool) -> None:
        self._can_keep = can_keep
        self._keep.setEnabled(can_keep or not self._is_in_sight)

    def _name_answers(self) -> None:
        """Sets the texts of the first button and the last, which also name their keys."""
        names = {
            Whereabouts.IN_SIGHT: ("check", self.tr("Keep (Tab)")),
            Whereabouts.ABOVE: ("up", self.tr("It is further up: show it (Tab)")),
            Whereabouts.BELOW: ("down", self.tr("It is further down: show it (Tab)")),
        }
        sign, words = names[self._where]
        self._keep.setIcon(icon(sign))
        self._keep.setText(words)
        self._drop.setText(self.tr("Discard (Esc)") if self._is_in_sight else self.tr("Discard"))
        self._offer_keeping(self._can_keep)
