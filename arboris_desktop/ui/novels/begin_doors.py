"""The ways to begin a novel: from an idea, with a plan, on a blank page, from a file."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from arboris_desktop.ui.widgets.icons import icon


class Door(StrEnum):
    """A way to begin."""

    IDEA = "idea"
    PLAN = "plan"
    BLANK = "blank"
    IMPORT = "import"


_ICONS = {
    Door.IDEA: "foreshadowing",
    Door.PLAN: "volume",
    Door.BLANK: "chapter-planned",
    Door.IMPORT: "import",
}


class BeginDoors(QWidget):
    """A large button for each way; one of them is selected, and the file button asks for one at
    once."""

    changed = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[Door, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for door, (name, about) in self._words().items():
            button = self._buttons[door] = QToolButton()
            button.setText(name)
            button.setToolTip(about)
            button.setAccessibleDescription(about)
            button.setIcon(icon(_ICONS[door]))
            button.setIconSize(QSize(22, 22))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setMinimumHeight(64)
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
            layout.addWidget(button)
            if door is Door.IMPORT:
                button.clicked.connect(self.import_requested)
            else:
                button.setCheckable(True)
                self._group.addButton(button)
        self._buttons[Door.PLAN].setChecked(True)
        self._group.buttonToggled.connect(lambda _button, on: self.changed.emit() if on else None)

    @property
    def door(self) -> Door:
        """The selected way."""
        return next(door for door, button in self._buttons.items() if button.isChecked())

    def choose(self, door: Door) -> None:
        """Selects a way, like a click."""
        self._buttons[door].click()

    def _words(self) -> dict[Door, tuple[str, str]]:
        return {
            Door.IDEA: (
                self.tr("From an idea"),
                self.tr("A dialogue about what the novel should be"),
            ),
            Door.PLAN: (
                self.tr("I have a plan"),
                self.tr("Premise, volumes and chapters are entered here"),
            ),
            Door.BLANK: (
                self.tr("Blank page"),
                self.tr("One empty chapter, in which you write at once"),
            ),
            Door.IMPORT: (
                self.tr("Import…"),
                self.tr("Import a novel from a file"),
            ),
        }
