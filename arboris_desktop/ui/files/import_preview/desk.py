"""Connects the preview of an import: reads the file again for each correction, off the GUI
thread."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import ArborisError, RuleError
from arboris_desktop.exchange.correction import Correction
from arboris_desktop.exchange.preview import BookFile, ImportPreview
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.files.import_preview.dialog import ImportPreviewDialog
from arboris_desktop.ui.files.import_preview.words import pattern_problem
from arboris_desktop.ui.widgets.dialogs import agreed
from arboris_desktop.ui.wording import words_of
from arboris_desktop.ui.work.desk import Desk

_SAMPLE_LINES = 400
"""Characters of a chapter that are shown."""

_Previews = tuple[ImportPreview, ImportPreview]
"""The preview with all headings found, and the corrected one."""


async def correct(
    file: BookFile, operations: Operations, parent: QWidget, *, appends: bool = False
) -> Correction | None:
    """Shows the file until the author wants it imported, or appended; ``None`` if not.

    Raises ``ArborisError`` for a file that cannot be read, in whatever encoding.
    """
    first: _Previews | ArborisError
    try:
        first = await operations.call(lambda: _previews(file, Correction()))
    except ArborisError as error:
        if not await operations.call(file.has_encoding):
            raise
        first = error
    has_encoding = await operations.call(file.has_encoding)
    dialog = ImportPreviewDialog(
        file.stem if file.others else file.path.name,
        has_encoding=has_encoding,
        appends=appends,
        parent=parent,
    )
    answers = _Answers(dialog, file, operations)
    answers.answer(first)
    try:
        return dialog.correction if await agreed(dialog) else None
    finally:
        await answers.stop()


def _previews(file: BookFile, correction: Correction) -> _Previews:
    found = file.preview(replace(correction, unticked=frozenset()))
    return found, file.preview(correction) if correction.unticked else found


class _Answers(Desk):
    """Answers what the dialog requests; only the answer to the newest request is shown."""

    def __init__(self, dialog: ImportPreviewDialog, file: BookFile, operations: Operations) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._file = file
        self._operations = operations
        dialog.changed.connect(self._look_again)
        dialog.sample_wanted.connect(self._read_sample)

    def answer(self, found: _Previews | Exception) -> None:
        """Shows what was found, or why there is nothing to show."""
        if isinstance(found, Exception):
            self._dialog.show_problem(_words_of(found))
        else:
            self._dialog.show_preview(*found)

    @Slot(object)
    def _look_again(self, correction: Correction) -> None:
        self.spawn_newest("preview", self._preview(correction))

    async def _preview(self, correction: Correction) -> None:
        try:
            self.answer(await self._operations.call(lambda: _previews(self._file, correction)))
        except Exception as error:
            self.answer(error)

    @Slot(int, object)
    def _read_sample(self, first: int, stop: int | None) -> None:
        self.spawn_newest("sample", self._show_sample(first, stop))

    async def _show_sample(self, first: int, stop: int | None) -> None:
        correction = self._dialog.correction
        end = first + _SAMPLE_LINES if stop is None else min(stop, first + _SAMPLE_LINES)
        try:
            lines = await self._operations.call(
                lambda: self._file.text_below(first, end, correction)
            )
        except Exception:
            return  # The preview says what is wrong with the file.
        self._dialog.show_sample(first, lines, is_cut=len(lines) == _SAMPLE_LINES)


def _words_of(error: Exception) -> str:
    if isinstance(error, RuleError):
        return pattern_problem(error.message)
    words = words_of(error)
    return in_a_row(words.what_happened, words.what_to_do)
