"""A second pane beside the text: another chapter, or the same one, which is one text in both."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from arboris_desktop.domain.novel import ChapterVersion
from arboris_desktop.domain.outline_changes import remove_chapters
from arboris_desktop.domain.page_look import PageColour, PageLook
from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.chapter.text_focus import TextFocus
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.frame.two_panes import LEAST_FOR_BOTH
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.second_pane.pane import SecondPane
from arboris_desktop.ui.second_pane.places import PaneContent
from arboris_desktop.ui.second_pane.volume_reader import MOST_LOADED, VolumeReader
from arboris_desktop.ui.second_pane.volume_section import VolumeSection
from arboris_desktop.ui.widgets.page_colours import page_palette
from arboris_desktop.ui.widgets.theme import apply_theme
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.benchmarks.books import add_novel_of
from tests.support.prose import chinese_prose
from tests.support.scripted_answers import in_two_parts
from tests.support.scripted_provider import ScriptedProvider
from tests.support.studio_stage import Play, Stage, child

WIDE = 1360


async def open_second_pane(stage: Stage, number: int) -> SecondPane:
    stage.window.resize(WIDE, 800)
    chapter = stage.chapter(number)
    stage.window.project_tree.second_pane_requested.emit(chapter.id)
    pane = stage.window.second_pane
    wanted = PaneContent.TEXT if chapter.selected_version_id else PaneContent.PLAN
    await stage.until(
        lambda: (
            pane.shows is wanted
            and (pane.editor.chapter_id == chapter.id) is (wanted is PaneContent.TEXT)
        ),
        "the second pane shows the chapter",
    )
    return pane


def type_at_end(pane: SecondPane, words: str) -> None:
    pane.editor.setFocus()
    pane.editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(pane.editor, words)


def test_another_chapter_is_read_and_written_beside_the_text(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        pane = await open_second_pane(stage, 1)
        assert pane.editor.stored_text() == stage.stored_text(1)
        type_at_end(pane, "end")
        await stage.until(lambda: str(stage.stored_text(1)).endswith("end"), "it is stored")
        assert stage.window.chapter_view.chapter_id == stage.chapter(2).id
        assert stage.stored_text(2) is None

        # The keyboard goes from one to the other, and both go away and come back.
        QTest.keyClick(pane.editor, Qt.Key.Key_F6)
        assert not pane.editor.hasFocus()
        stage.window.resize(LEAST_FOR_BOTH - 100, 700)
        await stage.until(lambda: stage.window.two_panes.is_folded, "there is no room for both")
        shown = [pane.isVisible(), stage.window.chapter_stage.isVisible()]
        assert shown == [False, True], "the keyboard is elsewhere"
        turn = stage.window.two_panes.edge.findChild(QToolButton)
        assert turn is not None
        turn.click()
        assert [pane.isVisible(), stage.window.chapter_stage.isVisible()] == shown[::-1]
        stage.window.resize(WIDE, 800)
        await stage.until(
            lambda: pane.isVisible() and stage.window.chapter_stage.isVisible(), "both"
        )

        # An action is ticked only while what it shows is in sight.
        beside = stage.window.actions_.second_pane
        stage.window.actions_.focus.trigger()
        await stage.until(lambda: not pane.isVisible(), "focus mode has the text alone")
        assert not beside.isChecked()
        stage.window.actions_.focus.trigger()
        await stage.until(lambda: pane.isVisible() and beside.isChecked(), "it comes back")
        stage.window.workspace.show_stage(BookStage.OUTLINE)
        assert not beside.isChecked()
        beside.trigger()
        await stage.until(lambda: pane.isVisible() and beside.isChecked(), "its key leads to it")

        # A panel that leaves too little room for a while leaves the shares as they were.
        panes = stage.window.two_panes
        panes.set_share(0.5)
        stage.window.side.open_panel(Panel.CODEX)
        stage.window.resize(LEAST_FOR_BOTH + 600, 700)
        stage.window.side.close_panel()
        stage.window.resize(WIDE + 300, 800)
        await stage.until(lambda: abs(pane.width() / panes.width() - 0.5) < 0.02, "half and half")

        beside.trigger()
        assert not pane.isVisible()
        assert stage.window.chapter_stage.isVisible()

    play(act)


def test_one_chapter_in_both_panes_is_one_text(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        await stage.open_chapter(1)
        pane = await open_second_pane(stage, 1)
        before = stage.text()
        type_at_end(pane, "here")
        await stage.until(lambda: stage.text() == before + "here", "the first pane has it too")
        editor = stage.editor()
        editor.setFocus()
        editor.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClicks(editor, " there")
        pane.editor.setFocus()
        assert pane.editor.text() == before + "here there", "before the next key"
        type_at_end(pane, "!")
        await stage.until(
            lambda: stage.stored_text(1) == before + "here there!", "the whole is stored"
        )
        pane.editor.undo()
        assert not pane.editor.text().endswith("!")
        await stage.until(lambda: not stage.text().endswith("!"), "the first pane follows")
        assert stage.text() == pane.editor.text()
        editor.setFocus()
        while editor.document().isUndoAvailable():
            stage.window.chapter_view._editor.undo()
        assert stage.text() == before
        await stage.until(lambda: pane.editor.text() == before, "the second pane follows")
        await stage.until(lambda: stage.stored_text(1) == before, "and the disk")

    play(act)


def test_a_model_and_others_write_into_the_chapter(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    gate = threading.Event()

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        pane = await open_second_pane(stage, 2)
        pane.plan.setFocus()
        QTest.keyClicks(pane.plan, "Plan: ")
        assert pane.plan_text().startswith("Plan: ")
        await stage.until(
            lambda: stage.chapter(2).outline.startswith("Plan: "), "the plan is stored"
        )
        scripted_provider.behaviours.append(in_two_parts("雾来了。", chinese_prose(90), gate))
        pane.wished.emit(PaneContent.TEXT, None)
        stage.press("Generate this chapter")
        await stage.until(lambda: "雾来了。" in pane.editor.text(), "it grows beside too")
        assert pane.editor.isReadOnly()
        gate.set()
        await stage.until(lambda: not pane.editor.isReadOnly(), "it can be edited when it is there")
        assert pane.editor.stored_text() == stage.stored_text(2)

        # Another process makes another text of it, while the first pane is elsewhere.
        await stage.open_chapter(1)
        theirs = store_elsewhere(stage, 2, "别人的字。")
        stage.studio.library.tell(Changes(texts=True))
        await stage.until(lambda: pane.editor.stored_text() == theirs.content, "it is seen")
        type_at_end(pane, "mine")
        await stage.until(lambda: stage.stored_text(2) == "别人的字。mine", "and built on")

        # What the author has typed and nobody stored yet is never taken from them.
        pane.editor.insertPlainText("1")
        store_elsewhere(stage, 2, "又是别人。")
        stage.studio.library.tell(Changes(texts=True))
        await stage.until(lambda: stage.stored_text(2) == "别人的字。mine1", "it is the chapter")
        kept = {each.content for each in stage.services.editing.open(stage.chapter(2).id).versions}
        assert "又是别人。" in kept, "and theirs is a version beside it"

    play(act)


def store_elsewhere(stage: Stage, number: int, text: str) -> ChapterVersion:
    chapter_id = stage.chapter(number).id
    editing = stage.services.editing
    return editing.save(chapter_id, text, editing.selected(chapter_id))


def test_it_comes_back_and_goes_with_its_chapter(play: Play) -> None:
    async def open_it(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        await open_second_pane(stage, 1)

    async def come_back(stage: Stage) -> None:
        await stage.until(lambda: stage.can_press("Continue writing"), "the way back is offered")
        stage.press("Continue writing")
        await stage.until(lambda: stage.window.chapter_view.chapter_id, "the novel is open")
        pane = stage.window.second_pane
        one = stage.chapter(1).id
        await stage.until(lambda: pane.editor.chapter_id == one, "the second pane is there again")
        assert stage.window.actions_.second_pane.isChecked()
        stage.services.outline_editing.change(
            stage.chapter(1).project_id,
            lambda outline: remove_chapters(outline, [one]),
            may_lose_text=True,
        )
        stage.studio.library.tell(Changes(outline=True, texts=True))
        await stage.until(lambda: not pane.isVisible(), "what is gone is not shown")
        assert not stage.window.actions_.second_pane.isChecked()
        assert not pane.editor.text()

    play(open_it)
    play(come_back)


async def open_volume(stage: Stage, texts: list[str]) -> VolumeReader:
    """Opens a novel of these texts with its volume in the second pane, at the third chapter."""
    project_id = add_novel_of(stage.services.database, texts)
    stage.studio.library.open_novel(project_id)
    await stage.until(lambda: stage.window.chapter_view.chapter_id, "the novel is open")
    pane = await open_second_pane(stage, 3)
    pane.wished.emit(PaneContent.VOLUME, None)
    await stage.until(lambda: pane.shows is PaneContent.VOLUME, "the volume is shown")
    reader = pane.findChild(VolumeReader)
    assert reader is not None
    return reader


def test_a_volume_is_read_as_one_scroll(play: Play) -> None:
    texts = [f"第{n}章的字。" + chinese_prose(60) for n in range(1, 41)]

    async def act(stage: Stage) -> None:
        reader = await open_volume(stage, texts)
        await stage.until(
            lambda: stage.chapter(3).id in reader.loaded(), "it begins where the author was"
        )
        assert reader.chapter_in_sight() == stage.chapter(3).id
        assert len(reader.loaded()) < 6, "of forty chapters only those near it are read"
        seen: set[int] = set()
        for _ in range(400):
            seen.update(reader.loaded())
            assert len(reader.loaded()) <= MOST_LOADED + 2
            bar = reader.verticalScrollBar()
            if bar.value() >= bar.maximum():
                break
            bar.setValue(bar.value() + reader.viewport().height())
            await stage.until(
                lambda: reader.chapter_in_sight() in reader.loaded(), "what is in sight is loaded"
            )
        assert len(seen) >= len(texts) - 2, "it began at the third"
        # What stands above is loaded again when it is scrolled to, and what is read stays put.
        reader.go_to(stage.chapter(20).id)
        await stage.until(lambda: stage.chapter(19).id in reader.loaded(), "its neighbour is there")
        assert reader.chapter_in_sight() == stage.chapter(20).id
        section = next(
            each
            for each in reader.findChildren(VolumeSection)
            if each.chapter.id == stage.chapter(20).id
        )
        section.opened.emit(section.chapter.id)
        await stage.until_shown(20)

    play(act)


def test_a_volume_begins_at_its_last_chapter_and_has_the_colours_of_the_page(play: Play) -> None:
    texts = ["第1章的字。" + chinese_prose(400), "第2章的字。" + chinese_prose(400), "短。"]

    async def act(stage: Stage) -> None:
        reader = await open_volume(stage, texts)
        last = stage.chapter(3).id
        section = next(s for s in reader.findChildren(VolumeSection) if s.chapter.id == last)
        await stage.until(
            lambda: {stage.chapter(n).id for n in (2, 3)} <= set(reader.loaded()),
            "what stands above it has come in",
        )
        top = reader.verticalScrollBar().value()
        assert top <= section.y() < top + reader.viewport().height(), "and it is still in view"

        heading = child(section, QToolButton)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        # The window's style sheet gives what stands on the page the colours of the window.
        apply_theme(application, ColourScheme.DARK)
        for colour in (PageColour.SEPIA, PageColour.CONTRAST, PageColour.PAPER):
            stage.window.chapter_view.set_page_look(PageLook(colour=colour))
            paper = page_palette(colour).color(QPalette.ColorRole.Base)
            ink = page_palette(colour).color(QPalette.ColorRole.Text)
            seen = heading.grab().toImage()
            drawn = [
                seen.pixelColor(x, y) for x in range(seen.width()) for y in range(seen.height())
            ]
            assert seen.pixelColor(1, 1) == paper
            farthest = max(drawn, key=lambda each: abs(each.lightness() - paper.lightness()))
            assert abs(farthest.lightness() - ink.lightness()) < 30, "and not in the window's"

    play(act)


def test_the_second_pane_scrolls_and_dims_as_the_first(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        actions = stage.window.actions_
        actions.typewriter.setChecked(True)
        await open_second_pane(stage, 1)
        editor = stage.window.second_pane.editor
        assert editor.typewriter.is_on
        actions.focus_sentence.setChecked(True)
        assert editor.text_focus is TextFocus.SENTENCE
        actions.focus_sentence.setChecked(False)
        actions.typewriter.setChecked(False)
        assert not editor.typewriter.is_on
        assert editor.text_focus is TextFocus.EVERYTHING

    play(act)


def test_the_second_pane_has_what_was_typed_when_the_first_goes_elsewhere_at_once(
    play: Play,
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        await stage.open_chapter(1)
        pane = await open_second_pane(stage, 1)
        before = stage.text()
        editor = stage.editor()
        editor.setFocus()
        editor.moveCursor(QTextCursor.MoveOperation.End)
        stage.studio.writing.open_chapter(stage.chapter(2).id)
        QTest.keyClicks(editor, " one")
        await stage.until_shown(2)
        type_at_end(pane, " two")
        await stage.until(lambda: stage.stored_text(1) == before + " one two", "both are stored")

    play(act)
