"""The steps of an author who asks for several versions, and a model that writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QPushButton

from arboris_desktop.ui.candidates.column import CandidateColumn
from tests.gui.studio.studio_samples import FACTS
from tests.support.open_dialogs import open_dialogs
from tests.support.scripted_provider import (
    Behaviour,
    Rule,
    json_answer,
    perfect_rule,
    prompt_of,
    schema_name,
)
from tests.support.short_chapters import SHORT_CHAPTERS
from tests.support.studio_stage import Stage

OTHER = "陶七没有推门。他站在窗后，看那盏纸灯一点一点地暗下去。\n\n“桥下的钟，今夜会响吗？”她问。"
ACTION = "从正在发生的事情中间切入"


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
    return next(iter(open_dialogs(kind)), None)
