"""A file that is an outline: its texts become the plans of chapters and volumes."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.exchange.appending import append_book
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.correction import Correction
from arboris_desktop.exchange.preview import BookFile
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels

AS_PLANS = Correction(as_plans=True)
PLAN = ["主角回到小城，旧宅的灯还亮着。", "她认出门上的字，却没有敲门。"]


def write(path: Path, *headings: str) -> Path:
    plan = "\n".join(f"　　{line}" for line in PLAN)
    path.write_text("\n\n".join(f"{one}\n{plan}" for one in headings), encoding="utf-8")
    return path


def plans(database: Database, project_id: str) -> list[tuple[str, str]]:
    with database.read() as transaction:
        outline = transaction.outlines.read(project_id)
    return [(chapter.title, chapter.plan) for chapter in outline.chapters]


def test_texts_become_plans_and_nothing_is_written(database: Database, tmp_path: Path) -> None:
    path = write(
        tmp_path / "大纲.txt", "第一卷 春", "第一章 甲屋", "第二章 乙巷", "第二卷 秋", "第三章 丙桥"
    )
    project_id = import_book(database, path, correction=AS_PLANS)
    told = "\n".join(PLAN)
    assert plans(database, project_id) == [("甲屋", told), ("乙巷", told), ("丙桥", told)]
    contents = Novels(database).open(project_id)
    assert [chapter.word_count for chapter in contents.chapters] == [0, 0, 0]
    with database.read() as transaction:
        outline = transaction.outlines.read(project_id)
    assert [(volume.title, volume.summary) for volume in outline.volumes] == [
        ("春", told),
        ("秋", told),
    ]


def test_the_preview_counts_what_becomes_chapters(tmp_path: Path) -> None:
    path = write(tmp_path / "大纲.txt", "第一章 甲屋", "第二章 乙巷")
    book = BookFile(path).book(AS_PLANS)
    assert BookFile(path).preview(AS_PLANS).chapters == 2
    assert [(c.title, c.text) for v in book.volumes for c in v.chapters] == [
        ("甲屋", ""),
        ("乙巷", ""),
    ]


def test_plans_are_appended_to_a_novel(database: Database, tmp_path: Path) -> None:
    novel = import_book(database, write(tmp_path / "a.txt", "第一章 甲屋", "第二章 乙巷"))
    later = write(tmp_path / "b.txt", "第三章 丙桥", "第四章 丁岸")
    appended = append_book(database, novel, later, AS_PLANS)
    assert appended.numbers == (3, 4)
    assert plans(database, novel)[2:] == [("丙桥", "\n".join(PLAN)), ("丁岸", "\n".join(PLAN))]
    assert [c.word_count > 0 for c in Novels(database).open(novel).chapters] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_an_outline_of_a_hundred_thousand_characters(
    database: Database, tmp_path: Path, ending: str
) -> None:
    mark = "## " if ending == "md" else ""
    plan = PLAN[0] * 18
    path = tmp_path / f"大纲.{ending}"
    parts = [f"{mark}第{number}章 题{number}\n\n{plan}" for number in range(1, 401)]
    path.write_text("\n\n".join(parts), encoding="utf-8")
    assert len(path.read_text(encoding="utf-8")) > 100_000
    project_id = import_book(database, path, correction=AS_PLANS)
    assert plans(database, project_id) == [(f"题{number}", plan) for number in range(1, 401)]
