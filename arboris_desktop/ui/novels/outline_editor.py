"""Editing the plan of a novel: its volumes, and what happens in each chapter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.novel import OutlineVolume
from arboris_desktop.ui.chapter.chapter_header import key_name
from arboris_desktop.ui.novels.outline_tree import OutlineEditorTree
from arboris_desktop.ui.widgets.icons import icon

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OutlineEditor(QWidget):
    """The tree at the left, title and summary of the selected item at the right.

    Enter in a title goes to the next chapter, so that a plan can be typed in one go.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree = OutlineEditorTree()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2)
        self._build_buttons()
        self._build_fields()
        self._lay_out()
        self._tree.currentItemChanged.connect(self._show_current)
        self._tree.changed.connect(self._tell_change)
        self.set_outline(())

    def set_outline(self, volumes: Sequence[OutlineVolume]) -> None:
        """Shows a plan."""
        self._tree.set_outline(volumes)
        self._show_current()

    def set_numbering(self, form: str) -> None:
        """Shows the chapters with numbers of that form."""
        self._tree.set_numbering(form)
        self._title.setPlaceholderText(self._tree.placeholder())

    def outline(self) -> tuple[OutlineVolume, ...]:
        """The present plan; chapters and volumes may lack a title."""
        return self._tree.outline()

    def _build_buttons(self) -> None:
        tree = self._tree
        self._button("new", self.tr("Add chapter"), "Ctrl+N", tree.add_chapter, words=True)
        self._button("volume", self.tr("Add volume"), "Ctrl+Shift+N", tree.add_volume, words=True)
        self._buttons.addStretch(1)
        self._up = self._button("up", self.tr("Move up"), "Alt+Up", lambda: tree.shift(-1))
        self._down = self._button("down", self.tr("Move down"), "Alt+Down", lambda: tree.shift(1))
        self._remove = self._button("trash", self.tr("Remove"), "", tree.remove)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._tree)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(tree.remove)

    def _button(
        self, icon_name: str, text: str, keys: str, slot: object, *, words: bool = False
    ) -> QToolButton:
        shown = QKeySequence(keys or QKeySequence.StandardKey.Delete)
        button = QToolButton()
        button.setIcon(icon(icon_name))
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(f"{text} ({key_name(shown)})")
        if words:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if keys:
            button.setShortcut(shown)
        button.clicked.connect(slot)
        self._buttons.addWidget(button)
        return button

    def _build_fields(self) -> None:
        self._title = _TitleEdit()
        self._title.textEdited.connect(self._tree.change_title)
        self._title.entered.connect(self._go_on)
        self._summary = QPlainTextEdit()
        self._summary.setTabChangesFocus(True)
        self._summary.setPlaceholderText(self.tr("Who does what, and how it ends."))
        self._summary.textChanged.connect(
            lambda: self._tree.change_summary(self._summary.toPlainText())
        )

    def _lay_out(self) -> None:
        title_label = QLabel(self.tr("&Title"))
        title_label.setBuddy(self._title)
        self._summary_label = QLabel(self.tr("&What happens"))
        self._summary_label.setBuddy(self._summary)
        fields = QWidget()
        form = QVBoxLayout(fields)
        form.setContentsMargins(8, 0, 0, 0)
        form.addWidget(title_label)
        form.addWidget(self._title)
        form.addSpacing(6)
        form.addWidget(self._summary_label)
        form.addWidget(self._summary, 1)
        form.addStretch(0)
        left = QWidget()
        plan = QVBoxLayout(left)
        plan.setContentsMargins(0, 0, 0, 0)
        plan.addWidget(self._tree, 1)
        plan.addLayout(self._buttons)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(fields)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    @Slot()
    def _show_current(self) -> None:
        if self._tree.currentItem() is None:
            return  # The tree is being filled.
        chapter = self._tree.is_chapter()
        self._title.setText(self._tree.title())
        self._title.setPlaceholderText(self._tree.placeholder())
        with QSignalBlocker(self._summary):
            self._summary.setPlainText(self._tree.summary())
        self._summary.setVisible(chapter)
        self._summary_label.setVisible(chapter)
        self._remove.setEnabled(self._tree.can_remove())

    @Slot()
    def _tell_change(self) -> None:
        self._title.setPlaceholderText(self._tree.placeholder())
        self._remove.setEnabled(self._tree.can_remove())
        self.changed.emit()

    @Slot()
    def _go_on(self) -> None:
        self._tree.step_to_next_chapter()
        self._title.setFocus()


class _TitleEdit(QLineEdit):
    """Handles Enter, which would otherwise close the dialog."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
