"""The preview of an import in the whole studio: seen, corrected, imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from arboris_desktop.exchange.correction import PATTERN_PREFIX
from arboris_desktop.ui.files.import_preview.dialog import ImportPreviewDialog
from arboris_desktop.ui.files.import_preview.headings_model import HeadingColumn
from tests.gui.files.drags import drop
from tests.gui.files.previews import (
    headings,
    import_button_of,
    import_it,
    may_import,
    model_of,
    until_previewed,
)
from tests.support.studio_stage import Play, Stage, child

PROSE = ["天色暗了下来，雨还没有停。", "“你来了？”她问。", "他没有回答，只是把伞收了起来。"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A book of three chapters, of which the third is numbered wrong."""
    path = tmp_path / "雨巷.txt"
    chapters = (
        f"{number} {title}"
        for number, title in zip(("第一章", "第二章", "第四章"), "甲乙丙", strict=True)
    )
    text = "\n".join("\n".join([heading, *(f"　　{one}" for one in PROSE)]) for heading in chapters)
    path.write_text(f"作者：某人\n\n{text}\n", encoding="gb18030")
    return path


def chapters(stage: Stage) -> list[str]:
    return [chapter.title for chapter in stage.chapters()]


async def open_preview(stage: Stage, path: Path) -> ImportPreviewDialog:
    stage.studio.files.open_file(path)
    return await until_previewed(stage)


async def settled(stage: Stage, preview: ImportPreviewDialog, act: Callable[[], object]) -> None:
    """Does something in the preview, and waits until it is answered."""
    act()
    await stage.until(lambda: may_import(preview), "the preview is answered")


async def imported(stage: Stage, preview: ImportPreviewDialog) -> None:
    import_it(preview)
    await stage.until(lambda: stage.studio.library.contents, "the novel is open")


def field(preview: ImportPreviewDialog, text: str) -> QLineEdit:
    (found,) = [one for one in preview.findChildren(QLineEdit) if one.text() == text]
    return found


def tick(preview: ImportPreviewDialog, row: int) -> None:
    """Turns the tick of a row, as a click on it does."""
    model = model_of(preview)
    index = model.index(row, 0)
    now = index.data(Qt.ItemDataRole.CheckStateRole)
    other = Qt.CheckState.Unchecked if now is Qt.CheckState.Checked else Qt.CheckState.Checked
    model.setData(index, other.value, Qt.ItemDataRole.CheckStateRole)


def test_the_preview_shows_what_was_found(play: Play, file: Path) -> None:
    async def act(stage: Stage) -> None:
        preview = await open_preview(stage, file)
        assert headings(preview) == [
            (True, "第一章", "甲", ""),
            (True, "第二章", "乙", ""),
            (True, "第四章", "丙", "number jumps"),
        ]
        assert field(preview, "雨巷") is not field(preview, "某人")
        sample = child(preview, QPlainTextEdit)
        await stage.until(lambda: PROSE[1] in sample.toPlainText(), "the text is shown")
        texts = [label.text() for label in preview.findChildren(QWidget) if hasattr(label, "text")]
        assert any("Numbers jump 1 time, at 第四章" in text for text in texts)
        assert any(text.startswith("3 chapters") for text in texts)
        preview.reject()
        await stage.until(lambda: not preview.isVisible(), "the preview is closed")
        assert stage.services.novels.all() == []

    play(act)


def test_what_is_unticked_renamed_and_split_comes_in_so(play: Play, file: Path) -> None:
    async def act(stage: Stage) -> None:
        preview = await open_preview(stage, file)
        table, model = child(preview, QTableView), model_of(preview)
        await settled(stage, preview, lambda: tick(preview, 1))
        assert headings(preview)[1] == (False, "第二章", "乙", "is text")
        title = model.index(2, HeadingColumn.TITLE)
        await settled(stage, preview, lambda: model.setData(title, "新名"))
        assert headings(preview)[2][2] == "新名"
        table.selectRow(0)
        sample = child(preview, QPlainTextEdit)
        await stage.until(lambda: "第二章 乙" in sample.toPlainText(), "the text is shown")
        cursor = sample.document().find("你来了")
        sample.setTextCursor(cursor)
        await settled(stage, preview, lambda: stage.press("&Begin a Chapter Here"))
        await imported(stage, preview)
        assert chapters(stage) == ["甲", "“你来了？”她问。", "新名"]
        assert stage.stored_text(1) == PROSE[0]
        text = stage.stored_text(2)
        assert text is not None
        assert text.split("\n\n") == [PROSE[2], "第二章 乙", *PROSE]

    play(act)


