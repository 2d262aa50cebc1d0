"""The library's file is exchanged while the window is open: everything stops, nothing is lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from arboris_desktop.domain.backups import BackupReason
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.domain.rescue import RescuedKind
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.storage.backups.backup import check_integrity, list_backups
from arboris_desktop.storage.backups.rescue import RescueFiles
from tests.support.scripted_provider import ScriptedProvider, stall
from tests.support.studio_stage import Play, Stage, open_services

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support raise"),
    pytest.mark.skipif(os.name == "nt", reason="Windows protects files that are open"),
]

FIRST = "雾还在。"
TYPED = "Typed after the exchange. "
QUICK = WritingSettings(target_words=100, candidates=1, continue_until_target=False)


def boxes(stage: Stage) -> list[QMessageBox]:
    return [box for box in stage.window.findChildren(QMessageBox) if box.isVisible()]


async def told(stage: Stage) -> str:
    """The sentences about the file."""
    await stage.until(lambda: boxes(stage), "it is told")
    (box,) = boxes(stage)
    assert "not the one that was opened" in box.text(), box.detailedText()
    return box.informativeText()


def exchange(home: Path, how: str) -> None:
    database = home / "arboris.db"
    if how == "deleted":
        database.unlink()
    elif how == "replaced":
        shutil.copy2(home / "older.db", home / "came.db")
        os.replace(home / "came.db", database)
    else:
        home.rename(home.with_name("moved"))


@pytest.mark.parametrize("how", ["deleted", "replaced", "moved"])
def test_typed_and_generated_text_are_rescued_and_the_library_is_copied(
    play: Play,
    scripted_provider: ScriptedProvider,
    world: dict[str, str],
    how: str,
    state_folder: Path,
) -> None:
    scripted_provider.behaviours.append(stall(after=FIRST))
    home = Path(world["ARBORIS_HOME"])
    shutil.copy2(home / "arboris.db", home / "older.db")
    kept: list[Path] = []

    async def act(stage: Stage) -> None:
        stage.services.preferences.set(QUICK)
        await stage.open_chinese_sample(2)
        await stage.generate()
        await stage.until(lambda: stage.text() == FIRST, "the model writes")
        await stage.open_chapter(1)
        exchange(home, how)
        QTest.keyClicks(stage.editor(), TYPED)
        said = await told(stage)
        assert "kept as a backup" in said
        path = Path(said.split("kept as a backup: ")[1].split("\n")[0])
        kept.append(path)
        stage.press("Stay")
        stage.window.actions_.stop.trigger()
        await stage.until(
            lambda: (
                {each.rescued.kind for each in RescueFiles(stage.services.paths).found()}
                >= {RescuedKind.TYPED, RescuedKind.DRAFT}
            ),
            "both texts are put aside",
        )
        assert [box.text() + box.detailedText() for box in boxes(stage)] == [], "it is told once"
        assert stage.services.is_lost()
        with pytest.raises(StorageError) as caught:
            stage.services.novels.create(NewNovel("Lost"))
        assert caught.value.kind is ErrorKind.DATABASE_EXCHANGED

    play(act)

    (copy,) = kept
    assert check_integrity(copy) == []
    if how == "moved":
        assert state_folder in copy.parents
        assert not home.exists(), "no folder is made in the place of the one that was moved"
        home.with_name("moved").rename(home)
    else:
        backups = list_backups(home / "backups")
        assert [each.path for each in backups if each.reason == BackupReason.EXCHANGED] == [copy]
    if how == "deleted":
        shutil.copy2(copy, home / "arboris.db")
    if how == "replaced":
        assert check_integrity(home / "arboris.db") == []
        shutil.copy2(copy, home / "arboris.db")
    services = open_services(world)
    texts = {each.kind: each.text for each in services.rescue.found()}
    # The copy may have had the model's text already, which then need not be offered.
    drafts = [draft.content for draft in services.drafting.left_behind()]
    assert FIRST in (texts.get(RescuedKind.DRAFT), *drafts)
    assert TYPED in texts[RescuedKind.TYPED]
    services.close()


def test_a_file_that_comes_back_is_used_again(
    play: Play, scripted_provider: ScriptedProvider, world: dict[str, str]
) -> None:
    home = Path(world["ARBORIS_HOME"])

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        home.rename(home.with_name("moved"))
        QTest.keyClicks(stage.editor(), TYPED)
        await told(stage)
        stage.press("Stay")
        home.with_name("moved").rename(home)
        await stage.until(lambda: TYPED in (stage.stored_text(1) or ""), "it is saved by itself")
        await stage.until(
            lambda: not stage.window.chapter_view.has_unsaved_edits(), "and the editor knows"
        )
        assert stage.services.rescue.found() == []

    play(act)
