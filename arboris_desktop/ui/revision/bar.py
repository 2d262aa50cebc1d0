"""The bar below a revised passage: keep the revision, request another, or discard it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from arboris_desktop.ui.chapter.proposal_bar import ProposalBar
from arboris_desktop.ui.i18n import Translated


class RevisionBar(Translated, ProposalBar):
    """The three answers; the check boxes for each change are in the panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(8)
        for button in (self._keep, self._another, self._drop):
            layout.addWidget(button)
        layout.addStretch(1)
        self._retranslate()

    def show_state(self, *, ready: bool, busy: bool) -> None:
        """Enables keeping a complete passage, and requesting another while none is arriving."""
        self._offer_keeping(ready)
        self._another.setEnabled(not busy)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Revised passage"))
        self._keep.setToolTip(self.tr("Apply the changes that are ticked in the panel"))
        self._another.setText(self.tr("Another"))
        self._drop.setToolTip(self.tr("Leave the passage as it is"))
        self._name_answers()
