from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.chapter.stream_buffer import StreamBuffer


@pytest.fixture
def buffer(qapp: QApplication) -> Iterator[StreamBuffer]:
    made = StreamBuffer(interval_ms=30)
    yield made
    made.finish()
    made.deleteLater()


def collect(buffer: StreamBuffer) -> list[str]:
    batches: list[str] = []
    buffer.flushed.connect(batches.append)
    return batches


def test_the_first_words_are_passed_on_at_once(buffer: StreamBuffer) -> None:
    batches = collect(buffer)
    buffer.add("Once")
    assert batches == ["Once"]


def test_what_follows_closely_comes_in_one_batch_and_in_order(
    buffer: StreamBuffer, qtbot: QtBot
) -> None:
    batches = collect(buffer)
    buffer.add("a")
    with qtbot.waitSignal(buffer.flushed):
        for piece in ("b", "c", "😀", "更"):
            buffer.add(piece)
    assert batches == ["a", "bc😀更"]


def test_six_thousand_tokens_come_in_no_more_batches_than_intervals(
    buffer: StreamBuffer, qtbot: QtBot
) -> None:
    batches = collect(buffer)
    clock = QElapsedTimer()
    clock.start()
    for number in range(6000):
        buffer.add(f"{number} ")
        if number % 500 == 0:
            QApplication.processEvents()
    buffer.finish()
    assert len(batches) <= clock.elapsed() / 30 + 2
    assert "".join(batches) == "".join(f"{number} " for number in range(6000))


def test_finish_emits_the_rest_once(buffer: StreamBuffer) -> None:
    batches = collect(buffer)
    buffer.add("a")
    buffer.add("b")
    buffer.finish()
    buffer.finish()
    assert batches == ["a", "b"]


def test_nothing_is_emitted_for_nothing(buffer: StreamBuffer) -> None:
    batches = collect(buffer)
    buffer.add("")
    buffer.finish()
    assert batches == []


def test_after_a_pause_words_are_passed_on_at_once_again(
    buffer: StreamBuffer, qtbot: QtBot
) -> None:
    batches = collect(buffer)
    buffer.add("a")
    qtbot.waitUntil(lambda: not buffer.is_waiting())
    buffer.add("b")
    assert batches == ["a", "b"]
