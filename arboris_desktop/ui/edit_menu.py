"""The Edit menu, which works on any text field in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from arboris_desktop.ui.i18n import Translated

Field = QLineEdit | QPlainTextEdit | QTextEdit


class EditMenu(Translated, QMenu):
    """Undoes, cuts, copies and pastes in the focused field.

    Fields handle these keys themselves, and so does the outline; the menu only shows them. As
    shortcuts of the window they would be ambiguous there, and Qt would then do neither.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._last_field: Field | None = None
        keys = QKeySequence.StandardKey
        self.undo = self._shown(keys.Undo, "undo")
        self.redo = self._shown(keys.Redo, "redo")
        self.addSeparator()
        self.cut = self._shown(keys.Cut, "cut")
        self.copy = self._shown(keys.Copy, "copy")
        self.paste = self._shown(keys.Paste, "paste")
        self.paste_plain = QAction(self)
        self.paste_plain.setShortcut(QKeySequence("Ctrl+Shift+V"))
        self.paste_plain.triggered.connect(self._paste_plain)
        self.addAction(self.paste_plain)
        self.addSeparator()
        self.italic = self._shown(keys.Italic, "toggle_italic")
        self.bold = self._shown(keys.Bold, "toggle_bold")
        self.scene_break = QAction(self)
        self.scene_break.triggered.connect(lambda: self._perform("insert_scene_break"))
        self.addAction(self.scene_break)
        self.addSeparator()
        self.find_words = self._of_chapter("Ctrl+F")
        self.find_next = self._of_chapter("F3")
        self.find_previous = self._of_chapter("Shift+F3")
        self.replace_words = self._of_chapter("Ctrl+H")
        # Chinese input methods use the first to switch between simplified and traditional.
        self.find_in_book = self._of_chapter("Ctrl+Shift+F", "Ctrl+Alt+F")
        self.addSeparator()
        self.go_to = self._of_chapter("Ctrl+K")
        self.aboutToShow.connect(self._offer)
        self.aboutToHide.connect(self._free_keys)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        self._retranslate()

    def _shown(self, keys: QKeySequence.StandardKey, what: str) -> QAction:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: self._perform(what))
        self.addAction(action)
        return action

    def _of_chapter(self, *keys: str) -> QAction:
        """Returns an action about the chapter or the book, which the window performs."""
        action = QAction(self)
        action.setShortcuts([QKeySequence(each) for each in keys])
        self.addAction(action)
        return action

    def offer_chapter(self, is_open: bool) -> None:
        """Enables actions about a chapter."""
        finding = (self.find_words, self.find_next, self.find_previous, self.replace_words)
        for action in (*finding, self.find_in_book):
            action.setEnabled(is_open)

    def field(self) -> Field | None:
        """The focused field, or the one that was focused until the menu was opened."""
        field = self._last_field
        return field if field is not None and isValid(field) and field.isVisible() else None

    @Slot("QWidget*", "QWidget*")
    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Remembers the field while a menu or another window has focus."""
        if new is not None and not isinstance(new, QMenu | QMenuBar):
            self._last_field = new if isinstance(new, Field) else None

    def _perform(self, what: str) -> None:
        field = self.field()
        if field is not None and hasattr(field, what):
            getattr(field, what)()

    @Slot()
    def _paste_plain(self) -> None:
        field = self.field()
        text = QGuiApplication.clipboard().text()
        if isinstance(field, QLineEdit):
            field.insert(text)
        elif field is not None and not field.isReadOnly():
            field.insertPlainText(text)

    @Slot()
    def _offer(self) -> None:
        """Enables what the field can do now."""
        field = self.field()
        can_write = field is not None and not field.isReadOnly()
        can_paste = can_write and bool(QGuiApplication.clipboard().text())
        has_selection = field is not None and _has_selection(field)
        self.undo.setEnabled(can_write and field is not None and _can(field, "Undo"))
        self.redo.setEnabled(can_write and field is not None and _can(field, "Redo"))
        self.cut.setEnabled(can_write and has_selection)
        self.copy.setEnabled(has_selection)
        self.paste.setEnabled(can_paste)
        self.paste_plain.setEnabled(can_paste)
        for action in (self.italic, self.bold, self.scene_break):
            action.setEnabled(can_write and hasattr(field, "toggle_italic"))

    @Slot()
    def _free_keys(self) -> None:
        """Enables all actions, so that the shortcuts work whatever the menu last offered."""
        for action in (self.undo, self.redo, self.cut, self.copy, self.paste, self.paste_plain):
            action.setEnabled(True)

    def _retranslate(self) -> None:
        self.setTitle(self.tr("&Edit"))
        self.undo.setText(self.tr("&Undo"))
        self.redo.setText(self.tr("&Redo"))
        self.cut.setText(self.tr("Cu&t"))
        self.copy.setText(self.tr("&Copy"))
        self.paste.setText(self.tr("&Paste"))
        self.paste_plain.setText(self.tr("Paste as P&lain Text"))
        self.italic.setText(self.tr("&Italic"))
        self.bold.setText(self.tr("Bol&d"))
        self.scene_break.setText(self.tr("&Scene Break"))
        self.find_words.setText(self.tr("&Find…"))
        self.find_next.setText(self.tr("Find &Next"))
        self.find_previous.setText(self.tr("Find Pre&vious"))
        self.replace_words.setText(self.tr("R&eplace…"))
        self.find_in_book.setText(self.tr("Find in the &Book…"))
        self.go_to.setText(self.tr("Go to &Anything…"))


def _has_selection(field: Field) -> bool:
    if isinstance(field, QLineEdit):
        return field.hasSelectedText()
    return field.textCursor().hasSelection()


def _can(field: Field, what: str) -> bool:
    """True if there is something to undo, or to redo."""
    holder = field if isinstance(field, QLineEdit) else field.document()
    return bool(getattr(holder, f"is{what}Available")())
