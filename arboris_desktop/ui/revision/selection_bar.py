"""The bar beside a selection: requests to the model by a click or in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from arboris_desktop.domain.revision import RevisionKind
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.revision.words import revision_kind
from arboris_desktop.ui.widgets.floating_bar import FloatingBar

_BUTTONS = (RevisionKind.REWRITE, RevisionKind.EXPAND, RevisionKind.CONDENSE, RevisionKind.SETTING)
_LEAST_FIELD = 90


class SelectionBar(Translated, FloatingBar):
    """Buttons for the most frequent kinds, the others in a menu, and a field for a wish."""

    wanted = Signal(object, str)
    """A ``RevisionKind`` and the author's own words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLineEdit()
        self._words.setMinimumWidth(_LEAST_FIELD)
        self._words.returnPressed.connect(lambda: self._ask(RevisionKind.REWRITE))
        self._buttons = {kind: QPushButton() for kind in _BUTTONS}
        self._menu = QMenu(self)
        self._others = {kind: self._menu.addAction("") for kind in RevisionKind}
        for kind in _BUTTONS:
            self._menu.removeAction(self._others.pop(kind))
        self._more = QToolButton()
        self._more.setText("…")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(4)
        for kind, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, kind=kind: self._ask(kind))
            layout.addWidget(button)
        for kind, action in self._others.items():
            action.triggered.connect(lambda _checked=False, kind=kind: self._ask(kind))
        layout.addWidget(self._more)
        layout.addWidget(self._words, 1)
        self._retranslate()

    def take_focus(self) -> None:
        """Moves the focus to the wish."""
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Clears the wish about another selection."""
        self._words.clear()

    def _ask(self, kind: RevisionKind) -> None:
        self.wanted.emit(kind, self._words.text().strip())

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("What can be asked of the selection"))
        for kind, button in self._buttons.items():
            button.setText(revision_kind(kind))
        self._buttons[RevisionKind.SETTING].setText(self.tr("Describe"))
        for kind, action in self._others.items():
            action.setText(revision_kind(kind))
        self._more.setToolTip(self.tr("More that can be asked of the selection"))
        self._more.setAccessibleName(self._more.toolTip())
        self._words.setPlaceholderText(self.tr("In your own words…"))
        self._words.setAccessibleName(self.tr("Your instruction"))
