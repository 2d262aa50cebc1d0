"""The whole library as one file, and back."""

from __future__ import annotations

import errno
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError, ErrorKind, RuleError
from arboris_desktop.domain.novel import Language, NewNovel
from arboris_desktop.exchange.library_file import (
    export_library,
    import_library,
    is_library_file,
    look_into_library,
)
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels


@pytest.fixture
def filled(database: Database) -> Database:
    novels = Novels(database)
    novels.create_sample(Language.CHINESE)
    novels.create_sample(Language.ENGLISH)
    novels.create(NewNovel("Empty", author="Jane Roe"))
    return database


@pytest.fixture
def path(filled: Database, tmp_path: Path) -> Path:
    made = tmp_path / "all.arboris-library"
    assert export_library(filled, made) == 3
    assert list(tmp_path.glob(".*")) == []
    return made


def texts(database: Database, project_id: str) -> list[str]:
    with database.read() as transaction:
        chapters = transaction.chapters.of_project(project_id)
        found = [transaction.chapters.selected_version(chapter.id) for chapter in chapters]
    return [one.content if one else "" for one in found]


def test_every_novel_comes_back(filled: Database, path: Path) -> None:
    before = Novels(filled).all()
    found = look_into_library(path)
    assert sorted(found.titles) == sorted(novel.title for novel in before)
    assert found.words == sum(novel.word_count for novel in before)
    brought = import_library(filled, path)
    after = {novel.id: novel for novel in Novels(filled).all()}
    assert len(after) == 6
    for old in before:
        (new,) = [after[one] for one in brought.project_ids if after[one].title == old.title]
        assert (new.author, new.word_count) == (old.author, old.word_count)
        assert texts(filled, new.id) == texts(filled, old.id)


def test_a_look_unpacks_nothing_and_a_full_disk_is_told(
    filled: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/dev/full")
    with pytest.raises(ArborisError, match="no novel can be unpacked"):
        import_library(filled, path)
    monkeypatch.undo()

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    assert len(look_into_library(path).titles) == 3
    with pytest.raises(ArborisError, match="can be unpacked") as told:
        import_library(filled, path)
    assert told.value.kind is ErrorKind.DISK_FULL


def test_whatever_a_kill_would_leave_is_noted(filled: Database, tmp_path: Path) -> None:
    noted, seen = set[Path](), set[Path]()

    @contextmanager
    def noting(path: Path) -> Iterator[None]:
        noted.add(path)
        yield

    def look(_share: float) -> None:
        seen.update(tmp_path.glob(".*.tmp"))

    export_library(filled, tmp_path / "all.arboris-library", look, noting)
    assert seen
    assert seen <= noted


def test_an_older_file_is_not_overwritten(filled: Database, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(ArborisError):
        export_library(filled, path)
    assert path.read_bytes() == before


def test_an_empty_library_is_not_written(database: Database, tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        export_library(database, tmp_path / "x.arboris-library")
    assert list(tmp_path.glob("*.arboris-library")) == []


def _cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def _rewritten(change: Callable[[str, bytes], tuple[str, bytes]]) -> Callable[[Path], None]:
    def rewrite(path: Path) -> None:
        with zipfile.ZipFile(path) as old:
            members = [change(name, old.read(name)) for name in old.namelist()]
        with zipfile.ZipFile(path, "w") as new:
            for name, data in members:
                new.writestr(name, data)

    return rewrite


def _last_damaged(name: str, data: bytes) -> tuple[str, bytes]:
    return name, data[:-400] if name.startswith("00003") else data


def _outside(name: str, data: bytes) -> tuple[str, bytes]:
    return ("../" + name if name.startswith("00002") else name), data


def _newer(name: str, data: bytes) -> tuple[str, bytes]:
    stated = json.loads(data) | {"format_version": 9} if name == "library.json" else None
    return name, json.dumps(stated).encode() if stated else data


def _no_list(name: str, data: bytes) -> tuple[str, bytes]:
    return name, b"[" * 5000 if name == "library.json" else data


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (_cut, ErrorKind.NOVEL_FILE_DAMAGED),
        (_rewritten(_last_damaged), ErrorKind.NOVEL_FILE_DAMAGED),
        (_rewritten(_outside), ErrorKind.NOVEL_FILE_DAMAGED),
        (_rewritten(_newer), ErrorKind.NOVEL_FILE_TOO_NEW),
        (_rewritten(_no_list), ErrorKind.NOVEL_FILE_DAMAGED),
    ],
)
def test_of_a_damaged_file_nothing_comes_in(
    filled: Database, path: Path, spoil: Callable[[Path], None], kind: ErrorKind
) -> None:
    spoil(path)
    with pytest.raises(ArborisError) as caught:
        import_library(filled, path)
    assert caught.value.kind is kind
    assert len(Novels(filled).all()) == 3
    with filled.read() as transaction:
        assert transaction.projects.unlisted() == []


def test_a_file_is_known_by_what_it_holds(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "all.zip"
    path.rename(other)
    assert is_library_file(other)
    other.write_bytes(b"PK")
    assert not is_library_file(other)
