"""Applying the blueprint to the novel: its title and its premise."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.writing.blueprint.blueprints import OpenBlueprint


class AdoptDialog(QDialog):
    """The author takes the title, the summary as premise, both or neither."""

    def __init__(self, opened: OpenBlueprint, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Use the blueprint for the novel"))
        project, blueprint = opened.project, opened.blueprint
        self._title = QCheckBox(self.tr("The &title"))
        self._premise = QCheckBox(self.tr("The &summary, as the novel's premise"))
        self._buttons = QDialogButtonBox()
        self._use = self._buttons.addButton(self.tr("Use"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._use.setDefault(True)
        self._buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        for box, new, old in (
            (self._title, blueprint.title, project.title),
            (self._premise, blueprint.summary, project.premise),
        ):
            box.setEnabled(bool(new) and new != old)
            box.setChecked(box.isEnabled())
            box.toggled.connect(self._update)
            layout.addWidget(box)
            layout.addWidget(plain_label(new or "—"))
            if old and old != new:
                words = self.tr("Now: {text}").format(text=old)
                layout.addWidget(muted(plain_label(words)))
        layout.addWidget(muted(plain_label(self.tr("The style is the same in both already."))))
        layout.addStretch()
        layout.addWidget(self._buttons)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.setMinimumWidth(480)
        self._update()

    def wants_title(self) -> bool:
        """True if the novel gets the blueprint's title."""
        return self._title.isChecked()

    def wants_premise(self) -> bool:
        """True if the novel gets the blueprint's summary as its premise."""
        return self._premise.isChecked()

    @Slot()
    def _update(self) -> None:
        self._use.setEnabled(self.wants_title() or self.wants_premise())
