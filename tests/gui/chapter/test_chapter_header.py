from __future__ import annotations

import re

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.chapter_header import ChapterHeader
from arboris_desktop.ui.chapter.live_text import LiveText
from arboris_desktop.ui.chapter.plan_popover import PlanPopover
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


def button(header: ChapterHeader, start: str) -> QPushButton:
    return next(b for b in header.findChildren(QPushButton) if b.text().startswith(start))


def test_a_planned_chapter_says_so(header: ChapterHeader) -> None:
    assert header.state_text() == "Planned"
    assert button(header, "Stop").isHidden()


def test_a_written_chapter_shows_its_length_and_state(header: ChapterHeader) -> None:
    header.show_chapter(make_chapter(3, written=True, analysis="completed"), Language.CHINESE, 3512)
    assert header.state_text() == "3,512 字 · Analysed"


def test_progress_is_shown_from_the_first_second(header: ChapterHeader, qtbot: QtBot) -> None:
    header.show_writing(LiveText("", Language.ENGLISH))
    assert header.state_text() == "Waiting for the model… 0 s"
    assert not button(header, "Stop").isHidden()
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


def test_stop_asks_to_stop(header: ChapterHeader) -> None:
    header.show_writing(LiveText("", Language.ENGLISH))
    asked = QSignalSpy(header.stop_requested)
    button(header, "Stop").click()
    assert asked.count() == 1


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
    edit = popover.findChild(QPushButton)
    assert isinstance(edit, QPushButton)
    with qtbot.waitSignal(header.outline_requested):
        edit.click()
    assert not popover.isVisible()


def test_without_a_plan_there_is_no_button_for_it(header: ChapterHeader) -> None:
    header.show_chapter(make_chapter(3, outline=" "), Language.ENGLISH, 0)
    header.set_plan_below(False)
    assert not plan_button(header).isVisible()


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
