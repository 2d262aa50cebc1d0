"""Versions of a chapter side by side, as an author uses them."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
)

from arboris_desktop.domain.candidates import CandidateStatus
from arboris_desktop.domain.novel import Language, VersionOrigin
from arboris_desktop.domain.settings import InterfaceLanguage, InterfaceSettings, ProviderSettings
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.ui.candidates.column import CandidateColumn
from arboris_desktop.ui.candidates.merge_dialog import MergeCandidatesDialog
from arboris_desktop.ui.candidates.regenerate_dialog import RegenerateCandidatesDialog
from arboris_desktop.ui.chapter.generate_dialog import GenerateDialog
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from tests.gui.studio.studio_samples import BEGINNING, CHAPTER, FACTS
from tests.support.scripted_provider import (
    Behaviour,
    Rule,
    ScriptedProvider,
    error,
    in_two_parts,
    json_answer,
    perfect_rule,
    prompt_of,
    schema_name,
    text,
)
from tests.support.short_chapters import SHORT_CHAPTERS
from tests.support.studio_stage import Play, Stage, child, open_services, perform

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

OTHER = "陶七没有推门。他站在窗后，看那盏纸灯一点一点地暗下去。\n\n“桥下的钟，今夜会响吗？”她问。"
ACTION = "从正在发生的事情中间切入"
WAITING = "等他开口"


def writing(first: Behaviour, second: Behaviour) -> Rule:
    """The first candidate gets the one answer, the second, led by action, the other."""

    def choose(request: dict[str, Any]) -> Behaviour:
        is_chapter = schema_name(request) is None and "请写第" in prompt_of(request)
        if not is_chapter and "还需写约" not in prompt_of(request):
            return perfect_rule(FACTS)(request)
        return second if ACTION in prompt_of(request) else first

    return choose


def judging(rule: Rule, verdict: object) -> Rule:
    def choose(request: dict[str, Any]) -> Behaviour:
        if schema_name(request) == "evaluate_candidates":
            return json_answer(verdict)
        return rule(request)

    return choose


async def generate(stage: Stage, count: int = 2) -> None:
    """Asks for candidates of the second chapter of the Chinese sample."""
    stage.services.preferences.set(replace(SHORT_CHAPTERS, candidates=count))
    await stage.open_chinese_sample(2)
    stage.press("Generate this chapter")
    await stage.until(lambda: len(columns(stage)) == count, "the columns are there")


def columns(stage: Stage) -> list[CandidateColumn]:
    """The columns by letter."""
    if not stage.window.chapter_stage.shows_candidates:
        return []
    return list(stage.window.candidate_page.columns.values())


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


async def finished(stage: Stage, *texts: str) -> None:
    await stage.until(
        lambda: (
            [column.text() for column in columns(stage)] == list(texts)
            and all("Writing" not in c.state_text() for c in columns(stage))
        ),
        "all are finished",
    )


def press_in(column: CandidateColumn, words: str) -> None:
    """Clicks a button of one column."""
    found = [b for b in column.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert len(found) == 1, f"{len(found)} buttons say {words}"
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def press_tool(stage: Stage, words: str) -> None:
    """Clicks a button of the page's tool bar."""
    page = stage.window.candidate_page
    found = [b for b in page.findChildren(QAbstractButton) if b.text().startswith(words)]
    assert len(found) == 1, f"{len(found)} tools say {words}"
    assert found[0].isEnabled()
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def dialog(kind: type[QDialog]) -> Any:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind)]
    return next((each for each in found if each.isVisible()), None)


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
        chapter = stage.services.editing.open(stage.chapter(2).id)
        assert sorted(v.content for v in chapter.versions) == sorted([CHAPTER, OTHER])
        await stage.until(
            lambda: [task.status for task in stage.tasks()] == [TaskStatus.COMPLETED],
            "it is analysed",
        )

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


