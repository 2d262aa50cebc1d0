"""Files with several novels, and chapters that go on with one, through the window."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QSpinBox

from arboris_desktop.ui.batches.dialog import BatchDialog
from tests.gui.files.previews import import_it, until_previewed
from tests.gui.files.test_files import answer, boxes, choose, titles, until_asked
from tests.support.studio_stage import Play, Stage, child
from tests.unit.exchange.test_arboris_novel import write as write_database

PROSE = "　　傍晚的风把晒在竹竿上的衣裳吹得猎猎作响。"


def test_a_database_of_arboris_novel_is_told_and_brought(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "arboris.db"
    write_database(path)

    async def act(stage: Stage) -> None:
        stage.studio.files.open_file(path)
        box = await until_asked(stage)
        assert "雨巷\n长街" in box.informativeText()
        assert "chapter_outlines.narrative_phase" in box.informativeText()
        assert "1 chapter had versions but none chosen" in box.informativeText()
        answer(stage, "Import")
        await stage.until(lambda: stage.studio.library.contents, "the first novel is open")
        assert not boxes(stage.window), "the notes are told once"
        contents = stage.studio.library.contents
        assert contents is not None
        assert (contents.project.title, len(contents.chapters)) == ("雨巷", 3)
        assert titles(stage) == ["长街", "雨巷"]

    play(act)


def test_a_database_of_something_else_is_refused(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE x (y)")

    async def act(stage: Stage) -> None:
        stage.studio.files.open_file(path)
        box = await until_asked(stage)
        assert "not one of Arboris-Novel" in box.detailedText()
        box.reject()
        assert titles(stage) == []

    play(act)


def test_chapters_are_appended_and_their_analysis_offered(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "more.txt"
    path.write_text(f"第4章 丁\n{PROSE}丁。\n\n第5章 戊\n{PROSE}戊。\n", encoding="utf-8")

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        contents = stage.studio.library.contents
        assert contents is not None
        last = contents.chapters[-1].number
        stage.window.actions_.append_chapters.trigger()
        await choose(stage, QFileDialog, path)
        import_it(await until_previewed(stage))
        await stage.until(lambda: stage.window.findChildren(BatchDialog), "the offer")
        offer = child(stage.window, BatchDialog)
        first, until = offer.findChildren(QSpinBox)
        assert (first.value(), until.value()) == (last + 1, last + 2)
        offer.reject()
        chapters = stage.services.novels.open(contents.project.id).chapters
        assert [c.title for c in chapters[last:]] == ["丁", "戊"]
        assert stage.services.queue.counts(None).total == 0

    play(act)


def test_the_whole_library_goes_out(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "all.arboris-library"

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        stage.window.actions_.export_all.trigger()
        await choose(stage, QFileDialog, path)
        await stage.until(path.is_file, "the file is written")

    play(act)
