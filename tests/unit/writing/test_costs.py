"""The ledger added up: by task, chapter, day, novel and model; and as a file for spreadsheets."""

from __future__ import annotations

import csv
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from arboris_desktop.domain.costs import CostGrouping, CostPeriod, CostRow, add_up
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.exchange.cost_table import write_cost_table
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.tables.costs import model_calls
from arboris_desktop.writing.costs import Costs
from arboris_desktop.writing.novels import NovelContents, Novels
from tests.support.amounts import took

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def costs(database: Database) -> Costs:
    return Costs(database, lambda: NOW)


def add(
    database: Database,
    purpose: CallPurpose,
    usage: TokenUsage,
    cost: float | None,
    currency: str = "USD",
    days_ago: int = 0,
    profile: str = "Big",
) -> None:
    done, at = CallOutcome.COMPLETED, NOW - timedelta(days=days_ago)
    call = ModelCall(purpose, done, profile, "host", "m", usage, cost, currency, at, 1.0)
    with database.write() as transaction:
        transaction.calls.add(call)


@pytest.fixture
def spent(database: Database, novel: NovelContents) -> str:
    """Some calls for two novels; returns the id of the other one."""
    project, chapter = novel.project.id, novel.chapters[1].id
    other = Novels(database).create(NewNovel("Another"))
    draft = CallPurpose(ModelTask.DRAFTING, "draft_chapter", project, chapter)
    add(database, draft, TokenUsage(1000, 500), 0.5)
    add(database, draft, TokenUsage(1000, 500), 2.0, "CNY")
    add(database, CallPurpose(ModelTask.SUMMARIES, "", project, chapter), TokenUsage(100, 10), None)
    add(database, CallPurpose(ModelTask.PLANNING, "", other), TokenUsage(10, 10), 0.25, days_ago=3)
    add(
        database,
        CallPurpose(ModelTask.PLANNING),
        TokenUsage(1, 1, estimated=True),
        0.0,
        days_ago=40,
    )
    return other


def test_by_task(costs: Costs, spent: str) -> None:
    report = costs.report(CostPeriod.ALL, CostGrouping.TASK)
    assert [row.key for row in report.rows] == ["drafting", "summaries", "planning"]
    drafting = report.rows[0]
    assert (drafting.calls, drafting.spent.usage) == (2, TokenUsage(2000, 1000))
    assert drafting.spent.money == {"USD": 0.5, "CNY": 2.0}
    assert report.rows[1].spent.unpriced == 1
    assert (report.total.calls, report.total.spent.unpriced) == (5, 1)
    assert report.total.spent.money == {"USD": 0.75, "CNY": 2.0}
    assert report.total.spent.usage == TokenUsage(2111, 1021, estimated=True)


def test_by_chapter_novel_and_model(costs: Costs, spent: str, novel: NovelContents) -> None:
    chapter, none = costs.report(CostPeriod.ALL, CostGrouping.CHAPTER).rows
    assert (chapter.number, chapter.title, chapter.novel) == (
        2,
        "The Letter",
        "The Dark Lighthouse",
    )
    assert (chapter.calls, none.key, none.calls) == (3, "", 2)
    novels = costs.report(CostPeriod.ALL, CostGrouping.NOVEL).rows
    assert [row.title for row in novels] == ["The Dark Lighthouse", "Another", ""]
    (model,) = costs.report(CostPeriod.ALL, CostGrouping.MODEL).rows
    assert (model.key, model.title) == ("host/m", "Big")
    only = costs.report(CostPeriod.ALL, CostGrouping.NOVEL, novel.project.id)
    assert [row.title for row in only.rows] == ["The Dark Lighthouse"]


@pytest.mark.parametrize(
    ("period", "calls"),
    [
        (CostPeriod.TODAY, [3]),
        (CostPeriod.WEEK, [3, 1]),
        (CostPeriod.MONTH, [3, 1]),
        (CostPeriod.ALL, [3, 1, 1]),
    ],
)
def test_by_day_the_newest_first(
    costs: Costs, spent: str, period: CostPeriod, calls: list[int]
) -> None:
    report = costs.report(period, CostGrouping.DAY)
    assert [row.calls for row in report.rows] == calls
    assert [row.key for row in report.rows] == sorted(row.key for row in report.rows)[::-1]
    assert report.rows[0].key == NOW.astimezone().date().isoformat()


def test_what_is_gone_stays_paid(costs: Costs, spent: str, database: Database) -> None:
    with database.write() as transaction:
        transaction.projects.remove(spent)
    rows = costs.report(CostPeriod.ALL, CostGrouping.NOVEL).rows
    assert [(row.key == "", row.calls) for row in rows] == [(False, 3), (True, 2)]


@given(
    st.lists(
        st.tuples(st.integers(0, 99), st.sampled_from(["USD", "CNY"]), st.integers(0, 1000)),
        max_size=20,
    )
)
def test_sums_keep_every_call_and_currency(calls: list[tuple[int, str, int]]) -> None:
    rows = [
        CostRow("x", calls=1, spent=took(tokens, {currency: float(amount)}))
        for tokens, currency, amount in calls
    ]
    total = add_up("", rows)
    assert total.calls == len(calls)
    assert total.spent.tokens == sum(tokens for tokens, _currency, _amount in calls)
    for currency in ("USD", "CNY"):
        wanted = sum(amount for _tokens, unit, amount in calls if unit == currency)
        assert total.spent.paid_in(currency) == pytest.approx(wanted)


def test_a_hundred_thousand_calls_are_added_up_in_a_moment(
    costs: Costs, database: Database, novel: NovelContents
) -> None:
    rows = [
        {
            "project_id": novel.project.id,
            "chapter_id": novel.chapters[number % 3].id,
            "task": "analysis",
            "outcome": "completed",
            "prompt_tokens": 10,
            "completion_tokens": 1,
            "cost": 0.001,
            "currency": "USD",
            "started_at": NOW - timedelta(minutes=number),
        }
        for number in range(100_000)
    ]
    with database.write() as transaction:
        transaction.calls._connection.execute(insert(model_calls), rows)
    began = time.process_time()
    for grouping in CostGrouping:
        report = costs.report(CostPeriod.ALL, grouping)
        assert report.total.calls == 100_000
        assert report.total.spent.money["USD"] == pytest.approx(100.0)
    # About 0.1 s each; what is guarded against is reading the calls one by one.
    assert time.process_time() - began < 5.0


def test_a_table_for_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "costs.csv"
    write_cost_table(path, ["章节", "USD"], [["“一”, 归来", 0.25], ["=HYPERLINK(1)", 2]])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["章节", "USD"],
            ["“一”, 归来", "0.25"],
            ["'=HYPERLINK(1)", "2"],
        ]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
