"""The stage of reviews, driven as an author does; the curve read by keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QListWidget, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.domain.reviews import ReviewNote, Severity
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.ui.review.book_curves import Curve
from arboris_desktop.ui.review.curve_plot import CurvePlot, PlotPoint
from arboris_desktop.ui.review.note_list import NoteList
from arboris_desktop.ui.review.page import ReviewPage
from arboris_desktop.ui.settings.dialog import SettingsDialog
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.support.scripted_provider import (
    EMPTY_ANSWERS,
    Behaviour,
    ScriptedProvider,
    error,
    json_answer,
    schema_name,
    stall,
    text,
)
from tests.support.slow_disk import SlowDisk, turns
from tests.support.studio_stage import Play, Stage, child

SCORES = dict.fromkeys(("plan", "consistency", "continuity", "rules", "style", "tension"), 64)


def page(stage: Stage) -> ReviewPage:
    return child(stage.window, ReviewPage)


async def open_reviews(stage: Stage) -> str:
    """Opens the Chinese sample and the stage of reviews; returns the chapter's first sentence."""
    await stage.open_chinese_sample()
    stage.window.workspace.show_stage(BookStage.REVIEW)
    await stage.until(lambda: stage.can_press("Get feedback"), "a review can be asked for")
    return stage.text().split("。")[0]


def review_of(sentence: str) -> dict[str, Any]:
    note = {"quotation": sentence, "comment": "很好", "dimension": "style", "severity": "praise"}
    return {"notes": [note], "scores": SCORES, "verdict": "继续写。"}


async def press_by_keyboard(stage: Stage, words: str) -> None:
    """Presses a button that is put away while it is answered; the keyboard waits beside it."""
    buttons = stage.window.findChildren(QPushButton)
    button = next(each for each in buttons if each.text() == words and each.isVisible())
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    await stage.until(
        lambda: isinstance(stage.window.focusWidget(), QComboBox), "the keyboard is at the choice"
    )


