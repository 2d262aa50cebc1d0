"""The buttons above and below the outline's tree."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon

_NAMES = {
    "plan_volumes": ("volume", ""),
    "fill": ("write", ""),
    "regenerate": ("retry", ""),
    "undo": ("history", "Ctrl+Z"),
    "insert_before": ("up", ""),
    "insert_after": ("new", "Ctrl+Return"),
    "add_volume": ("volume", ""),
    "move_up": ("up", "Alt+Up"),
    "move_down": ("down", "Alt+Down"),
    "rename": ("edit", "F2"),
    "open": ("book", ""),
    "split": ("split", ""),
    "merge": ("merge", ""),
    "remove": ("trash", "Del"),
    "fill_gap": ("write", ""),
}
_TYPED_BY_TREE = {"move_up", "move_down", "rename", "remove"}
"""Their shortcuts belong to the tree: in a text field they mean something else."""


class OutlineActions(QObject):
    """The actions on the outline, shared by buttons, menu and keys."""

    triggered = Signal(str)
    """The name of an action."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = {name: self._action(parent, name) for name in _NAMES}
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def retranslate(self) -> None:
        """Sets the texts in the current language."""
        texts = {
            "plan_volumes": self.tr("Plan volumes…"),
            "fill": self.tr("Fill in chapters…"),
            "regenerate": self.tr("Plan again…"),
            "undo": self.tr("Undo"),
            "insert_before": self.tr("Insert before"),
            "insert_after": self.tr("Add chapter"),
            "add_volume": self.tr("Add volume"),
            "move_up": self.tr("Move up"),
            "move_down": self.tr("Move down"),
            "rename": self.tr("Rename"),
            "open": self.tr("Open chapter"),
            "split": self.tr("Split…"),
            "merge": self.tr("Merge"),
            "remove": self.tr("Delete"),
            "fill_gap": self.tr("Plan These Chapters…"),
        }
        for name, text in texts.items():
            action = self._actions[name]
            action.setText(text)
            # Otherwise buttons would show the text without its ellipsis.
            action.setIconText(text)
            keys = QKeySequence(_NAMES[name][1]).toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{text} ({keys})" if keys else text)

    def _action(self, parent: QWidget, name: str) -> QAction:
        icon_name, keys = _NAMES[name]
        action = QAction(icon(icon_name), "", parent)
        if keys and name not in _TYPED_BY_TREE:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            parent.addAction(action)
        action.triggered.connect(lambda _checked=False: self.triggered.emit(name))
        return action


class ActionRow(Translated, QWidget):
    """Buttons for some of the actions, side by side."""

    def __init__(
        self, actions: OutlineActions, names: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._buttons = {name: _button(actions[name]) for name in names if name}
        for name in names:
            if name:
                layout.addWidget(self._buttons[name])
            else:
                layout.addStretch(1)

    def show_words(self, names: set[str]) -> None:
        """Selects the buttons with text beside the icon."""
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        alone = Qt.ToolButtonStyle.ToolButtonIconOnly
        for name, button in self._buttons.items():
            button.setToolButtonStyle(beside if name in names else alone)

    def _retranslate(self) -> None:
        # The buttons have the texts of their actions, of another width.
        self.updateGeometry()


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button
