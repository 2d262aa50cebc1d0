"""The second pane as a text to be written in: spelling, comments and finding work there too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.ui.comments.comment_card import CommentCard
from arboris_desktop.ui.second_pane.pane import SecondPane
from arboris_desktop.ui.second_pane.places import PaneContent
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit
from tests.support.studio_stage import Play, Stage, child

WAVES = QTextCharFormat.UnderlineStyle.WaveUnderline
DASHES = QTextCharFormat.UnderlineStyle.DashUnderline


async def open_first_beside(stage: Stage) -> SecondPane:
    """The first chapter of the English sample beside the second."""
    stage.press("English sample")
    await stage.until(lambda: stage.window.chapter_view.chapter_id, "the sample is open")
    stage.window.resize(1360, 800)
    await stage.open_chapter(2)
    return await turn_to(stage, 1)


async def turn_to(stage: Stage, number: int) -> SecondPane:
    chapter_id = stage.chapter(number).id
    stage.window.project_tree.second_pane_requested.emit(chapter_id)
    pane = stage.window.second_pane
    await stage.until(lambda: pane.editor.chapter_id == chapter_id, "it stands there")
    return pane


def marked(editor: QTextEdit, line: QTextCharFormat.UnderlineStyle) -> list[str]:
    return [
        each.cursor.selectedText()
        for each in editor.extraSelections()
        if each.format.underlineStyle() is line
    ]


def type_at_start(pane: SecondPane, words: str) -> None:
    pane.editor.setFocus()
    pane.editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(pane.editor, words)


def test_words_are_judged_where_they_are_typed(play: Play) -> None:
    async def act(stage: Stage) -> None:
        pane = await open_first_beside(stage)
        type_at_start(pane, "Nobody could recieve the Wrenling ")
        await stage.until(
            lambda: marked(pane.editor, WAVES)[:2] == ["recieve", "Wrenling"], "both are marked"
        )
        assert pane.editor.spelling.fault_at(14) is not None, "the context menu can mend it"
        pane.editor.spelling.word_added.emit("Wrenling")
        await stage.until(
            lambda: (
                "recieve" in marked(pane.editor, WAVES)
                and "Wrenling" not in marked(pane.editor, WAVES)
            ),
            "a word of the novel is right in both panes",
        )
        stage.window.actions_.home.trigger()
        stage.press("Chinese sample")
        await stage.until(lambda: not pane.editor.spelling.is_on, "Chinese is not judged")

    play(act)


def test_a_passage_of_the_second_pane_is_commented_on(play: Play) -> None:
    async def act(stage: Stage) -> None:
        pane = await open_first_beside(stage)
        type_at_start(pane, "The bell rang. ")
        await stage.until(
            lambda: str(stage.stored_text(1)).startswith("The bell rang."), "it is stored"
        )
        pane.editor.select(4, 8)
        stage.window.actions_.comment.trigger()
        await stage.until(lambda: marked(pane.editor, DASHES) == ["bell"], "it is marked there")
        # It is of another chapter than the one in the first pane.
        stage.window.comment_panel._scope.setCurrentIndex(1)
        await stage.until(lambda: stage.window.findChildren(CommentCard), "it is in the panel")
        (card,) = stage.window.comment_panel.cards()
        assert card.comment.chapter_id == stage.chapter(1).id
        QTest.keyClicks(child(card, GrowingEdit), "Which one?")

        pane.wished.emit(PaneContent.PLAN, None)
        await stage.until(lambda: pane.shows is PaneContent.PLAN, "the plan")
        pane.wished.emit(PaneContent.TEXT, None)
        await stage.until(lambda: pane.shows is PaneContent.TEXT, "the text again")
        await turn_to(stage, 1)
        await stage.until(lambda: marked(pane.editor, DASHES) == ["bell"], "it is marked again")

        # Both panes mark the same chapter.
        await stage.open_chapter(1)
        await stage.until(lambda: marked(stage.editor(), DASHES) == ["bell"], "in the first too")
        assert marked(pane.editor, DASHES) == ["bell"]

    play(act)


def test_words_are_found_in_the_pane_that_is_in_use(play: Play) -> None:
    async def act(stage: Stage) -> None:
        pane = await open_first_beside(stage)
        type_at_start(pane, "owl and owl and owl. ")
        edit = stage.window.edit_menu
        edit.find_words.trigger()
        assert pane.find_bar.isVisible()
        assert pane.find_bar.words.hasFocus()
        QTest.keyClicks(pane.find_bar.words, "owl")
        assert pane.editor.selected_text() == "owl"
        edit.find_next.trigger()
        first = pane.editor.selected_range()
        edit.find_next.trigger()
        second = pane.editor.selected_range()
        assert first != second, "the key goes on in this pane"
        edit.find_previous.trigger()
        assert pane.editor.selected_range() == first
        QTest.keyClick(pane.find_bar.words, Qt.Key.Key_Escape)
        assert not pane.find_bar.isVisible()
        assert pane.editor.hasFocus()
        edit.find_next.trigger()
        assert pane.find_bar.isVisible(), "with nothing to look for, it asks for that"
        assert not stage.window.chapter_view._page.find_bar.isVisible()

    play(act)
