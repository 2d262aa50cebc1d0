"""The metrics as Prometheus reads them, with the rules and the dashboard that are shipped."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import not_
from pathlib import Path
from typing import Any

import httpx
import pytest

from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from tests.support.served import WAIT_SECONDS, serving

FOLDER = Path(__file__).parents[2] / "packaging" / "server"
PROMETHEUS = shutil.which("prometheus")
PROMTOOL = shutil.which("promtool")
TOKEN = "a-token-of-this-test"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.long,
    pytest.mark.skipif(os.name != "posix", reason="ends the server as POSIX does"),
    pytest.mark.skipif(
        PROMETHEUS is None or PROMTOOL is None,
        reason="needs Prometheus (Debian: apt-get install prometheus)",
    ),
]

WITHOUT_VALUES = {
    "ArborisInterfaceDown",
    "ArborisDatabaseAway",
    "ArborisWaitsLong",
    "ArborisTasksFail",
}
"""Alerts that are silent about a library in which nothing goes wrong but that nobody works."""

FIRING = """
rule_files: [{rules}]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - series: up{{job="arboris", instance="a"}}
        values: 1x30 0x30
      - series: arboris_database_reachable{{instance="a"}}
        values: 1x30 0x30
      - series: arboris_workers_alive{{instance="a"}}
        values: 1x30 0x30
      - series: pending_analysis_total{{instance="a", status="pending"}}
        values: 4x60
      - series: pending_analysis_total{{instance="a", status="failed"}}
        values: 0x30 5x30
      - series: arboris_oldest_waiting_seconds{{instance="a"}}
        values: 60x30 1801x30
    alert_rule_test:
{expected}
"""

EXPECTED = """
      - eval_time: {minute}m
        alertname: {name}
        exp_alerts: {alerts}