def test_a_chapter_is_reviewed_and_a_remark_leads_to_its_words(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        sentence = await open_reviews(stage)
        scripted_provider.behaviours.append(json_answer(review_of(sentence)))
        notes = child(page(stage).chapter, QListWidget)
        guidance = child(page(stage).chapter, EmptyState)
        assert guidance.isVisible()
        assert "press Get feedback" in guidance.text()

        await press_by_keyboard(stage, "Get feedback")
        await stage.until(notes.count, "the remark is there")

        bars = [bar for bar in page(stage).chapter.findChildren(QProgressBar) if bar.isVisible()]
        assert not guidance.isVisible()
        assert [bar.value() for bar in bars] == [64] * 5, "the sample has no rules"
        item = notes.item(0)
        rect = notes.visualItemRect(item)
        QTest.mouseClick(notes.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        editor = stage.window.chapter_view._editor
        await stage.until(lambda: editor.revealed_text() == sentence, "the words are marked")
        assert stage.window.workspace.stage is BookStage.CHAPTERS

    play(act)


def test_a_failed_review_is_told_and_tried_again(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        sentence = await open_reviews(stage)
        scripted_provider.behaviours.extend([error(401, "no"), json_answer(review_of(sentence))])
        stage.press("Get feedback")
        await stage.until(lambda: stage.can_press("Try again"), "the failure is told")

        stage.press("Try again")

        await stage.until(child(page(stage).chapter, QListWidget).count, "the remark is there")

    play(act)


def test_what_is_asked_is_about_the_chapter_whose_reviews_are_shown(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        sentence = await open_reviews(stage)
        first, second = stage.chapter(1), stage.chapter(2)
        stage.services.editing.save(second.id, "第二章的文字。", None)
        scripted_provider.behaviours.extend([error(503, "busy"), json_answer(review_of(sentence))])
        before = SlowDisk(stage)
        stage.studio.writing.open_chapter(second.id)
        await turns()
        after = SlowDisk(stage)
        await before.let_go()
        await stage.until_shown(2)
        assert page(stage).chapter.shown == first

        stage.press("Get feedback")
        await after.let_go()
        await stage.until(lambda: stage.can_press("Try again"), "it has failed")
        await stage.until(lambda: page(stage).chapter.shown != first, "the second is shown")
        stage.press("Try again")

        reviews = stage.services.reviews
        await stage.until(lambda: reviews.of_chapter(first.id), "the first is reviewed")
        assert reviews.of_chapter(second.id) == []

    play(act)


def test_a_failed_review_shows_the_words_of_the_provider_and_leads_to_the_cure(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await open_reviews(stage)
        scripted_provider.behaviours.append(error(401, "this key has been revoked"))
        stage.press("Get feedback")
        await stage.until(lambda: stage.can_press("Settings…"), "the way to the cure is offered")
        assert page(stage).call_bar.detail() == "this key has been revoked"

        stage.press("Settings…")

        shown = stage.window.findChildren
        await stage.until(lambda: shown(SettingsDialog), "the settings open")
        (dialog,) = shown(SettingsDialog)
        assert child(dialog, QListWidget).currentItem().text() == "Models"
        dialog.reject()

    play(act)


def test_a_review_can_be_stopped(play: Play, scripted_provider: ScriptedProvider) -> None:
    async def act(stage: Stage) -> None:
        await open_reviews(stage)
        scripted_provider.behaviours.append(stall(after="{"))
        stage.press("Get feedback")
        await stage.until(lambda: "writing" in page(stage).call_bar.text(), "the answer comes")

        stage.press("Stop")

        await stage.until(lambda: page(stage).call_bar.text() == "Stopped.", "it is stopped")
        assert stage.can_press("Get feedback")

    play(act)


def test_the_book_is_measured_and_drawn(play: Play, scripted_provider: ScriptedProvider) -> None:
    async def act(stage: Stage) -> None:
        sentence = await open_reviews(stage)
        beats = [
            {"quotation": sentence, "label": "开场", "feeling": -2, "tension": 3, "pace": 2},
            {"quotation": "（无）", "label": "收尾", "feeling": 1, "tension": 8, "pace": 6},
        ]
        scripted_provider.behaviours.append(json_answer({"beats": beats}))
        page(stage).show_book()
        await stage.until(lambda: stage.can_press("Measure"), "the chapter is not measured")
        guidance = child(page(stage).book, EmptyState)
        assert guidance.isVisible()
        assert "Press Measure" in guidance.text()

        await press_by_keyboard(stage, "Measure")
        plot = child(page(stage).book, CurvePlot)
        await stage.until(lambda: len(plot._points) == 2, "the curve is drawn")

        assert plot.isVisible()
        assert not guidance.isVisible()
        assert [point.y for point in plot._points] == [-2, 1]
        assert not stage.can_press("Measure")
        page(stage).book.show_curve(Curve.DIALOGUE)
        (point,) = plot._points
        assert 0 < point.y < 100

    play(act)


def test_the_curve_is_walked_with_the_keys(qtbot: QtBot) -> None:
    plot = CurvePlot()
    qtbot.addWidget(plot)
    plot.show_points([PlotPoint(n, n, f"point {n}", 10 + n) for n in range(3)], 0, 3)
    said: list[str] = []
    plot.point_chosen.connect(said.append)

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(plot, key)
    with qtbot.waitSignal(plot.point_opened) as opened:
        QTest.keyClick(plot, Qt.Key.Key_Return)

    assert said == ["point 0", "point 1", "point 0"]
    assert plot.accessibleDescription() == "point 0"
    assert opened.args == [10]


def test_the_curve_is_read_with_the_pointer(qtbot: QtBot) -> None:
    plot = CurvePlot()
    qtbot.addWidget(plot)
    plot.resize(400, 200)
    plot.show_points([PlotPoint(n, n, f"point {n}", n) for n in range(3)], 0, 3)
    plot.show()

    with qtbot.waitSignal(plot.point_chosen) as chosen:
        QTest.mouseMove(plot, plot._place(1, 1).toPoint())

    assert chosen.args == ["point 1"]


def test_a_plot_without_points_can_be_painted(qtbot: QtBot) -> None:
    plot = CurvePlot()
    qtbot.addWidget(plot)
    plot.show_points([], 0, 0)

    assert not plot.grab().isNull()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.chosen is None


def test_problems_come_first_and_the_unsupported_are_said_to_be_so(qtbot: QtBot) -> None:
    notes = NoteList()
    qtbot.addWidget(notes)
    notes.show_notes(
        [
            ReviewNote(Severity.PRAISE, "Well said.", "so", 0, 2),
            ReviewNote(Severity.PROBLEM, "It never snows.", "it snowed", rule=2),
        ]
    )

    assert notes.item(0).text().startswith("Problem · Rule 2: It never snows.")
    assert "Not in the chapter: “it snowed”" in notes.item(0).text()
    assert notes.item(1).text() == "Praise: Well said.\n“so”"


def test_a_generated_chapter_is_checked_against_the_rules_and_the_tab_says_so(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    chapter = "陶七飞过了屋顶。" * 20

    def rule(request: dict[str, Any]) -> Behaviour:
        name = schema_name(request)
        if name == "check_constitution":
            violation = {"quotation": "陶七飞过了屋顶。", "rule": 1, "comment": "他飞了。"}
            return json_answer({"violations": [violation]})
        return json_answer(EMPTY_ANSWERS[name]) if name else text(chapter)

    scripted_provider.rule = rule

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        contents = stage.studio.library.contents
        assert contents is not None
        guide = WritingGuide(constitution=("没有人会飞。",))
        stage.services.guides.save(contents.project.id, guide)
        stage.services.preferences.set(
            WritingSettings(target_words=100, candidates=1, continue_until_target=False)
        )
        stage.press("Generate")

        tabs = stage.window.workspace.bar
        last = tabs.count() - 1
        await stage.until(lambda: tabs.tabText(last) == "Review (1)", "a broken rule is told")

    play(act)
