from __future__ import annotations

import re

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.chapter_header import ChapterHeader
from arboris_desktop.ui.chapter.live_text import LiveText
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


def test_a_planned_chapter_can_be_generated(header: ChapterHeader, qtbot: QtBot) -> None:
    assert header.state_text() == "Planned"
    assert button(header, "Stop").isHidden()
    with qtbot.waitSignal(header.generate_requested):
        button(header, "Generate chapter").click()


def test_a_written_chapter_shows_its_length_and_state(header: ChapterHeader) -> None:
    header.show_chapter(make_chapter(3, written=True, analysis="completed"), Language.CHINESE, 3512)
    assert header.state_text() == "3,512 字 · Analysed"
    assert button(header, "Generate").text() == "Generate again"


def test_progress_is_shown_from_the_first_second(header: ChapterHeader, qtbot: QtBot) -> None:
    header.show_writing(LiveText("", Language.ENGLISH))
    assert header.state_text() == "Waiting for the model… 0 s"
    assert button(header, "Generate").isHidden()
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


def test_the_keyboard_stays_on_the_button_that_takes_the_place(
    header: ChapterHeader, qtbot: QtBot
) -> None:
    generate, stop = button(header, "Generate"), button(header, "Stop")
    generate.setFocus()
    qtbot.waitUntil(generate.hasFocus)
    header.show_writing(LiveText("", Language.ENGLISH))
    assert stop.hasFocus()
    header.show_chapter(make_chapter(3), Language.ENGLISH, 0)
    assert generate.hasFocus()


def test_why_nothing_can_be_generated_is_said(header: ChapterHeader) -> None:
    header.set_can_generate(False, "Choose a model first.")
    generate = button(header, "Generate")
    assert not generate.isEnabled()
    assert generate.toolTip() == "Choose a model first."
    header.set_can_generate(True)
    assert generate.isEnabled()
    assert "Ctrl+G" in generate.toolTip()


def test_the_plan_unfolds(header: ChapterHeader) -> None:
    plan = "A long plan. " * 40
    header.show_chapter(make_chapter(3, outline=plan), Language.ENGLISH, 0)
    line = next(w for w in header.findChildren(ElidedLabel) if w.text().startswith("A long plan"))
    height = header.sizeHint().height()
    assert line.is_elided()
    assert "A long plan" in line.toolTip()
    toggle = header.findChild(QToolButton)
    assert toggle is not None
    toggle.click()
    assert line.isHidden()
    assert header.heightForWidth(700) > height
    toggle.click()
    assert not line.isHidden()


def test_without_a_plan_there_is_no_line_for_it(header: ChapterHeader) -> None:
    header.show_chapter(make_chapter(3, outline=" "), Language.ENGLISH, 0)
    header.set_plan_below(False)
    toggle = header.findChild(QToolButton)
    assert toggle is not None
    assert not toggle.isVisible()


def test_the_page_below_can_take_over_plan_and_button(header: ChapterHeader) -> None:
    header.set_plan_below(True)
    assert button(header, "Generate").isHidden()
    header.set_plan_below(False)
    assert not button(header, "Generate").isHidden()


def test_a_long_title_is_cut_and_told(header: ChapterHeader) -> None:
    header.resize(500, 120)
    header.show_chapter(make_chapter(3, title="Tide " * 60), Language.ENGLISH, 0)
    title = next(w for w in header.findChildren(ElidedLabel) if w.text().startswith("3. Tide"))
    assert title.is_elided()
    assert "3. Tide" in title.toolTip()
    assert header.minimumSizeHint().width() < 500
