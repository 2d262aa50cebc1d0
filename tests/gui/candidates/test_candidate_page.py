"""The page of candidates by itself: words, columns and tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.candidates import (
    Candidate,
    CandidateJudgement,
    CandidateRound,
    CandidateStatus,
    Criterion,
    Remark,
    RoundEvaluation,
    angle_of,
)
from arboris_desktop.domain.errors import Cure, ErrorKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.ui.candidates.column import CandidateColumn
from arboris_desktop.ui.candidates.page import CandidatePage, ShownRounds
from arboris_desktop.ui.chapter.live_text import LiveText
from arboris_desktop.ui.error_words import error_sentence
from arboris_desktop.ui.widgets.raw_answer import RawAnswer
from tests.gui.chapter.chapter_samples import NOW, make_chapter

TEXT = "The rain had followed her home."


def make_candidate(position: int, status: CandidateStatus = CandidateStatus.STORED) -> Candidate:
    return Candidate(
        id=position,
        chapter_id=1,
        round=1,
        position=position,
        status=status,
        content=TEXT,
        instruction="",
        angle=angle_of(position),
        provider="host/model",
        owner="",
        finish_reason="stop",
        error_kind=None,
        error_message="",
        version_id=position,
        spent=Spent(TokenUsage(10, 20), {"USD": 0.0123}),
        created_at=NOW,
        updated_at=NOW,
    )


def make_state(
    *candidates: Candidate, evaluation: RoundEvaluation | None = None, rounds: int = 1
) -> ShownRounds:
    shown = CandidateRound(1, rounds, candidates)
    all_rounds = [CandidateRound(1, number, candidates) for number in range(1, rounds)] + [shown]
    return ShownRounds(make_chapter(1), Language.ENGLISH, 100, all_rounds, shown, evaluation)


def make_evaluation(*, by_score: bool = False) -> RoundEvaluation:
    judged = CandidateJudgement(
        1, 1, 82, {Criterion.PLAN: 90}, (Remark("Calm.", "rain had followed", True),),
        (Remark("Long.", "not there", False),), is_recommended=True, was_shortened=True,
    )  # fmt: skip
    reason = "" if by_score else "It is calm."
    return RoundEvaluation(1, 1, (judged,), reason, "host/model", NOW, by_score)


@pytest.fixture
def page(qtbot: QtBot) -> CandidatePage:
    page = CandidatePage()
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    return page


def said(column: CandidateColumn) -> str:
    return " ".join(label.text() for label in column.findChildren(QLabel) if label.isVisible())


def visible_buttons(column: CandidateColumn) -> list[str]:
    buttons = (each for each in column.findChildren(QPushButton) if each.isVisible())
    return [each.text() for each in buttons if not column.trouble.isAncestorOf(each)]


def test_a_finished_candidate_shows_length_and_cost_and_can_be_chosen(
    page: CandidatePage, qtbot: QtBot
) -> None:
    page.show_rounds(make_state(make_candidate(1), make_candidate(2)), {})
    column = page.columns[2]

    assert column.text() == TEXT
    assert "B · led by action" in said(column)
    assert column.state_text() == "6 words of 100 · 0.0123 USD"
    assert visible_buttons(column) == ["Choose this one", "Another…"]
    with qtbot.waitSignal(page.chosen) as chosen:
        next(b for b in column.findChildren(QPushButton) if b.text() == "Choose this one").click()
    assert chosen.args == [2]


@pytest.mark.parametrize(
    ("status", "content", "buttons"),
    [
        (CandidateStatus.FAILED, "", ["Retry", "Discard"]),
        (CandidateStatus.FAILED, TEXT, ["Continue", "Keep", "Discard"]),
        (CandidateStatus.STOPPED, TEXT, ["Continue", "Keep", "Discard"]),
        (CandidateStatus.INTERRUPTED, TEXT, ["Continue", "Keep", "Discard"]),
        (CandidateStatus.WRITING, TEXT, []),
        (CandidateStatus.CHOSEN, TEXT, ["Another…"]),
    ],
)
def test_what_can_be_done_follows_from_the_state(
    page: CandidatePage, status: CandidateStatus, content: str, buttons: list[str]
) -> None:
    candidate = replace(make_candidate(1, status), content=content, error_kind=ErrorKind.STALLED)

    page.show_rounds(make_state(candidate), {})

    assert visible_buttons(page.columns[1]) == buttons


def test_a_growing_candidate_shows_what_comes_and_can_be_stopped(
    page: CandidatePage, qtbot: QtBot
) -> None:
    live = LiveText("", Language.ENGLISH)
    growing = replace(make_candidate(1, CandidateStatus.WRITING), content="")
    page.show_rounds(make_state(growing), {1: live})
    column = page.columns[1]
    assert "Waiting for the model" in column.state_text()

    live.append("The rain")
    page.append(1, "The rain")
    assert column.text() == "The rain"
    assert column.state_text().startswith("Writing · 2 words of 100")
    page.tell_continued(1, 1)
    assert "Continued, since it is too short" in column.state_text()
    with qtbot.waitSignal(page.stopped):
        next(b for b in column.findChildren(QPushButton) if b.text() == "Stop").click()
    page.append(99, "of a candidate that is not shown")


def test_a_cut_candidate_says_that_its_end_may_be_missing(page: CandidatePage) -> None:
    page.show_rounds(make_state(replace(make_candidate(1), finish_reason="length")), {})

    assert "the end may be missing" in page.columns[1].state_text()


def test_a_recommendation_is_told_in_words(page: CandidatePage) -> None:
    page.show_rounds(make_state(make_candidate(1), evaluation=make_evaluation()), {})

    column = page.columns[1]
    assert page.verdict_text() == "Recommended: A. It is calm."
    for part in ("Recommended · 82", "Plan 90", "without the middle part"):
        assert part in said(column)
    assert column.note_texts() == ["+ Calm.", "− Long. (quotation not found: “not there”)"]

    page.show_rounds(make_state(make_candidate(1), evaluation=make_evaluation(by_score=True)), {})
    assert "by its score" in page.verdict_text()


def test_tabs_take_turns_where_there_is_no_room_for_all(page: CandidatePage) -> None:
    page.show_rounds(make_state(*(make_candidate(n) for n in range(1, 6))), {})
    QCoreApplication.processEvents()

    assert [c.isVisible() for c in page.columns.values()] == [True, True, False, False, False]
    assert all(c.width() >= 480 for c in page.columns.values() if c.isVisible())
    tabs = page.findChild(QTabBar)
    assert isinstance(tabs, QTabBar)
    assert tabs.isVisible()
    tabs.setCurrentIndex(3)
    assert [c.isVisible() for c in page.columns.values()] == [False, False, False, True, True]

    page.resize(900, 700)
    QCoreApplication.processEvents()
    assert [c.isVisible() for c in page.columns.values()] == [False, False, False, True, False]

    page.resize(1000, 700)
    page.show_rounds(make_state(*(make_candidate(n) for n in (1, 2))), {})
    QCoreApplication.processEvents()
    assert all(column.isVisible() for column in page.columns.values())
    assert not tabs.isVisible()


LONG = "\n\n".join(f"She counted lamp {n}. The tide was late. Nobody said so." for n in range(60))


def test_choosing_the_recommended_one_is_the_next_step(page: CandidatePage) -> None:
    one, other = make_candidate(1), make_candidate(2)
    page.show_rounds(make_state(one, other, evaluation=judged()), {})
    steps = {
        candidate_id: [
            button.isDefault()
            for button in column.findChildren(QPushButton)
            if button.text() == "Choose this one"
        ]
        for candidate_id, column in page.columns.items()
    }
    assert steps == {1: [True], 2: [False]}
    page.show_rounds(make_state(one, other), {})
    assert not any(button.isDefault() for button in page.findChildren(QPushButton))


def judged(*remarks: Remark) -> RoundEvaluation:
    judgement = CandidateJudgement(1, 1, 80, {}, remarks, (), is_recommended=True)
    return RoundEvaluation(1, 1, (judgement,), "So.", "host/model", NOW)


def test_a_remark_stands_in_the_margin_beside_the_sentence_that_it_marks(
    page: CandidatePage, qtbot: QtBot
) -> None:
    remarks = (Remark("Here.", "lamp 3", True), Remark("There.", "lamp 41", True))
    candidate = replace(make_candidate(1), content=LONG)
    page.resize(640, 700)
    page.show_rounds(make_state(candidate, evaluation=judged(*remarks)), {})
    text = page.columns[1]._text
    here, there = text.notes

    assert text.marked_sentences() == ["She counted lamp 3.", "She counted lamp 41."]
    assert text.text() == LONG, "nothing of it is changed by its marks"
    beside = text._sentences[here]
    qtbot.waitUntil(lambda: abs(here.y() - text.cursorRect(beside).top()) < 40)
    qtbot.waitUntil(lambda: here.x() >= text.viewport().geometry().right())

    QTest.keyClick(there, Qt.Key.Key_Return)
    beside = text._sentences[there]
    qtbot.waitUntil(lambda: 0 < text.cursorRect(beside).top() < text.viewport().height())
    qtbot.waitUntil(lambda: abs(there.y() - text.cursorRect(beside).top()) < 40)

    wide = text.viewport().width()
    next(each for each in page._tools.actions() if each.text() == "Remarks").trigger()
    assert text.viewport().width() > wide
    assert not here.isVisible()


def test_many_remarks_on_a_short_text_can_all_be_read(page: CandidatePage, qtbot: QtBot) -> None:
    remarks = [Remark("It is said at some length. " * 8, "", False)] * 9
    page.show_rounds(make_state(make_candidate(1), evaluation=judged(*remarks)), {})
    text = page.columns[1]._text
    bar = text.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    def last_is_in_view() -> bool:
        bar.setValue(bar.maximum())
        last = text.notes[-1].geometry()
        return 0 < last.bottom() <= text.height()

    qtbot.waitUntil(last_is_in_view)


@pytest.mark.parametrize(
    ("kind", "cure"),
    [
        (ErrorKind.UNAUTHORIZED, "Settings…"),
        (ErrorKind.SPEND_LIMIT, "Raise the limit…"),
        (ErrorKind.RUNAWAY, "Settings…"),
        (ErrorKind.SERVER_ERROR, None),
    ],
)
def test_a_failed_candidate_says_why_and_leads_to_the_cure(
    page: CandidatePage, qtbot: QtBot, kind: ErrorKind, cure: str | None
) -> None:
    failed = replace(
        make_candidate(1, CandidateStatus.FAILED),
        content="",
        error_kind=kind,
        error_message="HTTP 401: no such key",
        raw_answer="<think>Hm.</think>",
    )
    page.show_rounds(make_state(failed), {})
    column = page.columns[1]

    assert "HTTP 401: no such key" in column.trouble.text()
    assert error_sentence(kind).what_to_do in column.trouble.text()
    (raw,) = column.trouble.findChildren(RawAnswer)
    assert raw.isVisible()
    assert raw.text() == "<think>Hm.</think>"
    assert not column._text.isVisible(), "no words are promised any more"
    buttons = [b for b in column.trouble.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in buttons] == ([cure] if cure else [])
    if cure:
        with qtbot.waitSignal(page.cure_requested) as asked:
            buttons[0].click()
        assert (asked.args == [Cure.LIMIT]) is ("limit" in cure)


def test_the_page_does_not_hold_a_small_window_open(page: CandidatePage) -> None:
    page.show_rounds(
        make_state(*(make_candidate(n) for n in range(1, 6)), evaluation=make_evaluation()), {}
    )

    assert page.minimumSizeHint().width() < 400
    assert page.minimumSizeHint().height() < 400


def test_no_word_stays_in_the_old_language(
    page: CandidatePage, switch_language: Callable[[], None]
) -> None:
    stopped = make_candidate(2, CandidateStatus.STOPPED)
    state = make_state(make_candidate(1), stopped, evaluation=make_evaluation(), rounds=2)
    page.show_rounds(state, {})

    switch_language()

    shown = [w.text() for w in page.findChildren(QLabel) if w.isVisible()]
    shown += [w.text() for w in page.findChildren(QPushButton) if w.isVisible()]
    shown += [w.text() for w in page.findChildren(QToolButton) if w.isVisible() and w.text()]
    left = [words for words in shown if "[" not in words and any(c.isalpha() for c in words)]
    assert left == []
