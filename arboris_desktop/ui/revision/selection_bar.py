"""The bar beside a selection: requests to the model by a click or in words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from arboris_desktop.domain.revision import RevisionKind
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.revision.words import revision_kind
from arboris_desktop.ui.widgets.floating_bar import FloatingBar

_BUTTONS = (RevisionKind.REWRITE, RevisionKind.EXPAND, RevisionKind.CONDENSE, RevisionKind.SETTING)
_LEAST_FIELD = 90


class SelectionBar(Translated, FloatingBar):
    """Buttons for the most frequent kinds, the others in a menu, and a field for a wish.

    On a narrow page, buttons that do not fit are listed in the menu instead.
    """

    wanted = Signal(object, str)
    """A ``RevisionKind`` and the author's own words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLineEdit()
        self._words.setMinimumWidth(_LEAST_FIELD)
        self._words.returnPressed.connect(lambda: self._ask(RevisionKind.REWRITE))
        self._buttons = {kind: QPushButton() for kind in _BUTTONS}
        self._menu = QMenu(self)
        self._listed = {kind: self._menu.addAction("") for kind in (*_BUTTONS, *_others())}
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
        for kind, action in self._listed.items():
            action.triggered.connect(lambda _checked=False, kind=kind: self._ask(kind))
        layout.addWidget(self._more)
        layout.addWidget(self._words, 1)
        self._retranslate()

    def sizeHint(self) -> QSize:
        """Returns the size with all buttons, visible or not."""
        return QSize(self._width_of(len(_BUTTONS)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Returns the size with the menu and the field only."""
        return QSize(self._width_of(0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Moves buttons that do not fit into the menu."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        for place, (kind, button) in enumerate(self._buttons.items(), 1):
            has_room = self._width_of(place) <= self.width()
            button.setVisible(has_room)
            self._listed[kind].setVisible(not has_room)

    def _width_of(self, count: int) -> int:
        """Returns the width with the first ``count`` buttons."""
        layout, buttons = self.layout(), list(self._buttons.values())[:count]
        assert layout is not None
        margins = layout.contentsMargins()
        parts = [each.sizeHint().width() for each in (*buttons, self._more)]
        gaps = layout.spacing() * len(parts)
        return margins.left() + sum(parts) + gaps + _LEAST_FIELD + margins.right()

    def take_focus(self) -> None:
        """Moves the focus to the wish."""
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Clears the wish about another selection."""
        self._words.clear()

    def _ask(self, kind: RevisionKind) -> None:
        self.wanted.emit(kind, self._words.text().strip())

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("What to do with the selection"))
        for kind, button in self._buttons.items():
            button.setText(revision_kind(kind))
        for kind, action in self._listed.items():
            action.setText(revision_kind(kind))
        for named in (self._buttons, self._listed):
            named[RevisionKind.SETTING].setText(self.tr("Describe"))
        self._more.setToolTip(self.tr("More to do with the selection"))
        self._more.setAccessibleName(self._more.toolTip())
        self._words.setPlaceholderText(self.tr("In your own words…"))
        self._words.setAccessibleName(self.tr("Your instruction"))
        self._fold()


def _others() -> list[RevisionKind]:
    return [kind for kind in RevisionKind if kind not in _BUTTONS]
