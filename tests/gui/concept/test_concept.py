"""The inspiration dialogue as an author has it: in Chinese, with real widgets, over restarts."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QPushButton, QToolButton

from arboris_desktop.domain.concept import Conversation, Topic, TopicState
from arboris_desktop.domain.novel import Language, NewNovel
from arboris_desktop.ui.asking.prompt_preview_dialog import PromptPreviewDialog
from arboris_desktop.ui.concept.answer_box import AnswerEdit
from arboris_desktop.ui.concept.choice_list import ChoiceButton
from arboris_desktop.ui.concept.page import ConceptPage
from arboris_desktop.ui.novels.new_novel_dialog import NewNovelDialog
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.support.scripted_provider import (
    ScriptedProvider,
    error,
    in_two_parts,
    json_answer,
    prompt_of,
    stall,
)
from tests.support.studio_stage import Play, Stage, child

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

SPARK = "一座熄灭的灯塔"
FIRST: dict[str, Any] = {
    "message": "熄灭的灯塔，很好。守塔的是谁？",
    "choices": ["回乡的女儿", "藏身的逃兵"],
    "topic": "protagonist",
    "settled": [{"topic": "world", "text": "孤岛上的灯塔。"}],
}
SECOND: dict[str, Any] = {
    "message": "她想要什么？",
    "choices": ["找回父亲", "重新点灯", "离开小岛"],
    "topic": "conflict",
    "settled": [{"topic": "protagonist", "text": "回乡的女儿，左手有烧伤。"}],
}
BRIEF = {topic.value: f"{topic.value}：由模型补上" for topic in Topic} | {"premise": "另一个想法"}


def page(stage: Stage) -> ConceptPage:
    return child(stage.window, ConceptPage)


def texts(stage: Stage) -> list[str]:
    return page(stage).conversation_view.texts()


def choices(stage: Stage) -> list[ChoiceButton]:
    found = page(stage).conversation_view.choices.findChildren(ChoiceButton)
    return [button for button in found if button.isVisible()]


def take(stage: Stage, words: str) -> None:
    (button,) = [button for button in choices(stage) if button.words == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def stored(stage: Stage) -> Conversation:
    project_id = stage.studio.library.project_id
    assert project_id is not None
    return stage.services.concept.open(project_id)


def type_words(stage: Stage, words: str) -> None:
    # Key presses cannot bear Chinese letters: an input method commits them.
    child(page(stage).answer_box, AnswerEdit).insertPlainText(words)


async def begin_with_an_idea(stage: Stage) -> None:
    stage.press("New novel")
    await stage.until(lambda: stage.window.findChild(NewNovelDialog), "the dialog is open")
    dialog = child(stage.window, NewNovelDialog)
    language = child(dialog, QComboBox)
    language.setCurrentIndex(language.findData(Language.CHINESE.value))
    stage.press("Begin with an &idea")
    await stage.until(lambda: stage.window.is_in_studio, "the novel is open")
    await stage.until(lambda: stage.can_press("Begin"), "the dialogue can begin")
    assert isinstance(stage.window.focusWidget(), AnswerEdit), "the author can type the idea"


async def say(stage: Stage, words: str, answer: str) -> None:
    type_words(stage, words)
    QTest.keyClick(child(page(stage).answer_box, AnswerEdit), Qt.Key.Key_Return)
    await stage.until(lambda: answer in texts(stage), "the answer is shown")
    await stage.until(lambda: not page(stage).call_bar.is_busy, "the call has ended")


def test_a_novel_begins_with_an_idea_and_ends_in_a_confirmed_brief(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend(
        [json_answer(FIRST), json_answer(SECOND), json_answer(BRIEF)]
    )

    async def act(stage: Stage) -> None:
        await begin_with_an_idea(stage)
        assert stage.window.workspace.stage is BookStage.IDEA
        assert stage.window.windowTitle().startswith("未命名")

        await say(stage, SPARK, FIRST["message"])
        assert [button.words for button in choices(stage)] == FIRST["choices"]
        assert page(stage).brief_panel.card(Topic.WORLD).text() == "孤岛上的灯塔。"
        assert page(stage).brief_panel.card(None).text() == SPARK

        take(stage, "回乡的女儿")
        await say(stage, "左手有烧伤", SECOND["message"])
        assert texts(stage) == [
            SPARK,
            FIRST["message"],
            "回乡的女儿\n左手有烧伤",
            SECOND["message"],
        ]
        assert "作者：回乡的女儿\n左手有烧伤" in prompt_of(scripted_provider.requests[1])

        ending = page(stage).brief_panel.card(Topic.ENDING)
        child(ending, QPlainTextEdit).setPlainText("灯又亮了。")
        stage.press("Write the brief")
        await stage.until(
            lambda: not stored(stage).brief.topics(TopicState.OPEN), "the brief is whole"
        )
        assert stored(stage).brief.note(Topic.ENDING).text == "灯又亮了。"
        assert stored(stage).brief.premise == SPARK
        await stage.until(lambda: not page(stage).call_bar.is_busy, "the call has ended")
        panel = page(stage).brief_panel
        confirm = next(
            each for each in panel.findChildren(QPushButton) if each.text() == "Confirm the brief"
        )
        confirm.setFocus()
        QTest.keyClick(confirm, Qt.Key.Key_Space)
        await stage.until(lambda: stored(stage).confirmed_at, "the brief is confirmed")
        await stage.until(lambda: stage.can_press("Go on to the blueprint"), "the author can go on")
        focused = stage.window.focusWidget()
        assert isinstance(focused, QPushButton)
        assert focused.text() == "Go on to the blueprint"

    play(act)


def test_the_words_appear_as_they_arrive_and_can_be_stopped(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    gate = threading.Event()
    scripted_provider.behaviours.extend(
        [
            in_two_parts('{"message": "熄灭的灯', '塔？", "choices": ["是", "否"]}', gate),
            stall(after='{"message": "那么她'),
            json_answer(SECOND),
        ]
    )

    async def act(stage: Stage) -> None:
        await begin_with_an_idea(stage)
        type_words(stage, SPARK)
        stage.press("Begin")
        await stage.until(lambda: "熄灭的灯…" in texts(stage), "the first words are shown")
        assert choices(stage) == []
        gate.set()
        await stage.until(lambda: len(choices(stage)) == 2, "the choices are there")

        take(stage, "是")
        stage.press("Send")
        await stage.until(lambda: "那么她…" in texts(stage), "the next words are shown")
        stage.press("Stop")
        await stage.until(lambda: "Stopped." in page(stage).call_bar.text(), "it has stopped")
        await stage.until(lambda: "那么她…" not in texts(stage), "what was arriving is gone")
        assert stored(stage).turns[-1].text == "是"
        stage.press("Try again")
        await stage.until(lambda: SECOND["message"] in texts(stage), "it is answered after all")

    play(act)


def test_a_failure_keeps_the_words_and_a_restart_offers_to_ask_again(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(error(401, "no"))

    async def fail(stage: Stage) -> None:
        await begin_with_an_idea(stage)
        type_words(stage, SPARK)
        stage.press("Begin")
        await stage.until(lambda: stage.can_press("Try again"), "another try is offered")
        await stage.until(lambda: texts(stage) == [SPARK], "what was arriving is gone")

    async def resume(stage: Stage) -> None:
        await stage.until(stage.window.start_page.isVisible, "the novels are shown")
        await stage.until(stage.services.novels.all, "there is a novel")
        stage.studio.library.open_novel(stage.services.novels.all()[0].id)
        await stage.until(lambda: stage.window.is_in_studio, "the novel is open")
        stage.window.workspace.show_stage(BookStage.IDEA)
        await stage.until(lambda: texts(stage) == [SPARK], "the dialogue is there again")
        scripted_provider.behaviours.append(json_answer(FIRST))
        await stage.until(lambda: stage.can_press("Ask for it"), "asking again is offered")
        stage.press("Ask for it")
        await stage.until(lambda: len(choices(stage)) == 2, "the question is asked")

    play(fail)
    play(resume)


def test_going_back_gives_the_words_back_and_starting_over_asks(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(json_answer(FIRST))

    async def act(stage: Stage) -> None:
        await begin_with_an_idea(stage)
        await say(stage, SPARK, FIRST["message"])
        press_tool(stage, "Go back")
        await stage.until(lambda: texts(stage) == [], "the turn is taken back")
        assert page(stage).answer_box.text() == SPARK
        assert page(stage).brief_panel.card(Topic.WORLD).text() == ""

        scripted_provider.behaviours.append(json_answer(FIRST))
        stage.press("Begin")
        await stage.until(lambda: len(choices(stage)) == 2, "the question is asked")
        await stage.until(lambda: not page(stage).call_bar.is_busy, "the call has ended")
        press_tool(stage, "Start over")
        await stage.until(lambda: _visible("Keep it"), "it is asked")
        _visible("Start over")[0].click()
        await stage.until(lambda: stored(stage).turns == (), "all is gone")
        await stage.until(lambda: texts(stage) == [], "nothing is shown")

    play(act)


def test_a_topic_is_left_open_and_what_is_sent_can_be_seen(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend([json_answer(FIRST), json_answer(SECOND)])

    async def act(stage: Stage) -> None:
        await begin_with_an_idea(stage)
        await say(stage, SPARK, FIRST["message"])
        stage.press("Leave open")
        await stage.until(lambda: SECOND["message"] in texts(stage), "it goes on")
        assert Topic.PROTAGONIST not in stored(stage).brief.topics(TopicState.OPEN)
        await stage.until(lambda: not page(stage).call_bar.is_busy, "the call has ended")

        press_tool(stage, "What is sent")
        await stage.until(
            lambda: stage.window.findChild(PromptPreviewDialog), "the preview is open"
        )
        dialog = child(stage.window, PromptPreviewDialog)
        shown = [text.toPlainText() for text in dialog.findChildren(QPlainTextEdit)]
        assert any("孤岛上的灯塔。" in text for text in shown)
        dialog.reject()
        await stage.until(lambda: not _previews(stage), "the preview is closed")
        page(stage).brief_panel._preview.click()
        await stage.until(lambda: _previews(stage), "the other preview is open")
        shown = [text.toPlainText() for text in _previews(stage)[0].findChildren(QPlainTextEdit)]
        assert any("构思概要" in text for text in shown)

    play(act)


def _previews(stage: Stage) -> list[PromptPreviewDialog]:
    return [each for each in stage.window.findChildren(PromptPreviewDialog) if each.isVisible()]


def press_tool(stage: Stage, words: str) -> None:
    (button,) = [
        button
        for button in page(stage).findChildren(QToolButton)
        if button.text() == words and button.isVisible()
    ]
    assert button.isEnabled()
    button.click()


def _visible(words: str) -> list[QPushButton]:
    return [
        widget
        for widget in QApplication.allWidgets()
        if isinstance(widget, QPushButton) and widget.isVisible() and widget.text() == words
    ]


def test_another_novel_is_opened_while_the_model_answers(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall(after='{"message": "那么她'))

    async def act(stage: Stage) -> None:
        await begin_with_an_idea(stage)
        first = stage.studio.library.project_id
        assert first is not None
        type_words(stage, SPARK)
        stage.press("Begin")
        await stage.until(lambda: "那么她…" in texts(stage), "the first words are shown")
        type_words(stage, "还没有说完的话")

        other = stage.services.novels.create(NewNovel("别的书", language=Language.CHINESE))
        stage.studio.library.open_novel(other)
        await stage.until(lambda: texts(stage) == [], "the other dialogue is shown")
        await stage.until(scripted_provider.client_left.is_set, "the call has ended")
        assert page(stage).answer_box.text() == ""
        assert page(stage).call_bar.isHidden()

        stage.studio.library.open_novel(first)
        await stage.until(lambda: texts(stage) == [SPARK], "the first dialogue is back")
        assert page(stage).answer_box.text() == "还没有说完的话"
        assert page(stage).call_bar.isHidden()
        assert stage.can_press("Ask for it")

    play(act)
