"""One text in both panes: what is typed in one appears in the other."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.view import ChapterView

_FOLLOW_MS = 100
"""Milliseconds until the other pane follows; in any case it does before it gets focus."""


class SharedText(QObject):
    """Treats what is typed in the second pane as the first pane's own, and keeps a chapter in both
    panes in the same state."""

    def __init__(self, view: ChapterView, editor: ChapterEditor) -> None:
        super().__init__(editor)
        self._view, self._editor = view, editor
        self._to_view = self._timer(self._bring_to_view)
        self._to_editor = self._timer(self._bring_to_editor)
        editor.edited.connect(self._note_edit)
        view.text_edited.connect(self._note_edit_in_view)
        view.text_left.connect(self._bring_to_editor)

    def settle(self) -> None:
        """Applies to the first pane at once what was typed in the second."""
        if self._to_view.isActive():
            self._bring_to_view()

    def _timer(self, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_FOLLOW_MS)
        timer.timeout.connect(slot)
        return timer

    @Slot()
    def _note_edit(self) -> None:
        if (typed_in := self._editor.chapter_id) is None:
            return
        self._view.edits.touch(typed_in, self._editor.stored_text)
        if self._view.chapter_id == typed_in and not self._to_view.isActive():
            self._to_view.start()

    @Slot(int)
    def _note_edit_in_view(self, chapter_id: int) -> None:
        if self._editor.chapter_id == chapter_id and not self._to_editor.isActive():
            self._to_editor.start()

    @Slot()
    def _bring_to_view(self) -> None:
        self._to_view.stop()
        if (typed_in := self._editor.chapter_id) is not None:
            self._view.follow_edit(typed_in, self._editor.stored_text())

    @Slot()
    def _bring_to_editor(self) -> None:
        self._to_editor.stop()
        if self._view.shows_text and self._editor.chapter_id == self._view.chapter_id:
            self._editor.follow_text(self._view.stored_text())
