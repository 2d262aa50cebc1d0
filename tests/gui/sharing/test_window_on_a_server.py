"""The window with its library on a real server, and with others at the same library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.services import Services
from arboris_desktop.storage.engine.paths import data_paths
from arboris_desktop.ui.backups.start_failure import StartFailure
from arboris_desktop.ui.sharing.banner import SharingBanner
from tests.gui.studio.studio_samples import CHAPTER
from tests.support.scripted_provider import ScriptedProvider, text
from tests.support.servers import Server
from tests.support.studio_stage import Play, Stage, open_services, perform, set_the_stage
from tests.support.window_thread import noticing_waits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture(params=["postgres", pytest.param("mariadb", marks=pytest.mark.long)])
def server(request: pytest.FixtureRequest) -> Server:
    """The server of each kind."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def shared_world(world: dict[str, str], server: Server) -> Iterator[dict[str, str]]:
    """The environment of the app, with a new library on the server."""
    address = server.new_library()
    world["ARBORIS_DATABASE_URL"] = address
    services = open_services(world)
    set_the_stage(services)
    services.close()
    yield world
    server.drop(address)


@pytest.fixture
def play_shared(application: QApplication, shared_world: dict[str, str]) -> Play:
    return lambda act: perform(application, shared_world, act)


@pytest.fixture
def somebody_else(shared_world: dict[str, str], tmp_path: Path) -> Callable[[], Services]:
    """Opens the library as it is open on another machine."""
    return lambda: open_services({**shared_world, "ARBORIS_HOME": str(tmp_path / "elsewhere")})


@contextmanager
def closing_services(services: Services) -> Iterator[Services]:
    try:
        yield services
    finally:
        services.close()


def banners(stage: Stage) -> list[str]:
    found = stage.window.findChildren(SharingBanner)
    return [banner.text() for banner in found if banner.isVisible()]


def change_elsewhere(other: Services, chapter_id: int, words: str) -> None:
    version = other.editing.open(chapter_id).version
    assert version is not None
    other.editing.store(chapter_id, version.content + words, version)


def test_a_chapter_is_written_analysed_and_changed(
    play_shared: Play,
    scripted_provider: ScriptedProvider,
    somebody_else: Callable[[], Services],
) -> None:
    scripted_provider.behaviours.append(text(CHAPTER))

    async def act(stage: Stage) -> None:
        with noticing_waits() as waits, closing_services(somebody_else()) as other:
            words = [label.text() for label in stage.window.start_page.findChildren(QLabel)]
            assert any("on your own server" in each for each in words)
            await stage.open_chinese_sample(2)
            stage.press("Generate this chapter")
            await stage.until(lambda: stage.stored_text(2) == CHAPTER, "the chapter is stored")
            await stage.until(
                lambda: [task.status for task in stage.tasks()] == [TaskStatus.COMPLETED],
                "the panel shows the task as completed",
            )
            await stage.until(lambda: stage.codex_names() == ["阿照"], "the codex shows it")
            QTest.keyClicks(stage.editor(), "Typed.")
            typed = stage.text()
            await stage.until(lambda: stage.stored_text(2) == typed, "what was typed is stored")

            contents = stage.studio.library.contents
            assert contents is not None
            other.novels.describe(contents.project.id, "Another Title", "", "")
            await stage.until(
                lambda: "Another Title" in stage.window.windowTitle(), "the others' title is shown"
            )
            actions = stage.window.actions_
            assert not actions.back_up.isVisible(), "the server is backed up by its own means"
            assert not actions.restore_backup.isVisible()
            assert banners(stage) == []
            assert waits == []

    play_shared(act)


def test_what_is_typed_outlives_the_server(
    play_shared: Play, server: Server, shared_world: dict[str, str]
) -> None:
    def put_aside() -> list[str]:
        folder = data_paths(shared_world).rescue
        return [json.loads(file.read_text("utf-8"))["text"] for file in folder.glob("*.json")]

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        with noticing_waits() as waits:
            QTest.keyClicks(stage.editor(), "Before.")
            server.stop()
            try:
                QTest.keyClicks(stage.editor(), "Meanwhile.")
                typed = stage.text()
                await stage.until(lambda: put_aside() == [typed], "it is kept on this computer")
                await stage.until(lambda: len(banners(stage)) == 1, "the author is told")
                assert "cannot be reached" in banners(stage)[0]
            finally:
                server.start()
            await stage.until(lambda: banners(stage) == [], "the server is found again")
            view = stage.window.chapter_view
            await stage.until(lambda: not view.has_unsaved_edits(), "it is stored by itself")
            assert stage.stored_text(1) == stage.text() == typed
            await stage.until(lambda: put_aside() == [], "nothing is kept aside any more")
            assert waits == []

    play_shared(act)


def test_two_people_in_a_chapter_lose_nothing_and_are_told(
    play_shared: Play, somebody_else: Callable[[], Services]
) -> None:
    async def act(stage: Stage) -> None:
        with closing_services(somebody_else()) as other:
            await stage.open_chinese_sample(1)
            chapter, view = stage.chapter(1).id, stage.window.chapter_view
            change_elsewhere(other, chapter, "theirs")
            await stage.until(lambda: stage.text().endswith("theirs"), "who reads sees it")
            assert banners(stage) == []

            QTest.keyClicks(stage.editor(), "Mine.")
            mine = stage.text()
            await stage.until(lambda: stage.stored_text(1) == mine, "what was typed is stored")
            change_elsewhere(other, chapter, " again")
            await stage.until(lambda: len(banners(stage)) == 1, "who has typed is told")
            assert stage.text() == mine

            QTest.keyClicks(stage.editor(), "More.")
            mine = stage.text()
            await stage.until(lambda: not view.has_unsaved_edits(), "both go on")
            versions = [each.content for each in other.editing.open(chapter).versions]
            assert mine in versions
            theirs = next(each for each in versions if each.endswith("theirs again"))
            stage.press("Show the Other Text")
            await stage.until(lambda: stage.text() == theirs, "their text can be had")
            assert banners(stage) == []

    play_shared(act)


def test_a_server_that_is_away_at_the_start_can_be_tried_again(qapp: QApplication) -> None:
    box = StartFailure(StorageError(ErrorKind.DATABASE_UNREACHABLE, "refused"))
    box.show()

    assert box.again_button is not None
    box.again_button.click()

    assert box.wants_another_try()
    assert StartFailure(StorageError(ErrorKind.DISK_FULL, "full")).again_button is None
