from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.novels.novel_list import NovelList
from arboris_desktop.ui.novels.places import AuthorPlace
from arboris_desktop.ui.novels.start_page import StartPage
from tests.gui.chapter.chapter_samples import NOW, make_novel

# The offscreen platform cannot do what a popup asks for, and says so.
popup = pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing the keyboard"
)


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    made = StartPage(clock=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def novels(page: StartPage) -> NovelList:
    chinese = make_novel("q", "六更天", Language.CHINESE)
    page.show_novels([make_novel(), replace(chinese, updated_at=NOW - timedelta(days=40))])
    found = page.findChild(NovelList)
    assert found is not None
    return found


def test_the_author_goes_on_where_they_were(page: StartPage, qtbot: QtBot) -> None:
    page.show_novels([make_novel()])
    (go_on,) = [b for b in page.findChildren(QPushButton) if not b.text()]
    assert not go_on.isVisible()
    page.offer_to_continue(AuthorPlace("p", 3, "3. Salt & Light"), "The Long Ebb")
    assert go_on.text() == "Continue writing: 3. Salt && Light"
    assert "The Long Ebb" in go_on.toolTip()
    assert go_on.isDefault()
    with qtbot.waitSignal(page.novel_opened) as opened:
        go_on.click()
    assert opened.args == ["p"]
    page.offer_to_continue(AuthorPlace("gone", 3, "3. Salt & Light"), "")
    assert not go_on.isVisible()


def test_without_novels_the_page_says_how_to_begin(page: StartPage) -> None:
    assert not page.is_empty(), "nobody knows before they are read"
    page.show_novels([])
    assert page.is_empty()
    page.show_novels([make_novel()])
    assert not page.is_empty()


@pytest.mark.parametrize(
    ("text", "signal", "arguments"),
    [
        ("New novel", "new_novel_requested", []),
        ("Open the English sample", "sample_requested", ["en"]),
        ("Open the Chinese sample", "sample_requested", ["zh"]),
        ("&Import…", "import_requested", []),
    ],
)
def test_buttons_ask(
    page: StartPage, qtbot: QtBot, text: str, signal: str, arguments: list[str]
) -> None:
    button = next(b for b in page.findChildren(QPushButton) if b.text() == text)
    with qtbot.waitSignal(getattr(page, signal)) as asked:
        button.click()
    assert asked.args == arguments


def test_a_novel_is_described_in_its_own_unit(novels: NovelList) -> None:
    assert novels.facts(0) == "1,240 words · 1 of 3 chapters · changed just now"
    assert novels.facts(1).startswith("1,240 字 · 1 of 3 chapters · changed ")
    described = novels.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert described == "The Long Ebb, 1,240 words · 1 of 3 chapters · changed just now"


def test_the_premise_in_the_tooltip_is_no_markup(novels: NovelList) -> None:
    assert "&lt;b&gt;tide" in novels.item(0).toolTip()


def by_double_click(novels: NovelList) -> None:
    place = novels.visualItemRect(novels.item(1)).center()
    QTest.mouseClick(novels.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(novels.viewport(), Qt.MouseButton.LeftButton, pos=place)


def by_keyboard(novels: NovelList) -> None:
    QTest.keyClick(novels, Qt.Key.Key_Down)
    QTest.keyClick(novels, Qt.Key.Key_Return)


@pytest.mark.parametrize("open_second", [by_double_click, by_keyboard])
def test_a_novel_is_opened(
    page: StartPage, novels: NovelList, qtbot: QtBot, open_second: Callable[[NovelList], None]
) -> None:
    with qtbot.waitSignal(page.novel_opened) as opened:
        open_second(novels)
    assert opened.args == ["q"]


def test_delete_asks_for_removal(page: StartPage, novels: NovelList, qtbot: QtBot) -> None:
    novels.setFocus()
    qtbot.waitUntil(novels.hasFocus)
    with qtbot.waitSignal(page.novel_removal_requested) as asked:
        QTest.keyClick(novels, Qt.Key.Key_Delete)
    assert asked.args == ["p"]


@popup
def test_the_menu_opens_and_removes(page: StartPage, novels: NovelList, qtbot: QtBot) -> None:
    novels.customContextMenuRequested.emit(novels.visualItemRect(novels.item(0)).center())
    menu = QApplication.activePopupWidget()
    assert menu is not None
    actions = menu.actions()
    menu.close()
    assert [action.text() for action in actions] == ["Open", "Remove…"]
    with qtbot.waitSignal(page.novel_opened):
        actions[0].trigger()


def test_the_chosen_novel_stays_chosen(page: StartPage, novels: NovelList) -> None:
    novels.setCurrentRow(1)
    page.show_novels([make_novel("new", "A third"), make_novel("q"), make_novel("p")])
    assert novels.chosen() == "q"
    page.show_novels([make_novel("p")])
    assert novels.chosen() == "p"


def test_long_and_chinese_titles_are_painted(page: StartPage, novels: NovelList) -> None:
    page.show_novels([make_novel("p", "很长的书名" * 60)])
    page.resize(480, 400)
    assert not page.grab().isNull()
    assert novels.horizontalScrollBar().maximum() == 0


def test_the_sample_in_the_language_of_the_window_comes_first(page: StartPage) -> None:
    def samples() -> list[str]:
        shown = [each for each in page.findChildren(QPushButton) if "sample" in each.text()]
        return [each.text() for each in sorted(shown, key=lambda each: each.x())]

    before = QLocale()
    try:
        for language, first in (("zh_CN", "Chinese"), ("en_GB", "English")):
            QLocale.setDefault(QLocale(language))
            QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
            QApplication.sendPostedEvents()
            assert first in samples()[0]
    finally:
        QLocale.setDefault(before)
