"""The units and files for a server, as far as this computer's tools can judge them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "packaging" / "server"
ANALYZE = shutil.which("systemd-analyze")


@pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze")
@pytest.mark.parametrize(
    "unit", ["arboris-api.service", "arboris-worker@.service", "arboris-cleanup.service"]
)
def test_units_are_hardened(unit: str) -> None:
    assert ANALYZE is not None
    judged = subprocess.run(
        [ANALYZE, "security", "--offline=true", "--threshold=30", str(FOLDER / unit)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert judged.returncode == 0, judged.stdout[-500:] + judged.stderr


@pytest.mark.parametrize("unit", ["arboris-api.service", "arboris-worker@.service"])
def test_a_service_has_more_time_to_end_than_a_lease_lasts(unit: str) -> None:
    text = (FOLDER / unit).read_text(encoding="utf-8")
    assert "Type=notify" in text
    assert int(re.findall(r"TimeoutStopSec=(\d+)", text)[0]) > 30


@pytest.mark.parametrize(
    "unit", ["arboris-api.service", "arboris-worker@.service", "arboris-cleanup.service"]
)
def test_each_unit_uses_the_same_library(unit: str) -> None:
    lines = (FOLDER / unit).read_text(encoding="utf-8").splitlines()
    assert "Environment=ARBORIS_HOME=/var/lib/arboris" in lines
    # It may name the database of a server.
    assert "EnvironmentFile=-/etc/arboris/server.env" in lines


def test_dashboard_and_alerts_name_metrics_that_there_are() -> None:
    source = (FOLDER.parents[1] / "arboris_desktop" / "server" / "metrics.py").read_text("utf-8")
    dashboard = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked += re.findall(r"expr: (.+)", (FOLDER / "alerts.yml").read_text(encoding="utf-8"))
    named = set(re.findall(r"\b(?:arboris|pending_analysis)_\w+", " ".join(asked)))
    assert named
    assert {name for name in named if f'"{name.removesuffix("_total")}' not in source} == set()
