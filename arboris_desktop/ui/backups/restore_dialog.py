"""Choosing the backup that is to be restored."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.backups import Backup, BackupContents
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label, plain_tooltip

_MADE, _NOVELS, _CHAPTERS, _WORDS, _SIZE, _STATE = range(6)


class RestoreDialog(QDialog):
    """Lists the backups; only one that was verified can be chosen."""

    def __init__(self, backups: list[Backup], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backups = backups
        self._sound: set[int] = set()
        self._list = QTreeWidget()
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setStyleSheet("QTreeView::item { padding: 4px 6px; }")
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setAccessibleName(self.tr("Backups"))
        self._list.setHeaderLabels(
            [
                self.tr("Made"),
                self.tr("Novels"),
                self.tr("Chapters"),
                self.tr("Words"),
                self.tr("Size"),
                self.tr("State"),
            ]
        )
        for backup in backups:
            self._list.addTopLevelItem(self._row(backup))
        self._list.itemSelectionChanged.connect(self._update)
        self._list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._restore = QPushButton(self.tr("Restore"))
        self._buttons.addButton(self._restore, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out(folder)
        self._update()

    def show_contents(self, row: int, contents: BackupContents) -> None:
        """Shows the contents of a backup; the first intact one is selected."""
        item = self._list.topLevelItem(row)
        assert item is not None
        locale = QLocale()
        item.setText(_STATE, self.tr("Sound") if contents.is_good else self.tr("Damaged"))
        item.setToolTip(_STATE, plain_tooltip(contents.damage or ""))
        if contents.is_good:
            item.setText(_NOVELS, locale.toString(contents.novels))
            item.setText(_CHAPTERS, locale.toString(contents.chapters))
            item.setText(_WORDS, locale.toString(contents.words))
            self._sound.add(row)
            if not self._list.selectedItems():
                self._list.setCurrentItem(item)
        self._update()

    def chosen(self) -> Path | None:
        """The selected backup, if it is intact."""
        selected = self._list.selectedItems()
        row = self._list.indexOfTopLevelItem(selected[0]) if selected else -1
        return self._backups[row].path if row in self._sound else None

    def _row(self, backup: Backup) -> QTreeWidgetItem:
        locale = QLocale()
        item = QTreeWidgetItem()
        item.setText(_MADE, local_time(backup))
        item.setText(_SIZE, locale.formattedDataSize(backup.size))
        item.setText(_STATE, self.tr("Checking…"))
        for column in (_NOVELS, _CHAPTERS, _WORDS, _SIZE):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        return item

    def _lay_out(self, folder: Path) -> None:
        self.setWindowTitle(self.tr("Restore a Backup"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(12)
        words = self.tr(
            "The backup takes the place of all present novels. What is there now is kept as a "
            "backup first, and the window opens again."
        )
        if not self._backups:
            words = self.tr(
                "There is no backup yet. One is made each day on which something changed, and when "
                "you choose Back Up Now."
            )
        layout.addWidget(plain_label(words))
        layout.addWidget(self._list, 1)
        place = self.tr("Backups are kept in {folder}.").format(folder=folder)
        layout.addWidget(muted(plain_label(place)))
        layout.addWidget(self._buttons)
        self.resize(680, 420)

    def _update(self) -> None:
        self._restore.setEnabled(self.chosen() is not None)


def local_time(backup: Backup) -> str:
    """Returns the time of a backup, in the author's time zone and locale."""
    made_at = QDateTime.fromSecsSinceEpoch(int(backup.made_at.timestamp()))
    return QLocale().toString(made_at, QLocale.FormatType.ShortFormat)
