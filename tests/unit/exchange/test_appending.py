"""Chapters of a file that go on with a novel."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError, ErrorKind, RuleError
from arboris_desktop.domain.novel import ChapterOverview, Language, NewNovel
from arboris_desktop.exchange.appending import append_book
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.progress import StoppedError
from arboris_desktop.storage import short_writes
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.novels.unlisted import clear_unlisted
from arboris_desktop.storage.short_writes import ShortWrites
from arboris_desktop.writing.novels import Novels

PROSE = "　　傍晚的风把晒在竹竿上的衣裳吹得猎猎作响，巷口卖馄饨的老人刚刚支起炉子。"


def write(path: Path, *headings: str) -> Path:
    path.write_text(
        "\n\n".join(f"{one}\n{PROSE}\n　　这里是{one}。" for one in headings), encoding="utf-8"
    )
    return path


def chapters(database: Database, project_id: str) -> list[ChapterOverview]:
    with database.read() as transaction:
        return transaction.chapters.of_project(project_id)


@pytest.fixture
def novel(database: Database, tmp_path: Path) -> str:
    return import_book(database, write(tmp_path / "a.txt", "楔子", "第一章 甲", "第二章 乙"))


def test_later_chapters_go_on(database: Database, novel: str, tmp_path: Path) -> None:
    appended = append_book(
        database, novel, write(tmp_path / "b.txt", "第三章 丙", "番外", "第四章 丁")
    )
    assert (appended.numbers, appended.known) == ((4, 5, 6), 0)
    found = chapters(database, novel)
    assert [(c.label, c.title) for c in found] == [
        ("", "楔子"),
        ("第一章", "甲"),
        ("第二章", "乙"),
        ("第三章", "丙"),
        ("", "番外"),
        ("第四章", "丁"),
    ]
    assert len({c.volume_id for c in found}) == 1
    assert [c.analysis for c in found] == [None] * 6
    assert all(c.word_count for c in found)


def test_of_the_whole_book_only_what_is_new_comes(
    database: Database, novel: str, tmp_path: Path
) -> None:
    whole = write(tmp_path / "b.txt", "楔子", "第一章 甲", "第二章 乙", "第三章 丙")
    appended = append_book(database, novel, whole)
    assert (appended.numbers, appended.known) == ((4,), 3)
    with pytest.raises(RuleError, match="has all chapters") as refused:
        append_book(database, novel, whole)
    assert refused.value.kind is ErrorKind.NOTHING_NEW
    assert len(chapters(database, novel)) == 4


def test_a_text_comes_in_the_form_in_which_texts_are_stored_and_is_known_then(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        f"第一章 甲\n{PROSE}\n　　2*3。\n\n\n{PROSE}\n***\n　　他说*好*。", encoding="utf-8"
    )
    project_id = import_book(database, path)
    first = PROSE.strip()
    with database.read() as transaction:
        chapter = transaction.chapters.of_project(project_id)[0]
        version = transaction.chapters.selected_version(chapter.id)
    assert version is not None
    assert version.content == "\n\n".join([first, r"2\*3。", "* * *", first, "* * *", "他说*好*。"])
    with pytest.raises(RuleError):
        append_book(database, project_id, path)


def test_a_new_volume_is_added(database: Database, tmp_path: Path) -> None:
    first = tmp_path / "a.txt"
    first.write_text(f"第一卷 海\n第一章 甲\n{PROSE}甲\n第二章 乙\n{PROSE}乙\n", encoding="utf-8")
    novel = import_book(database, first)
    more = tmp_path / "b.txt"
    more.write_text(
        f"第一卷 海\n第三章 丙\n{PROSE}丙\n第二卷 山\n第一章 丁\n{PROSE}丁\n", encoding="utf-8"
    )
    append_book(database, novel, more)
    with database.read() as transaction:
        volumes = transaction.projects.volumes(novel)
    homes = [c.volume_id for c in chapters(database, novel)]
    assert [volume.title for volume in volumes] == ["海", "山"]
    assert homes == [volumes[0].id] * 3 + [volumes[1].id]
    assert [c.label for c in chapters(database, novel)] == ["第一章", "第二章", "第三章", "第一章"]


def test_a_novel_that_is_numbered_as_usual_stays_so(database: Database, tmp_path: Path) -> None:
    novels = Novels(database)
    novel = novels.create(NewNovel("雨", language=Language.CHINESE))
    novels.add_chapter(novel, "甲")
    append_book(database, novel, write(tmp_path / "b.txt", "第2章 乙", "第3章 丙"))
    assert [c.label for c in chapters(database, novel)] == [None] * 3
    append_book(database, novel, write(tmp_path / "c.txt", "第4章 丁", "后记"))
    assert [c.label for c in chapters(database, novel)] == ["第1章", "第2章", "第3章", "第4章", ""]


def test_nothing_of_an_unreadable_file_stays(
    database: Database, novel: str, tmp_path: Path
) -> None:
    path = tmp_path / "b.docx"
    path.write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(ArborisError):
        append_book(database, novel, path)
    assert len(chapters(database, novel)) == 3


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Forty chapters that go on."""
    return write(tmp_path / "b.txt", *(f"第{number}章 夜" for number in range(3, 43)))


def test_others_write_while_chapters_are_added(
    database: Database, novel: str, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(short_writes, "HOLD_SECONDS", 0.0)
    monkeypatch.setattr(short_writes, "PAUSE_SECONDS", 0.0)
    begin, seen = ShortWrites._begin, list[int]()

    def write_too(writes: ShortWrites) -> None:
        # Between two of its transactions, as another process would.
        with closing(Database(database.paths)) as other:
            if not seen:
                Novels(other).add_chapter(novel, "其间")
            seen.append(len(chapters(other, novel)))
        begin(writes)

    monkeypatch.setattr(ShortWrites, "_begin", write_too)
    appended = append_book(database, novel, later)
    assert len(seen) > len(appended.numbers)
    assert set(seen) == {4}, "the novel has all of them or none"
    assert appended.numbers == tuple(range(5, 45))
    found = chapters(database, novel)
    assert [(c.label, c.title) for c in found][3:5] == [("第三章", "其间"), ("第3章", "夜")]
    assert all(c.word_count and c.volume_id == found[0].volume_id for c in found[4:])


@pytest.mark.parametrize("is_killed", [False, True])
def test_stopped_or_killed_amid_it_nothing_is_added(
    database: Database,
    novel: str,
    later: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_killed: bool,
) -> None:
    def stop(share: float) -> None:
        if share > 0.5:
            raise StoppedError

    if is_killed:  # then nobody clears it away
        monkeypatch.setattr("arboris_desktop.storage.novels.unlisted._discard", lambda *_any: None)
    with pytest.raises(StoppedError):
        append_book(database, novel, later, progress=stop)
    assert len(chapters(database, novel)) == 3
    assert [project.id for project in Novels(database).all()] == [novel]
    with closing(Instance(database.paths.instances)) as instance:
        clear_unlisted(database, instance)
    with database.read() as transaction:
        assert transaction.projects.unlisted() == []
    assert len(append_book(database, novel, later).numbers) == 40
