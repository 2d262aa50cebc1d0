"""Reads that are shown, and dialogs that are accepted, after what they speak of has changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from arboris_desktop.domain.codex import BookPlace, CodexEntry, EntryKind
from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.codex.details import CodexDetails
from arboris_desktop.ui.codex.entry_dialog import EntryDialog
from arboris_desktop.ui.concept.answer_box import AnswerEdit
from arboris_desktop.ui.settings.dialog import SettingsDialog
from tests.gui.concept.test_concept import begin_with_an_idea, page, stored, type_words
from tests.gui.outline.outline_hands import OLD, Desk, make_novel
from tests.support.open_dialogs import open_dialogs
from tests.support.scripted_provider import ScriptedProvider, json_answer
from tests.support.slow_disk import SlowDisk, turns
from tests.support.studio_stage import Play, Stage, child

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_what_is_typed_while_a_version_is_read_does_not_overwrite_it(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        editing, chapter_id = stage.services.editing, stage.chapter(1).id
        QTest.keyClicks(stage.editor(), "One ")
        stage.window.flush_edits()
        first = stage.text()
        await stage.until(lambda: stage.stored_text(1) == first, "it is saved")
        older = editing.open(chapter_id).version
        assert older is not None
        assert older.origin is VersionOrigin.AUTHOR
        editing.save(chapter_id, "Another text.", None)
        stage.studio.writing.open_chapter(chapter_id)
        await stage.until(lambda: stage.text() == "Another text.", "the newer one is shown")

        before = SlowDisk(stage)
        stage.window.chapter_view.version_selected.emit(older.id)
        await turns()
        after = SlowDisk(stage)
        await before.let_go()
        await stage.until(lambda: stage.stored_text(1) == first, "it is chosen")
        for _ in range(10):
            await turns()  # The chapter is asked for, behind the slow disk.
        QTest.keyClicks(stage.editor(), "two ")
        typed = stage.text()
        assert typed != "Another text."
        await after.let_go()
        await stage.until(lambda: stage.stored_text(1) == typed, "what was typed is saved")
        versions = {each.id: each.content for each in editing.open(chapter_id).versions}
        assert versions[older.id] == first

    play(act)


def test_a_place_is_marked_in_its_own_chapter_only(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.services.editing.save(stage.chapter(2).id, "The second chapter's text.", None)
        slow = SlowDisk(stage)
        stage.studio.writing.show_passage(BookPlace(stage.chapter(1).id, 3, 6))
        stage.studio.writing.open_chapter(stage.chapter(2).id)
        await turns()
        await slow.let_go()
        await stage.until_shown(2)
        await stage.until(lambda: "second" in stage.text(), "its text is shown")
        assert child(stage.window.chapter_view, ChapterEditor).revealed_text() == ""
        assert not stage.editor().textCursor().hasSelection()

    play(act)


def test_what_is_typed_while_an_answer_is_saved_stays_in_its_box(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(
        json_answer({"message": "Who?", "choices": [], "topic": "protagonist", "settled": []})
    )

    async def act(stage: Stage) -> None:
        await begin_with_an_idea(stage)
        edit = child(page(stage).answer_box, AnswerEdit)
        type_words(stage, "A lighthouse.")
        slow = SlowDisk(stage)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        await turns()
        edit.moveCursor(edit.textCursor().MoveOperation.End)
        type_words(stage, " It is dark.")
        await slow.let_go()
        await stage.until(lambda: len(stored(stage).turns) == 2, "the model has answered")
        assert stored(stage).turns[0].text == "A lighthouse."
        assert "It is dark." in page(stage).answer_box.text()
        assert "A lighthouse." not in page(stage).answer_box.text()

    play(act)


def test_a_name_that_comes_while_an_entry_is_edited_is_not_taken_out(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        contents = stage.studio.library.contents
        assert contents is not None
        codex, project = stage.services.codex, contents.project.id
        entry_id = codex.add_entry(project, EntryKind.CHARACTER, "Ann", "")
        (entry,) = [each for each in codex.entries(project) if each.id == entry_id]
        child(stage.window.codex_panel, CodexDetails).edit_requested.emit(entry)

        def shown() -> list[EntryDialog]:
            return open_dialogs(EntryDialog)

        await stage.until(shown, "it asks")
        codex.edit_entry(entry_id, aliases=("Annie",))
        child(shown()[0], QPlainTextEdit).setPlainText("Tall.")
        shown()[0].accept()

        def now() -> CodexEntry:
            return next(each for each in codex.entries(project) if each.id == entry_id)

        await stage.until(lambda: now().description == "Tall.", "it is stored")
        assert now().aliases == ("Annie",)

    play(act)


def test_a_chapter_that_was_written_while_it_was_asked_is_not_deleted_unnamed(
    play: Play, world: dict[str, str]
) -> None:
    project_id = make_novel(world, written=(1,))

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(1, 2)
        desk.act("remove")
        await stage.until(lambda: stage.can_press("Delete for good"), "it asks")
        stage.services.editing.save(desk.stored().chapters[1].id, "Written meanwhile.", None)
        stage.press("Delete for good")
        said = stage.window.statusBar()
        await stage.until(
            lambda: (
                "Nothing was changed" in said.currentMessage()
                or len(desk.stored().chapters) < len(OLD)
            ),
            "it is decided",
        )
        assert [each.title for each in desk.stored().chapters] == list(OLD)

    play(act)


@pytest.mark.parametrize("is_stored_slowly", [False, True])
def test_a_queue_that_is_held_while_the_settings_are_open_stays_held(
    play: Play, *, is_stored_slowly: bool
) -> None:
    async def act(stage: Stage) -> None:
        settings, studio = stage.studio._desks.settings, stage.studio

        def shown() -> list[SettingsDialog]:
            return [each for each in stage.window.findChildren(SettingsDialog) if each.isVisible()]

        settings.open()
        await stage.until(shown, "the settings are open")
        slow = SlowDisk(stage)
        if is_stored_slowly:
            shown()[0].accept()
            await turns()
            studio.pause_queue()
        else:
            studio.pause_queue()
            shown()[0].accept()
        await turns()
        await slow.let_go()
        await stage.until(lambda: not shown(), "they are closed")
        await studio._operations.settled()
        await stage.until(
            lambda: stage.services.preferences.get(QueueSettings).paused, "that is stored"
        )
        for _ in range(5):
            await turns()
        assert studio._processor.is_paused

    play(act)
