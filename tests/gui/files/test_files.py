"""Files from the dialogs, the command line and the desktop, in the whole studio."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.background.operations import Operations
from arboris_desktop.exchange.file_names import file_stem
from arboris_desktop.exchange.novel_file.writing import export_novel
from arboris_desktop.exchange.preview import look_into
from arboris_desktop.exchange.progress import Progress, StoppedError
from arboris_desktop.ui.files.cancellable_work import CancellableWork
from arboris_desktop.ui.files.export_dialog import ExportDialog
from arboris_desktop.ui.files.export_options_dialog import ExportOptionsDialog
from arboris_desktop.ui.files.opened_files import OpenedFiles, usable_path
from arboris_desktop.ui.files.progress_dialog import ProgressDialog
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notices.toast import Toast
from tests.gui.files.previews import import_it, until_previewed
from tests.support.lived_in_novel import TITLE, live_in
from tests.support.studio_stage import Play, Stage, child, open_services


@pytest.fixture
def carried(world: dict[str, str], tmp_path: Path) -> Path:
    """A novel file from another computer."""
    elsewhere = {**world, "ARBORIS_HOME": str(tmp_path / "elsewhere")}
    services = open_services(elsewhere)
    path = tmp_path / "归潮.arboris"
    export_novel(services.database, live_in(services.database, services.instance), path)
    services.close()
    return path


def titles(stage: Stage) -> list[str]:
    return sorted(novel.title for novel in stage.services.novels.all())


def boxes(window: MainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def toasts(stage: Stage) -> list[Toast]:
    return [one for one in stage.window.findChildren(Toast) if one.isVisible()]


async def until_asked(stage: Stage) -> QMessageBox:
    await stage.until(lambda: boxes(stage.window), "a question is asked")
    return boxes(stage.window)[0]


def answer(stage: Stage, words: str) -> None:
    """Clicks the button of the question."""
    (box,) = boxes(stage.window)
    (button,) = [one for one in box.buttons() if one.text() == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_file_that_is_opened_is_shown_and_then_imported(play: Play, carried: Path) -> None:
    async def act(stage: Stage) -> None:
        stage.studio.files.open_file(carried)
        box = await until_asked(stage)
        assert box.text() == "Import as a new novel?"
        assert TITLE in box.informativeText()
        assert "4 chapters" in box.informativeText()
        assert titles(stage) == []

        answer(stage, "Import")
        await stage.until(lambda: stage.studio.library.contents, "the novel is open")
        await stage.until_shown(4)  # where a draft was left behind
        assert titles(stage) == [TITLE]
        assert "归潮.arboris" in stage.window.statusBar().currentMessage()

    play(act)


def test_an_author_who_does_not_want_it_gets_nothing(play: Play, carried: Path) -> None:
    async def act(stage: Stage) -> None:
        stage.studio.files.open_file(carried)
        await until_asked(stage)
        answer(stage, "Cancel")
        await stage.until(lambda: not boxes(stage.window), "the question is gone")
        assert titles(stage) == []

    play(act)


def test_several_files_are_asked_about_one_after_the_other(
    play: Play, carried: Path, tmp_path: Path
) -> None:
    text = tmp_path / "雨.md"
    text.write_text("# 雨\n\n## 第一章 风\n\n他走了，她没有说话。\n", encoding="utf-8")

    async def act(stage: Stage) -> None:
        stage.studio.files.open_file(text)
        stage.studio.files.open_file(carried)
        preview = await until_previewed(stage)
        assert not boxes(stage.window)
        import_it(preview)
        await stage.until(
            lambda: any(TITLE in box.informativeText() for box in boxes(stage.window)), "the next"
        )
        answer(stage, "Import")
        await stage.until(lambda: len(titles(stage)) == 2, "both are there")
        await stage.until(
            lambda: stage.window.windowTitle().startswith("《归潮》"), "the last one is open"
        )

    play(act)


@pytest.mark.parametrize("data", [b"PK not really", None])
def test_a_file_that_is_none_is_told_in_words(
    play: Play, tmp_path: Path, data: bytes | None
) -> None:
    path = tmp_path / "broken.arboris"
    if data is not None:
        path.write_bytes(data)

    async def act(stage: Stage) -> None:
        stage.studio.files.open_file(path)
        box = await until_asked(stage)
        words = "is damaged" if data is not None else "cannot be read"
        assert words in box.text()
        assert "broken.arboris" in box.detailedText()
        assert box.informativeText()
        box.close()
        assert titles(stage) == []

    play(act)


def test_the_open_novel_goes_out_and_comes_in_by_the_dialogs(play: Play, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        title = titles(stage)[0]
        target = tmp_path / "out.arboris"
        stage.window.actions_.export_novel.trigger()
        await choose(stage, ExportDialog, target)
        await stage.until(target.exists, "the file is written")
        await stage.until(lambda: toasts(stage), "it is told")
        assert "out.arboris" in toasts(stage)[0].accessibleName()
        assert look_into(target).title == title

        stage.window.actions_.import_novel.trigger()
        await choose(stage, QFileDialog, target)
        await stage.until(lambda: titles(stage) == [title, title], "a second novel")

    play(act)


def test_a_text_goes_out_as_the_author_chooses(play: Play, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        target = tmp_path / "out.txt"
        stage.window.actions_.export_novel.trigger()
        await choose(stage, ExportDialog, target)
        await stage.until(lambda: stage.window.findChildren(ExportOptionsDialog), "options")
        dialog = child(stage.window, ExportOptionsDialog)
        chapters = child(dialog, QLineEdit)
        export = next(b for b in dialog.findChildren(QPushButton) if "xport" in b.text())
        QTest.keyClicks(chapters, "one")
        assert not export.isEnabled()
        chapters.clear()
        QTest.keyClicks(chapters, "1")
        boxes = {box.findData("gb18030"): box for box in dialog.findChildren(QComboBox)}
        (encoding,) = [box for found, box in boxes.items() if found >= 0]
        encoding.setCurrentIndex(encoding.findData("gb18030"))
        each = next(b for b in dialog.findChildren(QCheckBox) if "&each" in b.text())
        each.click()
        export.click()
        await stage.until((tmp_path / "out").exists, "the folder is written")
        (only,) = (tmp_path / "out").iterdir()
        assert only.name.startswith("001 ")
        assert "第1章" in only.read_text("gb18030")
        assert not target.exists()

    play(act)


async def choose(stage: Stage, kind: type[QFileDialog], path: Path) -> None:
    def dialog() -> QFileDialog | None:
        found = [one for one in stage.window.findChildren(kind) if one.isVisible()]
        return found[0] if found else None

    await stage.until(dialog, "the dialog is open")
    opened = dialog()
    assert opened is not None
    name = child(opened, QLineEdit)
    name.setText(str(path))
    QTest.keyClick(name, Qt.Key.Key_Return)


def test_the_export_dialog_offers_the_whole_novel_first(qtbot: QtBot) -> None:
    dialog = ExportDialog("A/B: 《归潮》?")
    qtbot.addWidget(dialog)
    first, *others = dialog.nameFilters()
    assert "*.arboris" in first
    endings = [name.split("*")[1] for name in others]
    assert endings == [".docx)", ".epub)", ".odt)", ".pdf)", ".html)", ".md)", ".txt)", ".nwx)"]
    assert dialog.form() == "arboris"
    assert dialog.path().name == "A B 《归潮》.arboris"
    dialog.selectFile("typed.v2.arboris")
    dialog.filterSelected.emit(others[-1])
    assert (dialog.form(), dialog.path().name) == ("novelwriter", "typed.v2.nwx")
    dialog.selectNameFilter(others[-2])
    dialog.filterSelected.emit(others[-2])
    assert dialog.form() == "txt"
    assert dialog.path().name == "typed.v2.txt"
    dialog.selectFile("other.md")
    assert dialog.form() == "md"
    dialog.filterSelected.emit(others[-2])
    assert dialog.path().name == "other.md"


@pytest.mark.parametrize(
    ("title", "stem"), [("..", ""), ("a\0b", "a b"), ("x" * 200, "x" * 80), (" 雨 ", "雨")]
)
def test_titles_as_names_of_files(title: str, stem: str) -> None:
    assert file_stem(title) == stem


# --- long work ---


def on_stage(play: Play, act: Callable[[Stage, CancellableWork], Awaitable[None]]) -> None:
    async def with_work(stage: Stage) -> None:
        operations = Operations(stage.window)
        await act(stage, CancellableWork(stage.window, operations))
        await asyncio.to_thread(operations.finish)

    play(with_work)


def test_long_work_shows_how_far_it_is_and_can_be_stopped(play: Play) -> None:
    go_on = threading.Event()

    def work(progress: Progress) -> str:
        progress(0.5)
        while not go_on.wait(0.01):
            progress(0.5)
        return "done"

    async def act(stage: Stage, steady: CancellableWork) -> None:
        running = asyncio.ensure_future(steady.run("Importing x…", work))
        await stage.until(lambda: dialogs(stage), "the dialog appears")
        (dialog,) = dialogs(stage)
        await stage.until(lambda: child(dialog, QProgressBar).value() == 500, "half is done")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        with pytest.raises(StoppedError):
            await running
        assert dialogs(stage) == []

    on_stage(play, act)


def test_work_that_is_done_at_once_shows_nothing(play: Play) -> None:
    async def act(stage: Stage, steady: CancellableWork) -> None:
        def work(progress: Progress) -> str:
            progress(1.0)
            return "done"

        assert await steady.run("Importing x…", work) == "done"
        assert dialogs(stage) == []

    on_stage(play, act)


def test_leaving_stops_long_work(play: Play) -> None:
    ended = threading.Event()

    def work(progress: Progress) -> None:
        try:
            while True:
                ended.wait(0.01)
                progress(0.1)
        finally:
            ended.set()

    async def act(_stage: Stage, steady: CancellableWork) -> None:
        running = asyncio.ensure_future(steady.run("Importing x…", work))
        await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert await asyncio.to_thread(ended.wait, 60)

    on_stage(play, act)


def dialogs(stage: Stage) -> list[QDialog]:
    return [one for one in stage.window.findChildren(ProgressDialog) if one.isVisible()]


# --- from outside ---


def test_files_wait_until_somebody_takes_them(qtbot: QtBot) -> None:
    files = OpenedFiles()
    with qtbot.waitSignal(files.arrived):
        files.add(Path("/a.md"))
    files.add(Path("/b.md"))
    assert files.take() == [Path("/a.md"), Path("/b.md")]
    assert files.take() == []


@pytest.mark.parametrize("text", ["", "a.md", "./a.md", "/a\nb", "/a\0b", "/\ud800", "/" * 40_000])
def test_paths_that_are_none(text: str) -> None:
    assert usable_path(text) is None


MACOS = """
import sys
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from arboris_desktop.app import create_application
application = create_application(["arboris-desktop"])
application.file_opened.connect(lambda path: print(path, flush=True))
for path in ("/books/归潮.arboris", ""):
    application.sendEvent(application, QFileOpenEvent(QUrl.fromLocalFile(path)))
"""


def test_macos_says_which_file_was_opened() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", MACOS],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert done.stdout == "/books/归潮.arboris\n"
