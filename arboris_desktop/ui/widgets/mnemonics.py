"""Names without mnemonics: of actions, for tool bars and tool tips, and of what has focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar, QWidget
from shiboken6 import isValid

from arboris_desktop.text.patterns import lazy_pattern

_LETTER = lazy_pattern(r"\(&[^&]\)")
_MARK = lazy_pattern(r"\(&[^&]\)|&(?=[^&])")


def without_mnemonic(text: str) -> str:
    """Returns the plain name: ``&Stop`` becomes ``Stop``, and ``停止(&S)`` loses the letter in
    brackets."""
    return _MARK.sub("", text).replace("&&", "&").removesuffix("…")


def name_on_tool_bar(action: QAction) -> None:
    """Gives an action the text of its button, and a tool tip with its shortcut."""
    name = without_mnemonic(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setIconText(name)
    action.setToolTip(f"{name} ({keys})" if keys else name)


def literal(text: str) -> str:
    """Escapes a text for an action, so that no letter becomes a mnemonic."""
    return text.replace("&", "&&")


class ReadNames(QObject):
    """Leaves the letter in brackets out of the name that a screen reader reads for what has focus:
    ``停止(&S)`` is read as ``停止``.

    Qt takes the name from the text, or from the label of a field, and removes only the ``&``. The
    name is set while the widget has focus, so that it never outlives the text.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._named: QWidget | None = None
        self._name = ""
        app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._named is not None and isValid(self._named):
            self._named.removeEventFilter(self)
            if self._named.accessibleName() == self._name:
                self._named.setAccessibleName("")
        self._named = None
        if isinstance(now, QTabBar):
            _name_tabs(now)
        elif now is not None and not now.accessibleName() and _LETTER.search(_shown_name(now)):
            self._named = now
            self._set_name(now)
            if isinstance(now, QAbstractButton):
                now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the text of a button, which may change under the keyboard."""
        if event.type() is QEvent.Type.Paint and self._named is not None:
            self._set_name(self._named)
        return super().eventFilter(watched, event)

    def _set_name(self, widget: QWidget) -> None:
        name = _LETTER.sub("", _shown_name(widget)).replace("&&", "&")
        if name != self._name or widget.accessibleName() != name:
            self._name = name
            widget.setAccessibleName(name)


def _shown_name(widget: QWidget) -> str:
    """The text of a button, or of the label that names a field."""
    if isinstance(widget, QAbstractButton):
        return widget.text()
    directly = Qt.FindChildOption.FindDirectChildrenOnly
    around = widget.parentWidget()
    labels = around.findChildren(QLabel, options=directly) if around is not None else []
    # A label may have no buddy, whatever the stubs say.
    return next((label.text() for label in labels if label.buddy() is widget), "")


def _name_tabs(bar: QTabBar) -> None:
    for place in range(bar.count()):
        text = bar.tabText(place)
        bar.setAccessibleTabName(place, _LETTER.sub("", text) if _LETTER.search(text) else "")
