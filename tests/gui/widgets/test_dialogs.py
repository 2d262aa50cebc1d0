from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMargins, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.widgets.dialogs import (
    ask,
    confirm,
    fit_to_screen,
    give_margins,
    is_told,
    show_error,
)
from arboris_desktop.ui.widgets.theme import apply_theme
from tests.support.open_dialogs import open_dialogs

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    loop = QEventLoop(qapp)
    with loop:
        yield loop.run_until_complete


def box() -> QMessageBox:
    return open_dialogs(QMessageBox)[0]


async def shown_box() -> QMessageBox:
    await asyncio.sleep(0)
    return box()


def press(text: str) -> None:
    next(b for b in box().findChildren(QPushButton) if b.text() == text).click()


def question(**more: bool) -> Coroutine[Any, Any, bool]:
    return confirm(None, "Delete?", "Really <b>all</b>?", yes="Delete", no="Keep", **more)


@pytest.mark.parametrize(("answer", "meaning"), [("Delete", True), ("Keep", False)])
def test_a_question_is_answered_by_its_buttons(run: Run, answer: str, meaning: bool) -> None:
    async def scene() -> bool:
        asked = asyncio.ensure_future(question())
        await shown_box()
        press(answer)
        return await asked

    assert run(scene()) is meaning


@pytest.mark.parametrize(
    ("key", "destructive", "meaning"),
    [
        (Qt.Key.Key_Escape, False, False),
        (Qt.Key.Key_Return, False, True),
        (Qt.Key.Key_Return, True, False),
    ],
)
def test_a_question_is_answered_by_keyboard(
    run: Run, key: Qt.Key, destructive: bool, meaning: bool
) -> None:
    async def scene() -> bool:
        asked = asyncio.ensure_future(question(destructive=destructive))
        QTest.keyClick(await shown_box(), key)
        return await asked

    assert run(scene()) is meaning


def test_a_question_is_in_the_text_and_not_in_the_title(run: Run) -> None:
    async def scene() -> tuple[str, str, str]:
        asked = asyncio.ensure_future(question())
        shown = await shown_box()
        told = (shown.windowTitle(), shown.text(), shown.informativeText())
        press("Keep")
        await asked
        return told

    assert run(scene()) == ("Arboris Desktop", "Delete?", "Really <b>all</b>?")


def test_the_advice_is_no_column_below_a_short_question(
    run: Run, application: QApplication
) -> None:
    apply_theme(application, ColourScheme.LIGHT)

    async def scene() -> int:
        asked = asyncio.ensure_future(question())
        shown = await shown_box()
        advice = shown.findChild(QLabel, "qt_msgbox_informativelabel")
        assert isinstance(advice, QLabel)
        width = advice.width()
        press("Keep")
        await asked
        return width

    assert run(scene()) >= 320


def test_other_coroutines_go_on_while_a_dialog_is_open(run: Run, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)

    async def scene() -> tuple[int, int]:
        asked = asyncio.ensure_future(ask(dialog))
        turns = 0
        for _ in range(20):
            await asyncio.sleep(0)
            turns += dialog.isVisible()
        dialog.done(7)
        return await asked, turns

    result, turns = run(scene())
    assert result == 7
    assert turns >= 19


def test_cancelling_the_question_closes_the_dialog(run: Run, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)

    async def scene() -> None:
        asked = asyncio.ensure_future(ask(dialog))
        await asyncio.sleep(0)
        assert dialog.isVisible()
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)

    run(scene())
    assert not dialog.isVisible()


def test_an_error_is_told_without_waiting(qtbot: QtBot) -> None:
    shown = show_error(None, "The disk is full.", "<b>ENOSPC</b>", "Make room, then retry.")
    assert shown.isVisible()
    assert shown.windowTitle() == "Arboris Desktop", "no sentence"
    assert shown.text() == "The disk is full."
    assert shown.informativeText() == "Make room, then retry."
    assert shown.detailedText() == "<b>ENOSPC</b>"
    with qtbot.waitSignal(shown.destroyed):
        shown.close()


def test_what_is_told_is_known_until_it_is_closed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert not is_told(window, "The disk is full.")
    shown = show_error(window, "The disk is full.", "ENOSPC", "Make room, then retry.")
    assert is_told(window, "The disk is full.")
    assert not is_told(window, "The key was refused.")
    shown.close()
    assert not is_told(window, "The disk is full.")


def test_a_dialog_is_no_larger_than_its_screen(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableSize()
    for wanted in (room * 2, room / 2):
        dialog.resize(wanted)
        fit_to_screen(dialog)
        assert dialog.height() < room.height()
        assert dialog.width() < room.width()
    assert dialog.size() == room / 2


def test_all_dialogs_have_the_same_margins(qapp: QApplication, qtbot: QtBot) -> None:
    plain, own = QDialog(), QDialog()
    for dialog in (plain, own):
        qtbot.addWidget(dialog)
        QVBoxLayout(dialog)
    chosen = QMargins(3, 3, 3, 3)
    found = [dialog.layout() for dialog in (plain, own)]
    assert found[0] is not None
    assert found[1] is not None
    before = found[0].contentsMargins()
    found[1].setContentsMargins(chosen)
    for dialog in (plain, own):
        give_margins(dialog)
    assert found[0].contentsMargins().left() > before.left()
    assert found[1].contentsMargins() == chosen
