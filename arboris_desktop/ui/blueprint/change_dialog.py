"""Rewriting a field: the instruction, the proposal, and the differences."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.blueprint import BlueprintField
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.blueprint.words import field_name
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.diff_view import DiffView
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit
from arboris_desktop.writing.blueprint.changing import Proposal


class ChangeDialog(Translated, QDialog):
    """Nothing is changed before the author accepts; until then they can ask repeatedly."""

    proposal_requested = Signal(str)
    """The author's instruction; it may be empty."""

    preview_requested = Signal(str)

    def __init__(self, field: BlueprintField, present: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._proposal: Proposal | None = None
        self.call_bar = CallBar()
        self._label = QLabel()
        self._instruction = GrowingEdit(2, 5)
        self._label.setBuddy(self._instruction)
        self._suggest = QPushButton()
        self._suggest.setDefault(True)
        self._present = QPlainTextEdit(present)
        self._present.setReadOnly(True)
        self._diff = DiffView()
        self._shown = QStackedWidget()
        self._buttons = QDialogButtonBox()
        self._accept = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._reject = self._buttons.addButton("", QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self._connect()
        self._retranslate()
        self._update()
        self.resize(760, 560)

    @property
    def proposal(self) -> Proposal | None:
        """The model's last proposal."""
        return self._proposal

    def show_arriving(self, _field: BlueprintField, text: str) -> None:
        """Shows the text so far."""
        self._shown.setCurrentWidget(self._present)
        self._present.setPlainText(text)
        bar = self._present.verticalScrollBar()
        bar.setValue(bar.maximum())

    def show_proposal(self, proposal: Proposal) -> None:
        """Shows the differences."""
        self._proposal = proposal
        self._diff.show_texts(proposal.old_text, proposal.new_text)
        self._shown.setCurrentWidget(self._diff)
        self._update()
        if self._accept.isEnabled():
            self._accept.setDefault(True)
            if not self._instruction.hasFocus():
                self._accept.setFocus()

    def _lay_out(self) -> None:
        ask = QHBoxLayout()
        ask.addWidget(self._instruction, 1)
        ask.addWidget(self._suggest)
        self._shown.addWidget(self._present)
        self._shown.addWidget(self._diff)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self._label)
        layout.addLayout(ask)
        layout.addWidget(self.call_bar)
        layout.addWidget(self._shown, 1)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self._suggest.clicked.connect(self._request)
        self.call_bar.retry_requested.connect(self._request)
        self.call_bar.preview_requested.connect(lambda: self.preview_requested.emit(self._words()))
        self.call_bar.busy_changed.connect(self._update)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _words(self) -> str:
        return self._instruction.toPlainText().strip()

    @Slot()
    def _request(self) -> None:
        self.proposal_requested.emit(self._words())

    @Slot()
    def _update(self) -> None:
        busy, proposal = self.call_bar.is_busy, self._proposal
        self._suggest.setEnabled(not busy)
        differs = proposal is not None and proposal.old != proposal.new
        self._accept.setEnabled(differs and not busy)

    def _retranslate(self) -> None:
        name = field_name(self.field)
        self.setWindowTitle(self.tr("Rewrite: {field}").format(field=name))
        self._label.setText(self.tr("&What should be different?"))
        self._instruction.setPlaceholderText(self.tr("For example: darker, and without the uncle"))
        self._suggest.setText(self.tr("Suggest"))
        self._accept.setText(self.tr("Accept"))
        self._reject.setText(self.tr("Keep the present one"))
        self._present.setAccessibleName(name)
