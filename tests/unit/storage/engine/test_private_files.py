"""Nobody else on this computer may read the author's data."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.rescue import RescuedText
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.services import Services, build_services
from arboris_desktop.storage.engine.paths import DataPaths

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the folders of a user are closed to others already"
)


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """A umask that leaves everything to everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def modes(folder: Path) -> dict[str, str]:
    """Files that others could get at, with their rights; nothing, if all is well."""
    everything = [folder, *folder.rglob("*")]
    return {str(path): oct(mode(path)) for path in everything if mode(path) & 0o077}


def live_in(home: Path) -> Services:
    """Leaves all kinds of files: the database with its log, a backup, a lock, a note, a rescue."""
    services = build_services({"ARBORIS_HOME": str(home)})
    project_id = services.novels.create_sample(Language.ENGLISH)
    [chapter, *_] = services.novels.open(project_id).chapters
    rescued = RescuedText(
        chapter_id=chapter.id,
        project_id=project_id,
        novel="A novel",
        number=1,
        title="One",
        text="Unsaved.",
        written_at=datetime.now(UTC),
    )
    services.rescue.keep(rescued)
    Backups(services.paths).make()
    return services


def test_what_is_made_is_private_from_the_beginning(tmp_path: Path) -> None:
    home = tmp_path / "in" / "a" / "home"
    services = live_in(home)
    with services.instance.claim("auto-run-1") as is_held, services.instance.noting(tmp_path / "x"):
        assert is_held
        names = {path.name.split("-")[-1].split(".")[-1] for path in home.rglob("*")}
        assert {"db", "wal", "shm", "lock", "claim", "note", "json"} <= names
        assert modes(home) == {}
    services.close()
    assert mode(home) == 0o700
    assert mode(home / "arboris.db") == 0o600
    assert mode(home.parent) == 0o777, "only our own folder is our business"


def test_what_an_older_version_left_is_closed_at_the_next_start(tmp_path: Path) -> None:
    home = tmp_path / "home"
    live_in(home).close()
    for name in ("window.ini", "arboris.db.damaged-20260101T000000Z", "arboris.db-wal"):
        (home / name).touch()
    (home / "backups" / "older").mkdir()
    for path in (home, *home.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o664)

    build_services({"ARBORIS_HOME": str(home)}).close()

    assert modes(home) == {}
    assert mode(home) == 0o700
    assert {mode(path) for path in home.rglob("*") if path.is_file()} == {0o600}


def test_what_the_owner_may_not_do_stays_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    live_in(home).close()
    (home / "arboris.db").chmod(0o444)
    DataPaths(home).create()
    assert mode(home / "arboris.db") == 0o400


def test_files_of_others_and_links_are_left_alone(tmp_path: Path) -> None:
    """``ARBORIS_HOME`` may be a folder that has other things in it."""
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    (home / "a letter.txt").touch()
    (elsewhere / "shared.db").touch()
    (home / "backups").symlink_to(elsewhere)
    (home / "arboris.db-old").symlink_to(elsewhere / "shared.db")
    DataPaths(home).create()
    assert mode(home) == 0o700
    assert mode(home / "a letter.txt") == 0o666
    assert mode(elsewhere) == 0o777
    assert mode(elsewhere / "shared.db") == 0o666


def test_folders_that_must_stay_open_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary, user = tmp_path / "tmp", tmp_path / "user"
    temporary.mkdir()
    temporary.chmod(0o1777)
    user.mkdir(mode=0o755)
    monkeypatch.setenv("HOME", str(user))
    for folder, expected in ((temporary, 0o1777), (user, 0o755)):
        DataPaths(folder).create()
        assert mode(folder) == expected


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
@pytest.mark.parametrize("form", ["arboris", "txt", "md"])
def test_exports_are_as_the_umask_says(
    tmp_path: Path, form: str, umask: int, expected: int
) -> None:
    services = live_in(tmp_path / "home")
    os.umask(umask)
    project_id = services.novels.all()[0].id
    services.files.export_book(project_id, form, tmp_path / "book")
    assert mode(tmp_path / "book") == expected
    (tmp_path / "book").chmod(0o640)
    services.files.export_book(project_id, form, tmp_path / "book", overwrite=True)
    assert mode(tmp_path / "book") == 0o640, "who replaced it keeps its rights"
    services.close()
