"""Outline and codex as documents, front matter, covers, and choices kept under names."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.codex.rows import CodexRow, take_rows
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.errors import ArborisError, ErrorKind, RuleError
from arboris_desktop.domain.novel import Language, NewNovel
from arboris_desktop.domain.publishing import FORMS
from arboris_desktop.exchange.book_export import export_book
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import (
    Dress,
    ExportContent,
    ExportOptions,
    LineEnds,
    TextEncoding,
)
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels

PICTURES = {
    "png": b"\x89PNG\r\n\x1a\n" + b"x" * 40 + b"IEND",
    "jpg": b"\xff\xd8\xff\xe0" + b"x" * 40 + b"\xff\xd9",
}


@pytest.fixture
def novel(database: Database) -> str:
    return Novels(database).create_sample(Language.CHINESE)


def written(database: Database, novel: str, path: Path, options: ExportOptions) -> str:
    export_book(database, novel, "md", path, options=options)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", [form for form in EXPORT_FORMATS if form != "pdf"])
def test_an_outline_goes_out_in_every_format(
    database: Database, novel: str, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"outline.{form}"
    export_book(database, novel, form, path, options=ExportOptions(content=ExportContent.OUTLINE))
    contents = Novels(database).open(novel)
    text = "\n".join(c.text for volume in read_book(path).volumes for c in volume.chapters)
    assert all(chapter.outline in text for chapter in contents.chapters if chapter.outline)


def test_the_outline_tells_plans_and_not_the_text(
    database: Database, novel: str, tmp_path: Path
) -> None:
    text = written(database, novel, tmp_path / "a.md", ExportOptions(content=ExportContent.OUTLINE))
    contents = Novels(database).open(novel)
    assert text.startswith(f"# {contents.project.title} 大纲\n")
    with database.read() as transaction:
        version = transaction.chapters.selected_version(contents.chapters[0].id)
    assert version is not None
    assert version.content[:30] not in text
    few = written(
        database,
        novel,
        tmp_path / "b.md",
        ExportOptions(content=ExportContent.OUTLINE, chapters=frozenset({2})),
    )
    assert contents.chapters[1].outline in few
    assert contents.chapters[0].outline not in few


def test_the_codex_as_a_document(database: Database, novel: str, tmp_path: Path) -> None:
    rows = [
        CodexRow(EntryKind.LOCATION, "*雨巷*", (), "", "", ("巷口有一盏灯。",)),
        CodexRow(EntryKind.CHARACTER, "阿雨", ("小雨", "更夫"), "主角", "打更的人。", ()),
    ]
    empty = Novels(database).create(NewNovel("Empty"))
    take_rows(database, empty, rows)
    text = written(database, empty, tmp_path / "a.md", ExportOptions(content=ExportContent.CODEX))
    assert text.startswith(
        "# Empty: Codex\n\n## Characters\n\n### 阿雨\n\nAlso: 小雨, 更夫\n\n主角\n\n打更的人。\n\n"
        "## Places\n"
    )
    assert "巷口有一盏灯。" in text
    docx = tmp_path / "a.docx"
    export_book(database, empty, "docx", docx, options=ExportOptions(content=ExportContent.CODEX))
    assert [volume.title for volume in read_book(docx).volumes] == ["Characters", "Places"]


def test_nothing_is_no_document(database: Database, tmp_path: Path) -> None:
    novel = Novels(database).create(NewNovel("Empty"))
    for content in ExportContent:
        with pytest.raises(RuleError):
            written(database, novel, tmp_path / "a.md", ExportOptions(content=content))
    assert list(tmp_path.glob("*.md")) == []


@pytest.mark.parametrize("form", [form for form in EXPORT_FORMATS if form != "pdf"])
def test_front_matter_stands_before_the_first_chapter(
    database: Database, novel: str, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"a.{form}"
    options = ExportOptions(front="献给母亲，\n她从没有见过海。\n\n版权所有。")
    export_book(database, novel, form, path, options=options)
    first = read_book(path).volumes[0].chapters[0]
    assert "献给母亲" in first.text
    assert "版权所有。" in first.text


@pytest.mark.parametrize("ending", PICTURES)
def test_a_cover_is_in_the_book_as_it_was(
    database: Database, novel: str, tmp_path: Path, ending: str
) -> None:
    cover = tmp_path / f"picture.{ending}"
    cover.write_bytes(PICTURES[ending])
    path = tmp_path / "a.epub"
    export_book(database, novel, "epub", path, options=ExportOptions(cover=cover))
    with zipfile.ZipFile(path) as book:
        assert book.read(f"EPUB/cover.{ending}") == PICTURES[ending]
        package = book.read("EPUB/package.opf").decode()
        assert b"cover." in book.read("EPUB/cover.xhtml")
    assert 'properties="cover-image"' in package
    assert read_book(path).volumes


@pytest.mark.parametrize("data", [None, b"GIF89a", b"", *(one[:40] for one in PICTURES.values())])
def test_what_no_reader_shows_is_no_cover(
    database: Database, novel: str, tmp_path: Path, data: bytes | None
) -> None:
    cover = tmp_path / "cover.png"
    if data is not None:
        cover.write_bytes(data)
    path = tmp_path / "a.epub"
    with pytest.raises(ArborisError) as caught:
        export_book(database, novel, "epub", path, options=ExportOptions(cover=cover))
    assert caught.value.kind is ErrorKind.FILE_UNREADABLE
    assert not path.exists()


@given(
    st.builds(
        ExportOptions,
        unwritten_too=st.booleans(),
        dress=st.sampled_from(Dress),
        encoding=st.sampled_from(TextEncoding),
        line_ends=st.sampled_from(LineEnds),
        file_per_chapter=st.booleans(),
        publishing=st.sampled_from([None, *FORMS.values()]),
        content=st.sampled_from(ExportContent),
        front=st.text(),
        cover=st.sampled_from([None, Path("/a/b.png")]),
    )
)
def test_kept_choices_come_back(options: ExportOptions) -> None:
    assert ExportOptions.from_preset(options.to_preset()) == options


def test_kept_choices_of_another_version_are_as_usual() -> None:
    odd: dict[str, object] = {"dress": "x", "publishing": 3, "front": None, "more": [], "cover": ""}
    assert ExportOptions.from_preset(odd) == ExportOptions()


@pytest.mark.parametrize("content", [one for one in ExportContent if one is not ExportContent.TEXT])
def test_front_matter_of_the_book_stands_before_nothing_else(
    database: Database, novel: str, tmp_path: Path, content: ExportContent
) -> None:
    take_rows(database, novel, [CodexRow(EntryKind.CHARACTER, "马拉")])
    options = ExportOptions(content=content, front="献给母亲", file_per_chapter=True)
    if content is ExportContent.COMMENTS:
        with pytest.raises(ArborisError):
            written(database, novel, tmp_path / "a.md", options)
        return
    assert "献给母亲" not in written(database, novel, tmp_path / "a.md", options)
    text = written(database, novel, tmp_path / "b.md", ExportOptions(front="献给母亲"))
    assert "献给母亲" in text


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_entries_of_the_codex_follow_one_another(
    database: Database, tmp_path: Path, form: str
) -> None:
    novel = Novels(database).create(NewNovel("雨", language=Language.CHINESE))
    described = "打更的人。\n\n左手少一根手指。\r\n怕水。"
    rows = [
        CodexRow(kind, f"{kind.value} {n}", description=described)
        for kind in (EntryKind.CHARACTER, EntryKind.LOCATION, EntryKind.ITEM)
        for n in (1, 2)
    ]
    take_rows(database, novel, rows)
    path = tmp_path / f"codex.{form}"
    export_book(database, novel, form, path, options=ExportOptions(content=ExportContent.CODEX))
    part = "word/document.xml" if form == "docx" else "content.xml"
    with zipfile.ZipFile(path) as package:
        xml = package.read(part).decode()
    for line in described.split():
        assert len(re.findall(rf">{line}</", xml)) == len(rows), "each line is a paragraph"
    begins_page = "w:pageBreakBefore" if form == "docx" else 'text:style-name="Heading_20_'
    assert xml.count(begins_page) == 1, "only behind the title page"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (ExportContent.TEXT, ErrorKind.NOTHING_TO_EXPORT),
        (ExportContent.OUTLINE, ErrorKind.NO_OUTLINE_TO_EXPORT),
        (ExportContent.CODEX, ErrorKind.NO_CODEX_TO_EXPORT),
        (ExportContent.COMMENTS, ErrorKind.NO_COMMENTS_TO_EXPORT),
    ],
)
def test_what_is_empty_is_said(
    database: Database, tmp_path: Path, content: ExportContent, kind: ErrorKind
) -> None:
    novel = Novels(database).create(NewNovel("Empty"))
    with pytest.raises(RuleError) as caught:
        written(database, novel, tmp_path / "a.md", ExportOptions(content=content))
    assert caught.value.kind is kind
