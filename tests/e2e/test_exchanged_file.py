"""Commands whose library is exchanged under them: they say so, end with 1, and lose nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from arboris_desktop.domain.auto_runs import AutoOptions
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.rescue import RescuedKind
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import Services, build_services
from arboris_desktop.storage.backups.backup import check_integrity
from arboris_desktop.writing.chapters.drafting import store_chapter
from tests.e2e.command_line import CommandLine
from tests.support.scripted_provider import Behaviour, Exchange, ScriptedProvider, delta_of, stall

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(300),
    pytest.mark.skipif(os.name == "nt", reason="Windows protects files that are open"),
]

SENTENCES = [f"第{number}盏灯也灭了。" for number in range(40)]
FIRST = "".join(SENTENCES[:20])
QUICK = WritingSettings(target_words=60, candidates=1, continue_until_target=False)


@contextmanager
def library(world: dict[str, str]) -> Iterator[Services]:
    services = build_services(world, keys=SessionKeyStore())
    try:
        yield services
    finally:
        services.close()


@pytest.fixture
def world(tmp_path: Path, scripted_provider: ScriptedProvider) -> dict[str, str]:
    return {
        "ARBORIS_HOME": str(tmp_path / "home"),
        "ARBORIS_BASE_URL": scripted_provider.base_url,
        "ARBORIS_MODEL": "scripted",
    }


@pytest.fixture
def project_id(world: dict[str, str]) -> str:
    with library(world) as services:
        services.preferences.set(QUICK)
        project_id = services.novels.create_sample(Language.CHINESE)
        options = AutoOptions(candidates=1, wait_for_analysis=False, max_tokens=100_000)
        services.auto_writer.start(project_id, 2, 3, options)
    home = Path(world["ARBORIS_HOME"])
    shutil.copy2(home / "arboris.db", home / "older.db")
    return project_id


def command(
    world: dict[str, str], *arguments: str
) -> AbstractContextManager[subprocess.Popen[str]]:
    """A command of the program in a process of its own."""
    return CommandLine(dict(os.environ) | world).started(*arguments)


def in_halves(came: threading.Event, go_on: threading.Event) -> Behaviour:
    """Says when the first half was sent, and sends the second when it may."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        for sentence in SENTENCES[:20]:
            exchange.event(delta_of(sentence))
        came.set()
        exchange.hold(go_on)
        for sentence in SENTENCES[20:]:
            exchange.event(delta_of(sentence))
        exchange.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        exchange.write(b"data: [DONE]\n\n")
        exchange.end()

    return behave


def exchange_file(home: Path, how: str) -> None:
    if how == "deleted":
        (home / "arboris.db").unlink()
    elif how == "replaced":
        os.replace(home / "older.db", home / "arboris.db")
    elif how == "overwritten":
        shutil.copyfile(home / "older.db", home / "arboris.db")
    else:
        shutil.copytree(home, home.with_name("copy"))
        home.rename(home.with_name("moved"))
        home.with_name("copy").rename(home)


def copy_told(said: str) -> Path:
    """The place where the command says that it keeps what was stored."""
    (line,) = [line for line in said.splitlines() if "kept as a backup: " in line]
    return Path(line.partition("kept as a backup: ")[2])


@pytest.mark.parametrize("how", ["deleted", "replaced", "folder replaced"])
@pytest.mark.parametrize("name", ["write", pytest.param("auto", marks=pytest.mark.long)])
def test_a_chapter_is_not_said_to_be_stored_and_its_text_is_kept(
    world: dict[str, str],
    project_id: str,
    scripted_provider: ScriptedProvider,
    how: str,
    name: str,
) -> None:
    home = Path(world["ARBORIS_HOME"])
    came, go_on = threading.Event(), threading.Event()
    scripted_provider.behaviours.append(in_halves(came, go_on))
    arguments = {
        "write": ("write", project_id, "--chapter", "2"),
        "auto": ("auto", project_id, "--continue"),
    }[name]
    with command(world, *arguments) as process:
        assert came.wait(120)
        exchange_file(home, how)
        go_on.set()
        out, said = process.communicate(timeout=120)

    assert process.returncode == 1
    assert "database exchanged" in said
    assert "analysis is task" not in said
    assert "Traceback" not in said
    if name == "write":
        assert "".join(SENTENCES) in out, "it is paid for"
    copy = copy_told(said)
    assert check_integrity(copy) == []
    shutil.copy2(copy, home / "arboris.db")
    for left in ("arboris.db-wal", "arboris.db-shm"):
        (home / left).unlink(missing_ok=True)
    with library(world) as services:
        assert services.novels.open(project_id).chapters[1].selected_version_id is None
        aside = [each.text for each in services.rescue.found() if each.kind is RescuedKind.DRAFT]
        drafts = [draft.content for draft in services.drafting.left_behind()]
        assert "".join(SENTENCES) in (*aside, *drafts), "nothing that is paid for is lost"


def test_the_queue_is_not_worked_into_a_file_that_is_gone(
    world: dict[str, str], project_id: str, scripted_provider: ScriptedProvider
) -> None:
    home = Path(world["ARBORIS_HOME"])
    with library(world) as services:
        chapter = services.novels.open(project_id).chapters[1]
        store_chapter(services.database, chapter.id, "".join(SENTENCES) * 20, provider="x")
    scripted_provider.rule = lambda _request: stall(after="{")
    with command(world, "analyse") as process:
        scripted_provider.wait_for_requests(1)
        exchange_file(home, "deleted")
        _out, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "database exchanged" in said
    assert check_integrity(copy_told(said)) == []


@pytest.mark.parametrize("command_line", [("status",), ("new", "A title"), ("doctor",)])
def test_an_emptied_file_is_told_as_damage_by_every_command(
    world: dict[str, str], command_line: tuple[str, ...]
) -> None:
    home = Path(world["ARBORIS_HOME"])
    home.mkdir()
    (home / "arboris.db").write_bytes(b"")
    with command(world, *command_line) as process:
        out, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "database corrupt" in out + said
    assert (home / "arboris.db").read_bytes() == b""


def test_a_command_that_is_stopped_meanwhile_says_it_too(
    world: dict[str, str], project_id: str, scripted_provider: ScriptedProvider
) -> None:
    home = Path(world["ARBORIS_HOME"])
    scripted_provider.behaviours.append(stall(after=FIRST))
    with command(world, "write", project_id, "--chapter", "2") as process:
        assert process.stdout is not None
        assert process.stdout.read(len(FIRST)) == FIRST
        exchange_file(home, "deleted")
        process.send_signal(signal.SIGTERM)
        _out, said = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "kept as a draft" not in said, "nothing is"
    assert "put aside in" in said
