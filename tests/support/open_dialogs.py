"""Dialogs in sight, and the actions of the menus that open one."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog

from arboris_desktop.ui.frame.menus import leaves
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.spelling.menu import SpellingMenu
from tests.support.studio_stage import child

Kind = TypeVar("Kind", bound=QDialog)


def open_dialogs(kind: type[Kind]) -> list[Kind]:
    """The dialogs of a kind that are in sight."""
    shown = (each for each in QApplication.topLevelWidgets() if isinstance(each, kind))
    return [each for each in shown if each.isVisible()]


def dialog_actions(window: MainWindow) -> list[QAction]:
    """The actions of the menus that open a dialog: their texts end in dots, or they show help.

    Those are left out that ask for a file, and those that lead to a field in the window.
    """
    actions, edit = window.actions_, window.edit_menu
    files = (
        actions.import_novel,
        actions.import_folder,
        actions.append_chapters,
        actions.export_all,
        child(window, SpellingMenu)._folder,
    )
    fields = (edit.find_words, edit.replace_words, edit.find_in_book)
    own_words = window.revision_menu._own_words
    help_menu = [action for group in actions.help_menu() for action in group]
    return [
        action
        for action in leaves(window.menuBar().actions())
        if ("…" in action.text() and action not in (*files, *fields, own_words))
        or action in help_menu
    ]
