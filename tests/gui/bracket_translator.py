"""A translation that shows which texts of a window were translated again."""

from __future__ import annotations

from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QTextEdit, QWidget


class BracketTranslator(QTranslator):
    """Puts every text between brackets, so that what was not translated again is seen."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        del context, disambiguation, n
        return f"[{source}]"

    def isEmpty(self) -> bool:  # noqa: N802
        return False


def said(widget: QWidget) -> list[str]:
    """The texts of the widget, shown or told, that are words of the program."""
    words: list[str] = []
    for each in widget.findChildren(QWidget):
        if not each.isVisibleTo(widget):
            continue
        words.append(each.accessibleName())
        if isinstance(each, QLabel | QAbstractButton):
            words.append(each.text())
        if isinstance(each, QTextEdit):
            words.append(each.placeholderText())
        if isinstance(each, QAbstractButton):
            words.append(each.toolTip())
    words += [action.text() for action in widget.findChildren(QAction)]
    return [word for word in words if any(letter.isalpha() for letter in word)]
