"""A key in a chapter of 100,000 characters, from its press until it is painted."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from tests.benchmarks.figures import Budget, Figure, percentile

PARAGRAPH = "She walked the long street in the rain, and the light trembled on the water. " * 6
KEYS = 200


def measure(runs: int, *, characters: int = 100_000) -> Iterator[Figure]:
    """The keys with help for marks and all aids for the eye switched on."""
    found = [_press(characters) for _ in range(runs)]
    typical = tuple(percentile(each, 50) for each in found)
    late = tuple(percentile(each, 99) for each in found)
    yield Figure(f"key in {characters:,} characters, median", "ms", typical, Budget(16))
    yield Figure(f"key in {characters:,} characters, p99", "ms", late, Budget(33))


def _press(characters: int) -> list[float]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from arboris_desktop.ui.chapter.editor import ChapterEditor
    from arboris_desktop.ui.chapter.text_focus import TextFocus

    application = QApplication.instance() or QApplication([])
    editor = ChapterEditor()
    editor.resize(1100, 800)
    editor.show()
    text = "\n\n".join([PARAGRAPH] * max(characters // len(PARAGRAPH), 1))
    editor.show_chapter(1, text)
    editor.typewriter.switch(True)
    editor.set_text_focus(TextFocus.SENTENCE)
    editor.select(len(text) // 2, len(text) // 2)
    application.processEvents()
    took = []
    for number in range(KEYS):
        started = time.perf_counter()
        QTest.keyClicks(editor, '"' if number % 20 == 0 else "x")
        editor.viewport().repaint()
        took.append((time.perf_counter() - started) * 1000)
    editor.close()
    editor.deleteLater()
    return took
