"""Connects spelling: visible text is judged by the dictionary and the words of the open novel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu

from arboris_desktop.background.operations import Operations
from arboris_desktop.background.pool import Pool
from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.settings import SpellingSettings
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.spelling.menu import SpellingMenu
from arboris_desktop.ui.widgets.dialogs import agreed, chosen_file
from arboris_desktop.ui.widgets.file_dialog import file_dialog
from arboris_desktop.ui.work.desk import spawned
from arboris_desktop.writing.spelling.judge import Judge
from arboris_desktop.writing.spelling.spelling import NovelSpelling, Spelling, usual_dictionary

if TYPE_CHECKING:
    from arboris_desktop.ui.chapter.editor.marked_text import MarkedText
    from arboris_desktop.ui.chapter.editor.spelling_marks import SpellingMarks

_PATIENCE_MS = 30_000
"""Seconds; loading a dictionary cannot be cancelled, and takes half a second on a fast machine."""


class SpellingDesk(NovelDesk):
    """Judges words on a thread of its own, one paragraph after the other, wherever the author
    types: in the first pane, and in any other text that it is given."""

    shows = Changes(novel=True, codex=True)

    def __init__(self, window: MainWindow, spelling: Spelling, operations: Operations) -> None:
        super().__init__(window)
        self._window, self._marks = window, [window.chapter_view.spelling]
        self._spelling, self._operations = spelling, operations
        self._judge, self._pool = Judge(), Pool(1, self)
        self._settings, self._shown = SpellingSettings(), NovelSpelling("", "")
        self._menu = SpellingMenu(window.edit_menu)
        window.edit_menu.addMenu(self._menu)
        self._connect()

    def _connect(self) -> None:
        menu = self._menu
        self._listen_to(self._marks[0])
        menu.checking_switched.connect(self._switch)
        menu.dictionary_chosen.connect(self._choose)
        menu.words_requested.connect(self._edit_words)
        menu.folder_requested.connect(self._add_folder)

    def _listen_to(self, marks: SpellingMarks) -> None:
        marks.wanted.connect(lambda texts: self._look_at(marks, texts))
        marks.suggestions_wanted.connect(lambda word, menu: self._suggest(marks, word, menu))
        marks.word_added.connect(self._add_word)

    @Slot(object)
    def judge_too(self, text: MarkedText) -> None:
        """Also judges the words of another text."""
        self._marks.append(text.spelling)
        self._listen_to(text.spelling)
        text.spelling.switch(self._is_on)

    @property
    def _is_on(self) -> bool:
        return self._marks[0].is_on

    def _switch_marks(self, on: bool) -> None:
        for marks in self._marks:
            marks.switch(on)

    @Slot()
    def refresh(self) -> None:
        """Reads again which words are right in the novel."""
        if self._novel is not None:
            self._novel.spawn(self._read(self._novel))

    async def _read(self, novel: OpenNovel) -> None:
        settings, shown = await novel.call(
            lambda: (self._spelling.settings(), self._spelling.of_novel(novel.id))
        )
        names = await self._pool.call(lambda: self._judge.names(settings.folders))
        self._menu.menuAction().setEnabled(True)
        self._menu.show_state(
            names,
            checks=settings.checks,
            chosen=shown.chosen,
            usual=usual_dictionary(novel.language),
        )
        if (settings, shown) != (self._settings, self._shown) or not self._is_on:
            self._settings, self._shown = settings, shown
            await self._begin()

    async def _begin(self) -> None:
        settings, shown = self._settings, self._shown
        # Sent before anything that the marks request.
        prepared = self._pool.call(
            lambda: self._judge.prepare(shown.dictionary, settings.folders, shown.known)
        )
        self._switch_marks(settings.checks and bool(shown.dictionary))
        await prepared

    def end_novel(self) -> None:
        """Stops judging."""
        super().end_novel()
        self._shown = NovelSpelling("", "")
        self._switch_marks(False)
        self._menu.menuAction().setEnabled(False)

    async def stop(self) -> None:
        """Waits for what is being judged."""
        self._switch_marks(False)
        await super().stop()
        self._pool.wait(_PATIENCE_MS)

    # --- words ---

    @spawned
    async def _look_at(self, marks: SpellingMarks, texts: tuple[str, ...]) -> None:
        try:
            marks.learn(await self._pool.call(lambda: self._judge.faults(texts)))
        except ArborisError:
            self._give_up()

    def _give_up(self) -> None:
        """Stops judging by a dictionary that cannot be read."""
        self._switch_marks(False)
        words = self.tr("The dictionary {name} cannot be read: words are not checked.")
        self._window.tell(words.format(name=self._shown.dictionary))

    @spawned
    async def _suggest(self, marks: SpellingMarks, word: str, menu: QMenu) -> None:
        try:
            marks.offer(menu, await self._pool.call(lambda: self._judge.suggestions(word)))
        except ArborisError:
            self._give_up()

    @Slot(str)
    def _add_word(self, word: str) -> None:
        if (novel := self._novel) is not None:
            self._change(lambda: self._spelling.add_word(novel.id, word))

    # --- the menu ---

    @Slot(bool)
    def _switch(self, on: bool) -> None:
        settings = replace(self._settings, checks=on)
        self._change(lambda: self._spelling.set(settings))

    @Slot(str)
    def _choose(self, dictionary: str) -> None:
        if (novel := self._novel) is not None:
            self._change(lambda: self._spelling.choose(novel.id, dictionary))

    @once_of_novel
    async def _edit_words(self, novel: OpenNovel) -> None:
        dialog = QInputDialog(self._window)
        dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
        dialog.setWindowTitle(self.tr("The Novel’s Own Words"))
        dialog.setLabelText(
            self.tr(
                "Words that are right in this novel, one per line. Names in the codex are "
                "right already."
            )
        )
        dialog.setTextValue("\n".join(self._shown.own_words))
        dialog.setOkButtonText(self.tr("Save"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        if await agreed(dialog):
            words = dialog.textValue().splitlines()
            self._change(lambda: self._spelling.set_words(novel.id, words))

    @once_of_novel
    async def _add_folder(self, novel: OpenNovel) -> None:
        dialog = file_dialog(self._window, self.tr("A Folder of Dictionaries"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        if (folder := await chosen_file(dialog)) is not None:
            folders = tuple(dict.fromkeys((*self._settings.folders, str(folder))))
            settings = replace(self._settings, folders=folders)
            self._change(lambda: self._spelling.set(settings))

    @of_novel
    async def _change(self, novel: OpenNovel, change: Callable[[], None]) -> None:
        await novel.call(change)
        self.refresh()
