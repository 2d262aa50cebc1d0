"""The menu of revisions of the selected passage."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from arboris_desktop.domain.revision import RevisionKind
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.revision.words import revision_kind
from arboris_desktop.ui.widgets.icons import icon


class RevisionMenu(Translated, QMenu):
    """An action for each kind of revision; the shortcut belongs to the one that asks for a wish."""

    words_wanted = Signal()
    """The author wants to express a wish about the passage."""

    kind_chosen = Signal(object)
    """A ``RevisionKind``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own_words = self.addAction("")
        self._own_words.setShortcut(QKeySequence("Ctrl+R"))
        self._own_words.triggered.connect(self.words_wanted)
        self.addSeparator()
        self._actions: dict[RevisionKind, QAction] = {}
        for kind in RevisionKind:
            action = self.addAction("")
            action.triggered.connect(lambda _checked=False, kind=kind: self.kind_chosen.emit(kind))
            self._actions[kind] = action
        self.menuAction().setIcon(icon("edit"))
        self._retranslate()

    def _retranslate(self) -> None:
        self.setTitle(self.tr("&Revise Passage"))
        self._own_words.setText(self.tr("In Your &Own Words…"))
        for kind, action in self._actions.items():
            action.setText(revision_kind(kind))
