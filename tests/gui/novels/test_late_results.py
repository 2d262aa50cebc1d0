"""Late results land nowhere else, and what was typed comes before what reads it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QToolButton, QWidget

from arboris_desktop.domain.blueprint import BlueprintField, BlueprintPart
from arboris_desktop.domain.revision import RevisionKind
from arboris_desktop.ui.blueprint.page import BlueprintPage
from arboris_desktop.ui.concept.page import ConceptPage
from arboris_desktop.ui.guide.dialog import GuideDialog
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.gui.novels.novel_ways import Novels, no_trace, settled, until_open
from tests.support.scripted_provider import ScriptedProvider, in_two_parts, prompt_of
from tests.support.studio_stage import Play, Stage, child

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@contextmanager
def operations_held(stage: Stage) -> Iterator[None]:
    """The thread of the database is busy with something for as long as this lasts."""
    gate = threading.Event()
    stage.studio._operations.run(gate.wait)
    try:
        yield
    finally:
        gate.set()


async def begin(stage: Stage, novels: Novels) -> None:
    stage.studio.library.open_novel(novels[0].id)
    await until_open(stage, novels[0].mark)
    await settled(stage)
    await stage.open_chapter(1)
    await settled(stage)


def test_what_is_read_late_of_another_novel_is_not_shown(play: Play, novels: Novels) -> None:
    first, second = novels

    async def act(stage: Stage) -> None:
        await begin(stage, novels)
        with operations_held(stage):
            stage.window.project_tree.chapter_opened.emit(first.chapter_ids[2])
            for page in stage.window.workspace.stages:
                stage.window.workspace.show_stage(page)
            stage.window.actions_.guide.trigger()
            stage.window.actions_.prompts.trigger()
            stage.window.actions_.add_chapter.trigger()
            stage.studio.library.refresh()
            stage.studio.library.open_novel(second.id)
        await until_open(stage, second.mark)
        await settled(stage)
        no_trace(stage, first)
        assert QApplication.activeModalWidget() is None
        assert stage.window.chapter_view.chapter_id in second.chapter_ids

    play(act)


@dataclass(frozen=True)
class Question:
    """Something that the author asks the model; ``typed`` is told to it if they typed it before."""

    at: BookStage
    answer: Callable[[str], str]
    ask: Callable[[Stage], None]
    type: Callable[[Stage, str], None] | None = None


def _type_into_chapter(stage: Stage, words: str) -> None:
    QTest.keyClicks(stage.editor(), words)


def _answer(stage: Stage) -> None:
    box = child(stage.window, ConceptPage).answer_box
    QTest.keyClicks(child(box, QPlainTextEdit), "and so")
    QTest.keyClick(child(box, QPlainTextEdit), Qt.Key.Key_Return)


def _type_into_blueprint(stage: Stage, words: str) -> None:
    page = child(stage.window, BlueprintPage)
    page.show_part(BlueprintPart.BASICS)
    QTest.keyClicks(child(page.field(BlueprintField.TITLE), GrowingEdit), words)


def _button(parent: QWidget, words: str) -> QPushButton:
    return next(one for one in parent.findChildren(QPushButton) if one.text() == words)


def _go_on(stage: Stage) -> None:
    stage.window.actions_.continue_here.trigger()
    stage.press("Continue here")


def _revise(stage: Stage) -> None:
    stage.editor().selectAll()
    stage.window.revision_menu.kind_chosen.emit(RevisionKind.REWRITE)


QUESTIONS = {
    "review": Question(
        BookStage.REVIEW,
        lambda mark: json.dumps({"verdict": mark, "scores": {}, "notes": []}),
        lambda stage: stage.press("Get feedback"),
        _type_into_chapter,
    ),
    "dialogue": Question(BookStage.IDEA, lambda mark: json.dumps({"message": f"{mark}?"}), _answer),
    "blueprint": Question(
        BookStage.BLUEPRINT,
        lambda mark: json.dumps({"one_sentence_summary": mark}),
        lambda stage: _button(child(stage.window, BlueprintPage), "Continue").click(),
        _type_into_blueprint,
    ),
    "continuation": Question(
        BookStage.CHAPTERS,
        lambda mark: f"{mark} went on.",
        _go_on,
    ),
    "revision": Question(BookStage.CHAPTERS, lambda mark: f"{mark} revised.", _revise),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_what_a_model_says_late_is_not_shown_in_another_novel(
    play: Play, novels: Novels, scripted_provider: ScriptedProvider, question: Question
) -> None:
    first, second = novels
    gate = threading.Event()
    whole = question.answer(first.mark)
    middle = len(whole) // 2
    scripted_provider.behaviours.append(in_two_parts(whole[:middle], whole[middle:], gate))

    async def act(stage: Stage) -> None:
        await begin(stage, novels)
        stage.window.workspace.show_stage(question.at)
        await settled(stage)
        question.ask(stage)
        await stage.until(lambda: scripted_provider.requests, "the model is asked")

        stage.studio.library.open_novel(second.id)
        await until_open(stage, second.mark)
        gate.set()
        await settled(stage)
        stage.window.show_chapters()
        await stage.open_chapter(1)
        await settled(stage)
        no_trace(stage, first)
        for page in stage.window.workspace.stages:
            stage.window.workspace.show_stage(page)
            await settled(stage)
            no_trace(stage, first)

    play(act)


@pytest.mark.parametrize("name", ["review", "blueprint"])
def test_what_was_typed_is_told_to_the_model_however_slow_the_disk_is(
    play: Play, novels: Novels, scripted_provider: ScriptedProvider, name: str
) -> None:
    question, gate = QUESTIONS[name], threading.Event()
    scripted_provider.behaviours.append(in_two_parts("{", "}", gate))

    async def act(stage: Stage) -> None:
        await begin(stage, novels)
        stage.window.workspace.show_stage(question.at)
        await settled(stage)
        if name == "review":
            stage.window.show_chapters()
        with operations_held(stage):
            assert question.type is not None
            question.type(stage, "Zephyr")
            stage.window.workspace.show_stage(question.at)
            question.ask(stage)
        await stage.until(lambda: scripted_provider.requests, "the model is asked")
        assert "Zephyr" in prompt_of(scripted_provider.requests[0])
        gate.set()

    play(act)


def test_no_novel_changes_under_an_open_dialog(play: Play, novels: Novels) -> None:
    first, second = novels

    async def act(stage: Stage) -> None:
        await begin(stage, novels)
        stage.window.actions_.guide.trigger()
        await stage.until(lambda: stage.window.findChildren(GuideDialog), "the dialog is open")
        (dialog,) = stage.window.findChildren(GuideDialog)
        edits = dialog.findChildren(QPlainTextEdit)
        voice = next(edit for edit in edits if edit.accessibleName() == "Voice")
        QTest.keyClicks(voice, "old boatman")

        stage.studio.library.go_to(second.id, second.chapter_ids[2])
        await settled(stage)
        assert stage.studio.library.project_id == first.id
        assert dialog.isVisible()

        dialog.accept()
        await until_open(stage, second.mark)
        await stage.until(
            lambda: stage.window.chapter_view.chapter_id == second.chapter_ids[2], "it is shown"
        )
        await settled(stage)
        assert stage.services.guides.get(first.id).persona.endswith("old boatman")
        assert "old boatman" not in stage.services.guides.get(second.id).persona

    play(act)


def test_starting_the_dialogue_over_is_about_the_novel_it_was_asked_in(
    play: Play, novels: Novels
) -> None:
    first, second = novels

    async def act(stage: Stage) -> None:
        await begin(stage, novels)
        stage.window.workspace.show_stage(BookStage.IDEA)
        await settled(stage)
        tools = child(stage.window, ConceptPage).findChildren(QToolButton)
        next(tool for tool in tools if tool.text() == "Start over").click()
        await stage.until(QApplication.activeModalWidget, "it is asked")
        stage.studio.library.open_novel(second.id)
        await settled(stage)
        stage.press("Start over")
        await until_open(stage, second.mark)
        await settled(stage)
        assert stage.services.concept.open(first.id).turns == ()
        assert stage.services.concept.open(second.id).turns != ()

    play(act)
