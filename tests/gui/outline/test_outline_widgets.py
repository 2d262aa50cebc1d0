"""Words in the parts of the outline's stage."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.outline import ChapterPlan, ChapterRange, Outline, VolumePlan
from arboris_desktop.domain.outline_runs import (
    OutlineRun,
    OutlineRunStatus,
    PlannedChapter,
    RunKind,
)
from arboris_desktop.domain.regeneration import LostName, OpenThread, regeneration_impact
from arboris_desktop.ui.outline.chapter_plan_form import ChapterPlanForm
from arboris_desktop.ui.outline.compare_dialog import ComparePlansDialog
from arboris_desktop.ui.outline.fill_dialog import FillDialog
from arboris_desktop.ui.outline.outline_model import OutlineColumn
from arboris_desktop.ui.outline.outline_notice import OutlineNotice
from arboris_desktop.ui.outline.outline_tree import OutlineTree
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.outline.range_fields import RangeFields
from arboris_desktop.ui.outline.regenerate_dialog import RegeneratePlansDialog
from arboris_desktop.ui.outline.run_panel import RunPanel
from arboris_desktop.ui.outline.volumes_dialog import VolumesDialog
from arboris_desktop.writing.outline.planning_run import ChaptersPlanned
from arboris_desktop.writing.outline.regeneration import Comparison, RegenerationResult
from tests.gui.outline.outline_samples import make_plan, small_outline
from tests.support.amounts import took

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def make_run(kind: RunKind, *proposals: PlannedChapter) -> OutlineRun:
    return OutlineRun(1, "p", kind, ChapterRange(3, 9), 10, "", OutlineRunStatus.STOPPED, proposals)


def test_the_notice_names_what_is_wrong_and_is_gone_when_all_is_well(qtbot: QtBot) -> None:
    notice = OutlineNotice()
    qtbot.addWidget(notice)
    chapters = (
        ChapterPlan(1, 1, 1, "Storm", "a"),
        ChapterPlan(2, 2, 2, "storm", "A"),
        ChapterPlan(3, 5, 1, "Ebb", "b"),
    )
    outline = Outline((VolumePlan(1), VolumePlan(2)), chapters)
    notice.show_problems(outline.problems)
    assert notice.text() == (
        "Missing chapters: 3–4. The same title: 1=2. The same plan: 1=2."
        " Not in the order of their numbers: 2."
    )
    asked = QSignalSpy(notice.fill_requested)
    notice._ask_fill()
    assert asked.at(0) == [ChapterRange(3, 4)]
    notice.show_problems(Outline().problems)
    assert notice.isHidden()


def test_a_range_is_always_a_range(qtbot: QtBot) -> None:
    fields = RangeFields(ChapterRange(5, 9))
    qtbot.addWidget(fields)
    fields._first.setValue(12)
    assert fields.range() == ChapterRange(12, 12)
    fields._last.setValue(4)
    assert fields.range() == ChapterRange(4, 4)


def test_filling_in_proposes_what_is_missing_else_what_comes_next(qtbot: QtBot) -> None:
    for outline, expected in (
        (small_outline(), ChapterRange(4, 10)),
        (Outline((), (make_plan(1, None),)), ChapterRange(2, 11)),
        (Outline(), ChapterRange(1, 10)),
    ):
        dialog = FillDialog(outline, None)
        qtbot.addWidget(dialog)
        assert dialog.fields.range() == expected


def test_consequences_of_planning_again_are_said_plainly(qtbot: QtBot) -> None:
    chapters = tuple(make_plan(n, None, written=n in (2, 6)) for n in range(1, 8))
    outline = Outline((), chapters)
    within = ChapterRange(1, 4)
    dialog = RegeneratePlansDialog(within)
    qtbot.addWidget(dialog)
    assert not dialog._buttons.ok.isEnabled()
    dialog.show_impact(regeneration_impact(outline, ChapterRange(1, 5)))
    assert not dialog._buttons.ok.isEnabled(), "that was another range"
    seeds = [OpenThread("The key", (2, 9)), OpenThread("The map", (6,))]
    alerts = [OpenThread("Mara", (6,))]
    dialog.show_impact(regeneration_impact(outline, within, seeds, alerts))
    assert dialog._buttons.ok.isEnabled()
    text = dialog.text()
    assert "Planned again: 1, 3–4" in text
    assert "contradict what is written in 2." in text
    assert "relying on the old plans: 6." in text
    assert "foreshadowing planted or due here: The key (2, 9)." in text
    assert "contradictions here or later: Mara (6)." in text
    assert "Nobody has read the texts" in text


def test_lost_names_are_told_before_plans_are_taken_over(qtbot: QtBot) -> None:
    new = (PlannedChapter(1, "New 1", "Mara leaves."), PlannedChapter(2, "New 2", "She waits."))
    result = RegenerationResult(
        make_run(RunKind.REGENERATE, *new),
        (Comparison(make_plan(1), new[0]), Comparison(None, new[1])),
        (LostName("Anselm", (1,), (8, 9)),),
    )
    dialog = ComparePlansDialog(result)
    qtbot.addWidget(dialog)
    assert dialog.chosen() == {1, 2}
    assert "Anselm is in the old plans of 1 and in no new one" in dialog._lost.text()
    assert "needed in 8, 9" in dialog._lost.text()


def test_the_panel_says_how_a_run_stands(qtbot: QtBot) -> None:
    panel = RunPanel()
    qtbot.addWidget(panel)
    panel.show_run(make_run(RunKind.FILL))
    assert panel.text() == "Chapters 3–9 planned by the model · not finished"
    panel.show_step(ChaptersPlanned((3, 4), 2, 7, took(0, {"USD": 0.5, "CNY": 3.0})))
    assert panel.text() == "Chapters 3–9 planned by the model · 2 of 7 · 3.00 CNY + 0.5000 USD"
    assert not panel._resume.isHidden()
    panel.show_step(ChaptersPlanned((5,), 7, 7, took()))
    assert panel._resume.isHidden()
    panel.show_run(make_run(RunKind.REGENERATE, PlannedChapter(3, "", "x")))
    assert not panel._compare.isHidden()
    panel.show_run(None)
    assert panel._frame.isHidden()


def test_planned_volumes_can_be_edited_before_they_count(qtbot: QtBot) -> None:
    outline = small_outline()
    dialog = VolumesDialog(outline)
    qtbot.addWidget(dialog)
    assert (dialog.count, dialog.total) == (2, 10)
    dialog.show_volumes([VolumePlan(1, "One", "a", 4), VolumePlan(-1, "Two", "b", 6)])
    item = dialog._table.item(1, 2)
    assert item is not None
    item.setText("The water comes back.")
    assert dialog.volumes() == [
        VolumePlan(1, "One", "a", 4),
        VolumePlan(-1, "Two", "The water comes back.", 6),
    ]


def plan_of(form: ChapterPlanForm) -> QPlainTextEdit:
    found = form.findChild(QPlainTextEdit)
    assert found is not None
    return found


@pytest.fixture
def form(qtbot: QtBot) -> ChapterPlanForm:
    made = ChapterPlanForm()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_plan_that_cannot_be_saved_stays_and_is_told_again(form: ChapterPlanForm) -> None:
    told = QSignalSpy(form.edited)
    stored = make_plan(1, None)
    form.show_chapter(stored, Language.ENGLISH)
    QTest.keyClicks(plan_of(form), "The tide ")
    form.flush()
    form.show_failure(stored.id, "The disk is full.")

    form.show_chapter(stored, Language.ENGLISH)
    assert "The tide " in plan_of(form).toPlainText(), "what is stored is older"
    form.show_chapter(make_plan(2, None), Language.ENGLISH)
    assert "The tide" not in plan_of(form).toPlainText()
    form.show_chapter(stored, Language.ENGLISH)
    assert "The tide" in plan_of(form).toPlainText()

    form.flush()
    assert [told.at(place)[0] for place in range(told.count())] == [stored.id, stored.id]
    form.show_saved(*told.at(1))
    form.flush()
    assert told.count() == 2


def test_undoing_brings_nothing_of_another_chapter(form: ChapterPlanForm) -> None:
    plan = plan_of(form)
    form.show_chapter(ChapterPlan(1, 1, None), Language.ENGLISH)
    QTest.keyClicks(plan, "secret")
    plan.selectAll()
    QTest.keyClick(plan, Qt.Key.Key_Delete)
    form.show_chapter(ChapterPlan(2, 2, None), Language.ENGLISH)
    plan.undo()
    assert plan.toPlainText() == ""


def test_an_outline_that_is_not_read_yet_is_not_said_to_be_empty(qtbot: QtBot) -> None:
    page = OutlinePage()
    qtbot.addWidget(page)
    page.show()
    assert not page._nothing.isVisible()
    page.show_outline(Outline(), Language.ENGLISH)
    assert page._nothing.isVisible()
    page.show_outline(small_outline(), Language.ENGLISH)
    assert page.tree.isVisible()
    page.show_nothing()
    assert not page._nothing.isVisible()
    assert not page.tree.isVisible()


def test_a_larger_number_of_chapters_can_be_typed_without_losing_the_volumes(qtbot: QtBot) -> None:
    """Its first figure alone is fewer chapters than there are to be volumes."""
    dialog = VolumesDialog(small_outline())
    qtbot.addWidget(dialog)
    dialog.show_question(2, 40, "")

    dialog._total.selectAll()
    QTest.keyClicks(dialog._total, "1")
    assert dialog.count == 1, "no more volumes than chapters"
    QTest.keyClicks(dialog._total, "2")
    assert (dialog.count, dialog.total) == (2, 12)

    dialog._count.setValue(9)
    dialog._total.setValue(4)
    assert dialog.count == 4
    dialog._count.setValue(3)
    dialog._total.setValue(40)
    assert dialog.count == 3, "what the author chose last"


@pytest.mark.parametrize("family", ["", "Noto Sans CJK SC", "Noto Serif CJK SC"])
def test_the_names_of_chapters_have_the_widest_column(qtbot: QtBot, family: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    if family:
        window.setFont(QFont(family, window.font().pointSize()))
    tree = OutlineTree(window)
    window.show()
    for width in (420, 560, 700, 900):
        tree.resize(width, 300)
        QApplication.processEvents()
        shown = [column for column in OutlineColumn if not tree.isColumnHidden(column)]
        widths = [tree.columnWidth(column) for column in shown]
        assert tree.columnWidth(OutlineColumn.NAME) == max(widths), f"{width}: {widths}"
