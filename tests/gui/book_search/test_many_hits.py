"""A hundred thousand places of a search: listed within a frame, and gone through by keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.codex import BookPlace
from arboris_desktop.text.finding import Wanted
from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.book_search.hit_list import HitList
from arboris_desktop.ui.book_search.hit_model import HitRole
from arboris_desktop.ui.book_search.panel import BookSearchPanel
from arboris_desktop.writing.book_search import BookHits, ChapterHits
from tests.gui.chapter.chapter_samples import make_chapter
from tests.support.studio_stage import child

FRAME = 16.0
"""Milliseconds."""

MODE = QAbstractItemModelTester.FailureReportingMode.Fatal


def many_hits(chapters: int = 200, each: int = 500) -> BookHits:
    """A hundred thousand places in 3.3 million characters."""
    text = "夜雨落在渡口没有人来，" * 1500
    spans = tuple(Span(11 * n + 4, 11 * n + 6) for n in range(each))
    found = (ChapterHits(make_chapter(n), text, spans) for n in range(1, chapters + 1))
    return BookHits(Wanted("渡口"), tuple(found))


def frozen_milliseconds(work: Callable[[], object]) -> float:
    """The processor time that the thread of the window takes, until all is painted."""
    began = time.thread_time()
    work()
    QApplication.processEvents()
    return (time.thread_time() - began) * 1000


@pytest.fixture
def search(qtbot: QtBot) -> BookSearchPanel:
    made = BookSearchPanel()
    qtbot.addWidget(made)
    made.resize(320, 800)
    made.show()
    return made


def test_the_rows_are_the_chapters_with_their_places(search: BookSearchPanel) -> None:
    hits = many_hits(3, 2)
    QAbstractItemModelTester(search.model, MODE)
    search.show_hits(hits)
    places = [search.model.index(row).data(HitRole.PLACE) for row in range(9)]
    wanted = [
        place
        for chapter in hits.chapters
        for place in (None, *(BookPlace(chapter.chapter.id, s.start, s.end) for s in chapter.spans))
    ]
    assert search.model.rowCount() == 9
    assert places == wanted
    rows = {place: search.model.near(place).row() for place in wanted if place is not None}
    assert list(rows.values()) == [1, 2, 4, 5, 7, 8]
    chapter_id = hits.chapters[1].chapter.id
    assert search.model.near(BookPlace(chapter_id, 5, 7)).row() == 5, "the next one"
    assert search.model.near(BookPlace(chapter_id, 500, 502)).row() == 5, "or the last"
    assert not search.model.near(BookPlace(12345, 0, 1)).isValid()


def test_a_hundred_thousand_places_are_listed_within_a_frame(search: BookSearchPanel) -> None:
    """Also where one in their midst is selected, and where each gets a tick."""
    hits = many_hits()
    search.show_hits(many_hits(2, 2))
    QApplication.processEvents()
    listed = min(frozen_milliseconds(lambda: search.show_hits(hits)) for _ in range(3))
    rows = child(search, HitList)
    rows.setCurrentIndex(search.model.index(50_000))
    place = rows.currentIndex().data(HitRole.PLACE)
    again = min(frozen_milliseconds(lambda: search.show_hits(hits)) for _ in range(3))
    assert rows.currentIndex().data(HitRole.PLACE) == place, "it stays selected"
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex())), "and in sight"
    ticks = min(
        frozen_milliseconds(partial(search.model.set_choosing, choosing))
        for choosing in (True, False, True)
    )
    assert (listed < FRAME, again < FRAME, ticks < FRAME) == (True, True, True), (
        listed,
        again,
        ticks,
    )


def test_the_keys_go_through_all_places(search: BookSearchPanel) -> None:
    hits = many_hits()
    search.show_hits(hits)
    rows = child(search, HitList)
    rows.setFocus()
    last = search.model.rowCount() - 1
    QTest.keyClick(rows, Qt.Key.Key_End)
    assert rows.currentIndex().row() == last
    opened: list[BookPlace] = []
    search.place_opened.connect(opened.append)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    span = hits.chapters[-1].spans[-1]
    assert opened == [BookPlace(hits.chapters[-1].chapter.id, span.start, span.end)]
    QTest.keyClick(rows, Qt.Key.Key_Up)
    assert rows.currentIndex().row() == last - 1
    QTest.keyClick(rows, Qt.Key.Key_Home)
    assert rows.currentIndex().row() in (0, 1)
    QTest.keyClick(rows, Qt.Key.Key_PageDown)
    assert rows.currentIndex().row() > 10
    search.model.set_choosing(True)
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert search.model.chosen_count() == hits.count - 1
    QTest.keyClick(rows, Qt.Key.Key_Tab)
    assert not rows.hasFocus() or rows.currentIndex().row() > 10
