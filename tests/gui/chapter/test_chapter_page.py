"""The page of a chapter: its parts hand the keyboard on to each other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.chapter_page import ChapterPage
from arboris_desktop.ui.chapter.editable_title import EditableTitle
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from tests.gui.chapter.chapter_samples import make_chapter
from tests.support.studio_stage import child


@pytest.fixture
def page(qtbot: QtBot) -> ChapterPage:
    made = ChapterPage(font_points=13)
    qtbot.addWidget(made)
    made.editor.set_text("A lantern.")
    made.show_text()
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_from_the_title_the_keyboard_goes_on_in_the_text(page: ChapterPage, key: Qt.Key) -> None:
    page.header.show_chapter(make_chapter(1), Language.ENGLISH, 3)
    title = child(page.header, EditableTitle)
    QTest.mouseClick(child(title, ElidedLabel), Qt.MouseButton.LeftButton)
    field = child(title, QLineEdit)
    assert field.hasFocus()
    QTest.keyClick(field, key)
    assert page.editor.hasFocus()
