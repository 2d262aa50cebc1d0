"""The course of a model call as its bar tells it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.demo.gallery.faults import cut_texts
from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import Cure, ErrorKind, ProviderError
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.provider import CallPhase, Message, Phase, Role
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.asking.prompt_preview_dialog import PromptPreviewDialog
from arboris_desktop.writing.call_events import (
    CallEnded,
    CallStarted,
    CallText,
    CallWaits,
    PromptPreview,
)


@pytest.fixture
def bar(qtbot: QtBot) -> CallBar:
    bar = CallBar()
    qtbot.addWidget(bar)
    return bar


def button(bar: CallBar, words: str) -> QPushButton:
    (found,) = [each for each in bar.findChildren(QPushButton) if each.text() == words]
    return found


def test_it_is_hidden_until_a_call_begins(bar: CallBar) -> None:
    assert bar.isHidden()

    bar.begin()

    assert not bar.isHidden()
    assert bar.is_busy
    assert "Preparing" in bar.text()


def test_it_tells_whom_one_waits_for_and_then_what_it_took(bar: CallBar, qtbot: QtBot) -> None:
    bar.begin()
    bar.show_event(CallStarted("host/model", 120))
    bar.show_event(CallText("Mara"))

    with qtbot.waitSignal(bar.busy_changed) as changed:
        bar.show_event(
            CallEnded(
                "Mara",
                "host/model",
                Spent(TokenUsage(120, 30), {"USD": 0.5, "CNY": 3.0}),
                AnswerEnd.CUT,
            )
        )

    assert changed.args == [False]
    assert "120 tokens read, 30 written" in bar.text()
    assert "3.00 CNY + 0.5000 USD" in bar.text()
    assert "the end may be missing" in bar.text()
    assert button(bar, "Stop").isHidden()


def test_a_failure_says_what_happened_and_offers_another_try(bar: CallBar, qtbot: QtBot) -> None:
    bar.begin()
    bar.show_failure(ProviderError(ErrorKind.UNAUTHORIZED, "401"))

    assert "key" in bar.text()
    assert not button(bar, "Try again").isHidden()
    with qtbot.waitSignal(bar.retry_requested):
        button(bar, "Try again").click()


def test_the_details_of_a_failure_can_be_read_without_a_mouse(bar: CallBar) -> None:
    bar.show_failure(ProviderError(ErrorKind.REQUEST_REFUSED, "<b>top_k</b> is unknown"))
    (detail,) = [each for each in bar.findChildren(QLabel) if each.text() == bar.detail()]
    assert detail.text() == "<b>top_k</b> is unknown"
    assert detail.textFormat() is Qt.TextFormat.PlainText
    assert not detail.isHidden()

    bar.begin()
    assert detail.isHidden()


def test_a_failure_can_be_read_in_a_narrow_panel(bar: CallBar) -> None:
    bar.lead_to_cures()
    bar.show_failure(ProviderError(ErrorKind.RATE_LIMITED, "Too many requests for this key."))
    bar.resize(300, bar.heightForWidth(300))
    bar.show()
    words = [each for each in bar.findChildren(QLabel) if each.isVisible()]
    assert len(words) == 3
    assert all(each.width() > 250 for each in words)
    assert list(cut_texts(bar)) == []


def test_a_failure_leads_to_its_cure_where_the_way_is_open(bar: CallBar, qtbot: QtBot) -> None:
    failure = ProviderError(ErrorKind.UNAUTHORIZED, "401")
    bar.show_failure(failure)
    assert button(bar, "Settings…").isHidden()

    bar.lead_to_cures()
    bar.show_failure(failure)
    with qtbot.waitSignal(bar.cure_requested) as asked:
        button(bar, "Settings…").click()
    assert asked.args == [Cure.KEY]

    bar.show_failure(ProviderError(ErrorKind.SERVER_ERROR, "500"))
    assert button(bar, "Settings…").isHidden()


def test_the_preview_shows_every_message_as_plain_text(qtbot: QtBot) -> None:
    messages = (Message(Role.SYSTEM, "Be <b>brief</b>."), Message(Role.USER, "Who is Mara?"))
    dialog = PromptPreviewDialog(PromptPreview(messages, 12, 100, 4096, "host/model"))
    qtbot.addWidget(dialog)

    shown = [text.toPlainText() for text in dialog.findChildren(QPlainTextEdit)]

    assert shown == ["Be <b>brief</b>.", "Who is Mara?"]


def test_a_web_page_in_an_error_is_no_markup(bar: CallBar) -> None:
    page = "<h1>502</h1><img src='http://example.invalid/a.png'>"
    bar.begin()

    bar.show_failure(ProviderError(ErrorKind.SERVER_ERROR, page))

    (shown,) = [each for each in bar.findChildren(QLabel) if each.text() == page]
    assert shown.textFormat() is Qt.TextFormat.PlainText
    assert not any(each.toolTip() for each in bar.findChildren(QLabel))


@pytest.mark.parametrize("width", [280, 320, 700])
def test_the_words_of_a_call_are_no_column_beside_its_buttons(
    bar: CallBar, width: int, qtbot: QtBot
) -> None:
    bar.begin()
    bar.show_event(CallStarted("127.0.0.1/qwen-2.5-7b-instruct", 120))
    bar.show_event(CallWaits(CallPhase(Phase.READING)))
    bar.resize(width, bar.heightForWidth(width))
    bar.show()
    words = next(each for each in bar.findChildren(QLabel) if each.isVisible())
    stop = button(bar, "Stop")

    def is_below() -> bool:
        return stop.mapTo(bar, QPoint(0, 0)).y() > words.geometry().bottom()

    qtbot.waitUntil(lambda: is_below() == (width < 400) and words.width() > 200)
