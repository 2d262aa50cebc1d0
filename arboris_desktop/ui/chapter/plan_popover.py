"""The plan of a chapter, opened over its text and gone when the author goes on elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.prose_font import prose_font

_WIDTH = 440
_MOST_HEIGHT = 420


class PlanPopover(QFrame):
    """Shows the plan in full; changing it is the outline's affair."""

    edit_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAutoFillBackground(True)
        self.hide()
        self._plan = selectable_label()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._plan)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setObjectName("bare")
        self._edit = QPushButton()
        self._edit.clicked.connect(self._go_to_outline)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignLeft)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        self._retranslate()

    def open_below(self, anchor: QWidget, plan: str, language: Language) -> None:
        """Shows a plan under the button that was pressed, its right edge at that one's."""
        window = anchor.window()
        self.setParent(window)
        self._plan.setFont(prose_font(language, self.font().pointSize() + 1))
        self._plan.setText(plan)
        self.resize(_WIDTH, min(_MOST_HEIGHT, self._plan.heightForWidth(_WIDTH - 40) + 90))
        self.move(anchor.mapTo(window, QPoint(anchor.width() - _WIDTH, anchor.height() + 4)))
        self.show()
        self.raise_()
        self._edit.setFocus()

    def text(self) -> str:
        """The plan that is shown."""
        return self._plan.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Goes away at Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    @Slot("QWidget*", "QWidget*")
    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and not self.isAncestorOf(new):
            self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._plan.setAccessibleName(self.tr("What is planned"))
        self._edit.setText(self.tr("Edit plan"))

    @Slot()
    def _go_to_outline(self) -> None:
        self.hide()
        self.edit_requested.emit()
