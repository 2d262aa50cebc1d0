from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.chapter_header import ChapterHeader
from arboris_desktop.ui.chapter.editable_title import EditableTitle
from arboris_desktop.ui.chapter.live_text import LiveText
from arboris_desktop.ui.chapter.plan_popover import PlanPopover
from arboris_desktop.ui.outline.plan_edit import PlanEdit
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from tests.gui.chapter.chapter_samples import make_chapter


@pytest.fixture
def header(qtbot: QtBot) -> ChapterHeader:
    made = ChapterHeader()
    qtbot.addWidget(made)
    made.resize(700, 120)
    made.show_chapter(make_chapter(3), Language.ENGLISH, 0)
    made.show()
    return made


def button(header: QWidget, start: str) -> QPushButton:
    return next(b for b in header.findChildren(QPushButton) if b.text().startswith(start))


def test_a_planned_chapter_says_so(header: ChapterHeader) -> None:
    assert header.state_text() == "Planned"


def test_a_written_chapter_shows_its_length_and_state(header: ChapterHeader) -> None:
    header.show_chapter(make_chapter(3, written=True, analysis="completed"), Language.CHINESE, 3512)
    assert header.state_text() == "3,512 字 · Analysed"


def test_progress_is_shown_from_the_first_second(header: ChapterHeader, qtbot: QtBot) -> None:
    header.show_writing(LiveText("", Language.ENGLISH))
    assert header.state_text() == "Waiting for the model… 0 s"
    qtbot.waitUntil(lambda: header.state_text() != "Waiting for the model… 0 s")
    assert re.fullmatch(r"Waiting for the model… [1-9]\d* s", header.state_text())
    header.show_words(212)
    assert re.fullmatch(r"Writing · 212 words · \d:\d\d", header.state_text())
    assert not header.state_text().endswith("0:00")


def test_the_clock_runs_only_during_writing(header: ChapterHeader) -> None:
    assert not header.is_ticking()
    header.show_writing(LiveText("", Language.ENGLISH))
    assert header.is_ticking()
    header.show_chapter(make_chapter(3, written=True), Language.ENGLISH, 20)
    assert not header.is_ticking()
    assert header.state_text() == "20 words · Written"


def test_words_that_follow_wait_for_the_tick(header: ChapterHeader, qtbot: QtBot) -> None:
    live = LiveText("one two three four", Language.ENGLISH)
    live.append(" five")
    header.show_writing(live)
    header.show_words(6)
    assert header.state_text().startswith("Writing · 5 words")
    qtbot.waitUntil(lambda: header.state_text().startswith("Writing · 6 words"))


def plan_button(header: ChapterHeader) -> QToolButton:
    found = header.findChild(QToolButton)
    assert isinstance(found, QToolButton)
    return found


def test_the_plan_is_opened_over_the_text(header: ChapterHeader, qtbot: QtBot) -> None:
    plan = "A long plan. " * 40
    header.show_chapter(make_chapter(3, outline=plan), Language.ENGLISH, 0)
    height = header.height()
    plan_button(header).click()
    popover = header.findChild(PlanPopover)
    assert isinstance(popover, PlanPopover)
    assert popover.isVisible()
    assert popover.text() == plan.strip()
    assert header.height() == height
    plan_button(header).click()
    assert not popover.isVisible()
    plan_button(header).click()
    with qtbot.waitSignal(header.outline_requested):
        button(popover, "Show in the outline").click()
    assert not popover.isVisible()


def said(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_plan_is_changed_in_its_popover_and_kept_until_it_is_saved(
    header: ChapterHeader,
) -> None:
    header.show_chapter(make_chapter(3, outline=" "), Language.ENGLISH, 0)
    told = QSignalSpy(header.plan_edited)
    plan_button(header).click()
    popover = header.window().findChild(PlanPopover)
    assert isinstance(popover, PlanPopover)
    field = popover.findChild(PlanEdit)
    assert isinstance(field, PlanEdit)
    QTest.keyClicks(field, "She opens the door.")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not popover.isVisible()
    typed = told.at(told.count() - 1)
    assert typed == [3, make_chapter(3).title, "She opens the door."]

    header.plan_failed(3, "The disk is full.")
    plan_button(header).click()
    assert popover.text() == "She opens the door.", "it is not lost"
    assert "The disk is full." in said(popover)
    header.show_chapter(make_chapter(3, outline="Stored elsewhere."), Language.ENGLISH, 0)
    assert popover.text() == "She opens the door.", "nor replaced by what is read"
    header.plan_saved(*typed)
    assert "The disk is full." not in said(popover)


def test_the_title_is_changed_where_it_stands(header: ChapterHeader) -> None:
    told = QSignalSpy(header.plan_edited)
    title = header.findChild(EditableTitle)
    assert isinstance(title, EditableTitle)
    plan = make_chapter(3).outline.strip()
    label, field = title.findChild(ElidedLabel), title.findChild(QLineEdit)
    assert isinstance(label, QWidget)
    assert isinstance(field, QWidget)
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert title.is_editing
    QTest.keyClicks(field, "The Bell")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.at(told.count() - 1) == [3, "The Bell", plan]
    assert header.title_text() == "3. The Bell"

    QTest.keyClick(label, Qt.Key.Key_F2)
    QTest.keyClicks(field, "Another")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not title.is_editing
    assert told.at(told.count() - 1) == [3, "The Bell", plan]
    header.plan_saved(3, "The Bell", plan)


def test_the_page_below_can_take_over_the_plan(header: ChapterHeader) -> None:
    header.show_chapter(make_chapter(3, outline="A plan."), Language.ENGLISH, 0)
    header.set_plan_below(True)
    assert plan_button(header).isHidden()
    header.set_plan_below(False)
    assert not plan_button(header).isHidden()


def test_it_is_one_line_of_48_pixels(header: ChapterHeader) -> None:
    assert header.height() == 48


def test_a_long_title_is_cut_and_told(header: ChapterHeader) -> None:
    header.resize(500, 120)
    header.show_chapter(make_chapter(3, title="Tide " * 60), Language.ENGLISH, 0)
    title = next(w for w in header.findChildren(ElidedLabel) if w.text().startswith("3. Tide"))
    assert title.is_elided()
    assert "3. Tide" in title.toolTip()
    assert header.minimumSizeHint().width() < 500


@pytest.mark.parametrize("width", [380, 460, 560, 900])
def test_beside_a_panel_the_title_is_whole_and_the_state_gives_way(
    header: ChapterHeader, width: int, qtbot: QtBot
) -> None:
    header.show_target(3000)
    header.show_chapter(
        make_chapter(12, title="The Ferry", written=True, analysis="pending"),
        Language.ENGLISH,
        12_345,
    )
    header.resize(width, 48)
    title, state = header.findChildren(ElidedLabel)
    qtbot.waitUntil(lambda: title.width() + state.width() < width and not title.is_elided())
    assert state.is_elided() == bool(state.toolTip())
    assert state.is_elided() == (width < 900), "it has what is left"
