"""The frame around the page: how much of the window the text has, and what leads elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, QSize, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.editor import LINE_EMS, ChapterEditor
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.status_bar import StudioStatusBar
from tests.gui.chapter.chapter_samples import make_chapter, make_version

CHAPTER = "\n\n".join(
    ["“Your book’s broke,” said Denzil Rowe, and laid it on the counter. " * 5] * 40
)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = MainWindow(settings, StudioStatusBar())
    qtbot.addWidget(made)
    made.show()
    made.show_studio("The Long Ebb")
    made.chapter_view.show_chapter(make_chapter(1), make_version(1, CHAPTER), Language.ENGLISH)
    return made


def page(window: MainWindow) -> ChapterEditor:
    found = window.chapter_view.findChild(ChapterEditor)
    assert isinstance(found, ChapterEditor)
    return found


def measured(window: MainWindow, width: int, height: int) -> tuple[float, float]:
    """The share of the window that the page has, and the lines of prose on it."""
    window.resize(width, height)
    QApplication.processEvents()
    text = page(window)
    share = text.width() * text.height() / (window.width() * window.height())
    return share, text.viewport().height() / (LINE_EMS * QFontInfo(text.font()).pixelSize())


def test_the_page_owns_the_window_after_the_first_start(window: MainWindow) -> None:
    share, lines = measured(window, 1360, 860)
    assert share >= 0.6
    assert lines >= 20
    assert window.side.shown is None


@pytest.mark.parametrize(("screen", "fills"), [((1366, 768), True), ((1920, 1080), False)])
def test_a_screen_without_room_for_the_window_is_filled(
    qtbot: QtBot, tmp_path: Path, screen: tuple[int, int], fills: bool
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, StudioStatusBar())
    qtbot.addWidget(window)

    window.fit_to(QSize(*screen))

    assert window.isMaximized() is fills
    assert window.height() < screen[1]


def test_a_small_screen_has_fourteen_lines_without_anything_cut(window: MainWindow) -> None:
    # 1366 x 768 at 125 %.
    _share, lines = measured(window, 1092, 614)
    assert lines >= 14
    assert (window.width(), window.height()) == (1092, 614), "nothing needs more room than there is"


def test_the_column_is_36_ems_wide_with_margins(window: MainWindow) -> None:
    measured(window, 1360, 860)
    text = page(window)
    em = QFontInfo(text.font()).pixelSize()
    assert 34 * em <= text.viewport().width() <= 40 * em
    measured(window, 900, 640)
    side = text.viewport().geometry()
    assert side.left() >= 48
    assert text.width() - side.right() - 1 >= 48


def test_a_panel_has_its_place_and_one_is_shown_at_a_time(window: MainWindow) -> None:
    codex, activity = window.side.action(Panel.CODEX), window.side.action(Panel.ACTIVITY)
    codex.trigger()
    assert window.codex_panel.isVisible()
    activity.trigger()
    assert not window.codex_panel.isVisible()
    assert window.task_panel.isVisible()
    assert (codex.isChecked(), activity.isChecked()) == (False, True)
    assert window.task_panel.window() is window, "nothing floats"
    activity.trigger()
    assert window.side.shown is None
    assert not activity.isChecked()


def test_a_panel_is_closed_at_its_corner(window: MainWindow) -> None:
    window.side.open_panel(Panel.CODEX)
    close = next(
        each
        for each in window.side.findChildren(QToolButton)
        if each.isVisible() and each.accessibleName() == "Close this panel"
    )
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert window.side.shown is None
    assert not window.side.action(Panel.CODEX).isChecked()


def test_the_button_for_writing_is_stop_while_anything_is_written(window: MainWindow) -> None:
    stop, write = window.actions_.stop, window.top_bar.write
    stop.setEnabled(False)
    assert write.text() == "Write"
    assert write.menu().actions()[0] is window.actions_.generate
    stopped = QSignalSpy(stop.triggered)
    stop.setEnabled(True)
    assert write.text() == "Stop"
    assert "Ctrl+." in write.toolTip()
    write.click()
    assert stopped.count() == 1


def test_a_badge_tells_what_waits_to_eyes_and_ears(window: MainWindow) -> None:
    badge = window.codex_button
    assert badge.accessibleName() == "Codex"
    assert "Alt+7" in badge.toolTip()
    plain = badge.grab().toImage()
    badge.show_count(3)
    assert badge.accessibleName() == "Codex, 3 waiting"
    assert badge.grab().toImage() != plain
    QApplication.sendEvent(badge, QEvent(QEvent.Type.LanguageChange))
    assert badge.accessibleName() == "Codex, 3 waiting"


def test_the_bar_is_44_pixels_high_and_names_the_novel(window: MainWindow) -> None:
    assert window.top_bar.height() == 44
    window.actions_.home.trigger()
    window.show_start_page()
    assert not window.top_bar.isVisible()


def test_the_keyboard_goes_from_panel_to_panel_and_back_to_the_page(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.side.open_panel(Panel.NOTES)
    window.notes_panel.setFocus()
    qtbot.waitUntil(lambda: window.notes_panel.isAncestorOf(focused(window)))
    window.side.open_panel(Panel.COMMENTS)
    qtbot.waitUntil(lambda: window.comment_panel.isAncestorOf(focused(window)))
    with qtbot.waitSignal(window.side.left):
        window.side.close_panel()
    assert focused(window) is page(window)


def test_the_keyboard_stays_beside_the_page_while_panels_change(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Also where nothing is shown yet: what comes first in the window leads out of the novel."""
    window.side.open_panel(Panel.CODEX)
    window.side.take_keyboard()
    qtbot.waitUntil(lambda: window.side.isAncestorOf(focused(window)))
    for panel in (*Panel, *reversed(Panel)):
        window.side.open_panel(panel)
        QApplication.processEvents()
        assert window.side.isAncestorOf(focused(window)), panel


def focused(window: MainWindow) -> QWidget:
    found: QWidget | None = window.focusWidget()
    return window if found is None else found


def test_what_the_window_says_does_not_stand_over_the_name_of_the_model(
    window: MainWindow,
) -> None:
    bar = window.statusBar()
    (model,) = [one for one in bar.findChildren(QToolButton) if one.text() == "No model chosen"]
    window.tell("Imported book.txt.")
    bar.hide()
    bar.show()
    assert not model.isVisible()
    bar.clearMessage()
    assert model.isVisible()
