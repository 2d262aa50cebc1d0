"""The way of an export through the dialogs, to the end and back: what is asked, told and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)

from arboris_desktop.domain.settings import ExportSettings
from arboris_desktop.exchange.writing.options import ExportContent
from arboris_desktop.ui.files.cover_field import CoverField
from arboris_desktop.ui.files.export_dialog import ExportDialog
from arboris_desktop.ui.files.export_options_dialog import ExportOptionsDialog
from arboris_desktop.ui.notices.toast import Toast
from tests.support.slow_disk import SlowDisk, turns
from tests.support.studio_stage import Play, Stage, child

PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * 40 + b"IEND"


def shown(stage: Stage, kind: type[QDialog]) -> list[QDialog]:
    return [one for one in stage.window.findChildren(kind) if one.isVisible()]


def opened(stage: Stage) -> str:
    contents = stage.studio.library.contents
    return "" if contents is None else contents.project.id


async def begin(stage: Stage, target: Path) -> ExportOptionsDialog:
    """Asks for an export to a file, as far as its options."""
    stage.window.actions_.export_novel.trigger()
    await stage.until(lambda: shown(stage, ExportDialog), "a place is asked for")
    dialog = shown(stage, ExportDialog)[0]
    assert isinstance(dialog, ExportDialog)
    name = child(dialog, QLineEdit)
    name.setText(str(target))
    QTest.keyClick(name, Qt.Key.Key_Return)
    await stage.until(lambda: shown(stage, ExportOptionsDialog), "options")
    options = shown(stage, ExportOptionsDialog)[0]
    assert isinstance(options, ExportOptionsDialog)
    return options


def agree(options: ExportOptionsDialog) -> None:
    (export,) = [one for one in options.findChildren(QPushButton) if one.text() == "E&xport"]
    QTest.mouseClick(export, Qt.MouseButton.LeftButton)


async def until_told(stage: Stage, name: str) -> Toast:
    def told() -> list[Toast]:
        toasts = stage.window.findChildren(Toast)
        return [one for one in toasts if one.accessibleName() == f"Exported to {name}."]

    await stage.until(told, f"{name} is told")
    return told()[0]


def test_what_is_told_at_the_end_leads_to_the_folder(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []

    def note(address: QUrl) -> bool:
        opened.append(address)
        return True

    async def act(stage: Stage) -> None:
        monkeypatch.setattr(stage.studio.files._exports, "_open_address", note)
        await stage.open_chinese_sample()
        agree(await begin(stage, tmp_path / "out.md"))
        QTest.mouseClick(await until_told(stage, "out.md"), Qt.MouseButton.LeftButton)
        assert [one.toLocalFile() for one in opened] == [str(tmp_path)]

    play(act)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("export_novel", ExportDialog),
        ("export_all", QFileDialog),
        ("import_novel", QFileDialog),
        ("import_folder", QFileDialog),
        ("append_chapters", QFileDialog),
    ],
)
def test_a_command_that_is_given_twice_before_its_dialog_is_there_asks_once(
    play: Play, asked: str, kind: type[QDialog]
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        slow = SlowDisk(stage)
        action = getattr(stage.window.actions_, asked)
        action.trigger()
        action.trigger()
        await turns()
        await slow.let_go()
        await stage.until(lambda: shown(stage, kind), "it asks")
        await stage.studio._operations.settled()
        await turns()
        (dialog,) = shown(stage, kind)
        dialog.reject()

        action.trigger()
        await stage.until(lambda: shown(stage, kind), "it asks again")
        shown(stage, kind)[0].reject()

    play(act)


def test_a_folder_that_is_there_is_left_alone(play: Play, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        for name in ("out 2", "out 3"):
            options = await begin(stage, tmp_path / "out.txt")
            each = next(b for b in options.findChildren(QCheckBox) if "&each" in b.text())
            each.setChecked(True)
            agree(options)
            await until_told(stage, name)
            assert list((tmp_path / name).glob("*.txt"))
        assert [one.name for one in (tmp_path / "out").iterdir()] == ["mine.txt"]

    play(act)


def test_a_picture_that_is_none_is_said_where_it_is_named(play: Play, tmp_path: Path) -> None:
    target, picture = tmp_path / "out.epub", tmp_path / "cover.png"
    picture.write_bytes(PICTURE[:30])

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        options = await begin(stage, target)
        field = child(options, CoverField)
        field.set_cover(picture)
        agree(options)

        def problem() -> list[str]:
            labels = (one for one in field.findChildren(QLabel) if one.isVisible())
            return [one.text() for one in labels if "picture" in one.text()]

        await stage.until(problem, "it is said")
        assert not target.exists()
        picture.write_bytes(PICTURE)
        agree(options)
        await until_told(stage, "out.epub")
        assert target.exists()

    play(act)


def test_nothing_of_one_novel_goes_into_another(play: Play, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        options = await begin(stage, tmp_path / "one.epub")
        child(options, QPlainTextEdit).setPlainText("献给母亲")
        agree(options)
        await until_told(stage, "one.epub")
        options = await begin(stage, tmp_path / "again.epub")
        assert options.options().front == "献给母亲"
        options._content.setCurrentIndex(1)
        agree(options)
        await until_told(stage, "again.epub")
        options = await begin(stage, tmp_path / "third.epub")
        assert options.options().content is ExportContent.TEXT
        options.reject()
        before = opened(stage)
        stage.window.start_page.sample_requested.emit("en")
        await stage.until(lambda: opened(stage) not in ("", before), "another novel")
        options = await begin(stage, tmp_path / "two.epub")
        assert options.options().front == ""
        options.reject()
        await stage.until(lambda: not shown(stage, ExportOptionsDialog), "it is closed")

    play(act)


def test_the_next_export_begins_in_the_folder_of_the_last(play: Play, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        agree(await begin(stage, tmp_path / "one.md"))
        await until_told(stage, "one.md")
        assert stage.services.preferences.get(ExportSettings).folder == str(tmp_path)
        stage.window.actions_.export_novel.trigger()
        await stage.until(lambda: shown(stage, ExportDialog), "a place is asked for")
        dialog = shown(stage, ExportDialog)[0]
        assert isinstance(dialog, ExportDialog)
        assert dialog.path().parent == tmp_path
        dialog.reject()
        await stage.until(lambda: not shown(stage, ExportDialog), "it is closed")

    play(act)


def test_chapters_that_are_not_there_are_said_in_words(play: Play, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        options = await begin(stage, tmp_path / "one.md")
        QTest.keyClicks(options._chapters.line, "900")
        agree(options)
        await stage.until(
            lambda: [box for box in stage.window.findChildren(QMessageBox) if box.isVisible()],
            "it is said",
        )
        (box,) = [box for box in stage.window.findChildren(QMessageBox) if box.isVisible()]
        assert box.text() == "No chapter with a text is among those chosen."
        box.close()

    play(act)
