"""A novel that gets another form of chapter numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arboris_desktop.domain.novel import UNNUMBERED, Language, NewNovel
from arboris_desktop.exchange.book_export import export_book
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.storage.database import Database
from arboris_desktop.text.number_labels import number_in
from arboris_desktop.writing.novels import Novels

PROSE = "　　傍晚的风把晒在竹竿上的衣裳吹得猎猎作响，巷口卖馄饨的老人刚刚支起炉子。"
HEADINGS = ["楔子", "第一回 甲", "第二回 乙", "番外 丙", "第五回 丁", "第六回 戊", "尾声"]
FORMS = ["", "第{1}章", "第{一}章", "第{一}回", "Chapter {1}", "{1}", UNNUMBERED]


def imported(database: Database, folder: Path, headings: list[str] = HEADINGS) -> str:
    path = folder / "book.txt"
    path.write_text("\n\n".join(f"{heading}\n{PROSE}" for heading in headings), encoding="utf-8")
    return import_book(database, path)


def renumber(database: Database, project_id: str, numbering: str) -> None:
    Novels(database).describe(project_id, "雨巷", "", numbering)


def headings(database: Database, project_id: str, folder: Path) -> list[str]:
    out = folder / "out.md"
    export_book(database, project_id, "md", out, options=ExportOptions(unwritten_too=True))
    lines = out.read_text("utf-8").splitlines()
    return [line.removeprefix("## ") for line in lines if line.startswith("## ")]


def numbering(database: Database, project_id: str) -> str:
    with database.read() as transaction:
        return transaction.projects.get(project_id).numbering


def test_each_chapter_has_its_number_in_the_new_form(database: Database, tmp_path: Path) -> None:
    project_id = imported(database, tmp_path)
    renumber(database, project_id, "第{1}话")
    assert headings(database, project_id, tmp_path) == [
        *("楔子", "第1话 甲", "第2话 乙", "番外 丙", "第5话 丁", "第6话 戊", "尾声")
    ]


def test_the_usual_form_numbers_no_named_chapter(database: Database, tmp_path: Path) -> None:
    project_id = imported(database, tmp_path)
    renumber(database, project_id, "")
    assert headings(database, project_id, tmp_path) == [
        *("楔子", "第1章 甲", "第2章 乙", "番外 丙", "第5章 丁", "第6章 戊", "尾声")
    ]


def test_without_numbers_there_is_none_and_all_come_back(
    database: Database, tmp_path: Path
) -> None:
    project_id = imported(database, tmp_path)
    before = headings(database, project_id, tmp_path)
    renumber(database, project_id, UNNUMBERED)
    assert headings(database, project_id, tmp_path) == [
        *("楔子", "甲", "乙", "番外 丙", "丁", "戊", "尾声")
    ]
    renumber(database, project_id, "第{一}回")
    assert headings(database, project_id, tmp_path) == before


def test_a_book_of_names_alone_that_gets_numbers(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "book.md"
    names = ["楔子", "起风", "夜雨", "尾声"]
    path.write_text("# 雨巷\n\n" + "\n\n".join(f"## {name}\n\n{PROSE}" for name in names), "utf-8")
    project_id = import_book(database, path)
    assert numbering(database, project_id) == UNNUMBERED
    renumber(database, project_id, "第{一}章")
    assert headings(database, project_id, tmp_path) == [
        *("楔子", "第一章 起风", "第二章 夜雨", "尾声")
    ]


def test_numbers_that_begin_again_in_each_volume(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    parts = [f"第{v}卷\n\n第一章 甲\n{PROSE}\n\n第二章 乙\n{PROSE}" for v in "一二"]
    path.write_text("\n\n".join(parts), encoding="utf-8")
    project_id = import_book(database, path)
    renumber(database, project_id, "")
    with database.read() as transaction:
        labels = [each.label for each in transaction.chapters.of_project(project_id)]
    assert labels == ["第1章", "第2章", "第1章", "第2章"]


def test_the_usual_form_is_stored_only_where_labels_need_it(
    database: Database, tmp_path: Path
) -> None:
    project_id = imported(database, tmp_path, ["第1章 甲", "第2章 乙"])
    renumber(database, project_id, "第{一}回")
    renumber(database, project_id, "第{1}章")
    assert numbering(database, project_id) == ""
    renumber(database, project_id, "第{一}回")
    renumber(database, project_id, "")
    assert numbering(database, project_id) == ""


def test_a_chapter_without_number_and_title_is_headed_by_no_number(
    database: Database, tmp_path: Path
) -> None:
    novels = Novels(database)
    for language, title in [(Language.CHINESE, "甲"), (Language.ENGLISH, "Dawn")]:
        project_id = novels.create(NewNovel("雨", language=language, numbering=UNNUMBERED))
        for name in ("", title, ""):
            novels.add_chapter(project_id, name)
        shown = headings(database, project_id, tmp_path)
        assert [number_in(heading) for heading in shown] == [None] * 3
        assert all(shown)
        assert shown[1] == title


@pytest.mark.parametrize("form", ["txt", "md", "docx", "epub", "odt", "html"])
def test_such_a_chapter_can_be_exported_in_each_format(
    database: Database, tmp_path: Path, form: str
) -> None:
    project_id = imported(database, tmp_path, ["第1章", "第2章"])
    renumber(database, project_id, UNNUMBERED)
    out = tmp_path / f"out.{form}"
    export_book(database, project_id, form, out)
    again = tmp_path / "again.md"
    export_book(database, import_book(database, out), "md", again)
    assert again.read_text("utf-8").count("傍晚的风") == 2
    assert "第1章" not in again.read_text("utf-8") or form == "txt"


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=4))
def test_any_change_of_forms(database: Database, tmp_path: Path, forms: list[str]) -> None:
    project_id = imported(database, tmp_path)
    before = headings(database, project_id, tmp_path)
    for form in forms:
        renumber(database, project_id, form)
        with database.read() as transaction:
            chapters = transaction.chapters.of_project(project_id)
            one_by_one = [transaction.chapters.overview(each.id).label for each in chapters]
        assert [each.label for each in chapters] == one_by_one
        expected = [None] * 7 if form == UNNUMBERED else [None, 1, 2, None, 5, 6, None]
        assert [number_in(each.label or "") for each in chapters] == expected
        assert [each.title for each in chapters] == ["楔子", *"甲乙", "番外 丙", *"丁戊", "尾声"]
    renumber(database, project_id, "第{一}回")
    assert headings(database, project_id, tmp_path) == before
