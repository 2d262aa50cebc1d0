from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import PROVIDER_DOWN, ErrorKind
from arboris_desktop.ui.queue_banner import QueueBanner


@pytest.fixture
def banner(qtbot: QtBot) -> QueueBanner:
    shown = QueueBanner()
    qtbot.addWidget(shown)
    return shown


def button(banner: QueueBanner, text: str) -> QPushButton:
    return next(each for each in banner.findChildren(QPushButton) if each.text() == text)


def test_it_is_hidden_while_nothing_is_wrong(banner: QueueBanner) -> None:
    assert banner.isHidden()
    banner.show_error(ErrorKind.UNAUTHORIZED)
    assert banner.isVisible()
    banner.clear()
    assert banner.isHidden()


@pytest.mark.parametrize("kind", sorted(PROVIDER_DOWN))
def test_it_says_why_what_is_safe_and_what_to_do(banner: QueueBanner, kind: ErrorKind) -> None:
    banner.show_error(kind, "HTTP 401 <b>")
    assert banner.text().startswith("The queue is paused. ")
    assert len(banner.text().splitlines()) == 2
    assert banner.accessibleName() in banner.text()
    assert "HTTP 401" in banner.toolTip()
    assert "<b>" not in banner.toolTip()


def test_both_ways_out(banner: QueueBanner, qtbot: QtBot) -> None:
    banner.show_error(ErrorKind.UNAUTHORIZED)
    with qtbot.waitSignal(banner.try_again_requested):
        button(banner, "Try again now").click()
    with qtbot.waitSignal(banner.settings_requested):
        button(banner, "Settings").click()
