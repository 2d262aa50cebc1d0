"""One of several versions becomes the chapter."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.ui.chapter.editor import ChapterEditor
from tests.gui.candidates.candidate_steps import (
    OTHER,
    columns,
    finished,
    generate,
    press_in,
    writing,
)
from tests.gui.studio.studio_samples import BEGINNING, CHAPTER
from tests.support.scripted_provider import ScriptedProvider, in_two_parts, text
from tests.support.short_chapters import SHORT_CHAPTERS
from tests.support.studio_stage import Play, Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def test_two_versions_stream_side_by_side_and_one_is_chosen(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    gate = threading.Event()
    rest = CHAPTER.removeprefix(BEGINNING)
    scripted_provider.rule = writing(in_two_parts(BEGINNING, rest, gate), text(OTHER))

    async def act(stage: Stage) -> None:
        await generate(stage)
        await stage.until(
            lambda: [c.text() for c in columns(stage)] == [BEGINNING, OTHER],
            "one is finished while the other grows",
        )
        assert "Writing" in columns(stage)[0].state_text()
        assert not stage.can_press("Compare")
        gate.set()
        await finished(stage, CHAPTER, OTHER)
        assert stage.stored_text(2) is None, "nothing is chosen yet"

        press_in(columns(stage)[1], "Choose this one")
        await stage.until(lambda: stage.stored_text(2) == OTHER, "it is the chapter")
        await stage.until(lambda: stage.text() == OTHER, "it is in the editor")
        await stage.until(lambda: not columns(stage), "the versions make room for it")
        assert isinstance(stage.window.focusWidget(), ChapterEditor), "to write on"
        chapter = stage.services.editing.open(stage.chapter(2).id)
        assert sorted(v.content for v in chapter.versions) == sorted([CHAPTER, OTHER])
        await stage.until(
            lambda: [task.status for task in stage.tasks()] == [TaskStatus.COMPLETED],
            "it is analysed",
        )

    play(act)


def test_the_author_s_unsaved_words_are_saved_before_a_version_is_chosen(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = writing(text(CHAPTER), text(OTHER))

    async def act(stage: Stage) -> None:
        stage.services.preferences.set(replace(SHORT_CHAPTERS, candidates=2))
        await stage.open_chinese_sample(1)
        before = stage.text()
        await stage.generate()
        await stage.until(lambda: len(columns(stage)) == 2, "the columns are there")
        await finished(stage, CHAPTER, OTHER)
        stage.press("Back to the text")
        await stage.until(lambda: not columns(stage), "the text is shown")
        QTest.keyClicks(stage.editor(), "Typed. ")
        stage.press("Show the candidates")
        await stage.until(lambda: len(columns(stage)) == 2, "the columns are back")
        press_in(columns(stage)[0], "Choose this one")
        await stage.until(lambda: stage.stored_text(1) == CHAPTER, "it is the chapter")
        versions = stage.services.editing.open(stage.chapter(1).id).versions
        assert {v.content for v in versions} == {before, "Typed. " + before, CHAPTER, OTHER}

    play(act)
