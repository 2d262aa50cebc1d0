"""The plan of a chapter in a popover over its text that closes when the author goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.outline.plan_edit import PlanEdit
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.prose_font import prose_font

_WIDTH, _HEIGHT = 460, 320


class PlanPopover(Translated, QFrame):
    """Lets the author read and change the plan; edits are reported as they are typed."""

    edited = Signal()
    left = Signal()
    """The popover was closed; what was typed is to be saved."""

    edit_requested = Signal()
    """The chapter is to be shown in the outline."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAutoFillBackground(True)
        self.hide()
        self._came_from: QWidget | None = None
        self._plan = PlanEdit()
        self._plan.textChanged.connect(self.edited)
        self._trouble = muted(plain_label())
        self._trouble.hide()
        self._outline, self._close = QPushButton(), QPushButton()
        self._outline.clicked.connect(self._go_to_outline)
        self._close.clicked.connect(self._go_back)
        buttons = QHBoxLayout()
        buttons.addWidget(self._outline)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(self._plan, 1)
        layout.addWidget(self._trouble)
        layout.addLayout(buttons)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        self._retranslate()

    def open_below(self, anchor: QWidget, plan: str, language: Language) -> None:
        """Shows a plan below the pressed button, aligned with its right edge."""
        self._came_from = QApplication.focusWidget()
        window = anchor.window()
        self.setParent(window)
        self._plan.setFont(prose_font(language, self.font().pointSize() + 1))
        self.show_plan(plan)
        self.resize(_WIDTH, min(_HEIGHT, window.height() - 120))
        self.move(anchor.mapTo(window, QPoint(anchor.width() - _WIDTH, anchor.height() + 4)))
        self.show()
        self.raise_()
        self._plan.setFocus()

    def show_plan(self, plan: str) -> None:
        """Shows a plan that was changed elsewhere."""
        if self._plan.toPlainText().strip() != plan:
            with QSignalBlocker(self._plan):
                self._plan.setPlainText(plan)

    def show_trouble(self, words: str) -> None:
        """Shows why saving failed, or nothing."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def text(self) -> str:
        """The plan as typed."""
        return self._plan.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Closes on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Saves what was typed."""
        super().hideEvent(event)
        self.left.emit()

    @Slot("QWidget*", "QWidget*")
    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and not self.isAncestorOf(new):
            self.hide()

    def _retranslate(self) -> None:
        self._plan.setAccessibleName(self.tr("What is planned"))
        self._plan.setPlaceholderText(self.tr("Who does what, and how it ends."))
        self._outline.setText(self.tr("Show in the outline"))
        self._close.setText(self.tr("Close"))

    @Slot()
    def _go_back(self) -> None:
        came_from = self._came_from
        self.hide()
        if came_from is not None and isValid(came_from):
            came_from.setFocus()

    @Slot()
    def _go_to_outline(self) -> None:
        self.hide()
        self.edit_requested.emit()
