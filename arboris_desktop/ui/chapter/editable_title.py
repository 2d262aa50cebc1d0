"""A title that is edited in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.elided_label import ElidedLabel

_LONGEST = 250
_SMALLEST = 60


class _Shown(ElidedLabel):
    """The title while it is not edited; a click or a key starts editing."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Starts editing on a click."""
        del event
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Starts editing by the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class _Field(QLineEdit):
    """The title while it is edited."""

    left = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancels on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Accepts what was typed when focus moves elsewhere."""
        super().focusOutEvent(event)
        stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in stays:
            self.left.emit()


class EditableTitle(Translated, QStackedWidget):
    """Shows a name; a click, Enter or F2 starts editing the title in it, Escape cancels."""

    typed = Signal(str)
    """The title as it is typed."""
    left = Signal()
    """Editing has ended."""
    confirmed = Signal()
    """The author has done with it by a key, and goes on in the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = self._before = ""
        self._can_edit = False
        self._shown, self._field = _Shown(), _Field()
        self._field.setMaxLength(_LONGEST)
        self._field.setObjectName("inPlace")
        self.addWidget(self._shown)
        self.addWidget(self._field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_SMALLEST)
        self._shown.pressed.connect(self.edit)
        self._field.returnPressed.connect(self._confirm)
        self._field.left.connect(self.take)
        self._field.textEdited.connect(self._tell)
        self._field.given_up.connect(self._give_up)
        self._retranslate()

    def show_title(self, name: str, title: str, font: QFont, *, can_edit: bool) -> None:
        """Shows a name such as ``3. The Bell``, of which the title can be edited."""
        self._title, self._can_edit = title, can_edit
        for widget in (self._shown, self._field):
            widget.setFont(font)
        self._shown.set_text(name)
        self._shown.setCursor(
            Qt.CursorShape.IBeamCursor if can_edit else Qt.CursorShape.ArrowCursor
        )
        if not can_edit:
            self.take()

    def width_of_name(self) -> int:
        """The width at which the name is not cut."""
        margins = self._shown.contentsMargins()
        name = self._shown.fontMetrics().horizontalAdvance(self._shown.text())
        return margins.left() + name + 1 + margins.right()

    def text(self) -> str:
        """The name that is shown."""
        return self._shown.text()

    @property
    def is_editing(self) -> bool:
        """True while the author is editing."""
        return self.currentWidget() is self._field

    @Slot()
    def edit(self) -> None:
        """Starts editing the title."""
        if self._can_edit and not self.is_editing:
            self._before = self._title
            self._field.setText(self._title)
            self.setCurrentWidget(self._field)
            self._field.selectAll()
            self._field.setFocus()

    def _retranslate(self) -> None:
        self._shown.setAccessibleName(self.tr("Chapter"))
        self._shown.setAccessibleDescription(self.tr("Enter changes the title"))
        self._field.setAccessibleName(self.tr("Title of the chapter"))
        self._field.setPlaceholderText(self.tr("Title"))

    @Slot()
    def take(self) -> None:
        """Returns the title being typed, if any."""
        if not self.is_editing:
            return
        self.setCurrentWidget(self._shown)
        self.left.emit()

    @Slot()
    def _confirm(self) -> None:
        self.take()
        self.confirmed.emit()

    @Slot()
    def _tell(self) -> None:
        title = " ".join(self._field.text().split())
        if title != self._title:
            self._title = title
            self.typed.emit(title)

    @Slot()
    def _give_up(self) -> None:
        if self.is_editing:
            self._field.setText(self._before)
            self._tell()
            self._confirm()