"""


@dataclass
class Prometheus:
    """A running server, asked by its own interface."""

    address: str

    def ask(self, query: str) -> list[dict[str, Any]]:
        """The series that a query finds; an error of the query fails the test."""
        answer = httpx.get(
            f"{self.address}/api/v1/query", params={"query": query}, timeout=WAIT_SECONDS
        )
        assert answer.status_code == 200, f"{query}: {answer.text}"
        return list(answer.json()["data"]["result"])

    def until(
        self, query: str, holds: Callable[[list[dict[str, Any]]], bool]
    ) -> list[dict[str, Any]]:
        """Waits until the answer is as wanted, and returns it.

        It scrapes every other second; one that takes longer makes all series of before stale.
        """
        until = time.monotonic() + WAIT_SECONDS
        while not holds(found := self.ask(query)):
            assert time.monotonic() < until, f"{query}: {found}"
            time.sleep(0.2)
        return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def configuration(folder: Path, target: str) -> Path:
    """The one that is shipped, with other places and less patience."""
    (folder / "token").write_text(TOKEN, encoding="utf-8")
    text = (FOLDER / "prometheus.yml").read_text(encoding="utf-8")
    for there, here in (
        ("api:8000", target),
        ("/run/secrets/arboris_token", str(folder / "token")),
        ("alerts.yml", str(FOLDER / "alerts.yml")),
        ("scrape_interval: 15s", "scrape_interval: 2s"),
    ):
        assert there in text
        text = text.replace(there, here)
    file = folder / "prometheus.yml"
    file.write_text(text, encoding="utf-8")
    return file


@contextmanager
def watching(folder: Path, target: str) -> Iterator[Prometheus]:
    """Prometheus, which scrapes a server while the block runs."""
    assert PROMETHEUS is not None
    place = f"127.0.0.1:{free_port()}"
    command = [
        PROMETHEUS,
        f"--config.file={configuration(folder, target)}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address={place}",
    ]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as process,
    ):
        try:
            until = time.monotonic() + WAIT_SECONDS
            while not is_ready(f"http://{place}/-/ready"):
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < until, (folder / "log").read_text()
                time.sleep(0.1)
            yield Prometheus(f"http://{place}")
        finally:
            process.terminate()


def is_ready(address: str) -> bool:
    try:
        return httpx.get(address, timeout=WAIT_SECONDS).status_code == 200
    except httpx.TransportError:
        return False


def promtool(*arguments: str) -> None:
    assert PROMTOOL is not None
    ended = subprocess.run(
        [PROMTOOL, *arguments], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def add_call(database: Database, project: str) -> None:
    call = ModelCall(
        purpose=CallPurpose(ModelTask.ANALYSIS, "", project, None),
        outcome=CallOutcome.COMPLETED,
        profile="p",
        provider='DeepSeek "quoted" \\ 深度求索',
        model="m",
        usage=TokenUsage(1000, 200),
        cost=0.25,
        currency="CNY",
        started_at=datetime.now(UTC),
        duration_seconds=1.0,
    )
    with database.write() as transaction:
        transaction.calls.add(call)


def dashboard_queries() -> list[str]:
    dashboard = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def alert_queries() -> dict[str, str]:
    text = (FOLDER / "alerts.yml").read_text(encoding="utf-8")
    return dict(re.findall(r"- alert: (\w+)\n\s+expr: (.+)", text))


@pytest.mark.every_database
def test_each_query_of_the_dashboard_and_of_the_alerts_finds_its_figures(
    database: Database, novel: NovelContents, instance: Instance, tmp_path: Path
) -> None:
    first, _ = (
        store_chapter(database, chapter.id, "A short chapter.", provider="p")[1]
        for chapter in novel.chapters[:2]
    )
    add_call(database, novel.project.id)
    server = database.paths.server
    variables = {"ARBORIS_API_TOKEN": TOKEN} | ({"ARBORIS_DATABASE_URL": server} if server else {})
    with (
        serving(database.paths.home, **variables) as served,
        watching(tmp_path, served.address.removeprefix("http://")) as prometheus,
    ):
        prometheus.until('up{job="arboris"}', lambda found: [of(found)] == [["1"]])
        pending = 'pending_analysis_total{status="pending"}'
        prometheus.until(pending, lambda found: of(found) == ["2"])
        AnalysisQueue(database, instance).cancel(first)
        add_call(database, novel.project.id)
        # A scrape that sees the change: of what grows two values are needed.
        prometheus.until(pending, lambda found: of(found) == ["1"])

        for query in dashboard_queries():
            asked = query.replace("[1h]", "[5m]")
            prometheus.until(asked, bool)
        [calls] = prometheus.until("arboris_model_calls_total", bool)
        assert calls["metric"]["provider"].startswith('DeepSeek "quoted" \\ 深度求索')
        alerts = alert_queries()
        for name, query in alerts.items():
            prometheus.until(query, not_ if name in WITHOUT_VALUES else bool)
        told = httpx.get(f"{prometheus.address}/api/v1/rules", timeout=WAIT_SECONDS).json()
        [group] = told["data"]["groups"]
        assert {rule["name"] for rule in group["rules"]} == set(alerts)


def of(found: list[dict[str, Any]]) -> list[str]:
    """The values of the series."""
    return [series["value"][1] for series in found]


def test_the_rules_are_sound_and_each_alert_fires_when_it_should(tmp_path: Path) -> None:
    promtool("check", "rules", str(FOLDER / "alerts.yml"))
    promtool("check", "config", "--syntax-only", str(FOLDER / "prometheus.yml"))
    rules = (FOLDER / "alerts.yml").read_text(encoding="utf-8")
    severities = dict(re.findall(r"- alert: (\w+)(?:.|\n)*?severity: (\w+)", rules))
    words = dict(re.findall(r'- alert: (\w+)(?:.|\n)*?summary: "(.+?)"', rules))
    labels = {
        "ArborisInterfaceDown": "{job: arboris, instance: a, severity: critical}",
        "ArborisDatabaseAway": "{instance: a, severity: critical}",
        "ArborisNoWorker": "{instance: a, severity: critical}",
        "ArborisWaitsLong": "{instance: a, severity: warning}",
        "ArborisTasksFail": "{instance: a, status: failed, severity: warning}",
    }
    assert set(labels) == set(severities) == set(words)
    expected = "".join(
        EXPECTED.format(minute=20, name=name, alerts="[]")
        + EXPECTED.format(
            minute=40,
            name=name,
            alerts=f'[{{exp_labels: {own}, exp_annotations: {{summary: "{words[name]}"}}}}]',
        )
        for name, own in labels.items()
    )
    file = tmp_path / "firing.yml"
    file.write_text(FIRING.format(rules=FOLDER / "alerts.yml", expected=expected), "utf-8")
    promtool("test", "rules", str(file))
