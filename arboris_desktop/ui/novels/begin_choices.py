"""The ways to begin a novel: from an idea, with a plan, on a blank page, from a file."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from arboris_desktop.ui.widgets.icons import icon


class BeginChoice(StrEnum):
    """A way to begin."""

    IDEA = "idea"
    PLAN = "plan"
    BLANK = "blank"
    IMPORT = "import"


_ICONS = {
    BeginChoice.IDEA: "foreshadowing",
    BeginChoice.PLAN: "volume",
    BeginChoice.BLANK: "chapter-planned",
    BeginChoice.IMPORT: "import",
}


class BeginChoices(QWidget):
    """A large button for each way; one of them is selected, and the file button asks for one at
    once."""

    changed = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[BeginChoice, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for choice, (name, about) in self._words().items():
            button = self._buttons[choice] = QToolButton()
            button.setText(name)
            button.setToolTip(about)
            button.setAccessibleDescription(about)
            button.setIcon(icon(_ICONS[choice]))
            button.setIconSize(QSize(22, 22))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setMinimumHeight(64)
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
            layout.addWidget(button)
            if choice is BeginChoice.IMPORT:
                button.clicked.connect(self.import_requested)
            else:
                button.setCheckable(True)
                self._group.addButton(button)
        self._buttons[BeginChoice.PLAN].setChecked(True)
        self._group.buttonToggled.connect(lambda _button, on: self.changed.emit() if on else None)

    @property
    def choice(self) -> BeginChoice:
        """The selected way."""
        return next(choice for choice, button in self._buttons.items() if button.isChecked())

    def choose(self, choice: BeginChoice) -> None:
        """Selects a way, like a click."""
        self._buttons[choice].click()

    def _words(self) -> dict[BeginChoice, tuple[str, str]]:
        return {
            BeginChoice.IDEA: (
                self.tr("From an idea"),
                self.tr("A dialogue about what the novel should be"),
            ),
            BeginChoice.PLAN: (
                self.tr("I have a plan"),
                self.tr("Premise, volumes and chapters are entered here"),
            ),
            BeginChoice.BLANK: (
                self.tr("Blank page"),
                self.tr("One empty chapter, in which you write at once"),
            ),
            BeginChoice.IMPORT: (
                self.tr("Import…"),
                self.tr("Import a novel from a file"),
            ),
        }
