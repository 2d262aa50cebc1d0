"""The place a novel file is written to, and the time that it takes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.book_export import export_book
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.novel_file import limits
from arboris_desktop.exchange.novel_file.writing import export_novel
from arboris_desktop.storage.database import Database
from tests.faults.small_disk import fill, small_disk
from tests.unit.exchange.novel_file.conftest import NovelFile

BUDGET_SECONDS = 2.0


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_full_disk_is_told_and_keeps_what_was_there(
    novel_file: NovelFile, tmp_path: Path, overwrite: bool
) -> None:
    with small_disk(tmp_path / "small") as disk:
        target = disk / "novel.arboris"
        if overwrite:
            target.write_bytes(b"old")
        fill(disk)
        before = sorted(os.listdir(disk))
        with pytest.raises(ArborisError, match=r"novel\.arboris cannot be written") as caught:
            export_novel(novel_file.database, novel_file.project_id, target, overwrite=overwrite)
        assert caught.value.kind is ErrorKind.DISK_FULL
        assert sorted(os.listdir(disk)) == before
        assert not overwrite or target.read_bytes() == b"old"


@pytest.mark.parametrize(("bound", "value"), [("ROWS", 5), ("LINE_BYTES", 50), ("TOTAL_BYTES", 99)])
def test_what_could_not_be_imported_is_not_written(
    novel_file: NovelFile, monkeypatch: pytest.MonkeyPatch, bound: str, value: int
) -> None:
    monkeypatch.setattr(limits, bound, value)
    target = novel_file.path.with_name("large.arboris")
    with pytest.raises(ArborisError, match="larger than a novel file may be") as caught:
        export_novel(novel_file.database, novel_file.project_id, target)
    assert caught.value.kind is ErrorKind.FILE_UNWRITABLE
    assert os.listdir(target.parent).count("large.arboris") == 0


def test_a_missing_folder_is_told(novel_file: NovelFile) -> None:
    with pytest.raises(ArborisError, match="No such file") as caught:
        export_novel(novel_file.database, novel_file.project_id, Path("/nonexistent/novel.arboris"))
    assert caught.value.kind is ErrorKind.FILE_UNWRITABLE


def test_a_long_novel_goes_out_and_comes_in_within_the_budget(
    corpus_file: Callable[[str], Path], database: Database, tmp_path: Path
) -> None:
    project_id = import_book(database, corpus_file("sanguo-yanyi.zh.txt"))
    target = tmp_path / "sanguo.arboris"

    started = time.process_time()
    export_book(database, project_id, "arboris", target)
    written = time.process_time()
    import_book(database, target)
    read = time.process_time()

    assert written - started < BUDGET_SECONDS
    assert read - written < BUDGET_SECONDS
    assert target.stat().st_size < 1_000_000
