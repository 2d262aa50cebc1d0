"""The list of what waits for the author, by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.codex import BookPlace, CodexFact, FactStatus
from arboris_desktop.domain.codex_overview import CodexOverview
from arboris_desktop.domain.contradictions import AlertKind, AlertStatus, Contradiction
from arboris_desktop.ui.codex.card import Card
from arboris_desktop.ui.codex.fact_card import Decision
from arboris_desktop.ui.codex.review_list import ReviewList
from tests.gui.codex.codex_samples import make_entry, make_fact

WAITING = (
    make_fact(1, chapter=1, status=FactStatus.PROPOSED),
    make_fact(2, chapter=5, status=FactStatus.PROPOSED),
    make_fact(3, status=FactStatus.UNSUPPORTED, quotation=""),
    make_fact(4, status=FactStatus.LOW_CONFIDENCE),
    make_fact(9, status=FactStatus.TO_CHECK, quotation="Tom"),
    replace(make_fact(5, statement="Has grey eyes."), is_stale=True),
)
SETTLED = (make_fact(6), make_fact(7, status=FactStatus.REJECTED))
ALERT = Contradiction(
    id=1,
    project_id="p",
    chapter_id=7,
    chapter_number=7,
    chapter_title="The Lighthouse",
    entry_id=1,
    entry_name="Tom",
    kind=AlertKind.DEAD_CHARACTER_ACTS,
    attribute="life",
    earlier=make_fact(8, statement="Dies.", chapter=3),
    fact=None,
    quotation="“Wait,” said Tom.",
    start=3,
    end=8,
    status=AlertStatus.OPEN,
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def overview(*facts: CodexFact, alerts: tuple[Contradiction, ...] = ()) -> CodexOverview:
    return CodexOverview("p", (make_entry(1, "Tom", facts=facts),), alerts=alerts)


@pytest.fixture
def review(qtbot: QtBot) -> ReviewList:
    shown = ReviewList()
    qtbot.addWidget(shown)
    shown.resize(340, 800)
    shown.show()
    return shown


def test_what_waits_is_listed_by_weight_and_the_newest_chapter_first(review: ReviewList) -> None:
    review.show_overview(overview(*SETTLED, *WAITING))
    assert [card.fact.id for card in review.fact_cards()] == [2, 1, 5, 4, 9, 3]
    headings = [label.text() for label in review.findChildren(QLabel)]
    assert "To check (1)" in headings


def test_an_alert_shows_both_passages_and_opens_either(review: ReviewList, qtbot: QtBot) -> None:
    review.show_overview(overview(alerts=(ALERT,)))
    (alert,) = review.alert_cards()
    words = [label.text() for label in alert.findChildren(QLabel)]
    assert words == [
        "Tom is dead, yet acts or speaks in a later chapter.",
        "3. The Harbour",
        "Dies.",
        "“She saw the harbour.”",
        "7. The Lighthouse",
        "“‘Wait,’ said Tom.”",
    ]
    for card, passage in zip(
        alert.findChildren(Card), (BookPlace(3, 0, 20), BookPlace(7, 3, 8)), strict=True
    ):
        with qtbot.waitSignal(review.passage_opened) as opened:
            QTest.keyClick(card, Qt.Key.Key_Return)
        assert opened.args == [passage]


@pytest.mark.parametrize("status", [AlertStatus.DISMISSED, AlertStatus.RESOLVED])
def test_an_alert_can_be_settled(review: ReviewList, qtbot: QtBot, status: AlertStatus) -> None:
    review.show_overview(overview(alerts=(ALERT,)))
    button = review.findChild(QAbstractButton, status.value)
    assert isinstance(button, QAbstractButton)
    with qtbot.waitSignal(review.alert_settled) as settled:
        button.click()
    assert settled.args == [ALERT, status]


def test_the_keyboard_goes_on_to_the_next_when_one_is_decided(
    review: ReviewList, qtbot: QtBot
) -> None:
    review.show_overview(overview(*WAITING))
    review.activateWindow()
    first = review.fact_cards()[0]
    button = first.findChild(QAbstractButton, Decision.ACCEPT.value)
    assert isinstance(button, QAbstractButton)
    button.setFocus()
    assert button.hasFocus()
    with qtbot.waitSignal(review.fact_decided) as decided:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert decided.args == [first.fact, Decision.ACCEPT]
    review.show_overview(overview(*(f for f in WAITING if f.id != first.fact.id)))
    assert review.fact_cards()[0].fact.id == 1
    assert review.fact_cards()[0].hasFocus()


def test_a_long_list_is_shown_in_pages(review: ReviewList) -> None:
    many = tuple(make_fact(n, status=FactStatus.UNSUPPORTED) for n in range(1, 101))
    review.show_overview(overview(*many))
    assert len(review.fact_cards()) == 30
    (more,) = [b for b in review.findChildren(QAbstractButton) if "more" in b.text()]
    more.click()
    assert len(review.fact_cards()) == 60


def test_its_words_fit_into_a_narrow_panel(review: ReviewList) -> None:
    review.resize(300, 800)
    review.show_overview(overview(*WAITING, alerts=(ALERT,)))
    content = review.widget()
    assert content is not None
    assert content.width() <= review.viewport().width()
