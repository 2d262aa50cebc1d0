"""A dialog that lists the shortcuts of all menu actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QMenu,
    QMenuBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.ui.frame.menus import leaves
from arboris_desktop.ui.widgets.mnemonics import without_mnemonic


class ShortcutsDialog(QDialog):
    """Lists them by menu; actions without a shortcut are left out."""

    def __init__(self, bar: QMenuBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._tree = QTreeWidget()
        self._tree.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self._tree.setAccessibleName(self.windowTitle())
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.header().setStretchLastSection(False)
        for title in bar.actions():
            self._add(title)
        self._tree.expandAll()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._tree, 1)
        column.addWidget(buttons)
        self.resize(520, 600)

    def _add(self, title: QAction) -> None:
        menu = title.menu()
        if not isinstance(menu, QMenu):
            return
        # Some menus are filled when they are opened.
        menu.aboutToShow.emit()
        rows = [(without_mnemonic(each.text()), _keys(each)) for each in leaves(menu.actions())]
        rows = [row for row in rows if row[1]]
        if rows:
            group = QTreeWidgetItem(self._tree, [without_mnemonic(title.text()), ""])
            group.addChildren([QTreeWidgetItem(row) for row in rows])


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(keys.toString(native) for keys in action.shortcuts())
