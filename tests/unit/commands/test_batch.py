"""``batch`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arboris_desktop.cli import main
from tests.unit.commands.command_setup import STORY


def test_a_whole_book_is_estimated_queued_held_and_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "book.md"
    book.write_text("# The Lamp\n\n" + "".join(f"## Chapter {n}\n\n{STORY}\n\n" for n in (1, 2, 3)))
    assert main(["import", str(book)]) == 0
    project_id = capsys.readouterr().out.strip()

    assert main(["batch", "estimate", project_id, "--chapters", "1-2", "--json"]) == 0
    estimate = json.loads(capsys.readouterr().out)
    assert (estimate["chapters"], estimate["cost"]) == (2, None)
    assert main(["batch", "start", project_id, "--json"]) == 0
    batch_id = json.loads(capsys.readouterr().out)["batch_id"]
    assert main(["batch", "pause", str(batch_id)]) == 0
    assert main(["batch", "pause", str(batch_id)]) == 2
    assert main(["batch", "start", project_id]) == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith(": a batch of this novel is under way")
    assert main(["batch", "list", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["status"], listed["total"], listed["unfinished"]) == ("paused", 3, 3)
    assert main(["batch", "cancel", str(batch_id)]) == 0
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cancelled"] == 3
    assert main(["batch", "resume", "99"]) == 1
