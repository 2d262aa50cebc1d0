"""The lengths of the chapters of a novel file are those of this program's rule of counting."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.domain.settings import CountingRecord
from arboris_desktop.exchange.library_file import export_library, import_library
from arboris_desktop.exchange.novel_file.reading import import_novel
from arboris_desktop.exchange.novel_file.writing import export_novel
from arboris_desktop.storage.database import Database
from arboris_desktop.text.counts import COUNTING_RULE
from arboris_desktop.writing.novels import Novels
from tests.unit.exchange.novel_file.conftest import NovelFile

MISCOUNTED = 12_345


@pytest.fixture
def miscounted(novel_file: NovelFile) -> NovelFile:
    """A novel whose first chapter has another length by the rule of its library."""
    with novel_file.database.write() as transaction:
        first = transaction.chapters.of_project(novel_file.project_id)[0]
        transaction.chapters.correct_count(first.id, MISCOUNTED)
    return novel_file


def counted_by(novel: NovelFile, rule: int) -> None:
    with novel.database.write() as transaction:
        transaction.settings.set(CountingRecord(rule))
    export_novel(novel.database, novel.project_id, novel.path, overwrite=True)


def manifest(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as zipped:
        stated: dict[str, Any] = json.loads(zipped.read("manifest.json"))
    return stated


def lengths(database: Database, project_id: str) -> list[int]:
    return [chapter.word_count for chapter in Novels(database).open(project_id).chapters]


def days(database: Database, project_id: str) -> object:
    with database.read() as transaction:
        return transaction.writing_days.of_project(project_id)


def without_a_rule(path: Path) -> None:
    """Makes the file one of a version that did not say how it counts."""
    with zipfile.ZipFile(path) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    stated = json.loads(members["manifest.json"])
    del stated["counting_rule"]
    members["manifest.json"] = json.dumps(stated).encode()
    with zipfile.ZipFile(path, "w") as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)


@pytest.mark.parametrize("rule", [0, COUNTING_RULE + 1, None])
def test_chapters_counted_by_another_rule_are_counted_again(
    miscounted: NovelFile, elsewhere: Database, rule: int | None
) -> None:
    counted_by(miscounted, rule or 0)
    if rule is None:
        without_a_rule(miscounted.path)
    project_id = import_novel(elsewhere, miscounted.path)
    here = lengths(miscounted.database, miscounted.project_id)
    assert here[0] == MISCOUNTED
    assert 0 < lengths(elsewhere, project_id)[0] < MISCOUNTED
    assert lengths(elsewhere, project_id)[1:] == here[1:]
    assert days(elsewhere, project_id) == days(miscounted.database, miscounted.project_id)


def test_chapters_counted_by_this_rule_are_left_alone(
    miscounted: NovelFile, elsewhere: Database
) -> None:
    counted_by(miscounted, COUNTING_RULE)
    assert manifest(miscounted.path)["counting_rule"] == COUNTING_RULE
    project_id = import_novel(elsewhere, miscounted.path)
    assert lengths(elsewhere, project_id)[0] == MISCOUNTED


def test_those_of_a_library_file_are_counted_again(
    miscounted: NovelFile, elsewhere: Database, tmp_path: Path
) -> None:
    counted_by(miscounted, 0)
    library = tmp_path / "all.arboris-library"
    export_library(miscounted.database, library)
    brought = import_library(elsewhere, library)
    assert all(MISCOUNTED not in lengths(elsewhere, one) for one in brought.project_ids)
