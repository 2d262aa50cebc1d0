"""The dialog of costs: what it asks for, how it shows it, and what comes into the file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.costs import CostGrouping, CostPeriod, CostReport, CostRow, add_up
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.ui.costs.cost_table_model import CostColumn, CostTableModel
from arboris_desktop.ui.costs.cost_words import money
from arboris_desktop.ui.costs.costs_dialog import CostsDialog
from arboris_desktop.ui.empty_state import EmptyState
from tests.support.studio_stage import Play, Stage, child

ROWS = (
    CostRow("3", "The Sea", 2, "Book", 4, TokenUsage(4000, 900), {"USD": 1.5, "CNY": 0.25}),
    CostRow("2", "The Shore", 1, "Book", 2, TokenUsage(300, 100), {"USD": 2.0}, 1),
    CostRow("", calls=1, usage=TokenUsage(1, 1, estimated=True)),
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
    assert texts(model, CostColumn.MONEY) == ["0.2500 CNY + 1.50 USD", "2.00 USD + not known", "0"]
    assert model.headings() == ["Chapter", "Calls", "Tokens read", "Tokens written", "Cost"]

    model.sort(CostColumn.NAME, Qt.SortOrder.AscendingOrder)
    assert texts(model, CostColumn.CALLS) == ["1", "2", "4"]
    model.sort(CostColumn.MONEY, Qt.SortOrder.DescendingOrder)
    assert texts(model, CostColumn.CALLS) == ["2", "4", "1"]
    model.sort(-1)
    assert texts(model, CostColumn.CALLS) == ["4", "2", "1"]
    del tester


def test_money_in_different_currencies_stays_apart() -> None:
    assert money({"USD": 12.345, "CNY": 0.0001}, 0) == "0.0001 CNY + 12.35 USD"
    assert money({}, 2) == "not known"


def test_every_choice_asks_anew(dialog: CostsDialog, qtbot: QtBot) -> None:
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
    assert "0.2500 CNY + 3.50 USD + not known" in dialog._total.text()
    assert "estimated" in dialog._total.text()


def test_a_spreadsheet_gets_a_column_for_each_currency(dialog: CostsDialog) -> None:
    dialog.show_report(REPORT)
    headings, rows = dialog.table()
    assert headings[4:] == ["CNY", "USD", "Calls of unknown cost"]
    assert rows[0] == ["Book · 2. The Sea", 4, 4000, 900, 0.25, 1.5, 0]
    assert rows[1][4:] == [0.0, 2.0, 1]


def test_what_was_spent_is_shown_and_exported_in_the_window(play: Play, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        chapter = stage.chapter(1)
        purpose = CallPurpose(ModelTask.DRAFTING, "draft_chapter", chapter.project_id, chapter.id)
        done, usage = CallOutcome.COMPLETED, TokenUsage(1000, 200)
        call = ModelCall(purpose, done, "Big", "h", "m", usage, 0.5, "CNY", utc_now(), 1.0)
        with stage.services.database.write() as transaction:
            transaction.calls.add(call)

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
                "200",
                "0.5",
                "0",
            ]
        dialog.reject()

    play(act)
