"""Prompts are read, changed with help, tried, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.llm.prompts import PromptLibrary, parse_prompt, prompt_names
from arboris_desktop.llm.provider import Message, Role
from arboris_desktop.ui.prompts.dialog import PromptsDialog
from arboris_desktop.ui.prompts.words import placeholder, prompt_name, prompt_purpose
from arboris_desktop.writing.call_events import PromptPreview
from arboris_desktop.writing.prompt_texts import PromptText
from tests.gui.bracket_translator import said
from tests.support.open_dialogs import open_dialogs
from tests.support.studio_stage import Play, Stage, child

DRAFT = PromptText(
    "draft_chapter", Language.ENGLISH, "# system\nWrite.\n# user\n$title: $chapter_summary\n"
)
OTHER = PromptText("a_new_prompt", Language.ENGLISH, "# system\nDo.\n# user\n$thing\n")


@pytest.fixture
def dialog(qtbot: QtBot) -> PromptsDialog:
    dialog = PromptsDialog([OTHER, DRAFT])
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def names(dialog: PromptsDialog) -> list[str]:
    found = child(dialog, QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def type_text(dialog: PromptsDialog, text: str) -> None:
    dialog.editor._text.setPlainText(text)
    dialog.editor.check()


def test_prompts_have_names_in_words_and_new_ones_readable_ones(dialog: PromptsDialog) -> None:
    assert names(dialog) == ["Write a chapter", "A new prompt"]
    assert dialog.editor.prompt == DRAFT
    assert dialog.editor._placeholders.text() == (
        "$chapter_summary: the plan of the chapter · $title: the title of the novel"
    )


@pytest.mark.parametrize("name", prompt_names())
def test_every_prompt_and_placeholder_of_ours_can_be_read(name: str) -> None:
    assert "_" not in prompt_name(name)
    assert prompt_purpose(name).endswith(".")
    text = PromptLibrary().our_text(name, Language.ENGLISH)
    for each in parse_prompt(text).placeholders():
        assert "_" not in placeholder(each)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (DRAFT.ours + "$whom", "$whom has no meaning"),
        (DRAFT.ours + "$ 5", "A dollar sign stands alone"),
        ("Only words", "“# system” and “# user”"),
    ],
)
def test_what_cannot_be_used_is_told_and_not_saved(
    dialog: PromptsDialog, text: str, words: str
) -> None:
    type_text(dialog, text)

    assert words in dialog.editor._problems.text()
    assert not dialog.editor._save.isEnabled()
    assert not dialog.editor._tabs.isTabEnabled(2)


def test_a_missing_placeholder_is_only_warned_about(dialog: PromptsDialog, qtbot: QtBot) -> None:
    text = DRAFT.ours.replace("$title", "Now")
    type_text(dialog, text)

    assert (
        "$title is not used: the model will not learn the title" in dialog.editor._problems.text()
    )
    with qtbot.waitSignal(dialog.editor.save_requested) as blocker:
        QTest.mouseClick(dialog.editor._save, Qt.MouseButton.LeftButton)
    assert blocker.args == [DRAFT, text]


def test_it_is_checked_and_counted_while_the_author_types(
    dialog: PromptsDialog, qtbot: QtBot
) -> None:
    before = dialog.editor._count.text()
    dialog.editor._text.setPlainText(DRAFT.ours + "Another sentence of some length. " * 20)

    qtbot.waitUntil(lambda: dialog.editor._count.text() != before)
    assert dialog.editor._save.isEnabled()


def test_a_saved_prompt_is_marked_and_can_be_reset(dialog: PromptsDialog, qtbot: QtBot) -> None:
    own = replace(DRAFT, own=DRAFT.ours + "Brief.")
    dialog.update_prompt(own)

    assert names(dialog)[0] == "Write a chapter (changed)"
    assert dialog.editor.text() == own.own
    assert not dialog.editor.is_changed
    with qtbot.waitSignal(dialog.editor.reset_requested) as blocker:
        QTest.mouseClick(dialog.editor._reset, Qt.MouseButton.LeftButton)
    assert blocker.args == [own]
    dialog.update_prompt(DRAFT)
    assert names(dialog)[0] == "Write a chapter"


def test_what_is_typed_is_not_lost_by_closing_or_changing(
    dialog: PromptsDialog, qtbot: QtBot
) -> None:
    type_text(dialog, DRAFT.ours + "More.")

    with qtbot.waitSignal(dialog.leave_requested):
        dialog.reject()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.switch_requested) as blocker:
        child(dialog, QListWidget).setCurrentRow(1)
    assert blocker.args == [OTHER]
    assert dialog.editor.text() == DRAFT.ours + "More."
    assert child(dialog, QListWidget).currentRow() == 0

    dialog.select(OTHER)
    assert dialog.editor.prompt == OTHER
    assert child(dialog, QListWidget).currentRow() == 1
    dialog.reject()
    assert not dialog.isVisible()


def test_the_preview_is_of_what_is_typed(dialog: PromptsDialog, qtbot: QtBot) -> None:
    text = DRAFT.ours + "More."
    type_text(dialog, text)
    with qtbot.waitSignal(dialog.editor.preview_requested) as blocker:
        dialog.editor._tabs.setCurrentIndex(2)
    assert blocker.args == [DRAFT, text]

    shown = PromptPreview((Message(Role.USER, "Tides: home"),), 3, None, 100, "host/m")
    dialog.editor.show_preview(OTHER, shown)
    assert not dialog.editor._preview._parts
    dialog.editor.show_preview(DRAFT, shown)
    assert _previewed(dialog) == ["Tides: home"]

    dialog.editor.show_preview_failure(DRAFT, "No model.")
    assert dialog.editor._preview_failure.isVisible()


def test_no_word_stays_in_the_old_language(
    dialog: PromptsDialog, switch_language: Callable[[], None]
) -> None:
    switch_language()

    left = [w for w in said(dialog) if "[" not in w and "qt_" not in w]
    assert left == []
    assert names(dialog)[0] == "[Write a chapter]"


def test_the_author_changes_a_prompt_of_the_sample_and_takes_it_back(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        stage.window.actions_.prompts.trigger()
        await stage.until(_dialogs, "the prompts are open")
        (dialog,) = _dialogs()
        assert len(names(dialog)) == len(prompt_names())
        own = dialog.editor.text() + "\n多用短句。"
        type_text(dialog, own)
        dialog.editor._tabs.setCurrentIndex(2)
        await stage.until(
            lambda: any("多用短句。" in each for each in _previewed(dialog)), "it is tried"
        )
        dialog.editor._save.click()
        await stage.until(lambda: "changed" in names(dialog)[0], "it is saved")
        project_id = stage.studio.library.project_id
        assert project_id is not None
        stored = stage.services.prompt_texts.all
        assert next(p for p in stored(project_id) if p.name == "draft_chapter").own == own

        dialog.editor._reset.click()
        await stage.until(_boxes, "it asks")
        _button(_boxes()[0], "Reset").click()
        await stage.until(lambda: "changed" not in names(dialog)[0], "it is reset")
        assert all(prompt.own is None for prompt in stored(project_id))
        dialog.reject()

    play(act)


def _previewed(dialog: PromptsDialog) -> list[str]:
    edits = dialog.editor._preview.findChildren(type(dialog.editor._text))
    return [edit.toPlainText() for edit in edits]


def _dialogs() -> list[PromptsDialog]:
    return open_dialogs(PromptsDialog)


def _boxes() -> list[QMessageBox]:
    return open_dialogs(QMessageBox)


def _button(box: QMessageBox, words: str) -> QPushButton:
    return next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == words)
