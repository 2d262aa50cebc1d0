"""Title, author and numbering of a novel, changed in the studio."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import UNNUMBERED, Language, NovelProject
from arboris_desktop.ui.novels.details_dialog import DetailsDialog
from tests.support.open_dialogs import open_dialogs
from tests.support.studio_stage import Play, Stage, child

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def project(numbering: str) -> NovelProject:
    return NovelProject(
        "1", "雨巷", "", "", Language.CHINESE, NOW, NOW, author="某人", numbering=numbering
    )


@pytest.mark.parametrize("numbering", ["", "第{1}章", "第{一}回", UNNUMBERED, "卷中第{一}夜"])
def test_what_is_there_is_shown_and_kept(qtbot: QtBot, numbering: str) -> None:
    dialog = DetailsDialog(project(numbering))
    qtbot.addWidget(dialog)
    assert (dialog.title(), dialog.author(), dialog.numbering()) == ("雨巷", "某人", numbering)


def test_a_novel_keeps_a_title(qtbot: QtBot) -> None:
    dialog = DetailsDialog(project(""))
    qtbot.addWidget(dialog)
    title, author = dialog.findChildren(QLineEdit)[:2]
    ok = child(dialog, QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    title.setText("  ")
    assert not ok.isEnabled()
    title.setText(" 长街 ")
    author.setText("")
    child(dialog, QComboBox).setCurrentText("第一话 · 第二话 · 第十二话")
    assert ok.isEnabled()
    assert (dialog.title(), dialog.author(), dialog.numbering()) == ("长街", "", "第{一}话")


def test_the_chapters_are_shown_with_their_numbers_at_once(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        stage.window.actions_.details.trigger()
        await stage.until(_dialogs, "the dialog is open")
        (dialog,) = _dialogs()
        child(dialog, QComboBox).setCurrentText("第一回 · 第二回 · 第十二回")
        dialog.accept()
        await stage.until(lambda: "第一回 " in _first_in_tree(stage), "the tree has the numbers")

    play(act)


def _first_in_tree(stage: Stage) -> str:
    model = stage.window.project_tree.model
    index = model.index(0, 0)
    while model.hasChildren(index):
        index = model.index(0, 0, index)
    return str(index.data())


def _dialogs() -> list[DetailsDialog]:
    return open_dialogs(DetailsDialog)
