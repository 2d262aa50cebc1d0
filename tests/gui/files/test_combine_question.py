"""Several files, and a folder, as the chapters of one novel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from tests.gui.files.drags import drop
from tests.gui.files.previews import import_it, until_previewed
from tests.gui.files.test_files import answer, boxes, choose, titles, until_asked
from tests.support.studio_stage import Play, Stage

PROSE = "　　傍晚的风把晒在竹竿上的衣裳吹得猎猎作响。\n　　她推开窗，远处的山已经隐在雾里了。\n"
NAMES = ("雨巷 第十章 归人", "雨巷 第九章 长街", "雨巷 第二章 起风", "雨巷 楔子")


def files(folder: Path) -> list[Path]:
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.txt").write_text(PROSE, encoding="utf-8")
    return [folder / f"{name}.txt" for name in NAMES]


async def imported(stage: Stage) -> list[str]:
    import_it(await until_previewed(stage))
    await stage.until(lambda: stage.studio.library.contents, "the novel is open")
    contents = stage.studio.library.contents
    assert contents is not None
    return [chapter.title for chapter in contents.chapters]


def test_files_that_are_dropped_together_are_one_novel_if_wanted(
    play: Play, tmp_path: Path
) -> None:
    paths = files(tmp_path / "稿")

    async def act(stage: Stage) -> None:
        drop(stage.window, *paths)
        box = await until_asked(stage)
        assert box.text() == "4 files, in this order:"
        order = box.informativeText().split("\n")
        assert order == [f"{NAMES[place]}.txt" for place in (3, 2, 1, 0)]
        answer(stage, "Cancel")
        await stage.until(lambda: not boxes(stage.window), "nothing is wanted")
        drop(stage.window, *paths)
        await until_asked(stage)
        answer(stage, "As &One Novel")
        found = await imported(stage)
        assert [title.split()[-1] for title in found] == ["楔子", "起风", "长街", "归人"]
        assert titles(stage) == ["雨巷"]

    play(act)


def test_files_that_are_dropped_together_are_a_novel_each_if_wanted(
    play: Play, tmp_path: Path
) -> None:
    paths = files(tmp_path / "稿")[:2]

    async def act(stage: Stage) -> None:
        drop(stage.window, *paths)
        await until_asked(stage)
        answer(stage, "A Novel &Each")
        import_it(await until_previewed(stage))
        await stage.until(lambda: len(titles(stage)) == 1, "the first is there")
        import_it(await until_previewed(stage))
        await stage.until(lambda: len(titles(stage)) == 2, "the other is there")

    play(act)


def test_a_folder_is_chosen_from_the_menu(play: Play, tmp_path: Path) -> None:
    folder = files(tmp_path / "稿")[0].parent

    async def act(stage: Stage) -> None:
        stage.window.actions_.import_folder.trigger()
        await choose(stage, QFileDialog, folder)
        assert len(await imported(stage)) == len(NAMES)

    play(act)


def test_a_file_that_is_refused_does_not_keep_the_others_out(play: Play, tmp_path: Path) -> None:
    good = files(tmp_path / "稿")[:2]
    empty = tmp_path / "稿" / "雨巷 第一章 空.txt"
    empty.touch()

    async def act(stage: Stage) -> None:
        drop(stage.window, good[0], empty, good[1])
        await until_asked(stage)
        answer(stage, "A Novel &Each")
        import_it(await until_previewed(stage))
        await stage.until(lambda: len(titles(stage)) == 1, "the first is there")
        import_it(await until_previewed(stage))
        await stage.until(lambda: len(titles(stage)) == 2, "the other is there")
        await stage.until(lambda: boxes(stage.window), "the refusal is told")
        (box,) = boxes(stage.window)
        assert box.text() == f"{empty.name} cannot be read: the file contains no text."
        box.close()

    play(act)
