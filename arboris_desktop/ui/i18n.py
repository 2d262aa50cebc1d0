"""Translated texts: widgets that follow the language of the window, and texts outside of widgets.

``lupdate`` reads the source without running it and goes by names. Two of its rules shape this
module: a text in a table is found only inside ``QT_TRANSLATE_NOOP``, and a plural is recognised in
``NAME.tr(text, "", count)`` but not in ``QCoreApplication.translate`` with a variable count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLocale

from arboris_desktop.domain.novel import Language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
else:
    QWidget = object


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802
    """Returns the text itself; the code that shows it translates it with the same literal
    context."""
    del context
    return text


class Wording:
    """Names the context ``Wording`` for ``lupdate``; it is never instantiated."""

    @staticmethod
    def tr(text: str, comment: str = "", n: int = -1) -> str:
        """Returns the translation of a literal text; ``n`` chooses the plural form and replaces
        ``%n``."""
        return QCoreApplication.translate("Wording", text, comment, n)


class Translated(QWidget):
    """Mixin for a widget that updates its texts when the language of the window changes.

    It comes before the Qt class among the bases.
    """

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        """Sets every text in the language of the window."""
        raise NotImplementedError


def window_language() -> Language:
    """Returns the language of the window (see ``translator``): the author's choice, or the
    system's."""
    is_chinese = QLocale().language() == QLocale.Language.Chinese
    return Language.CHINESE if is_chinese else Language.ENGLISH
