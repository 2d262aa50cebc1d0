"""Leaving while the database cannot be written: nothing is lost, and nobody is held."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit

from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.domain.settings import (
    InterfaceLanguage,
    InterfaceSettings,
    ProviderSettings,
)
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.storage.engine import sqlite as engine
from arboris_desktop.ui.chapter.rescue_dialog import RescueDialog
from arboris_desktop.ui.chapter.unsaved_dialog import UnsavedDialog
from tests.faults.small_disk import fill, small_disk
from tests.support.open_dialogs import open_dialogs
from tests.support.studio_stage import Act, Stage, child, open_services, perform

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

TYPED = "Typed <b>at the last</b> moment. "


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)


@pytest.fixture
def home(world: dict[str, str]) -> Path:
    set_up(world)
    return Path(world["ARBORIS_HOME"])


def set_up(world: dict[str, str]) -> None:
    """Makes a data folder whose window opens without questions, in English.

    It has the day's backup: one that does not fit on a full disk would be told, on slow machines.
    """
    services = open_services(world)
    services.preferences.set(
        ProviderSettings(configured=True), InterfaceSettings(language=InterfaceLanguage.ENGLISH)
    )
    Backups(services.paths).make()
    services.close()


@pytest.fixture
def nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the folder for state nor that for temporary files takes anything."""
    taken = tmp_path / "taken"
    taken.write_text("a file in the way")
    monkeypatch.setenv("XDG_STATE_HOME", str(taken))
    monkeypatch.setattr(tempfile, "tempdir", str(taken))


def offers() -> list[RescueDialog]:
    """The offers from an earlier start."""
    return open_dialogs(RescueDialog)


