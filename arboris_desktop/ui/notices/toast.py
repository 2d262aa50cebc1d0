"""Short messages in a corner of the window, if the desktop shows none."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.alerts import alert
from arboris_desktop.ui.widgets.chips import ToneFrame, muted
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone

FOOT = "foot"
"""The object name of a line at the bottom of a page."""

_MOST = 3
_MARGIN = 16
_GAP = 8
_WIDTH = 340
_SHOWN_MS = 6000
_numbers = count()
_OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Toast(Translated, ToneFrame):
    """A message that takes no focus and disappears by itself unless it is used."""

    clicked = Signal()
    closed = Signal()

    def __init__(
        self, title: str, text: str, parent: QWidget, *, shown_ms: int = _SHOWN_MS
    ) -> None:
        super().__init__(Tone.NEUTRAL, parent)
        self.number = next(_numbers)
        """Tells which of two came later."""
        self._title = plain_label(title)
        self._text = muted(plain_label(text))
        self._close = QToolButton()
        self._is_closed = False
        self._lay_out()
        self._retranslate()
        self._timer = QTimer(self)
        self._timer.setInterval(shown_ms)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def announce(self) -> None:
        """Makes a screen reader read the message, without moving the focus."""
        words = f"{self._title.text()}. {self._text.text()}"
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._text.text())
        alert(self)
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @property
    def is_closed(self) -> bool:
        """True once it was taken away."""
        return self._is_closed

    @Slot()
    def dismiss(self) -> None:
        """Removes the message."""
        if self._is_closed:
            return
        self._is_closed = True
        self._timer.stop()
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in _OPENING_KEYS:
            self._open()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedWidth(_WIDTH)
        font = QFont(self._title.font())
        font.setBold(True)
        self._title.setFont(font)
        self._close.setIcon(icon("cancel"))
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.dismiss)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 12, 8, 12)
        layout.addLayout(words, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def _retranslate(self) -> None:
        self._close.setToolTip(self.tr("Close (Escape)"))
        self._close.setAccessibleName(self.tr("Close the message"))

    def _open(self) -> None:
        self.clicked.emit()
        self.dismiss()

    @Slot()
    def _on_time(self) -> None:
        focused = QApplication.focusWidget()
        attended = focused is not None and (focused is self or self.isAncestorOf(focused))
        if not attended and not self.underMouse():
            self.dismiss()


class Toasts(QObject):
    """Stacks up to three messages at the bottom right of a widget, the newest lowest."""

    clicked = Signal(object)
    """The ``subject`` that was passed with the message that was clicked."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._area = area
        self._toasts: list[Toast] = []
        area.installEventFilter(self)

    def show_message(
        self, title: str, text: str, subject: object = None, *, shown_ms: int = _SHOWN_MS
    ) -> Toast:
        """Shows a message; the oldest is removed if there are too many."""
        while len(self._toasts) >= _MOST:
            self._toasts[0].dismiss()
        toast = Toast(title, text, self._area, shown_ms=shown_ms)
        toast.clicked.connect(lambda: self.clicked.emit(subject))
        toast.closed.connect(lambda: self._forget(toast))
        self._toasts.append(toast)
        self._arrange()
        toast.show()
        toast.announce()
        return toast

    def toasts(self) -> list[Toast]:
        """The messages shown, the oldest first."""
        return list(self._toasts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    def _forget(self, toast: Toast) -> None:
        self._toasts.remove(toast)
        self._arrange()

    def _foot_height(self) -> int:
        """The height of the lines at the bottom of the area, which stay readable."""
        feet = [foot for foot in self._area.findChildren(QWidget, FOOT) if foot.isVisible()]
        return max((foot.height() for foot in feet), default=0)

    def _arrange(self) -> None:
        bottom = self._area.height() - self._foot_height() - _MARGIN
        # Those of others in the same corner too.
        shown = [one for one in self._area.findChildren(Toast) if not one.is_closed]
        for toast in sorted(shown, key=lambda one: one.number, reverse=True):
            height = toast.heightForWidth(_WIDTH)
            toast.setGeometry(
                self._area.width() - _MARGIN - _WIDTH, bottom - height, _WIDTH, height
            )
            toast.raise_()
            bottom -= height + _GAP
