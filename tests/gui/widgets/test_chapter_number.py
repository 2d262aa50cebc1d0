"""A chapter in a field is called as its author numbers it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.widgets.chapter_number import ChapterNumber
from tests.gui.chapter.chapter_samples import make_chapter


def labelled(*labels: str) -> list[ChapterOverview]:
    chapters = (make_chapter(place, title=f"T{place}") for place in range(1, len(labels) + 1))
    return [replace(one, label=label) for one, label in zip(chapters, labels, strict=True)]


def typed(field: ChapterNumber, text: str) -> int:
    field.selectAll()
    QTest.keyClicks(field.lineEdit(), text)
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Return)
    return field.value()


def test_numbers_of_the_author_are_shown_and_typed(qtbot: QtBot) -> None:
    field = ChapterNumber(labelled("", "Chapter 1", "Chapter 2", "Chapter 1", "Chapter 5"))
    qtbot.addWidget(field)
    field.setRange(1, 6)
    shown = []
    for place in range(1, 7):
        field.setValue(place)
        shown.append(field.text())
    # A number that comes again is told with the title; what is not planned yet has its place.
    assert shown == ["T1", "Chapter 1 T2", "Chapter 2", "Chapter 1 T4", "Chapter 5", "6"]
    assert [typed(field, text) for text in ("1", "5", "chapter 2", "T1", "6")] == [2, 5, 3, 1, 6]
    assert typed(field, "9") == 6, "there is no such chapter"
    assert field.text() == "6"
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "Chapter 5"


def test_chapters_that_are_numbered_as_usual_have_plain_numbers(qtbot: QtBot) -> None:
    field = ChapterNumber([make_chapter(number) for number in range(1, 13)])
    qtbot.addWidget(field)
    field.setRange(1, 12)
    assert typed(field, "12") == 12
    assert field.text() == "12"
