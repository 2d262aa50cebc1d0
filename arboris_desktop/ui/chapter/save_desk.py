"""Connects saving: what the author types reaches the database, or is kept elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.errors import ArborisError, ErrorKind, NotFoundError
from arboris_desktop.domain.novel import ChapterOverview, ChapterVersion
from arboris_desktop.domain.rescue import RescuedText, UnsavedTextError
from arboris_desktop.domain.writing_days import NotTyped, NotTypedWords
from arboris_desktop.ui.chapter.rescue_dialog import RescueAnswer, RescueDialog
from arboris_desktop.ui.chapter.unsaved_dialog import LeaveAnswer, UnsavedDialog
from arboris_desktop.ui.chapter.unstored_texts import UnstoredTexts
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import ask, chosen_file
from arboris_desktop.ui.widgets.file_dialog import dialog_to_save
from arboris_desktop.ui.wording import error_sentence, kind_of, words_of
from arboris_desktop.ui.work.desk import Desk, spawned
from arboris_desktop.writing.editing import Editing, SavedText
from arboris_desktop.writing.rescue import Rescue, write_copy

if TYPE_CHECKING:
    from arboris_desktop.ui.chapter.view import ChapterView
    from arboris_desktop.ui.frame.chapter_parts import ChapterParts

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 15.0
"""Seconds that closing waits for an unresponsive disk. A locked file is reported after five."""


class SaveDesk(Desk):
    """Saves the view's edits in order.

    A text that cannot be saved is written to a file beside the database at once, so that neither a
    crash nor the end of the session can lose it.
    """

    saved = Signal(object)
    """A ``SavedText``: the author's, and the version that now holds it."""

    draft_stored = Signal(int)
    """A chapter now has the draft that could not be stored before."""

    chapter_requested = Signal(str, int)
    """The project and chapter into which a text was restored."""

    def __init__(
        self, window: MainWindow, editing: Editing, rescue: Rescue, operations: Operations
    ) -> None:
        super().__init__(window)
        self._window = window
        self._editing = editing
        self._rescue = rescue
        self._operations = operations
        self._bases: dict[int, ChapterVersion] = {}
        self._typed_in: set[int] = set()
        self._places: dict[int, tuple[str, ChapterOverview]] = {}
        self._failures: dict[int, Exception] = {}
        self._aside: dict[str, Path] = {}
        self._unstored = UnstoredTexts(window, rescue, operations, self._save_copy)
        self._unstored.failed.connect(self.failed)
        self._unstored.stored.connect(self.draft_stored)
        self._not_typed = NotTypedWords()
        window.chapter_parts.when_made(self._listen)

    def _listen(self, chapters: ChapterParts) -> None:
        chapters.view.text_replaced.connect(self._not_typed.note)
        chapters.view.text_changed_by_author.connect(self.save)

    @property
    def _view(self) -> ChapterView:
        return self._window.chapter_view

    def _unsaved_texts(self) -> dict[int, str]:
        chapters = self._window.chapter_parts.made
        return chapters.view.unsaved_texts() if chapters else {}

    # --- saving ---

    def note_chapter(self, novel: str, overview: ChapterOverview) -> None:
        """Records to which novel an editable chapter belongs."""
        self._places[overview.id] = (novel, overview)

    def note_base(self, chapter_id: int, version: ChapterVersion | None) -> None:
        """Records which text the author sees, on which edits are based."""
        if version is not None:
            self._bases[chapter_id] = version
        self._typed_in.discard(chapter_id)

    def base(self, chapter_id: int) -> ChapterVersion | None:
        """Returns the text on which the author's edits are based, as far as it is saved."""
        return self._bases.get(chapter_id)

    def has_typed_in(self, chapter_id: int) -> bool:
        """True if the author has changed the chapter since its text was last shown."""
        return chapter_id in self._typed_in

    @Slot(int, str)
    def save(self, chapter_id: int, text: str) -> None:
        """Saves a chapter's text, and reports the result to the view."""
        not_typed = self._not_typed.take(chapter_id)
        saving = self._operations.call(lambda: self._save_now(chapter_id, text, not_typed))
        self.spawn(self._follow(chapter_id, not_typed, saving))

    def _save_now(self, chapter_id: int, text: str, not_typed: NotTyped) -> SavedText:
        """Runs on the operations' thread, where saves are sequential: each is based on the version
        of the previous one."""
        try:
            base = self._bases.get(chapter_id)
            saved = self._editing.store(chapter_id, text, base, not_typed)
        except Exception:
            # Here, not when the window hears of it: the process may be gone by then.
            self._put_aside(chapter_id, text)
            raise
        self._bases[chapter_id] = saved.version
        self._typed_in.add(chapter_id)
        rescued = self._rescued(chapter_id, text)
        if self._aside.pop(rescued.key, None) is not None:
            self._rescue.forget(rescued)
        return saved

    def _put_aside(self, chapter_id: int, text: str) -> None:
        rescued = self._rescued(chapter_id, text)
        try:
            self._aside[rescued.key] = self._rescue.keep(rescued)
        except ArborisError as error:
            log.warning("what cannot be saved cannot be put aside either: %s", error)
            self._aside.pop(rescued.key, None)

    async def _follow(
        self, chapter_id: int, not_typed: NotTyped, saving: Awaitable[SavedText]
    ) -> None:
        try:
            saved = await saving
        except NotFoundError:
            # It was deleted meanwhile. Its rescue file is offered at the next start.
            self._not_typed.give_back(chapter_id, not_typed)
            self._view.give_up(chapter_id)
        except Exception as error:
            self._not_typed.give_back(chapter_id, not_typed)
            self._failures[chapter_id] = error
            self._view.save_failed(chapter_id, words_of(error).what_happened)
        else:
            self._failures.pop(chapter_id, None)
            self._view.text_saved(saved.version)
            self.saved.emit(saved)

    def _rescued(self, chapter_id: int, text: str) -> RescuedText:
        novel, chapter = self._places[chapter_id]
        return RescuedText(
            chapter_id,
            chapter.project_id,
            chapter.number,
            novel,
            chapter.title,
            text,
            utc_now(),
            label=chapter.label,
        )

    def keep_unstored(self, error: UnsavedTextError) -> None:
        """Takes care of a model's text that could not be stored."""
        self._unstored.note(error)

    # --- leaving ---

    async def may_leave(self) -> bool:
        """Saves everything; the author decides on what cannot be saved.

        Returns false if they stay.
        """
        note = ""
        while unsaved := await self._save_all():
            self._window.raise_window()
            answer = await self._ask_to_leave(unsaved, note)
            if answer is LeaveAnswer.SAVE_COPY:
                note = await self._save_copy(unsaved)
            elif answer is not LeaveAnswer.TRY_AGAIN:
                return answer is LeaveAnswer.QUIT
        return True

    async def _save_all(self) -> list[RescuedText]:
        """Saves every edit; returns those that failed, or took too long."""
        self._window.flush_edits()
        if self._unsaved_texts():
            # Without edits nothing is awaited: a long import delays nobody.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    await self._until_tried()
        unsaved = self._unsaved_texts()
        typed = [self._rescued(chapter_id, text) for chapter_id, text in unsaved.items()]
        return [*typed, *self._unstored.nowhere()]

    async def _until_tried(self) -> None:
        """Waits until each edit is saved or has failed; the author may continue to type."""
        await self._operations.call(lambda: None)
        while self._unsaved_texts().keys() - self._failures.keys():
            self._window.flush_edits()
            await self._operations.call(lambda: None)

    async def _ask_to_leave(self, unsaved: list[RescuedText], note: str) -> LeaveAnswer:
        failures = [self._failures.get(each.chapter_id) for each in unsaved]
        known = next((error for error in failures if error is not None), None)
        # None has failed: another process locks the file, or the disk does not respond.
        kind = ErrorKind.DATABASE_LOCKED if known is None else kind_of(known)
        dialog = UnsavedDialog(unsaved, kind, self._folders_of(unsaved), note, self._window)
        try:
            await ask(dialog)
            return dialog.answer()
        finally:
            dialog.deleteLater()

    def _folders_of(self, unsaved: list[RescuedText]) -> set[Path]:
        """Returns the folders with the rescue files of all of them; none if any is missing."""
        aside = [self._aside.get(each.key) for each in unsaved]
        return {file.parent for file in aside if file is not None} if all(aside) else set()

    def put_all_aside(self) -> None:
        """Handles the end of the session: writes rescue files before it returns, then starts
        saving.

        These are a few small files; there may be no later moment.
        """
        for chapter_id, text in self._unsaved_texts().items():
            self._put_aside(chapter_id, text)
        self._window.flush_edits()

    async def _save_copy(self, texts: list[RescuedText]) -> str:
        """Lets the author choose a file for them; returns the result in words."""
        dialog = dialog_to_save(
            self._window,
            self.tr("Save a copy"),
            self.tr("Plain text (*.txt)"),
            "txt",
            f"{texts[0].novel} {texts[0].number}.txt".replace("/", " "),
        )
        if (path := await chosen_file(dialog)) is None:
            return ""
        try:
            await self.in_background(lambda: write_copy(path, texts))
        except ArborisError as error:
            return error_sentence(error.kind).as_paragraph()
        return self.tr("A copy is in {path}.").format(path=path)

    # --- the next start ---

    @spawned
    async def start(self) -> None:
        """Offers what an earlier run could not save."""
        for rescued in await self._operations.call(self._rescue.found):
            await self._offer_one(rescued)

    async def _offer_one(self, rescued: RescuedText) -> None:
        note = ""
        while True:
            dialog = RescueDialog(rescued, note, self._window)
            try:
                await ask(dialog)
                answer = dialog.answer()
            finally:
                dialog.deleteLater()
            if answer is RescueAnswer.SAVE_COPY:
                note = await self._save_copy([rescued])
                continue
            if answer is RescueAnswer.DISCARD:
                await self._operations.call(lambda: self._rescue.forget(rescued))
            elif answer is RescueAnswer.PUT_BACK:
                note = await self._put_back(rescued)
                if note:
                    continue
            return

    async def _put_back(self, rescued: RescuedText) -> str:
        """Restores a text and shows the chapter; otherwise says why it cannot be done."""
        try:
            await self._operations.call(lambda: self._rescue.put_back(rescued))
        except NotFoundError:
            return self.tr("The chapter no longer exists. A copy of the text can still be saved.")
        except ArborisError as error:
            return error_sentence(error.kind).as_paragraph()
        self.chapter_requested.emit(rescued.project_id, rescued.chapter_id)
        self.draft_stored.emit(rescued.chapter_id)
        return ""
