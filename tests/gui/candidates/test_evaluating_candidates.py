"""The evaluation beside the versions of a chapter."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from tests.gui.candidates.candidate_steps import (
    OTHER,
    columns,
    finished,
    generate,
    judging,
    press_tool,
    writing,
)
from tests.gui.studio.studio_samples import CHAPTER
from tests.support.scripted_provider import ScriptedProvider, error, schema_name, text
from tests.support.studio_stage import Play, Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


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
