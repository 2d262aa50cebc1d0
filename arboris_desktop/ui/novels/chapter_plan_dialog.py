"""Changing what is planned for one chapter."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.novel import ChapterOverview


class ChapterPlanDialog(QDialog):
    """Title and plan of a chapter; the model reads both when it writes."""

    def __init__(self, chapter: ChapterOverview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Plan of chapter {number}").format(number=chapter.number))
        self.setModal(True)
        self._title = QLineEdit(chapter.title)
        self._plan = QPlainTextEdit(chapter.outline)
        self._plan.setTabChangesFocus(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("&Title:"), self._title)
        form.addRow(self.tr("What &happens:"), self._plan)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.resize(520, 300)

    def title(self) -> str:
        """The title as typed, without surrounding white space."""
        return self._title.text().strip()

    def plan(self) -> str:
        """What shall happen in the chapter."""
        return self._plan.toPlainText().strip()
