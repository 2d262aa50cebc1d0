"""Versions of a chapter that are written side by side."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from arboris_desktop.ui.candidates.regenerate_dialog import RegenerateCandidatesDialog
from arboris_desktop.ui.chapter.generate_dialog import GenerateDialog
from tests.gui.candidates.candidate_steps import (
    OTHER,
    columns,
    dialog,
    finished,
    generate,
    press_in,
    press_tool,
    writing,
)
from tests.gui.studio.studio_samples import BEGINNING, CHAPTER
from tests.support.scripted_provider import (
    ScriptedProvider,
    error,
    in_two_parts,
    prompt_of,
    schema_name,
    text,
)
from tests.support.short_chapters import SHORT_CHAPTERS
from tests.support.studio_stage import Play, Stage, child

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def test_the_keys_for_a_chapter_ask_first_and_take_a_wish(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: text(CHAPTER)

    async def act(stage: Stage) -> None:
        stage.services.preferences.set(replace(SHORT_CHAPTERS, candidates=2))
        await stage.open_chinese_sample(1)
        stage.window.actions_.generate.trigger()
        await stage.until(lambda: stage.can_press("Generate"), "it is asked")
        stage.press("Cancel")
        await stage.until(lambda: not stage.window.findChildren(GenerateDialog), "it was not meant")
        assert scripted_provider.requests == []

        stage.window.actions_.generate.trigger()
        await stage.until(lambda: stage.can_press("Generate"), "it is asked again")
        QTest.keyClicks(child(child(stage.window, GenerateDialog), QLineEdit), "End at the door")
        stage.press("Generate")
        await stage.until(lambda: len(columns(stage)) == 2, "the columns are there")
        keyboard = stage.window.focusWidget()
        page = stage.window.candidate_page
        assert keyboard is page or page.isAncestorOf(keyboard)
        await finished(stage, CHAPTER, CHAPTER)
        assert all("End at the door" in prompt_of(each) for each in scripted_provider.requests)

    play(act)


def test_one_that_fails_says_why_beside_the_others_and_is_tried_again(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = writing(text(CHAPTER), error(401, "no such key"))

    async def act(stage: Stage) -> None:
        await generate(stage)
        await stage.until(
            lambda: columns(stage)[1].state_text().startswith("Failed"), "it says that it failed"
        )
        await stage.until(lambda: columns(stage)[0].text() == CHAPTER, "the other goes on")
        labels = " ".join(label.text() for label in columns(stage)[1].findChildren(QLabel))
        assert "The provider refused the key." in labels

        scripted_provider.rule = writing(text(CHAPTER), text(OTHER))
        press_in(columns(stage)[1], "Retry")
        await finished(stage, CHAPTER, OTHER)

    play(act)


def test_the_chapter_can_be_left_and_come_back_to_while_they_grow(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    gate = threading.Event()
    rest = CHAPTER.removeprefix(BEGINNING)
    scripted_provider.rule = writing(in_two_parts(BEGINNING, rest, gate), text(OTHER))

    async def act(stage: Stage) -> None:
        await generate(stage)
        await stage.until(lambda: columns(stage)[0].text() == BEGINNING, "it grows")
        await stage.open_chapter(1)
        await stage.until(lambda: not columns(stage), "the text of the other chapter is shown")
        await stage.open_chapter(2)
        await stage.until(lambda: len(columns(stage)) == 2, "the candidates are back")
        assert columns(stage)[0].text() == BEGINNING

        stage.press("Back to the text")
        notice = stage.window.chapter_stage.notice
        await stage.until(notice.isVisible, "the notice is above the text")
        assert notice.text() == "2 candidates of this chapter are being written."
        gate.set()
        await stage.until(lambda: "wait for your choice" in notice.text(), "they are finished")
        stage.press("Show the candidates")
        await finished(stage, CHAPTER, OTHER)

    play(act)


def test_a_stopped_version_can_be_kept_as_it_is(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    slow = text("", pieces=[BEGINNING, *["雾。"] * 600], delay=0.02)
    scripted_provider.rule = writing(slow, text(OTHER))

    async def act(stage: Stage) -> None:
        await generate(stage)
        await stage.until(lambda: BEGINNING in columns(stage)[0].text(), "it grows")
        press_in(columns(stage)[0], "Stop")
        await stage.until(
            lambda: columns(stage)[0].state_text().startswith("Stopped"), "it has stopped"
        )
        kept = columns(stage)[0].text()
        press_in(columns(stage)[0], "Keep")
        await stage.until(
            lambda: len(stage.services.rounds.rounds(stage.chapter(2).id)[0].stored) == 2,
            "both can be chosen",
        )
        await finished(stage, kept, OTHER)

    play(act)


def test_new_versions_with_an_instruction_leave_the_old_ones_alone(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = writing(text(CHAPTER), text(OTHER))

    async def act(stage: Stage) -> None:
        await generate(stage)
        await finished(stage, CHAPTER, OTHER)
        press_tool(stage, "New versions")
        await stage.until(lambda: dialog(RegenerateCandidatesDialog), "the author is asked")
        asking = dialog(RegenerateCandidatesDialog)
        QTest.keyClicks(asking.focusWidget(), "Let it snow.")
        asking.accept()
        rounds = stage.services.rounds
        await stage.until(
            lambda: len(rounds.rounds(stage.chapter(2).id)) == 2, "there is a second round"
        )
        await stage.until(
            lambda: [len(r.stored) for r in rounds.rounds(stage.chapter(2).id)] == [2, 2],
            "the second round is written, the first is as it was",
        )
        await finished(stage, CHAPTER, OTHER)
        asked = [prompt_of(r) for r in scripted_provider.requests if schema_name(r) is None]
        assert sum("- Let it snow." in each for each in asked) == 2

        press_in(columns(stage)[0], "Another…")
        await stage.until(lambda: dialog(RegenerateCandidatesDialog), "the author is asked again")
        dialog(RegenerateCandidatesDialog).accept()
        await stage.until(lambda: len(columns(stage)) == 3, "one more stands beside them")

    play(act)
