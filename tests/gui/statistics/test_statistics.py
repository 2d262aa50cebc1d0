"""The words of the day in sight, and the page of statistics."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSpinBox, QToolButton

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.writing_days import WritingDay, WritingTargets
from arboris_desktop.ui.statistics.day_plot import DayPlot
from arboris_desktop.ui.statistics.dialog import StatisticsDialog
from arboris_desktop.ui.widgets.thin_bar import TargetBar
from tests.support.open_dialogs import open_dialogs
from tests.support.studio_stage import Play, Stage, child

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def today(stage: Stage) -> str:
    bar = stage.window.statusBar()
    texts = [each.text() for each in bar.findChildren(QToolButton) if each.isVisible()]
    return next((text for text in texts if text.startswith("Today")), "")


def dialog() -> Any:
    return next(iter(open_dialogs(StatisticsDialog)), None)


async def saved(stage: Stage) -> None:
    view = stage.window.chapter_view
    view.flush_edits()
    await stage.until(lambda: not view.has_unsaved_edits(), "it is saved")


async def open_sample(stage: Stage) -> None:
    """Opens the English sample with the cursor at its beginning, before anything is counted."""
    stage.press("English sample")
    await stage.until(lambda: stage.window.chapter_view.chapter_id, "the sample is open")
    await stage.until(lambda: today(stage) == "Today: 0 words", "nothing is written yet")
    stage.editor().moveCursor(QTextCursor.MoveOperation.Start)


def test_own_words_are_counted_apart_from_a_model_s_and_shown(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await open_sample(stage)
        editor, view = stage.editor(), stage.window.chapter_view
        QTest.keyClicks(editor, "Three words more ")
        await saved(stage)
        await stage.until(lambda: today(stage) == "Today: 3 words", "they are counted")

        assert view.replace_passage(0, "Three words more ", "The model wrote these six words ")
        await saved(stage)
        assert today(stage) == "Today: 3 words"
        editor.undo()
        await saved(stage)
        assert today(stage) == "Today: 3 words", "what the model wrote is taken back, and no more"
        assert child(view.header, TargetBar).isVisible()

        stage.window.actions_.statistics.trigger()
        await stage.until(dialog, "the page is open")
        page = dialog()
        rows = page.row_texts()
        assert (rows["today"], rows["session"]) == ("3 words", "3 words")
        assert (rows["streak"], rows["model"]) == ("1 day", "0 words")
        day_target = page._targets["day"]
        assert isinstance(day_target, QSpinBox)
        day_target.setValue(600)
        QTest.keyClick(day_target, Qt.Key.Key_Return)
        await stage.until(lambda: today(stage) == "Today: 3 words of 600", "it is aimed at")
        novel = stage.studio.library.contents
        assert novel is not None
        kept = stage.services.writing_days.of_novel(novel.project.id)
        assert kept.targets == WritingTargets(day=600)
        QTest.keyClick(child(page, DayPlot), Qt.Key.Key_Left)
        said = [label.text() for label in page.findChildren(QLabel)]
        assert any("3 words of your own" in text for text in said)
        page.reject()
        await stage.until(lambda: dialog() is None, "the page is closed")

    play(act)


def test_undoing_takes_back_the_words_of_whoever_wrote_them(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await open_sample(stage)
        editor, view = stage.editor(), stage.window.chapter_view

        async def counted(number: int) -> None:
            await saved(stage)
            await stage.until(lambda: today(stage) == f"Today: {number} words", f"{number}")

        async def type_words(words: str) -> None:
            QTest.keyClicks(editor, words)
            await saved(stage)

        await type_words("Three words more ")
        assert view.replace_passage(17, "", "and these six are the model's ")
        await type_words("four of my own ")
        await counted(7)
        editor.undo()
        editor.undo()
        await counted(3)
        editor.redo()
        await counted(3)
        editor.redo()
        await counted(7)
        while editor.document().isUndoAvailable():
            editor.undo()
        await counted(0)
        await type_words("Another beginning ")
        await counted(2)
        await type_words("that goes on and on ")
        await counted(7)
        editor.undo()
        await counted(0)

    play(act)


def test_the_plot_has_room_for_the_highest_day_and_the_target(qtbot: Any) -> None:
    from datetime import date

    from arboris_desktop.ui.statistics.words import about_day

    plot = DayPlot(lambda day: about_day(day, Language.ENGLISH))
    qtbot.addWidget(plot)
    days = [WritingDay(date(2026, 3, n), 100 * n, 50) for n in range(1, 15)]
    plot.show_days(days, 2_500)
    assert plot.highest >= 2_500
    plot.show_days([*days, WritingDay(date(2026, 3, 15), 9_100, 400)], 0)
    assert plot.highest >= 9_500
    plot.show_days([WritingDay(date(2026, 3, 1), -300)], 0)
    plot.resize(400, 200)
    assert not plot.grab().isNull()
