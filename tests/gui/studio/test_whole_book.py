"""From a spark to a chapter of a book, as an author goes through it: in Chinese, through the real
widgets, against a server that streams."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QSpinBox

from arboris_desktop.domain.concept import Topic
from arboris_desktop.domain.novel import ChapterStatus, Language
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.ui.concept.answer_box import AnswerEdit
from arboris_desktop.ui.concept.choice_list import ChoiceButton
from arboris_desktop.ui.concept.page import ConceptPage
from arboris_desktop.ui.novels.new_novel_dialog import NewNovelDialog
from arboris_desktop.ui.outline.fill_dialog import FillDialog
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.review.page import ReviewPage
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.gui.studio.studio_samples import CHAPTER, FACTS
from tests.support.blueprint_parts import BLUEPRINT_PARTS
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    json_answer,
    perfect_rule,
    prompt_of,
    schema_name,
    text,
)
from tests.support.studio_stage import Play, Stage, child

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

OTHER = "陶七没有推门。他站在窗后，看那盏纸灯一点一点地暗下去。\n\n“桥下的钟，今夜会响吗？”她问。"
SYNOPSIS = "阿照回到岛上，发现灯已熄灭。她点亮了灯，也知道了是谁熄的。"
ANSWERS: dict[str, dict[str, Any]] = {
    "concept_dialogue": {
        "message": "熄灭的灯塔，很好。守塔的是谁？",
        "choices": ["回乡的女儿", "藏身的逃兵"],
        "topic": "protagonist",
        "settled": [{"topic": "world", "text": "孤岛上的灯塔。"}],
    },
    "concept_brief": {topic.value: f"关于{topic.value}" for topic in Topic} | {"premise": "灯塔"},
    **BLUEPRINT_PARTS,
    "plan_chapters": {
        "chapters": [
            {"number": 1, "title": "归岛", "plan": "阿照回到岛上，敲开陶七的门。"},
            {"number": 2, "title": "点灯", "plan": "阿照上塔点灯。"},
        ]
    },
    "evaluate_candidates": {
        "candidates": [{"candidate": "A", "overall": 60}, {"candidate": "B", "overall": 80}],
        "recommended": "B",
        "reason": "更有张力。",
    },
    "review_chapter": {
        "notes": [
            {
                "quotation": "雾里站着一个叫阿照的姑娘",
                "comment": "出场很好。",
                "dimension": "style",
                "severity": "praise",
            }
        ],
        "scores": dict.fromkeys(
            ("plan", "consistency", "continuity", "rules", "style", "tension"), 80
        ),
        "verdict": "继续写。",
    },
}


class Author:
    """A model that has an answer to everything, and writes each candidate in its own way."""

    def __init__(self) -> None:
        self.drafts = 0

    def answer(self, request: dict[str, Any]) -> Behaviour:
        name = schema_name(request)
        if name in ANSWERS:
            return json_answer(ANSWERS[name])
        if name is not None:
            return perfect_rule(FACTS)(request)
        question = prompt_of(request)
        if "<<<CHAPTER" in question:
            return text(FACTS.summary)
        if "请写第 1 章" in question:
            self.drafts += 1
            return text(CHAPTER if self.drafts == 1 else OTHER)
        return text(SYNOPSIS)


async def click(stage: Stage, words: str) -> None:
    """Clicks the one visible button that says so, of whatever kind, once it can be."""

    def found() -> list[QAbstractButton]:
        buttons = [w for w in QApplication.allWidgets() if isinstance(w, QAbstractButton)]
        seen = [each for each in buttons if each.isVisible() and each.isEnabled()]
        return [each for each in seen if each.text().replace("&", "") == words]

    await stage.until(found, f"a button says {words!r}")
    QTest.mouseClick(found()[0], Qt.MouseButton.LeftButton)


async def find_the_idea(stage: Stage) -> None:
    stage.press("New novel")
    await stage.until(lambda: stage.window.findChild(NewNovelDialog), "the dialog is open")
    language = child(child(stage.window, NewNovelDialog), QComboBox)
    language.setCurrentIndex(language.findData(Language.CHINESE.value))
    await click(stage, "Begin with an idea")
    await stage.until(lambda: stage.can_press("Begin"), "the dialogue can begin")
    page = child(stage.window, ConceptPage)
    box = child(page.answer_box, AnswerEdit)
    box.insertPlainText("一座熄灭的灯塔")
    QTest.keyClick(box, Qt.Key.Key_Return)
    await stage.until(lambda: page.findChildren(ChoiceButton), "there are choices")
    await stage.until(lambda: not page.call_bar.is_busy, "the answer is whole")
    await click(stage, "Write the brief")
    await stage.until(lambda: not page.call_bar.is_busy, "the brief is written")
    await click(stage, "Confirm the brief")
    await click(stage, "Go on to the blueprint")


async def make_the_blueprint(stage: Stage, project_id: str) -> None:
    assert stage.window.workspace.stage is BookStage.BLUEPRINT
    await click(stage, "Make the blueprint")
    blueprint = stage.services.blueprint
    await stage.until(
        lambda: not blueprint.open(project_id).blueprint.missing_parts(), "all of it is made"
    )


async def plan_the_chapters(stage: Stage) -> None:
    stage.window.workspace.show_stage(BookStage.OUTLINE)
    page = child(stage.window, OutlinePage)
    page.actions_["fill"].trigger()

    def dialogs() -> list[FillDialog]:
        return [d for d in stage.window.findChildren(FillDialog) if d.isVisible()]

    await stage.until(dialogs, "the dialog is open")
    first, last = dialogs()[0].findChildren(QSpinBox)[:2]
    first.setValue(1)
    last.setValue(2)
    dialogs()[0].done(QDialog.DialogCode.Accepted.value)
    await stage.until(
        lambda: [c.title for c in stage.chapters()] == ["归岛", "点灯"], "the tree has them"
    )


async def write_the_first_chapter(stage: Stage) -> None:
    stage.window.workspace.show_stage(BookStage.CHAPTERS)
    await stage.open_chapter(1)
    await click(stage, "Generate this chapter")
    page = stage.window.candidate_page
    await stage.until(
        lambda: sorted(c.text() for c in page.columns.values()) == sorted([CHAPTER, OTHER]),
        "both versions are there",
    )
    await click(stage, "Evaluate")
    (longer,) = [c for c in page.columns.values() if c.text() == CHAPTER]
    (written,) = stage.services.rounds.rounds(stage.chapter(1).id)
    await stage.until(lambda: stage.services.evaluation.of_round(written), "they are judged")
    (choose,) = [b for b in longer.findChildren(QAbstractButton) if b.text() == "Choose this one"]
    await stage.until(choose.isEnabled, "it can be chosen")
    QTest.mouseClick(choose, Qt.MouseButton.LeftButton)
    await stage.until(lambda: stage.stored_text(1) == CHAPTER, "it is the chapter")
    await stage.until(
        lambda: [task.status for task in stage.tasks()] == [TaskStatus.COMPLETED], "it is analysed"
    )


async def review_it(stage: Stage) -> None:
    stage.window.workspace.show_stage(BookStage.REVIEW)
    await click(stage, "Get feedback")
    notes = child(stage.window, ReviewPage).chapter._notes
    await stage.until(notes.count, "the remark is there")
    assert "出场很好" in notes.item(0).text()


def test_from_a_spark_to_a_reviewed_chapter(
    play: Play, scripted_provider: ScriptedProvider, tmp_path: Any
) -> None:
    scripted_provider.rule = Author().answer

    async def act(stage: Stage) -> None:
        stage.services.preferences.set(WritingSettings(target_words=5, candidates=2))
        await find_the_idea(stage)
        project_id = stage.studio.library.project_id
        assert project_id is not None
        await make_the_blueprint(stage, project_id)
        await plan_the_chapters(stage)
        await write_the_first_chapter(stage)
        await review_it(stage)
        assert [c.status for c in stage.chapters()] == [
            ChapterStatus.WRITTEN,
            ChapterStatus.PLANNED,
        ]
        book = tmp_path / "book.md"
        stage.services.files.export_book(project_id, "md", book)
        assert CHAPTER.split("\n")[0] in book.read_text(encoding="utf-8")
        drafts = [r for r in scripted_provider.requests if "请写第 1 章" in prompt_of(r)]
        assert "阿照" in prompt_of(drafts[0]), "the blueprint reaches the chapter"

    play(act)
