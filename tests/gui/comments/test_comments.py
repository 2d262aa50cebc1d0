"""Comments in the whole studio: made at a selection, marked, typed, led to, deleted and back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit, QToolButton

from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.comments.comment_card import CommentCard
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit
from tests.support.studio_stage import Play, Stage, child

CONTROL = Qt.KeyboardModifier.ControlModifier


def select(stage: Stage, start: int, end: int) -> None:
    cursor = stage.editor().textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
    stage.editor().setTextCursor(cursor)


def marked(stage: Stage) -> list[str]:
    """The words below which the dashes of comments are."""
    editor = stage.editor()
    assert isinstance(editor, QTextEdit)
    dashes = QTextCharFormat.UnderlineStyle.DashUnderline
    return [
        each.cursor.selectedText()
        for each in editor.extraSelections()
        if each.format.underlineStyle() is dashes
    ]


def cards(stage: Stage) -> list[CommentCard]:
    return stage.window.comment_panel.cards()


def press(card: CommentCard, name: str) -> None:
    (button,) = (b for b in card.findChildren(QToolButton) if b.toolTip() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press_by_keyboard(card: CommentCard, name: str) -> None:
    (button,) = (b for b in card.findChildren(QToolButton) if b.toolTip() == name)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def stored(stage: Stage) -> list[tuple[str, str, bool]]:
    novel = stage.studio.library.contents
    assert novel is not None
    found = stage.services.comments.of_novel(novel.project.id)
    return [(each.quotation, each.content, each.is_resolved) for each in found]


def test_a_comment_quotes_what_is_read_and_not_how_it_is_stored(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        QTest.keyClicks(stage.editor(), "The truth rang. ")
        select(stage, 4, 9)
        child(stage.window.chapter_view, ChapterEditor).toggle_italic()
        select(stage, 7, 13)
        stage.window.actions_.comment.trigger()
        await stage.until(lambda: len(stage.window.findChildren(CommentCard)) == 1, "it is there")
        (card,) = cards(stage)
        assert "*" in card.comment.quotation, "it is stored as the text is"
        assert card.accessibleName().strip("“”") == "th ran"

    play(act)


def test_a_passage_is_commented_on_and_the_comment_lives_with_it(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        QTest.keyClicks(stage.editor(), "The bell rang. ")
        stage.window.actions_.comment.trigger()
        assert "Select the words" in stage.window.statusBar().currentMessage()
        select(stage, 4, 8)
        stage.window.actions_.comment.trigger()
        await stage.until(lambda: len(stage.window.findChildren(CommentCard)) == 1, "it is there")
        (card,) = cards(stage)
        await stage.until(lambda: child(card, GrowingEdit).hasFocus(), "it can be typed at once")
        assert marked(stage) == ["bell"]
        QTest.keyClicks(child(card, GrowingEdit), "Which one?")
        await stage.until(lambda: stored(stage) == [("bell", "Which one?", False)], "it is stored")

        stage.window.comment_panel._scope.setCurrentIndex(1)
        stage.window.comment_panel._scope.setCurrentIndex(0)
        assert child(cards(stage)[0], GrowingEdit).toPlainText() == "Which one?"

        # It moves with the text, in the window at once and in the database with the save.
        select(stage, 0, 0)
        QTest.keyClicks(stage.editor(), "Once, ")
        assert marked(stage) == ["bell"]
        select(stage, 12, 12)
        QTest.keyClicks(stage.editor(), "lt")
        assert marked(stage) == ["beltll"]
        await stage.until(lambda: stored(stage)[0][0] == "beltll", "the save has followed it")
        await stage.until(lambda: cards(stage)[0].comment.quotation == "beltll", "it is told")
        assert cards(stage) == [card], "nobody loses the cursor in a comment"

        # From the comment to the passage, in whatever chapter one is.
        await stage.open_chapter(2)
        await stage.until(lambda: not cards(stage), "the other chapter has none")
        stage.window.comment_panel._scope.setCurrentIndex(1)
        (card,) = cards(stage)
        card.click()
        await stage.until_shown(1)
        await stage.until(lambda: marked(stage) == ["beltll"], "it is marked there")
        assert stage.editor().textCursor().position() == 10

        # Resolved, it is neither listed nor marked; it can be opened again.
        press(card, "Resolve")
        await stage.until(lambda: not cards(stage) and not marked(stage), "it is out of the way")
        stage.window.comment_panel._with_resolved.setChecked(True)
        press(cards(stage)[0], "Reopen")
        await stage.until(lambda: marked(stage) == ["beltll"], "it is open")

        press(cards(stage)[0], "Delete")
        await stage.until(lambda: stored(stage) == [], "it is deleted")
        await stage.until(lambda: stage.can_press("Undo"), "with a way back")
        stage.press("Undo")
        await stage.until(lambda: stored(stage) == [("beltll", "Which one?", False)], "it is back")
        await stage.until(lambda: marked(stage) == ["beltll"], "and marked")

    play(act)


def test_the_keyboard_stays_in_the_panel_when_a_comment_leaves_it(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        QTest.keyClicks(stage.editor(), "The bell rang. ")
        select(stage, 4, 8)
        stage.window.actions_.comment.trigger()
        await stage.until(lambda: len(cards(stage)) == 1, "one is there")
        select(stage, 9, 13)
        stage.window.actions_.comment.trigger()
        await stage.until(lambda: len(cards(stage)) == 2, "the other is there")
        first, second = cards(stage)
        press_by_keyboard(first, "Resolve")
        await stage.until(lambda: cards(stage) == [second], "the first is gone")
        assert second.hasFocus()
        press_by_keyboard(second, "Delete")
        await stage.until(lambda: not cards(stage), "the second is gone")
        focus = stage.window.focusWidget()
        assert focus is not None
        assert stage.window.comment_panel.isAncestorOf(focus)

    play(act)
