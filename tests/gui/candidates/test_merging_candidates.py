"""Passages of several versions merged into one text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget

from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.ui.candidates.merge_dialog import MergeCandidatesDialog
from tests.gui.candidates.candidate_steps import (
    OTHER,
    dialog,
    finished,
    generate,
    press_tool,
    writing,
)
from tests.gui.studio.studio_samples import BEGINNING
from tests.support.scripted_provider import ScriptedProvider, text
from tests.support.studio_stage import Play, Stage, child

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def test_passages_of_several_versions_become_one_text_of_the_author_s(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = writing(text(BEGINNING), text(OTHER))
    first, second = OTHER.split("\n\n")

    async def act(stage: Stage) -> None:
        await generate(stage)
        await finished(stage, BEGINNING, OTHER)
        press_tool(stage, "Merge passages")
        await stage.until(lambda: dialog(MergeCandidatesDialog), "the dialog is open")
        merging = dialog(MergeCandidatesDialog)
        table = child(merging, QTableWidget)
        assert merging.text() == BEGINNING
        _tick(table, 1, 1)
        assert merging.text() == f"{BEGINNING}\n\n{second}"
        _tick(table, 0, 1)
        assert merging.text() == f"{BEGINNING}\n\n{first}\n\n{second}"
        _tick(table, 0, 0)
        assert merging.text() == OTHER

        merging.reject()
        await stage.until(lambda: dialog(MergeCandidatesDialog) is None, "it is closed")
        press_tool(stage, "Merge passages")
        await stage.until(lambda: dialog(MergeCandidatesDialog), "it is open again")
        again = dialog(MergeCandidatesDialog)
        assert again.text() == OTHER, "what was done is still there"
        _tick(child(again, QTableWidget), 0, 0)
        stage.press("Make it the chapter")
        merged = f"{BEGINNING}\n\n{OTHER}"
        await stage.until(lambda: stage.stored_text(2) == merged, "it is the chapter")
        version = stage.services.editing.open(stage.chapter(2).id).version
        assert version is not None
        assert version.origin is VersionOrigin.AUTHOR

    play(act)


def _tick(table: QTableWidget, row: int, column: int) -> None:
    """Turns a box with the keyboard."""
    table.setCurrentCell(row, column)
    QTest.keyClick(table, Qt.Key.Key_Space)
