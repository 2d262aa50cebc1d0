"""The codex goes out as a table and entries come in, by the menu of the panel."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from tests.gui.files.test_files import choose
from tests.support.studio_stage import Play, Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def test_a_table_goes_out_and_in(play: Play, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        actions = stage.window.codex_panel.findChildren(QAction)
        write, take = (
            next(one for one in actions if one.text().startswith(word))
            for word in ("Export", "Import")
        )
        table = tmp_path / "in.csv"
        table.write_text("name,aliases\n新来的人,小新\n", encoding="gb18030")
        take.trigger()
        await choose(stage, QFileDialog, table)
        message = stage.window.statusBar().currentMessage
        await stage.until(lambda: "added" in message(), "it is told")
        write.trigger()
        await choose(stage, QFileDialog, tmp_path / "out.csv")
        await stage.until(lambda: "out.csv" in message(), "it is written")
        assert "新来的人,小新" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")

    play(act)