def test_chapters_are_merged_and_left_out(play: Play, file: Path) -> None:
    async def act(stage: Stage) -> None:
        preview = await open_preview(stage, file)
        table = child(preview, QTableView)
        table.selectRow(1)
        await settled(stage, preview, lambda: stage.press("&Merge with the Chapter Before"))
        assert [row[0] for row in headings(preview)] == [True, False, True]
        table.selectRow(2)
        await settled(stage, preview, lambda: stage.press("&Leave Out"))
        assert headings(preview)[2][3] == "not imported"
        await imported(stage, preview)
        assert chapters(stage) == ["甲"]

    play(act)


def test_nothing_is_imported_when_every_chapter_is_left_out(play: Play, file: Path) -> None:
    async def act(stage: Stage) -> None:
        preview = await open_preview(stage, file)
        child(preview, QTableView).selectAll()
        stage.press("&Leave Out")
        await stage.until(
            lambda: [row[3] for row in headings(preview)] == ["not imported"] * 3, "all are out"
        )
        assert not may_import(preview)
        await settled(stage, preview, lambda: stage.press("&Leave Out"))
        preview.reject()

    play(act)


def test_only_what_has_a_chapter_before_it_can_be_merged(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "雨巷.txt"
    text = "\n".join(f"　　{one}" for one in PROSE)
    headed = ("第一卷 春", "第一章 甲", "第二章 乙", "第二卷 秋", "第三章 丙", "第四章 丁")
    parts = [one if "卷" in one else f"{one}\n{text}" for one in headed]
    path.write_text("\n".join(parts), encoding="utf-8")

    async def act(stage: Stage) -> None:
        preview = await open_preview(stage, path)
        table = child(preview, QTableView)
        merge = "&Merge with the Chapter Before"

        def may_merge(*rows: int) -> bool:
            table.clearSelection()
            for row in rows:
                table.selectionModel().select(
                    table.model().index(row, 0),
                    QItemSelectionModel.SelectionFlag.Select
                    | QItemSelectionModel.SelectionFlag.Rows,
                )
            return stage.can_press(merge)

        assert [may_merge(row) for row in range(6)] == [False, False, True, True, False, True]
        assert may_merge(1, 2)
        assert may_merge(2, 3)
        assert not may_merge(3, 4)
        assert not may_merge()
        await settled(stage, preview, lambda: tick(preview, 1))
        assert headings(preview)[0] == (True, "第一卷", "春", "")
        assert not may_merge(2)
        preview.reject()

    play(act)


def test_the_text_before_the_headings_has_a_row(play: Play, file: Path) -> None:
    async def act(stage: Stage) -> None:
        preview = await open_preview(stage, file)
        table, model = child(preview, QTableView), model_of(preview)
        table.selectRow(0)
        await settled(stage, preview, lambda: tick(preview, 0))
        assert headings(preview)[:2] == [
            (False, "", "前言", ""),
            (False, "第一章", "甲", "is text"),
        ]
        assert table.currentIndex().row() == 1
        assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable
        await settled(
            stage, preview, lambda: model.setData(model.index(0, HeadingColumn.TITLE), "楔子")
        )
        table.selectRow(2)
        assert stage.can_press("&Merge with the Chapter Before")
        table.selectRow(0)
        assert not stage.can_press("&Merge with the Chapter Before")
        sample = child(preview, QPlainTextEdit)
        await stage.until(lambda: sample.toPlainText().startswith("第一章 甲"), "it is shown")
        await imported(stage, preview)
        assert chapters(stage) == ["楔子", "乙", "丙"]

    play(act)


def test_another_rule_a_pattern_names_and_encoding(play: Play, file: Path) -> None:
    async def act(stage: Stage) -> None:
        preview = await open_preview(stage, file)
        rule, encoding = preview.findChildren(QComboBox)

        def choose(box: QComboBox, data: object) -> None:
            box.setCurrentIndex(box.findData(data))
            box.activated.emit(box.currentIndex())

        await settled(stage, preview, lambda: choose(rule, "none"))
        assert headings(preview) == []
        choose(rule, PATTERN_PREFIX)
        (pattern,) = [one for one in preview.findChildren(QLineEdit) if one.placeholderText()]
        QTest.keyClicks(pattern, "(")
        QTest.keyClick(pattern, Qt.Key.Key_Return)
        await stage.until(lambda: not may_import(preview), "a wrong pattern cannot be imported")
        pattern.setText("^第[一四]章")
        await settled(stage, preview, lambda: QTest.keyClick(pattern, Qt.Key.Key_Return))
        await stage.until(lambda: len(headings(preview)) == 2, "the pattern is followed")
        title = field(preview, "雨巷")
        title.clear()
        await settled(stage, preview, lambda: QTest.keyClicks(title, "Rain"))
        await settled(stage, preview, lambda: choose(encoding, "gb18030"))
        await imported(stage, preview)
        assert chapters(stage) == ["甲", "丙"]
        assert stage.window.windowTitle().startswith("Rain")

    play(act)


def test_the_encoding_can_be_chosen_where_it_cannot_be_told(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(bytes(range(0x80, 0x100)) * 3 + b"\n")

    async def act(stage: Stage) -> None:
        stage.studio.files.open_file(path)

        def shown() -> list[ImportPreviewDialog]:
            found = stage.window.findChildren(ImportPreviewDialog)
            return [one for one in found if one.isVisible()]

        await stage.until(shown, "the preview is open")
        preview = shown()[0]
        assert not may_import(preview)
        _rule, encoding = preview.findChildren(QComboBox)
        encoding.setCurrentIndex(encoding.findData("iso-8859-1"))
        await settled(stage, preview, lambda: encoding.activated.emit(encoding.currentIndex()))
        preview.reject()

    play(act)


def test_the_encoding_that_was_guessed_is_called_as_in_the_list(play: Play, file: Path) -> None:
    text = file.read_text(encoding="gb18030").replace("来", "來").replace("着", "著")
    for old, new in zip("没有还处关", "沒有還處關", strict=True):
        text = text.replace(old, new)
    file.write_bytes(text.encode("big5", "ignore"))

    async def act(stage: Stage) -> None:
        preview = await open_preview(stage, file)
        _rule, encoding = preview.findChildren(QComboBox)
        assert encoding.currentText() == "Guessed: BIG5"
        assert encoding.findText("BIG5") == encoding.findData("big5")
        preview.reject()

    play(act)


def test_a_file_that_is_dropped_is_shown(play: Play, file: Path) -> None:
    async def act(stage: Stage) -> None:
        assert drop(stage.window, file)
        preview = await until_previewed(stage)
        await imported(stage, preview)
        await stage.until_shown(1)
        assert not drop(stage.window, file.parent / "nothing")
        assert drop(child(stage.window.chapter_view, QTextEdit).viewport(), file)
        preview = await until_previewed(stage)
        assert "雨巷.txt" not in stage.text()
        preview.reject()
        folder = file.parent / "夜航"
        folder.mkdir()
        (folder / "第1章 起风.txt").write_bytes(file.read_bytes())
        assert drop(stage.window, folder)
        preview = await until_previewed(stage)
        preview.reject()

    play(act)


def test_a_file_is_appended_without_a_title_or_an_author(play: Play, file: Path) -> None:
    async def act(stage: Stage) -> None:
        await imported(stage, await open_preview(stage, file))
        later = file.with_name("later.txt")
        later.write_text(
            f"第五章 丁\n{PROSE[0]}\n第六章 戊\n{PROSE[1]}{PROSE[2]}\n", encoding="utf-8"
        )
        dialog = ImportPreviewDialog("later.txt", has_encoding=True, appends=True)
        dialog.show()
        assert [one for one in dialog.findChildren(QLineEdit) if one.isVisible()] == []
        assert import_button_of(dialog).text() == "&Append"
        assert dialog.windowTitle() == "Append later.txt"
        dialog.close()

    play(act)


def test_an_outline_comes_in_as_plans(play: Play, file: Path) -> None:
    async def act(stage: Stage) -> None:
        preview = await open_preview(stage, file)
        await settled(stage, preview, child(preview, QCheckBox).click)
        await imported(stage, preview)
        assert [chapter.word_count for chapter in stage.chapters()] == [0, 0, 0]
        with stage.services.database.read() as transaction:
            outline = transaction.outlines.read(stage.chapters()[0].project_id)
        assert [chapter.plan for chapter in outline.chapters] == ["\n".join(PROSE)] * 3

    play(act)