@contextmanager
def locked(home: Path) -> Iterator[sqlite3.Connection]:
    """Another program writes and does not end."""
    with closing(sqlite3.connect(home / "arboris.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def rescued(home: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text("utf-8")) for path in (home / "rescue").glob("*")]


async def type_and_leave(stage: Stage) -> list[object]:
    """Types into an open chapter and asks to quit; the list fills when that is decided."""
    decided: list[object] = []
    stage.studio.leave_decided.connect(lambda backup: decided.append((backup,)))
    QTest.keyClicks(stage.editor(), TYPED)
    stage.window.actions_.quit.trigger()
    return decided


async def asked(stage: Stage) -> UnsavedDialog:
    def open_ones() -> list[UnsavedDialog]:
        return [box for box in stage.window.findChildren(UnsavedDialog) if box.isVisible()]

    await stage.until(open_ones, "the author is asked")
    return open_ones()[0]


def test_with_everything_saved_nobody_is_asked(
    application: QApplication, world: dict[str, str], home: Path
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        decided = await type_and_leave(stage)
        await stage.until(lambda: decided, "the window may close")
        assert decided == [(None,)]
        assert TYPED in (stage.stored_text(1) or "")

    perform(application, world, act)
    assert rescued(home) == []


def test_trying_again_saves_what_can_be_saved_now(
    application: QApplication, world: dict[str, str], home: Path
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        with locked(home) as other:
            decided = await type_and_leave(stage)
            box = await asked(stage)
            assert "第六更" in box.text()
            assert "Another program is using the file" in box.informativeText()
            assert str(home / "rescue") in box.informativeText()
            assert [TYPED in str(each["text"]) for each in rescued(home)] == [True]
            stage.press("Try Again")
            await stage.until(lambda: not box.isVisible(), "it is tried")
            await asked(stage)
            other.execute("ROLLBACK")
        assert not decided
        stage.press("Try Again")
        await stage.until(lambda: decided, "the window may close")
        assert TYPED in (stage.stored_text(1) or "")
        assert rescued(home) == [], "what is stored need not be offered"

    perform(application, world, act)


def test_who_stays_goes_on_writing(
    application: QApplication, world: dict[str, str], home: Path
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        with locked(home):
            decided = await type_and_leave(stage)
            await asked(stage)
            stage.press("Do Not Quit")
            await stage.until(lambda: not stage.studio._is_leaving, "the answer is followed")
            assert TYPED in stage.text()
            # A second wish to leave asks again, and only once.
            stage.window.actions_.quit.trigger()
            stage.window.actions_.quit.trigger()
            await asked(stage)
            stage.press("Do Not Quit")
        assert not decided
        view = stage.window.chapter_view
        view.flush_edits()
        await stage.until(lambda: not view.has_unsaved_edits(), "it is saved after all")

    perform(application, world, act)


def test_a_copy_holds_every_word(
    application: QApplication, world: dict[str, str], home: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "副本.txt"

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        with locked(home) as other:
            decided = await type_and_leave(stage)
            await asked(stage)
            stage.press("Save a Copy…")
            shown = stage.window.findChildren
            await stage.until(lambda: shown(QFileDialog), "a place is asked for")
            chooser = shown(QFileDialog)[0]
            child(chooser, QLineEdit).setText(str(copy))
            chooser.accept()
            box = await asked(stage)
            assert str(copy) in box.informativeText()
            assert stage.text() in copy.read_text("utf-8")
            stage.press("Quit Anyway")
            await stage.until(lambda: decided, "the window may close")
            other.execute("ROLLBACK")

    perform(application, world, act)


def leave_unsaved(application: QApplication, world: dict[str, str], home: Path) -> None:
    """An author who quits although nothing can be saved."""

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        lock.enter_context(locked(home))
        decided = await type_and_leave(stage)
        await asked(stage)
        stage.press("Quit Anyway")
        await stage.until(lambda: decided, "the window may close")

    with ExitStack() as lock:
        perform(application, world, act)


async def offered(stage: Stage) -> RescueDialog:
    def open_ones() -> list[RescueDialog]:
        return [box for box in stage.window.findChildren(RescueDialog) if box.isVisible()]

    await stage.until(open_ones, "the text is offered")
    return open_ones()[0]


def next_start(application: QApplication, world: dict[str, str], act: Act) -> None:
    perform(application, world, act)


def test_what_was_left_unsaved_is_offered_and_put_back(
    application: QApplication, world: dict[str, str], home: Path
) -> None:
    leave_unsaved(application, world, home)
    assert len(rescued(home)) == 1

    async def act(stage: Stage) -> None:
        dialog = await offered(stage)
        shown = child(dialog, QPlainTextEdit).toPlainText()
        assert TYPED in shown
        stage.press("Put Back")
        await stage.until(lambda: stage.window.chapter_view.chapter_id, "the chapter opens")
        await stage.until_shown(1)
        assert stage.stored_text(1) == shown
        versions = stage.services.editing.open(stage.chapter(1).id).versions
        assert [version.origin for version in versions][-1] is VersionOrigin.AUTHOR
        assert len(versions) == 2, "what was there stays"
        assert rescued(home) == []

    next_start(application, world, act)

    async def silent(stage: Stage) -> None:
        await stage.until(lambda: stage.can_press("Chinese sample"), "the novels are shown")
        await stage.studio._desks.saving._operations.call(lambda: None)
        assert not stage.window.findChildren(RescueDialog)

    next_start(application, world, silent)


def test_what_is_left_for_later_is_offered_again_and_can_be_discarded(
    application: QApplication, world: dict[str, str], home: Path
) -> None:
    leave_unsaved(application, world, home)

    async def later(stage: Stage) -> None:
        dialog = await offered(stage)
        dialog.reject()

    next_start(application, world, later)
    assert len(rescued(home)) == 1

    async def discard(stage: Stage) -> None:
        await offered(stage)
        stage.press("Discard")
        await stage.until(lambda: rescued(home) == [], "it is gone")

    next_start(application, world, discard)


def test_a_chapter_that_is_gone_can_still_be_copied(
    application: QApplication, world: dict[str, str], home: Path
) -> None:
    leave_unsaved(application, world, home)
    services = open_services(world)
    (novel,) = services.novels.all()
    services.novels.remove(novel.id)
    # Another novel's chapter may have its number in the database now.
    services.novels.create_sample(novel.language)
    services.close()

    async def act(stage: Stage) -> None:
        dialog = await offered(stage)
        stage.press("Put Back")
        await stage.until(lambda: not dialog.isVisible(), "it was tried")
        dialog = await offered(stage)
        assert len(rescued(home)) == 1
        dialog.reject()

    next_start(application, world, act)
    services = open_services(world)
    (novel,) = services.novels.all()
    first = services.novels.open(novel.id).chapters[0]
    assert len(services.editing.open(first.id).versions) == 1
    services.close()


def test_the_end_of_the_session_puts_everything_aside_before_it_returns(
    application: QApplication, world: dict[str, str], home: Path
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        with locked(home):
            decided: list[object] = []
            stage.studio.leave_decided.connect(decided.append)
            QTest.keyClicks(stage.editor(), TYPED)
            stage.studio.end_session()
            assert decided == [None], "nobody is asked"
            assert [TYPED in str(each["text"]) for each in rescued(home)] == [True]
            await stage.until(lambda: stage.studio._operations.is_idle, "the save was tried, too")
        assert len(rescued(home)) == 1

    perform(application, world, act)


def test_where_not_even_a_file_can_be_written_that_is_said(
    application: QApplication, world: dict[str, str], home: Path, nowhere_else: None
) -> None:
    (home / "rescue").write_text("a file in the way")

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        with locked(home) as other:
            decided = await type_and_leave(stage)
            box = await asked(stage)
            assert "if you quit now, it is lost" in box.informativeText()
            other.execute("ROLLBACK")
        stage.press("Try Again")
        await stage.until(lambda: decided, "the window may close")

    perform(application, world, act)


def test_a_full_disk_sends_the_text_to_another_place(
    application: QApplication, world: dict[str, str], tmp_path: Path, state_folder: Path
) -> None:
    with small_disk(tmp_path / "small", 4) as disk:
        world = world | {"ARBORIS_HOME": str(disk / "home")}
        set_up(world)

        async def act(stage: Stage) -> None:
            await stage.open_chinese_sample(1)
            fill(disk)
            stage.editor().insertPlainText("海" * 40_000)
            await type_and_leave(stage)
            box = await asked(stage)
            assert "The disk is full." in box.informativeText()
            assert str(state_folder) in box.informativeText()
            assert "offered at the next start" in box.informativeText()
            stage.press("Quit Anyway")

        async def next_start(stage: Stage) -> None:
            await stage.until(offers, "the text is offered")
            assert TYPED in child(offers()[0], QPlainTextEdit).toPlainText()
            stage.press("Put Back")
            await stage.until(
                lambda: TYPED in stage.text() and TYPED in (stage.stored_text(1) or ""),
                "it is the chapter's text",
            )

        perform(application, world, act)
        (disk / "ballast").unlink()
        perform(application, world, next_start)


def test_a_full_disk_holds_the_author_until_there_is_room(
    application: QApplication, world: dict[str, str], tmp_path: Path, nowhere_else: None
) -> None:
    with small_disk(tmp_path / "small", 4) as disk:
        world = world | {"ARBORIS_HOME": str(disk / "home")}
        set_up(world)

        async def act(stage: Stage) -> None:
            await stage.open_chinese_sample(1)
            ballast = fill(disk)
            stage.editor().insertPlainText("海" * 40_000)
            decided = await type_and_leave(stage)
            box = await asked(stage)
            assert "The disk is full." in box.informativeText()
            assert "if you quit now, it is lost" in box.informativeText()
            ballast.unlink()
            stage.press("Try Again")
            await stage.until(lambda: decided, "the window may close")
            assert TYPED in (stage.stored_text(1) or "")

        perform(application, world, act)
