from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import PROVIDER_DOWN, PROVIDER_TROUBLE, Cure, ErrorKind
from arboris_desktop.ui.tasks.queue_banner import QueueBanner


@pytest.fixture
def banner(qtbot: QtBot) -> QueueBanner:
    shown = QueueBanner()
    qtbot.addWidget(shown)
    return shown


def button(banner: QueueBanner, text: str) -> QPushButton:
    return next(each for each in banner.findChildren(QPushButton) if each.text() == text)


def test_it_is_hidden_while_nothing_is_wrong(banner: QueueBanner) -> None:
    assert banner.isHidden()
    banner.show_error(ErrorKind.UNAUTHORIZED, 300)
    assert banner.isVisible()
    banner.clear()
    assert banner.isHidden()


@pytest.mark.parametrize("kind", sorted(PROVIDER_DOWN | PROVIDER_TROUBLE))
def test_it_says_why_what_is_safe_and_what_to_do(banner: QueueBanner, kind: ErrorKind) -> None:
    banner.show_error(kind, 30)
    assert banner.text().startswith("The queue waits. ")
    assert len(banner.text().splitlines()) == 2
    assert banner.accessibleName() in banner.text()
    assert "It tries again by itself at " in banner.text()


def test_while_it_tries_there_is_nothing_to_press(banner: QueueBanner) -> None:
    banner.show_error(ErrorKind.CONNECTION, 30)
    banner.show_trying()
    assert banner.text().endswith("Trying again now…")
    assert not button(banner, "Try again now").isEnabled()

    banner.show_error(ErrorKind.CONNECTION, 60)
    assert button(banner, "Try again now").isEnabled()


def test_both_ways_out(banner: QueueBanner, qtbot: QtBot) -> None:
    banner.show_error(ErrorKind.UNAUTHORIZED, 300)
    with qtbot.waitSignal(banner.try_again_requested):
        button(banner, "Try again now").click()
    with qtbot.waitSignal(banner.cure_requested) as asked:
        button(banner, "Settings…").click()
    assert asked.args == [Cure.KEY]


def test_it_has_the_words_of_what_failed(banner: QueueBanner) -> None:
    banner.show_error(ErrorKind.BROKEN_VARIABLE, 30)
    banner.show_detail("all_proxy: ftp://x is no proxy")
    assert banner.text().endswith("\nDetails: all_proxy: ftp://x is no proxy")
    assert "all_proxy" in banner.accessibleDescription()

    banner.show_error(ErrorKind.BROKEN_VARIABLE, 60)
    assert "all_proxy" in banner.text(), "it is still the same"
    banner.show_error(ErrorKind.CONNECTION, 60)
    assert "all_proxy" not in banner.text()
