"""Analysing many chapters from the window."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QPushButton, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.batches import AnalysisBatch, BatchEstimate, BatchStatus
from arboris_desktop.tasks.batches import BatchChoice
from arboris_desktop.ui.batches.bar import BatchBar
from arboris_desktop.ui.batches.dialog import BatchDialog
from arboris_desktop.ui.batches.words import duration_words, estimate_words
from tests.gui.chapter.chapter_samples import make_chapter
from tests.support.amounts import took

ESTIMATE = BatchEstimate(120, took(660_000, {"CNY": 1.234, "USD": 0.05}), seconds=5400)


def batch(status: BatchStatus = BatchStatus.RUNNING, failed: int = 0) -> AnalysisBatch:
    return AnalysisBatch(
        id=7,
        project_id="p",
        project_title="The Long Book",
        status=status,
        total=120,
        unfinished=90 - failed,
        completed=30,
        failed=failed,
        cancelled=0,
        estimate=ESTIMATE,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.fixture
def dialog(qtbot: QtBot) -> BatchDialog:
    shown = BatchDialog("p", "The Long Book", [make_chapter(n) for n in range(1, 121)])
    qtbot.addWidget(shown)
    return shown


def start_button(dialog: BatchDialog) -> QPushButton:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    return next(b for b in box.buttons() if "Start" in b.text())  # type: ignore[return-value]


def test_the_whole_book_is_chosen_at_first(dialog: BatchDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.estimate_wanted) as wanted:
        pass
    assert wanted.args == [BatchChoice("p", range(1, 121), again=False)]
    assert not start_button(dialog).isEnabled()

    dialog.show_estimate(dialog.choice(), ESTIMATE)

    assert start_button(dialog).isEnabled()


def test_another_choice_asks_again_and_an_old_answer_is_ignored(
    dialog: BatchDialog, qtbot: QtBot
) -> None:
    old = dialog.choice()
    first, last = dialog.findChildren(QSpinBox)
    first.setValue(100)
    dialog.findChild(QCheckBox).setChecked(True)  # type: ignore[union-attr]
    with qtbot.waitSignal(dialog.estimate_wanted) as wanted:
        pass
    assert wanted.args == [BatchChoice("p", range(100, 121), again=True)]
    dialog.show_estimate(old, ESTIMATE)
    assert not start_button(dialog).isEnabled()
    last.setValue(3)
    assert last.value() == 100


def test_nothing_to_do_cannot_be_started(dialog: BatchDialog) -> None:
    dialog.show_estimate(dialog.choice(), BatchEstimate(0))
    assert not start_button(dialog).isEnabled()


def test_the_estimate_says_what_is_not_known() -> None:
    said = estimate_words(BatchEstimate(3, took(1200, unpriced=3)))
    assert said.splitlines() == [
        "3 chapters",
        "About 1,200 tokens.",
        "How long it takes is not known before the first analysis.",
        "What it costs is not known: no prices are set.",
    ]
    assert "About 90 min" in estimate_words(ESTIMATE)
    assert "About 1.23 CNY + 0.0500 USD." in estimate_words(ESTIMATE)


@pytest.mark.parametrize(
    ("seconds", "said"), [(5, "1 min"), (90 * 60, "90 min"), (91 * 60, "2 h"), (36_000, "10 h")]
)
def test_times_are_rough(qtbot: QtBot, seconds: float, said: str) -> None:
    assert duration_words(seconds) == said


@pytest.fixture
def bar(qtbot: QtBot) -> BatchBar:
    shown = BatchBar()
    qtbot.addWidget(shown)
    return shown


def tool(bar: BatchBar, name: str) -> QToolButton:
    return next(b for b in bar.findChildren(QToolButton) if b.accessibleName() == name)


def test_the_bar_is_there_only_with_a_batch(bar: BatchBar) -> None:
    assert bar.isHidden()
    bar.show_batch(batch(failed=2))
    assert not bar.isHidden()
    assert bar.text() == ("The Long Book: 30 of 120 chapters analysed, 2 failed, about 66 min left")
    bar.show_batch(None)
    assert bar.isHidden()


def test_a_batch_is_held_freed_and_ended(bar: BatchBar, qtbot: QtBot) -> None:
    bar.show_batch(batch())
    with qtbot.waitSignal(bar.pause_requested) as held:
        tool(bar, "Pause this batch").click()
    bar.show_batch(batch(BatchStatus.PAUSED))
    assert bar.text().endswith(", paused")
    with qtbot.waitSignal(bar.resume_requested) as freed:
        tool(bar, "Resume this batch").click()
    with qtbot.waitSignal(bar.cancel_requested) as ended:
        tool(bar, "End this batch").click()
    assert held.args == freed.args == ended.args == [7]
