"""A difference as the author sees it, in one text and in two."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.widgets.diff_view import DiffSide, DiffText, DiffView
from tests.support.studio_stage import child

OLD, NEW = "Mara came home late.", "Mara came home early."


@pytest.fixture
def view(qtbot: QtBot) -> DiffView:
    view = DiffView()
    qtbot.addWidget(view)
    view.show_texts(OLD, NEW)
    view.show()
    return view


def text_of(view: DiffView, side: DiffSide) -> DiffText:
    (found,) = [each for each in view.findChildren(DiffText) if each._side is side]
    return found


def test_each_side_says_its_text_and_one_says_both(view: DiffView) -> None:
    assert view.text(DiffSide.OLD) == OLD
    assert view.text(DiffSide.NEW) == NEW
    assert view.text(DiffSide.BOTH) == "Mara came home lateearly."


def test_what_goes_is_struck_through_and_what_comes_is_underlined(view: DiffView) -> None:
    text = text_of(view, DiffSide.BOTH)

    def at(position: int) -> QTextCursor:
        cursor = QTextCursor(text.document())
        cursor.setPosition(position + 1)
        return cursor

    assert at(view.text(DiffSide.BOTH).index("late")).charFormat().fontStrikeOut()
    assert at(view.text(DiffSide.BOTH).index("early")).charFormat().fontUnderline()
    plain = at(0).charFormat()
    assert not plain.fontStrikeOut()
    assert not plain.fontUnderline()


def test_one_text_or_two_as_the_author_likes(view: DiffView) -> None:
    assert text_of(view, DiffSide.BOTH).isVisible()
    assert not text_of(view, DiffSide.OLD).isVisible()

    child(view, QCheckBox).click()

    assert not text_of(view, DiffSide.BOTH).isVisible()
    assert text_of(view, DiffSide.OLD).isVisible()
    assert text_of(view, DiffSide.NEW).isVisible()


def test_equal_texts_are_said_to_be_equal(view: DiffView) -> None:
    view.show_texts(OLD, OLD)

    assert "No difference" in [label.text() for label in view.findChildren(QLabel)]


def test_both_sides_scroll_together(view: DiffView, qtbot: QtBot) -> None:
    view.show_texts("One line.\n" * 200, "One line.\n" * 400)
    view.show_side_by_side(True)
    old = text_of(view, DiffSide.OLD).verticalScrollBar()
    new = text_of(view, DiffSide.NEW).verticalScrollBar()
    qtbot.waitUntil(lambda: old.maximum() > 0 and new.maximum() > 0)

    old.setValue(old.maximum())

    assert new.value() == new.maximum()