def test_an_evaluation_is_shown_beside_the_versions(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    def said_of(letter: str) -> dict[str, object]:
        return {
            "candidate": letter,
            "pros": [{"quotation": "一盏没有点亮的纸灯", "point": "意象鲜明。"}],
            "cons": [{"quotation": "原文里没有这句话", "point": "节奏拖沓。"}],
            "plan": 85,
            "overall": 80,
        }

    verdict = {"candidates": [said_of("A"), said_of("B")], "recommended": "A",
               "reason": "语言干净。"}  # fmt: skip
    scripted_provider.rule = judging(writing(text(CHAPTER), text(OTHER)), verdict)

    async def act(stage: Stage) -> None:
        await generate(stage)
        await finished(stage, CHAPTER, OTHER)
        press_tool(stage, "Evaluate")
        page = stage.window.candidate_page
        await stage.until(page.verdict_text, "a version is recommended")
        assert page.verdict_text().endswith("语言干净。")
        said = " ".join(
            label.text() for column in columns(stage) for label in column.findChildren(QLabel)
        )
        assert "Recommended · 80" in said
        assert "+ 意象鲜明。" in said
        assert "一盏没有点亮的纸灯" in columns(stage)[0]._text.marked_sentences()[0]
        assert "quotation not found: “原文里没有这句话”" in said
        assert "tokens read" in page.call_bar.text()

        window = stage.window
        window.resize(1366, 768)
        assert not window.project_tree.isVisible(), "the candidates have the stage"
        await stage.until(lambda: columns(stage)[1].lines_in_view() > 0, "it is laid out")
        assert min(column.lines_in_view() for column in columns(stage)) >= 12

        await stage.open_chapter(1)
        assert window.project_tree.isVisible()
        await stage.open_chapter(2)
        await stage.until(page.verdict_text, "it is still there")

    play(act)


def test_an_evaluation_that_fails_says_so_and_can_be_asked_for_again(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    whole = writing(text(CHAPTER), text(OTHER))
    scripted_provider.rule = lambda request: (
        error(401, "no") if schema_name(request) else whole(request)
    )

    async def act(stage: Stage) -> None:
        await generate(stage)
        await finished(stage, CHAPTER, OTHER)
        press_tool(stage, "Evaluate")
        page = stage.window.candidate_page
        await stage.until(lambda: "refused the key" in page.call_bar.text(), "the reason is told")
        verdict = {"candidates": [{"candidate": "B", "overall": 9}], "recommended": "B",
                   "reason": "好。"}  # fmt: skip
        scripted_provider.rule = judging(whole, verdict)
        stage.press("Try again")
        await stage.until(page.verdict_text, "it is there now")

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


def test_what_a_crash_left_is_shown_when_the_novel_is_opened(
    application: QApplication, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = writing(text(CHAPTER), text(OTHER))
    services = open_services(world)
    services.preferences.set(
        ProviderSettings(configured=True),
        InterfaceSettings(language=InterfaceLanguage.ENGLISH),
        SHORT_CHAPTERS,
    )
    project_id = services.novels.create_sample(Language.CHINESE)
    chapter_id = services.novels.open(project_id).chapters[2].id
    dead = Instance(services.paths.instances)
    begun = CandidateRounds(services.database, dead, services.register).begin_round(chapter_id, 2)
    with services.database.write() as transaction:
        transaction.candidates.save_text(begun.candidates[0].id, "雾里", "host/model")
    dead.close()
    services.close()

    async def act(stage: Stage) -> None:
        stage.studio.library.open_novel(project_id)
        await stage.until(lambda: len(columns(stage)) == 2, "the candidates are shown")
        assert stage.window.chapter_view.chapter_id == chapter_id
        first, second = columns(stage)
        assert first.text() == "雾里"
        assert first.state_text().startswith("Interrupted")
        press_in(second, "Discard")
        await stage.until(lambda: len(columns(stage)) == 1, "the empty one is gone")
        scripted_provider.rule = writing(text("站着一个人，提着灯，在桥头。"), text(OTHER))
        press_in(columns(stage)[0], "Continue")
        await finished(stage, "雾里站着一个人，提着灯，在桥头。")
        (found,) = stage.services.rounds.rounds(chapter_id)
        assert [c.status for c in found.candidates] == [CandidateStatus.STORED]

    perform(application, world, act)


def test_leaving_the_studio_keeps_what_came_of_each(
    application: QApplication, world: dict[str, str], play: Play,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    slow = text("", pieces=[BEGINNING, *["雾。"] * 600], delay=0.02)
    scripted_provider.rule = writing(slow, slow)

    async def act(stage: Stage) -> None:
        await generate(stage)
        await stage.until(lambda: all(BEGINNING in c.text() for c in columns(stage)), "both grow")

    play(act)
    services = open_services(world)
    (found,) = services.rounds.undecided(services.novels.all()[0].id)
    services.close()
    assert [c.status for c in found.candidates] == [CandidateStatus.STOPPED] * 2
    assert all(BEGINNING in c.content for c in found.candidates)


def test_a_novel_opens_where_it_was_left_and_not_at_what_the_author_has_stopped(
    application: QApplication, world: dict[str, str], play: Play,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    slow = text("", pieces=[BEGINNING, *["雾。"] * 600], delay=0.02)
    scripted_provider.rule = writing(slow, slow)

    async def stop_and_leave(stage: Stage) -> None:
        await generate(stage)
        await stage.until(lambda: all(BEGINNING in c.text() for c in columns(stage)), "both grow")
        stage.window.actions_.stop.trigger()
        await stage.until(
            lambda: all(c.state_text().startswith("Stopped") for c in columns(stage)), "stopped"
        )
        await stage.open_chapter(1)

    play(stop_and_leave)

    async def come_back(stage: Stage) -> None:
        (novel,) = stage.services.novels.all()
        stage.studio.library.open_novel(novel.id)
        await stage.until(lambda: stage.studio.library.contents, "the novel is open")
        await stage.until_shown(1)
        await stage.open_chapter(2)
        await stage.until(lambda: len(columns(stage)) == 2, "they wait where they were")

    perform(application, world, come_back)


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
