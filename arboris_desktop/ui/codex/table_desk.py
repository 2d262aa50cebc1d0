"""Exports the codex as a table, and imports entries from one."""

from __future__ import annotations

from arboris_desktop.exchange.codex_table import CodexTable
from arboris_desktop.exchange.file_names import file_stem
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import chosen_file
from arboris_desktop.ui.widgets.file_dialog import dialog_to_open, dialog_to_save


class CodexTableDesk(NovelDesk):
    """Asks for the file, and reports the result."""

    def __init__(self, window: MainWindow, table: CodexTable) -> None:
        super().__init__(window)
        self._window = window
        self._table = table
        window.codex_panel.table_wanted.connect(self._write)
        window.codex_panel.table_offered.connect(self._take)

    @once_of_novel
    async def _write(self, novel: OpenNovel) -> None:
        dialog = dialog_to_save(
            self._window,
            self.tr("Export the codex"),
            self.tr("Tables for spreadsheets (*.csv)"),
            "csv",
            f"{file_stem(novel.contents.project.title)}.csv",
        )
        if (path := await chosen_file(dialog)) is not None:
            await novel.call(lambda: self._table.write(novel.id, path))
            self._window.tell(self.tr("Exported to {name}.").format(name=path.name))

    @once_of_novel
    async def _take(self, novel: OpenNovel) -> None:
        dialog = dialog_to_open(
            self._window,
            self.tr("Import entries into the codex"),
            self.tr("Tables, character cards, lorebooks (*.csv *.json *.png)"),
        )
        if (path := await chosen_file(dialog)) is None:
            return
        taken = await novel.call(lambda: self._table.take(novel.id, path))
        self.changed.emit(Changes(codex=True))
        added = self.tr("%n entry(s) added", "", taken.added)
        changed = self.tr("%n changed", "", taken.changed)
        self._window.tell(self.tr("{added}, {changed}.").format(added=added, changed=changed))
