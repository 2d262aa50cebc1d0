"""Takes the codex out as a table, and entries of a table in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog

from arboris_desktop.codex.rows import RowsTaken
from arboris_desktop.exchange.codex_table import CodexTable
from arboris_desktop.exchange.file_names import file_stem
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import ask
from arboris_desktop.ui.widgets.file_dialog import say_labels

_MESSAGE_MILLISECONDS = 8000


class CodexTableDesk(NovelDesk):
    """Asks for the file, and tells what became of it."""

    codex_changed = Signal()

    def __init__(self, window: MainWindow, table: CodexTable) -> None:
        super().__init__(window)
        self._window = window
        self._table = table
        window.codex_panel.table_wanted.connect(self._write)
        window.codex_panel.table_offered.connect(self._take)

    @Slot()
    def _write(self) -> None:
        if (novel := self._novel) is not None:
            dialog = QFileDialog(self._window, self.tr("Export the codex"))
            say_labels(dialog)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("csv")
            dialog.selectFile(f"{file_stem(novel.contents.project.title)}.csv")
            dialog.setNameFilters([self.tr("Tables for spreadsheets (*.csv)")])
            novel.spawn(self._ask(novel, dialog, is_export=True))

    @Slot()
    def _take(self) -> None:
        if (novel := self._novel) is not None:
            dialog = QFileDialog(self._window, self.tr("Import entries into the codex"))
            say_labels(dialog)
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            endings = self.tr("Tables, character cards, lorebooks (*.csv *.json *.png)")
            dialog.setNameFilters([endings, self.tr("All files (*)")])
            novel.spawn(self._ask(novel, dialog, is_export=False))

    async def _ask(self, novel: OpenNovel, dialog: QFileDialog, *, is_export: bool) -> None:
        try:
            if await ask(dialog) != QFileDialog.DialogCode.Accepted.value:
                return
            path = Path(dialog.selectedFiles()[0])
        finally:
            dialog.deleteLater()
        if is_export:
            told = self.tr("Exported to {name}.").format(name=path.name)
            novel.run(lambda: self._table.write(novel.id, path), lambda _none: self._tell(told))
        else:
            novel.run(lambda: self._table.take(novel.id, path), self._taken)

    def _taken(self, taken: RowsTaken) -> None:
        self.codex_changed.emit()
        added = self.tr("%n entry(s) added", "", taken.added)
        changed = self.tr("%n changed", "", taken.changed)
        self._tell(self.tr("{added}, {changed}.").format(added=added, changed=changed))

    def _tell(self, message: str) -> None:
        self._window.statusBar().showMessage(message, _MESSAGE_MILLISECONDS)
