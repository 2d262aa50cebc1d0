"""The actions that switch the visual writing aids, whose state a window stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from arboris_desktop.ui.chapter.text_focus import TextFocus

if TYPE_CHECKING:
    from arboris_desktop.ui.frame.chapter_parts import ChapterParts
    from arboris_desktop.ui.main_window import MainWindow

_WITHOUT_NAMES = "without-names"


class WritingAidActions(QObject):
    """Either the paragraph or the sentence is in focus, or neither."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._actions, self._chapters = window.actions_, window.chapter_parts
        self._actions.focus_paragraph.toggled.connect(self._choose_paragraph)
        self._actions.focus_sentence.toggled.connect(self._choose_sentence)
        self._chapters.when_made(self._begin)

    def _begin(self, chapters: ChapterParts) -> None:
        """Applies choices made before there was a page, and follows later ones."""
        chapters.view.set_typewriter(self._actions.typewriter.isChecked())
        chapters.view.set_text_focus(self._focus())
        self._actions.typewriter.toggled.connect(chapters.view.set_typewriter)

    def state(self) -> str:
        """The aids that are on, to be stored."""
        typewriter = "typewriter" if self._actions.typewriter.isChecked() else ""
        names = "" if self._actions.codex_names.isChecked() else _WITHOUT_NAMES
        return f"{typewriter} {self._focus().value} {names}"

    def restore(self, state: str) -> None:
        """Switches on the stored aids."""
        words = state.split()
        self._actions.typewriter.setChecked("typewriter" in words)
        self._actions.codex_names.setChecked(_WITHOUT_NAMES not in words)
        self._actions.focus_paragraph.setChecked(TextFocus.PARAGRAPH.value in words)
        self._actions.focus_sentence.setChecked(TextFocus.SENTENCE.value in words)

    def _focus(self) -> TextFocus:
        if self._actions.focus_sentence.isChecked():
            return TextFocus.SENTENCE
        is_paragraph = self._actions.focus_paragraph.isChecked()
        return TextFocus.PARAGRAPH if is_paragraph else TextFocus.EVERYTHING

    @Slot(bool)
    def _choose_paragraph(self, on: bool) -> None:
        if on:
            self._actions.focus_sentence.setChecked(False)
        self._show_focus()

    @Slot(bool)
    def _choose_sentence(self, on: bool) -> None:
        if on:
            self._actions.focus_paragraph.setChecked(False)
        self._show_focus()

    def _show_focus(self) -> None:
        if chapters := self._chapters.made:
            chapters.view.set_text_focus(self._focus())
