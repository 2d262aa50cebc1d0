"""Voice, style samples and rules: entered in their dialog, stored for the novel."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QTabWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.guide import MAX_STYLE_SAMPLES, WritingGuide
from arboris_desktop.ui.guide.dialog import GuideDialog
from arboris_desktop.ui.guide.sample_list import SampleList
from tests.support.open_dialogs import open_dialogs
from tests.support.studio_stage import Play, Stage, child

GUIDE = WritingGuide("A ferryman.", ("The river was low.", "她没有说话。"), ("Nobody flies.",))


def test_an_unchanged_guide_comes_back_as_it_was(qtbot: QtBot) -> None:
    dialog = GuideDialog(GUIDE)
    qtbot.addWidget(dialog)

    assert dialog.guide() == GUIDE


def test_rules_are_lines_without_blanks_and_doubles(qtbot: QtBot) -> None:
    dialog = GuideDialog(WritingGuide(constitution=("Nobody flies.",)))
    qtbot.addWidget(dialog)
    child(dialog, QTabWidget).setCurrentIndex(2)
    _edit_called("Rules", dialog).setPlainText("Nobody  flies.\n\n 不许飞行。\nNobody flies.\n")

    assert dialog.guide().constitution == ("Nobody flies.", "不许飞行。")


def test_samples_are_added_up_to_their_number_and_removed(qtbot: QtBot) -> None:
    samples = SampleList(("One.",))
    qtbot.addWidget(samples)
    for _ in range(MAX_STYLE_SAMPLES - 1):
        samples.add()
    child(samples, QPlainTextEdit).setPlainText("The last.")

    assert len(samples.samples()) == MAX_STYLE_SAMPLES
    assert samples.samples()[0] == "One."
    assert samples.samples()[-1] == "The last."
    assert not samples._add.isEnabled()

    child(samples, QListWidget).setCurrentRow(0)
    samples.remove()
    assert "One." not in samples.samples()


def test_the_author_s_guide_is_stored_for_the_novel(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        stage.window.actions_.guide.trigger()
        await stage.until(_dialogs, "the dialog is open")
        (dialog,) = _dialogs()
        _edit_called("Voice", dialog).setPlainText("老船夫")
        dialog.accept()
        contents = stage.studio.library.contents
        assert contents is not None
        guides = stage.services.guides
        await stage.until(
            lambda: guides.get(contents.project.id).persona == "老船夫", "the guide is stored"
        )

    play(act)


def _edit_called(name: str, dialog: GuideDialog) -> QPlainTextEdit:
    edits = dialog.findChildren(QPlainTextEdit)
    return next(edit for edit in edits if edit.accessibleName() == name)


def _dialogs() -> list[GuideDialog]:
    return open_dialogs(GuideDialog)
