"""The instructions for the model in a file, to be read before they take effect."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.instructions import Instruction
from arboris_desktop.ui.arrivals.words import instruction_name
from arboris_desktop.ui.widgets.plain_text import plain_label


class InstructionsAnswer(IntEnum):
    """The author's decision on the instructions."""

    LATER = QDialog.DialogCode.Rejected.value
    USE = QDialog.DialogCode.Accepted.value
    DISCARD = 2


class InstructionsDialog(QDialog):
    """Lists each instruction with its text; closing the dialog leaves all of them off."""

    def __init__(self, instructions: Sequence[Instruction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._instructions = instructions
        self.setWindowTitle(self.tr("Instructions of the file"))
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Instructions"))
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("What it says"))
        self._list.currentRowChanged.connect(self._show)
        self._list.addItems([instruction_name(each) for each in instructions])
        self._list.setCurrentRow(0)
        self._lay_out()
        self.resize(780, 480)

    def _lay_out(self) -> None:
        words = plain_label(
            self.tr(
                "The novel came with instructions that would be told to your model with every "
                "question. They are off. Use them only if you trust where the file came from."
            )
        )
        words.setWordWrap(True)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._list)
        split.addWidget(self._text)
        split.setStretchFactor(1, 1)
        split.setSizes([260, 520])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(split, 1)
        layout.addWidget(self._buttons())

    def _buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox()
        later = buttons.addButton(self.tr("Leave Them Off"), role.RejectRole)
        use = buttons.addButton(self.tr("Use Them"), role.AcceptRole)
        discard = buttons.addButton(self.tr("Discard Them"), role.DestructiveRole)
        use.setAutoDefault(False)
        later.setDefault(True)
        discard.clicked.connect(lambda: self.done(InstructionsAnswer.DISCARD))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    @Slot(int)
    def _show(self, row: int) -> None:
        self._text.setPlainText(self._instructions[row].content if row >= 0 else "")
