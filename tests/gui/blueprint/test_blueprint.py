"""The blueprint as an author makes it: in Chinese, with real widgets, over failures."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QToolButton,
)

from arboris_desktop.domain.blueprint import Blueprint, BlueprintField, BlueprintPart, Place
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.novel import Language, NewNovel
from arboris_desktop.storage.engine import sqlite as engine
from arboris_desktop.ui.blueprint.adopt_dialog import AdoptDialog
from arboris_desktop.ui.blueprint.change_dialog import ChangeDialog
from arboris_desktop.ui.blueprint.list_field import ListField
from arboris_desktop.ui.blueprint.page import BlueprintPage
from arboris_desktop.ui.widgets.diff_view import DiffSide, DiffView
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.support.blueprint_parts import BLUEPRINT_PARTS
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    error,
    in_two_parts,
    json_answer,
    schema_name,
    stall,
    text,
)
from tests.support.studio_stage import Play, Stage, child, open_services

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

STORY = "阿照回到岛上，发现灯已熄灭。\n\n她点亮了灯，也知道了是谁熄的。"


def chinese_blueprint(request: dict[str, Any]) -> Behaviour:
    name = schema_name(request)
    return text(STORY) if name is None else json_answer(BLUEPRINT_PARTS[name])


@pytest.fixture
def project_id(play: Play, world: dict[str, str]) -> str:
    """A novel without a title, whose brief is confirmed."""
    del play  # It sets the studio up first.
    services = open_services(world)
    novel = NewNovel("未命名", language=Language.CHINESE, is_untitled=True)
    project_id = services.novels.create(novel)
    services.concept.set_premise(project_id, "一座熄灭的灯塔")
    services.concept.confirm(project_id)
    services.close()
    return project_id


def page(stage: Stage) -> BlueprintPage:
    return child(stage.window, BlueprintPage)


def edit_of(stage: Stage, field: BlueprintField) -> QPlainTextEdit:
    return child(page(stage).field(field), GrowingEdit)


def stored(stage: Stage) -> Blueprint:
    project_id = stage.studio.library.project_id
    assert project_id is not None
    return stage.services.blueprint.open(project_id).blueprint


def tool(stage: Stage, words: str) -> QToolButton:
    found = [
        button
        for button in QApplication.allWidgets()
        if isinstance(button, QToolButton)
        and button.isVisible()
        and words in (button.text(), button.accessibleName())
    ]
    assert len(found) == 1, f"{len(found)} buttons say {words!r}"
    return found[0]


async def open_page(stage: Stage, project_id: str) -> None:
    stage.studio.library.open_novel(project_id)
    await stage.until(lambda: stage.window.is_in_studio, "the novel is open")
    stage.window.workspace.show_stage(BookStage.BLUEPRINT)
    await stage.until(lambda: page(stage).isVisible(), "the page is shown")


async def make_all(stage: Stage) -> None:
    await stage.until(lambda: stage.can_press("Make the blueprint"), "it can be made")
    stage.press("Make the blueprint")
    await stage.until(lambda: not stored(stage).missing_parts(), "all is made")
    await stage.until(lambda: not page(stage).call_bar.is_busy, "the calls have ended")
    await stage.until(
        lambda: page(stage).field(BlueprintField.RELATIONSHIPS).value(), "all is shown"
    )


def test_from_the_brief_to_a_blueprint_that_the_novel_follows(
    play: Play, scripted_provider: ScriptedProvider, project_id: str
) -> None:
    scripted_provider.rule = chinese_blueprint

    async def act(stage: Stage) -> None:
        stage.studio.library.open_novel(project_id)
        await stage.until(lambda: stage.window.is_in_studio, "the novel is open")
        stage.window.workspace.show_stage(BookStage.IDEA)
        await stage.until(lambda: stage.can_press("Go on to the blueprint"), "one can go on")
        stage.press("Go on to the blueprint")
        assert focused_words(stage) == "Make the blueprint", "the keyboard is at the next step"
        await make_all(stage)
        assert edit_of(stage, BlueprintField.TITLE).toPlainText() == "暗塔"
        assert stage.window.windowTitle().startswith("未命名")

        tool(stage, "Use for the novel…").click()
        await stage.until(lambda: stage.window.findChild(AdoptDialog), "it is asked")
        child(stage.window, AdoptDialog).accept()
        await stage.until(
            lambda: stage.window.windowTitle().startswith("暗塔"), "the window has the title"
        )
        project = stage.services.novels.open(project_id).project
        assert project.premise == "守塔人的女儿要找出是谁熄了父亲的灯。"
        assert project.style == "白描"

        tool(stage, "Add to the codex").click()
        await stage.until(lambda: len(stage.services.codex.entries(project_id)) == 4, "all are in")
        kinds = {entry.name: entry.kind for entry in stage.services.codex.entries(project_id)}
        assert kinds["阿照"] is EntryKind.CHARACTER
        assert kinds["引水帮"] is EntryKind.FACTION

        def is_told_when_asked_again() -> bool:
            # A click is not heard while the first one is still being answered.
            tool(stage, "Add to the codex").click()
            return "already" in page(stage)._notice.text()

        await stage.until(is_told_when_asked_again, "nothing is added twice")

        stage.press("Go on to the outline")
        assert stage.window.workspace.stage is BookStage.OUTLINE

    play(act)


def focused_words(stage: Stage) -> str:
    """The words of the button that has the keyboard."""
    focus = stage.window.focusWidget()
    return focus.text().replace("&", "") if isinstance(focus, QPushButton) else ""


def test_a_part_is_shown_as_it_arrives_and_those_before_it_can_be_edited(
    play: Play, scripted_provider: ScriptedProvider, project_id: str
) -> None:
    gate = threading.Event()
    scripted_provider.behaviours.extend(
        [
            json_answer(BLUEPRINT_PARTS["blueprint_basics"]),
            in_two_parts("阿照回到岛上，", "发现灯已熄灭。", gate),
        ]
    )
    scripted_provider.rule = chinese_blueprint

    async def act(stage: Stage) -> None:
        await open_page(stage, project_id)
        stage.press("Make the blueprint")
        synopsis, tone = (
            edit_of(stage, BlueprintField.SYNOPSIS),
            edit_of(stage, BlueprintField.TONE),
        )
        await stage.until(lambda: synopsis.toPlainText() == "阿照回到岛上，", "it is arriving")
        assert synopsis.isReadOnly()
        await stage.until(lambda: not tone.isReadOnly(), "the tone is the author's")
        tone.setPlainText("冷，好笑")
        gate.set()
        await stage.until(lambda: not stored(stage).missing_parts(), "all is made")
        await stage.until(lambda: stored(stage).tone == "冷，好笑", "the author's word counts")
        assert tone.toPlainText() == "冷，好笑"
        assert stored(stage).synopsis == "阿照回到岛上，发现灯已熄灭。"

    play(act)


def test_the_author_who_looks_elsewhere_is_left_there(
    play: Play, scripted_provider: ScriptedProvider, project_id: str
) -> None:
    gate = threading.Event()
    world = (
        '{"core_rules": ["灯绝不能熄。"], "key_locations": [{"name": "旧码头"}], "factions": []}'
    )
    scripted_provider.behaviours.extend(
        [
            json_answer(BLUEPRINT_PARTS["blueprint_basics"]),
            text(STORY),
            in_two_parts(world[:20], world[20:], gate),
        ]
    )
    scripted_provider.rule = chinese_blueprint

    async def act(stage: Stage) -> None:
        await open_page(stage, project_id)
        stage.press("Make the blueprint")
        tabs = child(page(stage), QTabWidget)
        await stage.until(lambda: tabs.tabText(tabs.currentIndex()) == "World", "it is followed")
        page(stage).show_part(BlueprintPart.BASICS)
        gate.set()
        await stage.until(lambda: not stored(stage).missing_parts(), "all is made")
        await stage.until(lambda: not page(stage).call_bar.is_busy, "the calls have ended")
        assert tabs.tabText(tabs.currentIndex()) == "The book"

    play(act)


def test_a_failure_and_a_restart_lose_nothing_and_it_goes_on(
    play: Play, scripted_provider: ScriptedProvider, project_id: str
) -> None:
    scripted_provider.behaviours.extend(
        [json_answer(BLUEPRINT_PARTS["blueprint_basics"]), text(STORY), error(401, "no")]
    )

    async def fail(stage: Stage) -> None:
        await open_page(stage, project_id)
        stage.press("Make the blueprint")
        await stage.until(lambda: stage.can_press("Try again"), "it has failed")
        await stage.until(
            lambda: edit_of(stage, BlueprintField.SYNOPSIS).toPlainText() == STORY,
            "what is done is shown",
        )

    async def go_on(stage: Stage) -> None:
        scripted_provider.behaviours.append(stall(after='{"core_rules": ["灯绝不能熄。"], "key'))
        await open_page(stage, project_id)
        await stage.until(lambda: stage.can_press("Continue"), "it can go on")
        stage.press("Continue")
        rules = edit_of(stage, BlueprintField.RULES)
        await stage.until(lambda: rules.toPlainText() == "灯绝不能熄。", "the rules arrive")
        stage.press("Stop")
        await stage.until(lambda: not page(stage).call_bar.is_busy, "it has stopped")
        scripted_provider.rule = chinese_blueprint
        stage.press("Try again")
        await stage.until(lambda: not stored(stage).missing_parts(), "all is made")
        assert len(scripted_provider.requests) == 7, "nothing is made twice"

    play(fail)
    play(go_on)


def test_what_is_typed_is_saved_and_stays_after_a_restart(play: Play, project_id: str) -> None:
    async def act(stage: Stage) -> None:
        await open_page(stage, project_id)
        edit_of(stage, BlueprintField.TITLE).setPlainText("潮声")
        page(stage).show_part(BlueprintPart.WORLD)
        locations = page(stage).field(BlueprintField.LOCATIONS)
        assert isinstance(locations, ListField)
        tool(stage, "Key locations: Add").click()
        child(locations, GrowingEdit).setPlainText("灯室")
        tool(stage, "Key locations: Add").click()
        child(locations, GrowingEdit).setPlainText("码头")
        tool(stage, "Key locations: Move up").click()
        await stage.until(
            lambda: stored(stage).locations == (Place("码头"), Place("灯室")), "it is saved"
        )
        tool(stage, "Key locations: Remove").click()
        tool(stage, "Key locations: Undo the last change of the list").click()
        assert locations.value() == (Place("码头"), Place("灯室"))

    async def again(stage: Stage) -> None:
        await open_page(stage, project_id)
        await stage.until(
            lambda: edit_of(stage, BlueprintField.TITLE).toPlainText() == "潮声", "it is there"
        )
        names = child(page(stage).field(BlueprintField.LOCATIONS), QListWidget)
        assert [names.item(row).text() for row in range(names.count())] == ["码头", "灯室"]

    play(act)
    play(again)


def test_a_text_is_replaced_only_when_the_author_accepts_and_can_be_undone(
    play: Play, scripted_provider: ScriptedProvider, project_id: str
) -> None:
    scripted_provider.behaviours.extend(
        [text("热闹、好笑"), error(500, "no"), text("静、冷、好笑")]
    )

    async def act(stage: Stage) -> None:
        await open_page(stage, project_id)
        tone = edit_of(stage, BlueprintField.TONE)
        tone.setPlainText("静、冷")
        tool(stage, "Rewrite: Tone").click()
        await stage.until(lambda: stage.window.findChild(ChangeDialog), "the dialog is open")
        dialog = child(stage.window, ChangeDialog)
        assert not stage.can_press("Accept")
        child(dialog, GrowingEdit).setPlainText("好笑些")
        stage.press("Suggest")
        await stage.until(lambda: dialog.proposal, "something is proposed")
        diff = child(dialog, DiffView)
        assert diff.text(DiffSide.OLD) == "静、冷"
        stage.press("Suggest")
        await stage.until(lambda: stage.can_press("Try again"), "the second try has failed")
        stage.press("Try again")
        await stage.until(lambda: diff.text(DiffSide.NEW) == "静、冷、好笑", "the third one came")
        assert tone.toPlainText() == stored(stage).tone == "静、冷"
        await stage.until(lambda: stage.can_press("Accept"), "it can be accepted")
        stage.press("Accept")
        await stage.until(lambda: stored(stage).tone == "静、冷、好笑", "it is stored")

        tone.setFocus()
        QTest.keyClick(tone, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert tone.toPlainText() == "静、冷"
        await stage.until(lambda: stored(stage).tone == "静、冷", "so is the undone")

    play(act)


def test_a_list_is_replaced_or_kept(
    play: Play, scripted_provider: ScriptedProvider, project_id: str
) -> None:
    scripted_provider.rule = chinese_blueprint
    people = [{"name": "阿照", "identity": "守塔人的女儿"}, {"name": "老更夫"}]

    async def act(stage: Stage) -> None:
        await open_page(stage, project_id)
        await make_all(stage)
        page(stage).show_part(BlueprintPart.CHARACTERS)
        before = stored(stage).characters
        for answer in ("Keep the present one", "Accept"):
            scripted_provider.behaviours.append(json_answer({"characters": people}))
            tool(stage, "Rewrite: Characters").click()
            await stage.until(lambda: stage.can_press("Suggest"), "the dialog is open")
            stage.press("Suggest")
            await stage.until(lambda: stage.can_press("Accept"), "something is proposed")
            stage.press(answer)
            await stage.until(lambda: not stage.can_press("Suggest"), "the dialog is closed")
            if answer != "Accept":
                assert stored(stage).characters == before
        await stage.until(
            lambda: [each.name for each in stored(stage).characters] == ["阿照", "老更夫"],
            "the new list is stored",
        )
        tool(stage, "Characters: Undo the last change of the list").click()
        await stage.until(lambda: stored(stage).characters == before, "the old list is back")

    play(act)


def test_what_could_not_be_saved_before_another_novel_was_opened_is_saved_later(
    play: Play, project_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)

    async def act(stage: Stage) -> None:
        other_id = stage.services.novels.create(NewNovel("Another", premise="Other waters."))
        await open_page(stage, project_id)
        edit_of(stage, BlueprintField.TITLE).setPlainText("潮声")
        database = stage.services.paths.database
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            stage.studio.library.open_novel(other_id)
            await stage.until(
                lambda: stage.window.findChildren(QMessageBox), "the author is told of the lock"
            )
            other.execute("ROLLBACK")
        await stage.until(
            lambda: stage.services.blueprint.open(project_id).blueprint.title == "潮声",
            "it is saved by itself",
        )
        assert stage.services.blueprint.open(other_id).blueprint.title != "潮声"
        for box in stage.window.findChildren(QMessageBox):
            box.close()

    play(act)
