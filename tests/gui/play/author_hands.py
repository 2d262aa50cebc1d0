"""An author who does anything at all, in any order and at any pace, in the whole studio."""

from __future__ import annotations

import asyncio
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from arboris_desktop.domain.settings import ColourScheme, InterfaceLanguage
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.widgets.theme import apply_theme
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.gui.play.author_ledger import Ledger
from tests.support.studio_stage import Stage

CONTROL = Qt.KeyboardModifier.ControlModifier

PLACES = (QTextCursor.MoveOperation.Start, QTextCursor.MoveOperation.End)

Deed = tuple[str, int, int]
"""A thing that the author does, and two numbers that say which of what there is."""


class Author:
    """Does one deed after the other, and tells the ledger what ought to come of it."""

    def __init__(self, stage: Stage, ledger: Ledger, novel_ids: list[str]) -> None:
        self.stage, self.ledger, self.novel_ids = stage, ledger, novel_ids
        self._window = stage.window

    async def do(self, deed: Deed) -> None:
        """Does a deed, or nothing where it cannot be done now."""
        name, which, how = deed
        if QApplication.activeModalWidget() is not None and name != "answer":
            await self._answer(0, 1)
        await getattr(self, f"_{name}")(which, how)
        for _ in range(how % 3):
            await asyncio.sleep(0)

    # --- seeing ---

    def count(self, what: str) -> None:
        """Notes that something was really done: most deeds cannot be done everywhere."""
        self.ledger.counts[what] += 1

    @property
    def _view(self) -> Any:
        return self._window.chapter_view

    def _shown(self) -> int | None:
        """The chapter that the page says it shows, if its text can be typed into."""
        view = self._view
        if not (self._window.is_in_studio and view.isVisible() and view.shows_text):
            return None
        chapter_id = view.chapter_id
        assert chapter_id in self.ledger.chapters
        return int(chapter_id)

    def _project_of(self, chapter_id: int) -> str:
        return self.ledger.chapters[chapter_id].project_id

    def live(self) -> set[int]:
        """The chapters that may get another text by themselves."""
        unfinished = self._view.unfinished if self._window.chapter_parts.made else None
        return {
            chapter_id
            for chapter_id in self.ledger.chapters
            if unfinished is not None
            and (unfinished.live(chapter_id) or unfinished.draft(chapter_id))
        }

    # --- typing ---

    async def _type(self, which: int, how: int) -> None:
        if which % 3 == 0 and self._window.is_in_studio:
            self._window.show_chapters()
            if self._window.chapter_stage.shows_candidates and which % 2:
                self._window.candidate_page.left.emit()
        chapter_id = self._shown()
        if chapter_id is not None:
            await self._type_into(self.stage.editor(), chapter_id, which, how)

    async def _type_beside(self, which: int, how: int) -> None:
        chapters = self._window.chapter_parts.made
        if chapters is None or not chapters.panes.is_open:
            return
        editor = self._window.second_pane.editor
        if editor.isVisible() and not editor.isReadOnly() and editor.chapter_id is not None:
            await self._type_into(editor, editor.chapter_id, which, how)

    async def _type_into(self, editor: Any, chapter_id: int, which: int, how: int) -> None:
        assert isinstance(editor, ChapterEditor)
        assert self._project_of(chapter_id) == self.stage.studio.library.project_id, (
            "a chapter of a novel that is not open can be typed into"
        )
        word = self.ledger.next_word()
        self.count("typed beside" if editor is not self.stage.editor() else "typed")
        editor.setFocus()
        if not editor.hasFocus():
            self.count("no focus")
            return
        if which % 4 < 2:
            editor.moveCursor(PLACES[which % 2])
        elif which % 4 == 2:
            cursor = editor.textCursor()
            cursor.setPosition((which * 7919) % (editor.document().characterCount()))
            editor.setTextCursor(cursor)
        if how % 4 == 3:
            QTest.keyClick(editor, Qt.Key.Key_Return)
        for letter in word:
            QTest.keyClicks(editor, letter)
            self._cut_words(chapter_id, editor.stored_text())
            if how % 5 == 4:
                await asyncio.sleep(0)
                if editor.chapter_id != chapter_id or editor.isReadOnly():
                    break
        else:
            if word in editor.stored_text():
                self.ledger.typed(chapter_id, word, editor.stored_text())
                return
            raise AssertionError(f"{word} was typed and is not shown")
        self.ledger.free(chapter_id)

    def _cut_words(self, chapter_id: int, text: str) -> None:
        """A word in whose middle the author typed is none any more."""
        chapter = self.ledger.chapters[chapter_id]
        chapter.words -= {word for word in chapter.words if word not in "".join(text.split())}

    async def _begin_by_typing(self, which: int, _how: int) -> None:
        view = self._view
        if not (self._window.is_in_studio and view._planned.isVisible()):
            return
        chapter_id, word = view.chapter_id, self.ledger.next_word()
        view._planned.setFocus()
        QTest.keyClicks(view._planned, word[0])
        if view._page.shows_plan:
            return
        QTest.keyClicks(self.stage.editor(), word[1:])
        self.ledger.typed(chapter_id, word, view.stored_text())

    async def _undo(self, which: int, how: int) -> None:
        chapter_id = self._shown()
        if chapter_id is None:
            return
        editor = self.stage.editor()
        for _ in range(1 + how % 3):
            QTest.keyClick(editor, Qt.Key.Key_Z if which % 3 else Qt.Key.Key_Y, CONTROL)
        self.ledger.stands(chapter_id, self._view.stored_text(), undone=True)

    async def _leave_focus(self, which: int, _how: int) -> None:
        (self._window.project_tree if which % 2 else self._window.statusBar()).setFocus()

    def _application(self) -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return application

    # --- going about ---

    async def _go_to_chapter(self, which: int, how: int) -> None:
        library = self.stage.studio.library
        if library.contents is None or not self._window.is_in_studio:
            return
        chapters = library.contents.chapters
        chapter = chapters[which % len(chapters)]
        if how % 2:
            library.go_to(library.contents.project.id, chapter.id)
        else:
            self._window.project_tree.chapter_opened.emit(chapter.id)
        if how % 4 == 0:
            await self._until_settled()

    async def _go_to_novel(self, which: int, how: int) -> None:
        novel_id = self.novel_ids[which % len(self.novel_ids)]
        if how % 2:
            self._window.actions_.home.trigger()
        self.stage.studio.library.open_novel(novel_id)
        if how % 4 < 2:
            await self._until_settled()

    async def _open_beside(self, which: int, how: int) -> None:
        contents = self.stage.studio.library.contents
        if contents is None or not self._window.is_in_studio:
            return
        if how % 4 == 3:
            self._window.actions_.second_pane.trigger()
            return
        self._window.project_tree.second_pane_requested.emit(
            contents.chapters[which % len(contents.chapters)].id
        )
        if how % 2:
            await self._until_settled()

    async def _change_look(self, which: int, _how: int) -> None:
        if which % 2:
            apply_theme(self._application(), list(ColourScheme)[which % 3])
        else:
            languages = list(InterfaceLanguage)
            settings = self.stage.studio._desks.settings
            settings._translations.apply(languages[which % len(languages)])

    async def _turn_stage(self, which: int, _how: int) -> None:
        if self._window.is_in_studio:
            stages = list(BookStage)
            self._window.workspace.show_stage(stages[which % len(stages)])

    async def _come_back_to_text(self, _which: int, _how: int) -> None:
        if self._window.is_in_studio:
            self._window.show_chapters()

    # --- waiting and answering ---

    async def settle(self) -> None:
        """Saves what was typed, and waits until all that was asked for is done and shown."""
        if self._window.chapter_parts.made:
            self._view.flush_edits()
        await self._until_settled()
        if self._window.chapter_parts.made:
            await self.stage.until(lambda: not self._view.has_unsaved_edits(), "all is saved")

    async def _until_settled(self) -> None:
        for _ in range(4):
            await self.stage.studio._operations.settled()
            await self.stage.studio._operations.call(lambda: None)

    async def _wait(self, which: int, _how: int) -> None:
        await self._until_settled()

    async def _answer(self, which: int, _how: int) -> None:
        """Answers whatever dialog is open: no, or yes."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QMessageBox):
            buttons = dialog.buttons()
            if which % 2 == 0 or len(buttons) < 2:
                dialog.reject() if len(buttons) > 1 else buttons[0].click()
            else:
                self.ledger.free(*self._all_of_open())
                buttons[0].click()
        elif dialog is not None and hasattr(dialog, "reject"):
            dialog.reject()
        await self._until_settled()

    def _all_of_open(self) -> list[int]:
        open_id = self.stage.studio.library.project_id
        return [n for n, each in self.ledger.chapters.items() if each.project_id == open_id]
