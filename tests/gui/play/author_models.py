"""Deeds with a model: it is asked, and the author decides on its words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from arboris_desktop.domain.revision import RevisionKind
from arboris_desktop.ui.chapter.generate_dialog import GenerateDialog
from arboris_desktop.ui.continuation.bar import ContinuationBar
from arboris_desktop.ui.revision.panel import RevisionPanel
from arboris_desktop.ui.widgets.dialogs import OkCancel
from tests.gui.play.author_hands import Author
from tests.support.studio_stage import child


class ModelAuthor(Author):
    """Asks for chapters, continuations and revisions, and decides on them."""

    # --- the model ---

    async def _generate(self, which: int, how: int) -> None:
        chapter_id = self._view.chapter_id if self._window.is_in_studio else None
        if chapter_id is None:
            return
        self._window.actions_.generate.trigger()
        await self._until_settled()
        for dialog in self._window.findChildren(GenerateDialog):
            if dialog.isVisible():
                self.ledger.free(chapter_id)
                self.count("generated")
                QTest.mouseClick(child(dialog, OkCancel).ok, Qt.MouseButton.LeftButton)

    async def _stop(self, _which: int, _how: int) -> None:
        self._window.actions_.stop.trigger()

    async def _decide_draft(self, which: int, _how: int) -> None:
        view = self._view
        chapter_id = view.chapter_id
        if chapter_id is None or not view._banner.isVisible():
            return
        banner = view._banner
        signals = (banner._keep, banner._continue, banner._discard, banner._retry)
        button = signals[which % 4]
        if button.isVisible() and button.isEnabled():
            self.ledger.free(chapter_id)
            self.count("draft")
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    async def _decide_candidates(self, which: int, how: int) -> None:
        if not (self._window.is_in_studio and self._window.chapter_stage.shows_candidates):
            return
        page = self._window.candidate_page
        columns = list(page.columns.values())
        if not columns:
            return
        column = columns[which % len(columns)]
        assert page._state is not None
        self.ledger.free(page._state.chapter.id)
        self.count("candidates")
        signals = (page.chosen, page.chosen, page.stopped, page.kept, page.discarded, page.retried)
        if how % 7 == 6:
            page.put_aside.emit()
        else:
            signals[how % 6].emit(column.candidate_id)

    async def _continue_here(self, which: int, how: int) -> None:
        if self._shown() is None or not self._window.actions_.continue_here.isEnabled():
            return
        self._window.actions_.continue_here.trigger()
        if (bar := self._window.findChild(ContinuationBar)) and bar.isVisible() and how % 4:
            self.count("continued")
            QTest.mouseClick(bar._another, Qt.MouseButton.LeftButton)

    async def _decide_continuation(self, which: int, _how: int) -> None:
        chapter_id = self._shown()
        bar = self._window.findChild(ContinuationBar)
        if chapter_id is None or bar is None or not bar.isVisible():
            return
        editor = self.stage.editor()
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_Tab if which % 2 else Qt.Key.Key_Escape)
        self.count("continuation decided")
        self._cut_words(chapter_id, self._view.stored_text())
        self.ledger.stands(chapter_id, self._view.stored_text())

    async def _revise(self, which: int, how: int) -> None:
        chapter_id = self._shown()
        text = self._view.current_text() if chapter_id is not None else ""
        if len(text) < 4:
            return
        cursor = self.stage.editor().textCursor()
        start = which % max(1, self.stage.editor().document().characterCount() - 3)
        cursor.setPosition(start)
        last = self.stage.editor().document().characterCount() - 1
        cursor.setPosition(min(last, start + 30), QTextCursor.MoveMode.KeepAnchor)
        self.stage.editor().setTextCursor(cursor)
        self._window.revision_menu.kind_chosen.emit(list(RevisionKind)[how % 3])

    async def _decide_revision(self, which: int, _how: int) -> None:
        chapter_id = self._shown()
        panel = self._window.findChild(RevisionPanel)
        if chapter_id is None or panel is None or not panel._apply.isVisible():
            return
        before = self._view.stored_text()
        self.count("revision decided")
        button = panel._apply if which % 2 else panel._reject
        if button.isEnabled():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        after = self._view.stored_text()
        if button is panel._reject:
            assert before == after
        self.ledger.stands(chapter_id, after, undone=True)
