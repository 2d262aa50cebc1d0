"""The dialog of costs: what it asks for, how it shows it, and what comes into the file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableView,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.costs import CostGrouping, CostPeriod, CostReport, CostRow, add_up
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.spending import SpendSettings
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.ui.chapter.draft_banner import DraftBanner
from arboris_desktop.ui.costs.cost_table_model import CostColumn, CostTableModel
from arboris_desktop.ui.costs.dialog import CostsDialog
from arboris_desktop.ui.costs.words import money
from arboris_desktop.ui.settings.cost_page import CostPage
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.writing.chapters.drafting import store_chapter
from tests.support.amounts import took
from tests.support.studio_stage import Play, Stage, child

SPENT = Spent(TokenUsage(4000, 900, cached_tokens=2900), {"USD": 1.5, "CNY": 0.25})
ROWS = (
    CostRow(
        "3",
        "The Sea",
        2,
        "Book",
        4,
        Spent(TokenUsage(4000, 900, cached_tokens=2900), {"USD": 1.5, "CNY": 0.25}),
    ),
    CostRow("2", "The Shore", 1, "Book", 2, Spent(TokenUsage(300, 100), {"USD": 2.0}, 1)),
    CostRow("", calls=1, spent=Spent(TokenUsage(1, 1, estimated=True))),
)
REPORT = CostReport(CostGrouping.CHAPTER, ROWS, add_up("", ROWS))
EMPTY = CostReport(CostGrouping.TASK, (), CostRow(""))


@pytest.fixture
def dialog(qtbot: QtBot) -> CostsDialog:
    made = CostsDialog("Book")
    qtbot.addWidget(made)
    made.show()
    return made


def texts(model: CostTableModel, column: CostColumn) -> list[str]:
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_a_row_is_told_in_words_and_numbers(qtbot: QtBot) -> None:
    model = CostTableModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.QtTest)
    model.show_report(REPORT)
    assert texts(model, CostColumn.NAME) == [
        "Book · 2. The Sea",
        "Book · 1. The Shore",
        "For no chapter, or one that is gone",
    ]
    assert texts(model, CostColumn.READ) == ["4,000", "300", "1"]
    assert texts(model, CostColumn.CACHED) == ["2,900", "0", "0"]
    assert texts(model, CostColumn.MONEY) == ["0.2500 CNY + 1.50 USD", "2.00 USD + not known", "0"]
    assert model.headings() == [
        "Chapter",
        "Calls",
        "Tokens read",
        "Of these cached",
        "Tokens written",
        "Cost",
    ]

    model.sort(CostColumn.NAME, Qt.SortOrder.AscendingOrder)
    assert texts(model, CostColumn.CALLS) == ["1", "2", "4"]
    model.sort(CostColumn.MONEY, Qt.SortOrder.DescendingOrder)
    assert texts(model, CostColumn.CALLS) == ["2", "4", "1"]
    model.sort(-1)
    assert texts(model, CostColumn.CALLS) == ["4", "2", "1"]
    del tester


def test_money_in_different_currencies_stays_apart() -> None:
    assert money(took(0, {"USD": 12.345, "CNY": 0.0001})) == "0.0001 CNY + 12.35 USD"
    assert money(took(1, unpriced=2)) == "not known"


def test_every_choice_asks_again(dialog: CostsDialog, qtbot: QtBot) -> None:
    period, grouping = dialog.findChildren(QComboBox)
    with qtbot.waitSignal(dialog.asked) as asked:
        grouping.setCurrentIndex(grouping.findText("Day"))
    assert asked.args == [CostPeriod.MONTH, CostGrouping.DAY, False]
    with qtbot.waitSignal(dialog.asked) as asked:
        period.setCurrentIndex(period.findText("Today"))
    assert asked.args == [CostPeriod.TODAY, CostGrouping.DAY, False]
    with qtbot.waitSignal(dialog.asked) as asked:
        child(dialog, QCheckBox).click()
    assert asked.args == [CostPeriod.TODAY, CostGrouping.DAY, True]


def test_nothing_spent_is_said(dialog: CostsDialog) -> None:
    dialog.show_report(EMPTY)
    assert child(dialog, EmptyState).isVisible()
    assert "Nothing was asked" in child(dialog, EmptyState).text()
    dialog.show_report(REPORT)
    assert child(dialog, QTableView).isVisible()
    assert "Together: 5,302 tokens in 7 call" in dialog._total.text()
    assert "Cost: 0.2500 CNY + 3.50 USD + not known." in dialog._total.text()
    assert "estimated" in dialog._total.text()


def test_a_spreadsheet_gets_a_column_for_each_currency(dialog: CostsDialog) -> None:
    dialog.show_report(REPORT)
    headings, rows = dialog.table()
    assert headings[5:] == ["CNY", "USD", "Calls of unknown cost"]
    assert rows[0] == ["Book · 2. The Sea", 4, 4000, 2900, 900, 0.25, 1.5, 0]
    assert rows[1][5:] == [0.0, 2.0, 1]


def test_what_was_spent_is_shown_and_exported_in_the_window(play: Play, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        chapter = stage.chapter(1)
        purpose = CallPurpose(ModelTask.DRAFTING, "draft_chapter", chapter.project_id, chapter.id)
        done, usage = CallOutcome.COMPLETED, TokenUsage(1000, 200)
        call = ModelCall(purpose, done, "Big", "h", "m", usage, 0.5, "CNY", utc_now(), 1.0)
        with stage.services.database.write() as transaction:
            transaction.calls.add(call)

        await stage.open_chapter(2)
        assert stage.window.chapter_view.cost_text() == ""
        await stage.open_chapter(1)
        told = stage.window.chapter_view.cost_text
        await stage.until(lambda: told() == "1,200 tokens · 0.5000 CNY", "the footer tells")
        stage.window.actions_.costs.trigger()
        await stage.until(lambda: stage.window.findChild(CostsDialog), "the dialog is open")
        dialog = child(stage.window, CostsDialog)
        await stage.until(dialog._export.isEnabled, "the report is there")
        assert texts(dialog._model, CostColumn.NAME) == ["Chapters and passages"]
        assert texts(dialog._model, CostColumn.MONEY) == ["0.5000 CNY"]

        path = tmp_path / "costs.csv"
        dialog._export.click()
        await stage.until(lambda: dialog.findChild(QFileDialog), "the chooser is open")
        chooser = child(dialog, QFileDialog)
        child(chooser, QLineEdit).setText(str(path))
        chooser.accept()
        await stage.until(path.exists, "the file is written")
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert list(csv.reader(file))[1] == [
                "Chapters and passages",
                "1",
                "1000",
                "0",
                "200",
                "0.5",
                "0",
            ]
        dialog.reject()

    play(act)


def test_a_limit_stops_a_chapter_and_the_queue_until_it_is_raised(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        stage.services.preferences.set(SpendSettings(tokens_per_day=100))
        planned = stage.chapter(2)
        purpose = CallPurpose(ModelTask.DRAFTING, "", planned.project_id, planned.id)
        spent, done = TokenUsage(90, 10), CallOutcome.COMPLETED
        call = ModelCall(purpose, done, "Big", "h", "m", spent, None, "USD", utc_now(), 1.0)
        with stage.services.database.write() as transaction:
            transaction.calls.add(call)

        stage.press("Generate this chapter")
        banner = child(stage.window, DraftBanner)
        await stage.until(banner.isVisible, "the chapter says why it is not written")
        assert "The limit that you set for spending is reached." in banner.text()

        store_chapter(stage.services.database, stage.chapter(1).id, "归来。" * 400, provider="m")
        stage.studio.writing.task_queued.emit()
        queue = stage.window.queue_banner
        await stage.until(queue.isVisible, "the queue waits")
        assert "The limit that you set for spending is reached." in queue.text()

        next(b for b in queue.findChildren(QPushButton) if "Raise" in b.text()).click()
        await stage.until(lambda: stage.window.findChild(CostPage), "the settings are open")
        page = child(stage.window, CostPage)
        assert page.isVisible()
        child(page, QSpinBox).setValue(10_000_000)
        stage.press("Save")
        await stage.until(lambda: not queue.isVisible(), "the queue works again")
        await stage.until(
            lambda: stage.tasks()[0].status is TaskStatus.COMPLETED, "what waited is done"
        )
        assert stage.tasks()[0].retry_count == 0

    play(act)
