"""A small screen: whatever is opened beside the page, the window keeps to its size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.find.bar import FindBar
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.page_stack import PageStack
from arboris_desktop.ui.widgets.theme import apply_theme
from arboris_desktop.ui.widgets.wrapping_row import WrappingRow
from arboris_desktop.ui.workspace import Stage
from tests.gui.chapter.chapter_samples import make_chapter, make_version
from tests.gui.frame.test_frame import CHAPTER, window
from tests.support.studio_stage import child

__all__ = ["window"]

SMALL = (1024, 600)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    """As the author has it: the style sheet gives everything more room than Fusion does."""
    apply_theme(qapp, ColourScheme.LIGHT)


def write(window: MainWindow) -> None:
    """Shows the text of a chapter."""
    window.chapter_view.show_chapter(make_chapter(1), make_version(1, CHAPTER), Language.ENGLISH)


def plan(window: MainWindow) -> None:
    """Shows the plan of a chapter that has no text."""
    window.chapter_view.show_chapter(make_chapter(2), None, Language.ENGLISH)


def replace_words(window: MainWindow) -> None:
    """Opens the bar that finds and replaces."""
    write(window)
    window.chapter_view.find_words(replace=True)


def find_and_select(window: MainWindow) -> None:
    """Finds words in a text of two versions, with much of it selected."""
    view, versions = window.chapter_view, [make_version(1, "a"), make_version(1, CHAPTER)]
    view.show_chapter(make_chapter(1), versions[1], Language.ENGLISH, versions)
    view.find_words(replace=True)
    child(view, FindBar).words.setText("e")
    child(view, ChapterEditor).select(0, len(CHAPTER) // 2)


def fail(window: MainWindow) -> None:
    """Shows why the writing failed, with all that can be done about it."""
    plan(window)
    window.chapter_view.begin_writing(make_chapter(2))
    window.chapter_view.append(2, "The keeper counted the boats.")
    window.chapter_view.show_failure(2, ErrorKind.UNAUTHORIZED, "401", True, "raw")


@pytest.mark.parametrize("panel", list(Panel))
@pytest.mark.parametrize("page", [write, plan, replace_words, find_and_select, fail])
def test_a_panel_opens_within_a_small_window(
    window: MainWindow, page: Callable[[MainWindow], None], panel: Panel
) -> None:
    window.resize(*SMALL)
    page(window)

    window.side.open_panel(panel)
    QApplication.processEvents()

    assert (window.width(), window.height()) == SMALL
    assert window.minimumSizeHint().width() <= SMALL[0]


def test_what_is_looked_for_can_be_read_beside_a_panel(window: MainWindow) -> None:
    window.resize(*SMALL)
    find_and_select(window)
    window.side.open_panel(Panel.SEARCH)
    QApplication.processEvents()

    bar = child(window.chapter_view, FindBar)
    assert min(bar.words.width(), bar.replacement.width()) >= 120
    for button in bar.findChildren(QAbstractButton):
        area = QRect(button.mapTo(bar, QPoint()), button.size())
        assert bar.rect().contains(area), button.text() or button.accessibleName()
        assert button.width() >= button.sizeHint().width()


def test_no_menu_is_higher_than_a_small_screen(window: MainWindow) -> None:
    """One that is goes on in a second column, most of which is empty."""
    for menu in window.menuBar().findChildren(QMenu):
        menu.aboutToShow.emit()
        assert menu.sizeHint().height() < SMALL[1], menu.title()


@pytest.mark.parametrize("stage", list(Stage))
def test_no_stage_widens_a_small_window(window: MainWindow, stage: Stage) -> None:
    window.resize(*SMALL)

    window.workspace.show_stage(stage)
    QApplication.processEvents()

    assert (window.width(), window.height()) == SMALL


def test_only_the_page_in_sight_decides_how_narrow_a_place_may_be(qtbot: QtBot) -> None:
    place, narrow, wide = PageStack(), QPushButton("a"), QPushButton("wide " * 20)
    qtbot.addWidget(place)
    place.addWidget(narrow)
    place.addWidget(wide)

    assert place.minimumSizeHint().width() < wide.minimumSizeHint().width()
    place.setCurrentWidget(wide)
    assert place.minimumSizeHint().width() >= wide.minimumSizeHint().width()
    place.setCurrentWidget(narrow)
    place.removeWidget(narrow)
    assert place.minimumSizeHint().width() >= wide.minimumSizeHint().width()


def buttons_at(host: QWidget, width: int) -> list[QPushButton]:
    """The buttons of a row in reading order, laid out in so many pixels."""
    host.resize(width, 400)
    QApplication.processEvents()
    shown = [each for each in host.findChildren(QPushButton) if each.isVisible()]
    return sorted(shown, key=lambda each: (each.y(), each.x()))


def test_buttons_go_on_below_where_there_is_no_room_beside_each_other(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    row = WrappingRow(spacing=8)
    names = ["Continue from here", "Keep as the chapter", "Discard", "Details"]
    for name in names:
        row.addWidget(QPushButton(name))
    host.setLayout(row)
    host.show()

    host.findChildren(QPushButton)[0].setMinimumHeight(50)
    wide = buttons_at(host, 900)
    assert {each.geometry().center().y() for each in wide} == {24}, "in the middle of their line"
    narrow = buttons_at(host, 260)
    assert len({each.y() for each in narrow}) > 1
    assert [each.text() for each in narrow] == names
    for each in narrow:
        assert each.geometry().right() < 260
        assert each.width() >= each.minimumSizeHint().width()
    assert len(narrow) * 50 > row.heightForWidth(260) > max(each.y() for each in narrow)

    narrow[0].hide()
    QApplication.processEvents()
    assert buttons_at(host, 260)[0].x() == 0
