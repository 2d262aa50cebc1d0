from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.tasks import QueueCounts
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon


@pytest.fixture
def bar(qtbot: QtBot) -> StudioStatusBar:
    shown = StudioStatusBar()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def buttons(bar: StudioStatusBar) -> list[QToolButton]:
    """The provider, the queue and the bell."""
    return bar.findChildren(QToolButton)


def lengths(bar: StudioStatusBar) -> str:
    (label,) = (each for each in bar.findChildren(QLabel) if not isinstance(each, ElidedLabel))
    return label.text()


def test_each_piece_leads_somewhere(bar: StudioStatusBar, qtbot: QtBot) -> None:
    signals = (
        bar.settings_requested,
        bar.statistics_requested,
        bar.tasks_requested,
        bar.notifications_requested,
    )
    for button, signal in zip(buttons(bar), signals, strict=True):
        with qtbot.waitSignal(signal):
            button.click()


def test_the_provider(bar: StudioStatusBar) -> None:
    assert buttons(bar)[0].text() == "No model chosen"
    bar.show_provider("A&B <b>model</b> " + "x" * 60)
    assert buttons(bar)[0].text().startswith("A&&B <b>model</b> xx")
    assert buttons(bar)[0].text().endswith("…")
    assert "<b>" not in buttons(bar)[0].toolTip()


def test_lengths(bar: StudioStatusBar) -> None:
    bar.show_words(1240, 84210, Language.ENGLISH)
    assert lengths(bar) == "Chapter: 1,240 words   Novel: 84,210 words"
    bar.show_words(None, 3512, Language.CHINESE)
    assert lengths(bar) == "Novel: 3,512 字"
    bar.show_words(None, None)
    assert lengths(bar) == ""


@pytest.mark.parametrize(
    ("counts", "paused", "text"),
    [
        (QueueCounts(), False, "Queue is empty"),
        (QueueCounts(completed=9), False, "Queue is empty"),
        (QueueCounts(pending=3, processing=2), False, "2 running · 3 waiting"),
        (QueueCounts(pending=3, failed=1), True, "paused · 3 waiting · 1 failed"),
    ],
)
def test_the_queue(bar: StudioStatusBar, counts: QueueCounts, paused: bool, text: str) -> None:
    bar.show_queue(counts, paused)
    assert buttons(bar)[2].text() == text
    assert text in buttons(bar)[2].accessibleName()


def test_the_bell(bar: StudioStatusBar) -> None:
    bell = buttons(bar)[3]
    assert bell.icon().cacheKey() == icon("bell").cacheKey()
    bar.show_unread(4)
    assert bell.text() == "4"
    assert bell.accessibleName() == "4 unread notifications"
    assert bell.icon().cacheKey() == icon("bell-unread").cacheKey()


def test_what_is_said_for_a_moment_can_be_read_as_a_whole(qtbot: QtBot) -> None:
    bar = StudioStatusBar()
    qtbot.addWidget(bar)
    words = "The server has read only 1,200 tokens. " * 6

    bar.showMessage(words)
    assert words.strip() in bar.toolTip()

    bar.clearMessage()
    assert bar.toolTip() == ""


def _widgets_in_sight(bar: StudioStatusBar) -> list[QWidget]:
    return [each for each in bar.findChildren(QWidget) if each.isVisible()]


def test_lengths_make_room_for_what_is_said_which_ends_in_dots_if_it_is_still_too_long(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = StudioStatusBar(window)
    bar.resize(1_000, bar.sizeHint().height())
    bar.show_today(1_250, 2_000)
    bar.show_words(12_400, 1_240_000)
    window.resize(bar.size())
    window.show()
    before = _widgets_in_sight(bar)

    for words, is_whole in (
        ("Chapters have new numbers. " * 4, True),
        ("All is well. " * 30, False),
    ):
        bar.showMessage(words)
        layout = bar.layout()
        assert layout is not None
        layout.activate()
        (message,) = (each for each in bar.findChildren(ElidedLabel) if each.isVisible())
        assert message.text() == words.strip()
        assert bar.rect().contains(message.geometry())
        assert message.is_elided() is not is_whole
        assert not {each for each in before if isinstance(each, QLabel) and each.isVisible()}

    bar.clearMessage()
    assert _widgets_in_sight(bar) == before


@pytest.mark.parametrize("width", [620, 760, 910, 1360])
def test_nothing_is_cut_at_any_width(qtbot: QtBot, width: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = StudioStatusBar(window)
    window.show()
    bar.show_provider("builtin · SmolLM2-135M")
    bar.show_today(1_250, 2_000)
    bar.show_words(12_400, 1_240_000)
    bar.show_queue(QueueCounts(pending=12, processing=3, completed=0, failed=2), paused=True)
    bar.show_unread(12)
    # A window that is smaller than its bar wants to be leaves it no choice.
    bar.setGeometry(0, 0, width, bar.sizeHint().height())
    layout = bar.layout()
    assert layout is not None
    layout.activate()
    pieces: list[QToolButton | QLabel] = [*buttons(bar), *bar.findChildren(QLabel)]
    seen = [each for each in pieces if each.isVisible()]
    cut = [each.text() for each in seen if each.width() < each.sizeHint().width()]
    beyond = [each.text() for each in seen if each.geometry().right() > bar.width()]
    assert cut == beyond == []
    texts = {each.text() for each in seen}
    assert "paused · 3 running · 12 waiting · 2 failed" in texts, "what is asked for always stays"
    if width > 1_300:
        assert {"Today: 1,250 words of 2,000", lengths(bar)} <= texts
