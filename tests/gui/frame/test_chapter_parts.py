"""The page of the chapters is made with the first novel, as the author has it by then."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.text_focus import TextFocus
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.work.lazy import Lazy
from arboris_desktop.ui.workspace import Stage

pytestmark = pytest.mark.gui


@pytest.fixture
def remembered(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot, remembered: QSettings) -> MainWindow:
    made = MainWindow(remembered, StudioStatusBar())
    qtbot.addWidget(made)
    made.show_start_page()
    made.show()
    return made


def test_what_is_done_to_it_waits_until_it_is_made() -> None:
    did: list[str] = []
    made: list[str] = []

    def make() -> str:
        made.append("a page")
        return "a page"

    late = Lazy(make)
    late.when_made(lambda page: did.append(f"first to {page}"))
    late.when_made(lambda page: did.append(f"then to {page}"))
    assert (did, made, late.made) == ([], [], None)

    assert late.get() is late.get()
    late.when_made(lambda page: did.append(f"at once to {page}"))

    assert did == ["first to a page", "then to a page", "at once to a page"]
    assert made == ["a page"]


def test_who_is_done_to_may_ask_for_it() -> None:
    late = Lazy(lambda: ["made"])
    late.when_made(lambda page: page.append(str(late.get() is page)))

    assert late.get() == ["made", "True"]


def test_a_window_without_a_novel_has_no_page(window: MainWindow) -> None:
    assert window.chapter_parts.made is None


def test_nothing_that_can_be_done_without_a_novel_makes_it(window: MainWindow) -> None:
    edit = window.edit_menu
    assert not any(each.isEnabled() for each in (edit.find_words, edit.find_next))
    assert not any(
        each.isEnabled() for each in (window.actions_.zoom_in, window.actions_.zoom_reset)
    )
    for action in (window.actions_.next_pane, window.actions_.previous_pane):
        action.trigger()
    window.flush_edits()
    window.side.close_panel()
    window.save_state()

    assert window.chapter_parts.made is None


def test_it_has_its_place_among_the_stages(window: MainWindow) -> None:
    window.show_studio("The Long Ebb")

    assert window.workspace.stage is Stage.CHAPTERS
    assert window.two_panes.isVisible()
    assert window.chapter_view.isVisible()


def test_it_comes_as_the_author_left_it(qtbot: QtBot, remembered: QSettings) -> None:
    remembered.setValue("zoom", 130)
    remembered.setValue("aids", "typewriter sentence")
    window = MainWindow(remembered, StudioStatusBar())
    qtbot.addWidget(window)

    view = window.chapter_view

    assert view.zoom == 130
    assert window.writing_aids.state().split() == ["typewriter", TextFocus.SENTENCE.value]
    editor = view.findChild(ChapterEditor)
    assert isinstance(editor, ChapterEditor)
    assert editor.typewriter.is_on


def test_an_aid_that_is_chosen_before_is_on_in_it(window: MainWindow) -> None:
    window.actions_.typewriter.trigger()
    window.actions_.typewriter.trigger()
    window.actions_.focus_paragraph.trigger()
    window.actions_.typewriter.trigger()

    editor = window.chapter_view.findChild(ChapterEditor)

    assert isinstance(editor, ChapterEditor)
    assert editor.typewriter.is_on


def test_a_start_that_opens_nothing_forgets_nothing(
    window: MainWindow, remembered: QSettings
) -> None:
    remembered.setValue("zoom", 150)

    window.save_state()

    assert window.chapter_parts.made is None
    assert int(str(remembered.value("zoom"))) == 150
