"""The bar beside a selection, and the revised passage where it stands in the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.revision import RevisionKind
from arboris_desktop.domain.settings import TypingSettings
from arboris_desktop.ui.revision.bar import RevisionBar
from arboris_desktop.ui.revision.selection_bar import SelectionBar
from tests.support.scripted_provider import ScriptedProvider, error, prompt_of, stall, text
from tests.support.studio_stage import Play, Stage, child

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

NEW = "夜色四合，雨未停"


def bar(stage: Stage) -> SelectionBar:
    return child(stage.window, SelectionBar)


def test_on_a_narrow_page_what_would_be_cut_stands_in_the_menu(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    made = SelectionBar(page)
    made.resize(made.sizeHint())
    page.show()
    made.show()
    buttons = made.findChildren(QPushButton)
    menu, kinds = child(made, QToolButton).menu(), len(RevisionKind)
    assert all(each.isVisible() for each in buttons)
    for width in range(made.sizeHint().width(), made.minimumSizeHint().width() - 1, -7):
        made.resize(width, made.height())
        QApplication.processEvents()
        shown = [each for each in buttons if each.isVisible()]
        listed = [each.text() for each in menu.actions() if each.isVisible()]
        assert len(shown) + len(listed) == kinds, "each kind is in one place"
        assert not {each.text() for each in shown} & set(listed)
        for each in (*shown, child(made, QLineEdit)):
            assert each.width() >= each.minimumSizeHint().width(), f"cut at {width}"
            assert made.rect().contains(each.geometry())
    assert not [each for each in buttons if each.isVisible()]
    made.resize(made.sizeHint())
    assert all(each.isVisible() for each in buttons), "and comes back"


def first_sentence(stage: Stage) -> str:
    return stage.text().split("。")[0]


def point_of(stage: Stage, place: int) -> QPoint:
    cursor = QTextCursor(stage.editor().document())
    cursor.setPosition(place)
    return stage.editor().cursorRect(cursor).center()


async def select_by_mouse(stage: Stage, length: int) -> None:
    """Presses, drags and lets go; the bar is not in the way before that."""
    port, button = stage.editor().viewport(), Qt.MouseButton.LeftButton
    stage.editor().setFocus()
    QTest.mousePress(port, button, pos=point_of(stage, 0))
    QTest.mouseMove(port, point_of(stage, length))
    assert not bar(stage).isVisible()
    QTest.mouseRelease(port, button, pos=point_of(stage, length))
    cursor = stage.editor().textCursor()
    cursor.setPosition(0)
    cursor.setPosition(length, QTextCursor.MoveMode.KeepAnchor)
    stage.editor().setTextCursor(cursor)


def clears_selection(stage: Stage) -> bool:
    """True if the bar lies on the page, above or below the selection."""
    editor, place = stage.editor(), bar(stage).geometry()
    cursor = editor.textCursor()
    port = editor.viewport().pos()
    first = point_of(stage, cursor.selectionStart()) + port
    last = point_of(stage, cursor.selectionEnd()) + port
    return editor.rect().contains(place) and (place.bottom() < first.y() or place.top() > last.y())


def test_the_bar_comes_with_a_selection_and_goes_with_it(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        stage.window.activateWindow()
        length = len(first_sentence(stage))
        await select_by_mouse(stage, length)
        await stage.until(bar(stage).isVisible, "the bar is there")
        assert clears_selection(stage)
        QTest.keyClick(stage.editor(), Qt.Key.Key_Right)
        assert not bar(stage).isVisible()

        stage.editor().selectAll()
        await stage.until(
            lambda: stage.window.chapter_view.selected_passage() is not None, "all is selected"
        )
        stage.window.revision_menu.words_wanted.emit()
        assert bar(stage).isVisible(), "asked for, it is there for the whole text too"
        field = child(bar(stage), QLineEdit)
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert not bar(stage).isVisible()
        assert scripted_provider.requests == []

        stage.window.chapter_view.set_typing_help(TypingSettings(selection_bar=False))
        await select_by_mouse(stage, length)
        stage.window.revision_menu.words_wanted.emit()
        assert bar(stage).isVisible(), "switched off, it comes by its key"

    play(act)


def test_a_passage_is_revised_in_place_and_kept_by_a_key(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend([text(NEW), text("雨停了"), text(NEW)])

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        before, old = stage.text(), first_sentence(stage)
        proposal, revision_bar = (
            stage.window.chapter_view.proposal,
            child(stage.window, RevisionBar),
        )

        async def ask() -> None:
            await select_by_mouse(stage, len(old))
            stage.window.revision_menu.words_wanted.emit()
            field = child(bar(stage), QLineEdit)
            QTest.keyClicks(field, "Shorter.")
            QTest.keyClick(field, Qt.Key.Key_Return)

        def can_keep() -> bool:
            buttons = revision_bar.findChildren(QPushButton)
            return revision_bar.isVisible() and buttons[0].isEnabled()

        await ask()
        await stage.until(can_keep, "the new passage is there")
        assert "Shorter." in prompt_of(scripted_provider.requests[0])
        assert proposal.words() == NEW
        assert stage.text() == before == stage.stored_text(1), "it is no part of the text"
        QTest.keyClick(stage.editor(), Qt.Key.Key_Escape)
        assert not revision_bar.isVisible()
        assert stage.text() == before

        await ask()
        await stage.until(can_keep, "another one is there")
        stage.press("Another")
        await stage.until(lambda: can_keep() and proposal.words() == NEW, "and a third")
        QTest.keyClick(stage.editor(), Qt.Key.Key_Tab)
        after = before.replace(old, NEW, 1)
        assert stage.text() == after
        await stage.until(lambda: stage.stored_text(1) == after, "it is saved")
        stage.editor().undo()
        assert stage.text() == before

    play(act)


def test_a_revision_that_fails_or_is_dropped_while_it_comes_leaves_the_text(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend([error(401, "no"), stall(NEW)])

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        before, length = stage.text(), len(first_sentence(stage))
        revision_bar = child(stage.window, RevisionBar)
        await select_by_mouse(stage, length)
        stage.window.revision_menu.words_wanted.emit()
        QTest.keyClick(child(bar(stage), QLineEdit), Qt.Key.Key_Return)
        await stage.until(lambda: stage.can_press("Try again"), "the failure is told")
        QTest.keyClick(stage.editor(), Qt.Key.Key_Tab)
        assert revision_bar.isVisible(), "there is nothing to keep"
        stage.press("Another")
        proposal = stage.window.chapter_view.proposal
        await stage.until(lambda: proposal.words() == NEW, "some of it came")
        QTest.keyClick(stage.editor(), Qt.Key.Key_Tab)
        assert stage.text() == before, "half of it cannot be kept"
        QTest.keyClick(stage.editor(), Qt.Key.Key_Escape)
        assert not revision_bar.isVisible()
        assert proposal.words() == ""
        assert stage.text() == before

    play(act)
