"""A difference as the author sees it, in one text and in two."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language, ParagraphStyle
from arboris_desktop.text.differences import paragraph_anchors, text_diff
from arboris_desktop.ui.widgets.diff_view import DiffSide, DiffText, DiffView
from arboris_desktop.ui.widgets.prose_look import ProseLook
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


def test_of_no_texts_nothing_is_said(view: DiffView) -> None:
    view.show_segments(())
    assert "No difference" not in [label.text() for label in view.findChildren(QLabel)]


def test_what_two_independent_texts_share_is_greyed_and_nothing_is_struck(view: DiffView) -> None:
    old, new = "The rain came. She left the lamp.", "Nobody was home. She left the lamp."
    view.show_segments(text_diff(old, new), are_drafts=True)
    text = text_of(view, DiffSide.OLD)

    looks = {}
    cursor = text.textCursor()
    for place in (2, len(old) - 2):
        cursor.setPosition(place)
        looks[place] = cursor.charFormat()
    assert not any(look.fontStrikeOut() for look in looks.values())
    grey = text.palette().placeholderText().color()
    assert [look.foreground().color() == grey for look in looks.values()] == [False, True]


def test_paragraphs_that_belong_together_stay_together(view: DiffView, qtbot: QtBot) -> None:
    marks = ["The lamp went out.", "The bell began to ring.", "The tide turned at last."]
    here = ["Nothing else happened in all that time, and nobody came. " * n for n in range(3, 21)]
    there = [f"Somebody came {n} times to ask about it and went. " * 8 for n in range(18)]
    old = "\n\n".join([marks[0], *here[:9], marks[1], here[9], marks[2], *here[10:]])
    new = "\n\n".join([marks[0], there[0], marks[1], *there[1:10], marks[2], *there[10:]])
    view.show_segments(text_diff(old, new), paragraph_anchors(old, new))
    view.show_side_by_side(True)
    left, right = (text_of(view, side) for side in (DiffSide.OLD, DiffSide.NEW))
    qtbot.waitUntil(lambda: left.verticalScrollBar().maximum() > 0)
    assert (left.verticalScrollBar().value(), right.verticalScrollBar().value()) == (0, 0)

    for mark in marks[1:]:
        found = left.document().find(mark)
        found.setPosition(found.selectionStart())
        bar = left.verticalScrollBar()
        bar.setValue(bar.value() + left.cursorRect(found).top())
        across = right.document().find(mark)
        across.setPosition(across.selectionStart())
        assert abs(right.cursorRect(across).top() - left.cursorRect(found).top()) <= 8


def test_the_letters_of_the_novel_stay_in_a_dialog(view: DiffView, qtbot: QtBot) -> None:
    look = ProseLook(Language.ENGLISH, 13)
    view.set_prose_look(look)
    dialog = QDialog()
    dialog.setStyleSheet("QLabel { border: none; }")
    qtbot.addWidget(dialog)
    QVBoxLayout(dialog).addWidget(view)
    dialog.show()

    assert text_of(view, DiffSide.NEW).font().families() == look.font().families()
    view.setParent(None)


def test_both_sides_scroll_together(view: DiffView, qtbot: QtBot) -> None:
    view.show_texts("One line.\n" * 200, "One line.\n" * 400)
    view.show_side_by_side(True)
    old = text_of(view, DiffSide.OLD).verticalScrollBar()
    new = text_of(view, DiffSide.NEW).verticalScrollBar()
    qtbot.waitUntil(lambda: old.maximum() > 0 and new.maximum() > 0)

    old.setValue(old.maximum())

    assert new.value() == new.maximum()


@pytest.mark.parametrize("style", list(ParagraphStyle))
def test_paragraphs_are_told_apart_as_on_the_page(view: DiffView, style: ParagraphStyle) -> None:
    view.set_prose_look(ProseLook(Language.CHINESE, 13, style))
    view.show_texts("第一段。\n\n第二段。\n\n第三段。", "第一段。\n\n另一段。\n\n第三段。")

    document = text_of(view, DiffSide.NEW).document()
    blocks = [document.findBlockByNumber(number) for number in range(document.blockCount())]
    assert [block.text() for block in blocks] == ["第一段。", "", "另一段。", "", "第三段。"]
    looks = [block.blockFormat() for block in blocks]
    is_indented = style is not ParagraphStyle.GAP
    assert all((look.textIndent() > 0) == is_indented for look in looks[::2])
    has_gap = style is not ParagraphStyle.INDENT
    assert all((look.lineHeight() > 2) == has_gap for look in looks[1::2])
    assert not any(look.bottomMargin() for look in looks)
