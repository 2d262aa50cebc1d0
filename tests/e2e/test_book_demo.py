"""``dev.py demo --book``: from a spark to files with nobody to ask, and an honest report."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.scripted_book import CHAPTER, book_rule
from tests.support.scripted_provider import ScriptedProvider, error, schema_name, stall

pytestmark = [pytest.mark.long, pytest.mark.e2e, pytest.mark.alone, pytest.mark.timeout(300)]

WAIT_SECONDS = 240.0
STAGES = ["spark", "brief", "blueprint", "outline", "judged_chapter", "chapters", "summaries",
          "reviews", "export"]  # fmt: skip


def start_book(provider: ScriptedProvider, out: Path) -> subprocess.Popen[str]:
    """Begins the demo for two chapters."""
    environment = os.environ | {
        "ARBORIS_BASE_URL": provider.base_url,
        "ARBORIS_MAX_PARALLEL": "16",
        "ARBORIS_MODEL": "scripted",
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, "-m", "arboris_desktop.demo", "--book", "--chapters", "2"]
    return subprocess.Popen(
        [*command, "--out", str(out)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def report_of(process: subprocess.Popen[str], out: Path, *, code: int) -> dict[str, Any]:
    """The report of a demo that has ended, printed and in its file."""
    output, errors = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    report: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert json.loads(output) == report
    return report


def make_book(provider: ScriptedProvider, out: Path, *, code: int = 0) -> dict[str, Any]:
    """Runs the demo to its end and returns its report."""
    with start_book(provider, out) as process:
        return report_of(process, out, code=code)


def test_a_whole_book_is_made_and_every_file_holds_it(
    scripted_provider: ScriptedProvider, tmp_path: Path
) -> None:
    scripted_provider.rule = book_rule()

    report = make_book(scripted_provider, tmp_path)

    assert (report["finished"], report["failed"]) == (True, None)
    stages = report["stages"]
    assert list(stages) == STAGES
    assert stages["brief"]["settled"] == ["genre", "ending"]
    assert stages["blueprint"]["title"] == "The Dark Lamp"
    assert stages["judged_chapter"]["versions"] == 2
    assert sorted(stages["judged_chapter"]["scores"]) == [40, 90]
    assert stages["chapters"]["words"] == [len(CHAPTER.split())] * 2
    assert stages["summaries"]["analyses"]["completed"] == 2
    assert stages["summaries"]["without_summary"] == []
    assert stages["reviews"]["review"]["verdict"] == "It holds."
    assert stages["export"]["book.arboris"] == (tmp_path / "book.arboris").stat().st_size
    assert report["total"]["calls"] == len(scripted_provider.requests)
    assert report["total"]["failed"] == 0
    assert all(stages["export"][f"book.{form}"] > len(CHAPTER) for form in ("md", "txt"))
    assert "The Dark Lamp" in (tmp_path / "book.md").read_text(encoding="utf-8")
    assert len(report["pictures"]) >= 3
    for name in report["pictures"]:
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")


def test_a_stage_that_fails_is_told_with_what_was_done_until_then(
    scripted_provider: ScriptedProvider, tmp_path: Path
) -> None:
    whole = book_rule()
    scripted_provider.rule = lambda request: (
        error(401, "bad key") if schema_name(request) == "plan_chapters" else whole(request)
    )

    report = make_book(scripted_provider, tmp_path, code=1)

    assert report["finished"] is False
    assert "bad key" in report["failed"]
    assert list(report["stages"]) == STAGES[: STAGES.index("outline") + 1]
    assert report["stages"]["outline"]["failed"] == 1
    assert not (tmp_path / "book.md").exists()


@pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX does")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_demo_reports_too(
    scripted_provider: ScriptedProvider, tmp_path: Path, number: signal.Signals
) -> None:
    scripted_provider.rule = lambda _request: stall()

    with start_book(scripted_provider, tmp_path) as process:
        scripted_provider.wait_for_requests(1)
        process.send_signal(number)
        report = report_of(process, tmp_path, code=130)

    assert (report["finished"], report["failed"]) == (False, "interrupted")
    assert list(report["stages"]) == ["spark", "brief"]
