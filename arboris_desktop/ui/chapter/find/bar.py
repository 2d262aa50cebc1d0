"""The bar below the chapter's header: what to find, and the replacement."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QToolButton, QWidget

from arboris_desktop.text.finding import Wanted
from arboris_desktop.ui.chapter.find.field import FindField
from arboris_desktop.ui.chapter.find.options import FindOptions
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_line
from arboris_desktop.ui.widgets.wrapping_row import WrappingRow

_FIELD_WIDTH = 130
"""The least for the words: beside it the tools take a second line."""


class FindBar(Translated, QWidget):
    """Asks for the query; hidden until the author wants to find something."""

    wanted_changed = Signal()
    next_requested = Signal()
    previous_requested = Signal()
    replace_requested = Signal()
    replace_all_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = FindField()
        self.replacement = FindField()
        self._result = plain_line()
        self._previous, self._next = self._tool("up"), self._tool("down")
        self._options = FindOptions()
        self._close = self._tool("cancel")
        self._replace, self._replace_all = QPushButton(), QPushButton()
        self._arrange()
        self._connect()
        self._retranslate()
        self.hide()

    def wanted(self) -> Wanted:
        """The current query."""
        return self._options.wanted(self.words.text())

    def open(self, words: str, *, replace: bool) -> None:
        """Shows the bar and focuses it; ``words`` is the selection, if any."""
        parts: tuple[QWidget, ...] = (self.replacement, self._replace, self._replace_all)
        for part in parts:
            part.setVisible(replace)
        self.show()
        if words:
            self.words.setText(words)
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_result(self, words: str) -> None:
        """Shows the number of matches, or a problem."""
        self._result.setText(words)

    def result(self) -> str:
        """The message of the bar."""
        return self._result.text()

    def offer(self, *, found: bool, can_replace: bool) -> None:
        """Enables what can be done with the matches."""
        for tool in (self._next, self._previous):
            tool.setEnabled(found)
        for button in (self._replace, self._replace_all):
            button.setEnabled(found and can_replace)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Closes the bar on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    @Slot()
    def leave(self) -> None:
        """Hides the bar; the keyboard goes back to the text."""
        self.hide()
        self.closed.emit()

    def _tool(self, icon_name: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(icon_name))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _arrange(self) -> None:
        rows = QGridLayout(self)
        rows.setContentsMargins(12, 0, 12, 8)
        rows.setSpacing(6)
        rows.setColumnStretch(0, 1)
        rows.setColumnMinimumWidth(0, _FIELD_WIDTH)
        first, second = WrappingRow(spacing=6), QHBoxLayout()
        tools = (self._previous, self._next, self._options, self._close)
        first.addWidget(self._result)
        for tool in tools:
            first.addWidget(tool)
        second.addWidget(self._replace)
        second.addWidget(self._replace_all)
        second.addStretch(1)
        rows.addWidget(self.words, 0, 0)
        rows.addLayout(first, 0, 1)
        rows.addWidget(self.replacement, 1, 0)
        rows.addLayout(second, 1, 1)
        # In reading order: the query, the replacement, then the buttons.
        self.setTabOrder(self.words, self.replacement)
        self.setTabOrder(self.replacement, self._previous)

    def _connect(self) -> None:
        self.words.textChanged.connect(self.wanted_changed)
        self._options.changed.connect(self.wanted_changed)
        self.words.entered.connect(self.next_requested)
        self.words.entered_backwards.connect(self.previous_requested)
        self.replacement.entered.connect(self.replace_requested)
        self.replacement.entered_backwards.connect(self.previous_requested)
        self._next.clicked.connect(self.next_requested)
        self._previous.clicked.connect(self.previous_requested)
        self._replace.clicked.connect(self.replace_requested)
        self._replace_all.clicked.connect(self.replace_all_requested)
        self._close.clicked.connect(self.leave)

    def _retranslate(self) -> None:
        self.words.setPlaceholderText(self.tr("Find in this chapter"))
        self.words.setAccessibleName(self.tr("Find in this chapter"))
        self.replacement.setPlaceholderText(self.tr("Replace with"))
        self.replacement.setAccessibleName(self.tr("Replace with"))
        for button, name in (
            (self._previous, self.tr("Previous (Shift+F3)")),
            (self._next, self.tr("Next (F3)")),
            (self._close, self.tr("Close (Esc)")),
        ):
            button.setToolTip(name)
            button.setAccessibleName(name)
        self._replace.setText(self.tr("&Replace"))
        self._replace_all.setText(self.tr("Replace &All"))
