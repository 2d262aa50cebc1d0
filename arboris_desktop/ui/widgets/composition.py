"""Composition by an input method as one step to undo, with what it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit


class Composition:
    """Joins the changes of a text between the first letter that is composed and the last word that
    is handed over.

    Qt takes a selection away when composing begins, and puts the words there when it ends: left to
    itself, these are two steps.
    """

    def __init__(self, editor: QTextEdit | QPlainTextEdit) -> None:
        self._editor = editor
        self._is_composing = False
        self._steps: int | None = None
        """The steps that could be undone after the last change of what is composed now."""

    @property
    def is_under_way(self) -> bool:
        """True from the first letter on until the words are handed over."""
        return self._is_composing

    @contextmanager
    def step(self, event: QInputMethodEvent) -> Iterator[None]:
        """Lets Qt answer the event, as a part of the step that the composition is."""
        document = self._editor.document()
        before, is_end = document.availableUndoSteps(), not event.preeditString()
        goes_on = self._is_composing and self._steps is not None and self._steps == before
        cursor = self._editor.textCursor()
        if joins := goes_on and bool(event.commitString()):
            cursor.joinPreviousEditBlock()
        try:
            yield
        finally:
            if joins:
                cursor.endEditBlock()
        self._is_composing = not is_end
        if is_end:
            self._steps = None
        elif joins or document.availableUndoSteps() != before:
            self._steps = document.availableUndoSteps()
        elif not goes_on:
            self._steps = None
