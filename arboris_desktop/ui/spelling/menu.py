"""The menu of spelling: the dictionary, and words that are right besides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.mnemonics import literal
from arboris_desktop.writing.spelling.spelling import NO_DICTIONARY


class SpellingMenu(Translated, QMenu):
    """Offers the available dictionaries."""

    checking_switched = Signal(bool)
    dictionary_chosen = Signal(str)
    """The name of a dictionary, ``NO_DICTIONARY``, or empty for that of the novel's language."""
    words_requested = Signal()
    folder_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chosen, self._usual = "", ""
        self._check = self.addAction("")
        self._check.setCheckable(True)
        self._check.toggled.connect(self._tell_switched)
        self.addSeparator()
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._choose)
        self._below = self.addSeparator()
        self._words, self._folder = self.addAction(""), self.addAction("")
        self._words.triggered.connect(self.words_requested)
        self._folder.triggered.connect(self.folder_requested)
        self._retranslate()

    def show_state(self, names: Sequence[str], *, checks: bool, chosen: str, usual: str) -> None:
        """Offers these dictionaries; ``usual`` is that of the novel's language, if it has one."""
        self._chosen, self._usual = chosen, usual
        self._check.blockSignals(True)
        self._check.setChecked(checks)
        self._check.blockSignals(False)
        for action in self._group.actions():
            self._group.removeAction(action)
            self.removeAction(action)
            action.deleteLater()
        for name in ("", NO_DICTIONARY, *names):
            self._add(name)

    def _add(self, name: str) -> None:
        action = QAction(literal(self._words_of(name)), self)
        action.setCheckable(True)
        action.setData(name)
        action.setChecked(name == self._chosen)
        self._group.addAction(action)
        self.insertAction(self._below, action)

    def _words_of(self, name: str) -> str:
        if name == NO_DICTIONARY:
            return self.tr("Do not check this novel")
        if name:
            return f"{_language(name)} ({name})"
        usual = _language(self._usual) if self._usual else self.tr("none")
        return self.tr("As the novel’s language has it: {dictionary}").format(dictionary=usual)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self.dictionary_chosen.emit(str(action.data()))

    @Slot(bool)
    def _tell_switched(self, on: bool) -> None:
        self.checking_switched.emit(on)

    def _retranslate(self) -> None:
        self.setTitle(self.tr("Spellin&g"))
        self._check.setText(self.tr("&Check Spelling While Typing"))
        self._words.setText(self.tr("The Novel’s Own &Words…"))
        self._folder.setText(self.tr("&Add a Folder of Dictionaries…"))
        for action in self._group.actions():
            action.setText(literal(self._words_of(action.data())))


def _language(name: str) -> str:
    """Returns a language in its own words, such as "British English"; the code if Qt does not know
    it."""
    locale = QLocale(name)
    return locale.nativeLanguageName() or name
