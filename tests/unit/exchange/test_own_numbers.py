"""The author's own numbers of chapters and volumes are kept, coming in and going out."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.domain.novel import UNNUMBERED, Language, NewNovel
from arboris_desktop.exchange.book_export import export_book
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels

PROSE = (
    "　　傍晚的风把晒在竹竿上的衣裳吹得猎猎作响，巷口卖馄饨的老人刚刚支起炉子。\n　　他没有答话。"
)
FORMS = ["md", "txt", "docx", "epub", "odt", "html"]


def headings(book: ParsedBook) -> list[tuple[str, str]]:
    return [(c.label, c.title) for volume in book.volumes for c in volume.chapters]


def volumes(book: ParsedBook) -> list[tuple[str, str]]:
    return [(volume.label, volume.title) for volume in book.volumes]


def stored(database: Database, folder: Path, text: str) -> str:
    path = folder / "book.txt"
    path.write_text(text, encoding="utf-8")
    return import_book(database, path)


def labels(database: Database, project_id: str) -> list[str | None]:
    with database.read() as transaction:
        return [chapter.label for chapter in transaction.chapters.of_project(project_id)]


def text_of(*headings: str) -> str:
    return "\n\n".join(f"{heading}\n{PROSE}" for heading in headings)


@pytest.mark.parametrize("form", FORMS)
def test_numbers_and_author_come_out_as_they_came_in(
    database: Database, tmp_path: Path, form: str
) -> None:
    text = "《雨巷》\n作者：某人\n\n" + text_of(
        "序章", "第一回 起风", "番外", "第二回 夜雨", "第三回"
    )
    project_id = stored(database, tmp_path, text)
    out = tmp_path / f"out.{form}"
    export_book(database, project_id, form, out)
    book = read_book(out)
    assert (book.title, book.author) == ("雨巷", "某人")
    assert headings(book) == [
        ("", "序章"),
        ("第一回", "起风"),
        ("", "番外"),
        ("第二回", "夜雨"),
        ("第三回", ""),
    ]
    assert headings(book) == headings(read_book(tmp_path / "book.txt"))


@pytest.mark.parametrize("form", ["md", "txt", "docx"])
def test_numbers_that_begin_again_in_each_volume(
    database: Database, tmp_path: Path, form: str
) -> None:
    first, second = text_of("第一章 甲", "第二章 乙"), text_of("第一章 丙", "第二章 丁")
    text = f"第一卷 海\n{first}\n第二卷 山\n{second}"
    project_id = stored(database, tmp_path, text)
    out = tmp_path / f"out.{form}"
    export_book(database, project_id, form, out)
    book = read_book(out)
    assert volumes(book) == [("第一卷", "海"), ("第二卷", "山")]
    assert [label for label, _ in headings(book)] == ["第一章", "第二章", "第一章", "第二章"]


def test_chapters_that_are_added_are_numbered_in_the_same_way(
    database: Database, tmp_path: Path
) -> None:
    project_id = stored(database, tmp_path, text_of("楔子", "第一章 甲", "第二章 乙", "第五章 丙"))
    Novels(database).add_chapter(project_id, "丁")
    assert labels(database, project_id) == ["楔子"[2:], "第一章", "第二章", "第五章", "第六章"]
    with database.read() as transaction:
        one_by_one = [
            transaction.chapters.overview(chapter.id).label
            for chapter in transaction.chapters.of_project(project_id)
        ]
    assert one_by_one == labels(database, project_id)


def test_the_usual_numbers_are_left_to_the_language(database: Database, tmp_path: Path) -> None:
    project_id = stored(database, tmp_path, text_of("第1章 甲", "第2章 乙"))
    assert labels(database, project_id) == [None, None]
    with database.read() as transaction:
        assert transaction.projects.get(project_id).numbering == ""


def test_a_book_with_names_alone_stays_so(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "book.md"
    path.write_text("# The Sea\n\n## Dawn\n\nIt was dark.\n\n## Noon\n\nIt was hot.\n", "utf-8")
    project_id = import_book(database, path)
    out = tmp_path / "out.md"
    export_book(database, project_id, "md", out)
    assert out.read_text("utf-8") == path.read_text("utf-8")


def test_a_new_novel_is_numbered_as_chosen(database: Database, tmp_path: Path) -> None:
    novels = Novels(database)
    for numbering, heading in [("第{一}话", "## 第一话 甲"), (UNNUMBERED, "## 甲")]:
        project_id = novels.create(
            NewNovel("雨", language=Language.CHINESE, numbering=numbering, author="某人")
        )
        novels.add_chapter(project_id, "甲")
        out = tmp_path / f"{numbering}.md"
        export_book(database, project_id, "md", out, options=ExportOptions(unwritten_too=True))
        assert out.read_text("utf-8") == f"# 雨\n\n作者：某人\n\n{heading}\n"


@pytest.mark.parametrize("form", FORMS)
def test_a_preface_before_the_first_volume_is_no_volume_that_is_counted(
    database: Database, tmp_path: Path, form: str
) -> None:
    text = f"写在前面：献给母亲。\n\n第一卷 春\n\n{text_of('第一章 甲', '第二章 乙')}"
    project_id = stored(database, tmp_path, text)
    with database.read() as transaction:
        assert [one.label for one in transaction.projects.volumes(project_id)] == ["", "第一卷"]
    out = tmp_path / f"out.{form}"
    export_book(database, project_id, form, out)
    assert [label for label, _title in volumes(read_book(out))] == ["", "第一卷"]
