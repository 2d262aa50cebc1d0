"""Signals that end the window, within Qt's loop."""

from __future__ import annotations

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from arboris_desktop.background.end_signals import EndSignals

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX does"),
]


def test_a_window_started_with_nohup_outlives_its_terminal(qtbot: QtBot) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ends = EndSignals()
    try:
        with qtbot.assertNotEmitted(ends.came):
            os.kill(os.getpid(), signal.SIGHUP)
        with qtbot.waitSignal(ends.came):
            os.kill(os.getpid(), signal.SIGTERM)
    finally:
        ends.close()
        ended = signal.signal(signal.SIGHUP, before)
    assert ended is signal.SIG_IGN
